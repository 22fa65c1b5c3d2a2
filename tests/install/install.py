#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""libsla serves other programs: installed and found by pkg-config, and as a Meson subproject.

usage: install.py installed|subproject BUILD VERSION SANITIZERS COMPILER...
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXPECTED = "15400"  # 1000 + four hours, round the clock

# Where the shells look for them.
COMPLETIONS = ["bash-completion/completions/sla-check", "zsh/site-functions/_sla-check",
               "fish/vendor_completions.d/sla-check.fish"]

PROJECT = """\
project('consumer', 'c', version: '1', meson_version: '>=1.0')
sla = dependency('libsla', fallback: 'libsla')
executable('consumer', 'consumer.c', dependencies: sla)
"""


def run(command, **options):
    """Runs a command; its output is shown as TAP comments when it fails."""
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                            check=False, stdin=subprocess.DEVNULL, **options)
    if result.returncode != 0:
        for line in (result.stdout + result.stderr).splitlines()[-40:]:
            print(f"# {line}")
        raise RuntimeError(f"{command[0]} ended with {result.returncode}")
    return result.stdout


def the_only(paths):
    found = list(paths)
    if len(found) != 1:
        raise RuntimeError(f"one file expected: {found}")
    return found[0]


def installed(scratch, build, version, sanitizers, compiler):
    """Installs into a folder and builds the consumer with what pkg-config says."""
    root = scratch / "root"
    run(["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", root])
    pc = the_only(root.rglob("libsla.pc"))
    headers = {path.name for path in the_only(root.rglob("include/sla")).iterdir()}
    ours = {path.name.removesuffix(".in") for path in (ROOT / "include" / "sla").glob("*.h*")}
    if headers != ours:
        raise RuntimeError(f"headers installed: {headers}; in the tree: {ours}")
    if any(root.rglob("bin/sla-check")):
        for path in COMPLETIONS:
            the_only(root.rglob(path))
        if shutil.which("scdoc"):
            for page in ("man1/sla-check.1", "man5/sla-policy.5"):
                the_only(root.rglob(f"man/{page}"))
    environment = dict(os.environ, PKG_CONFIG_PATH=str(pc.parent),
                       PKG_CONFIG_SYSROOT_DIR=str(root))
    found = run(["pkg-config", "--modversion", "libsla"], env=environment).strip()
    if found != version:
        raise RuntimeError(f"libsla.pc says version {found}")
    flags = run(["pkg-config", "--cflags", "--libs", "libsla"], env=environment).split()
    flags += [] if sanitizers == "none" else [f"-fsanitize={sanitizers}"]
    program = scratch / "consumer"
    run([*compiler, "-std=c11", "-o", program, HERE / "consumer.c", *flags])
    environment["LD_LIBRARY_PATH"] = str(the_only(root.rglob("libsla.so")).parent)
    return run([program], env=environment)


def subproject(scratch, version, compiler):
    """Builds the consumer with libsla below it, linked statically."""
    (scratch / "meson.build").write_text(PROJECT, encoding="ascii")
    (scratch / "consumer.c").write_text((HERE / "consumer.c").read_text(encoding="ascii"),
                                        encoding="ascii")
    (scratch / "subprojects").mkdir()
    (scratch / "subprojects" / "libsla").symlink_to(ROOT)
    build = scratch / "build"
    environment = dict(os.environ, CC=" ".join(compiler))
    run(["meson", "setup", build, scratch, "--force-fallback-for=libsla", "-Dbuildtype=plain",
         "-Ddefault_library=static"], env=environment)
    run(["meson", "compile", "-C", build], env=environment)
    return run([build / "consumer"])


def main():
    way, build, version, sanitizers, *compiler = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        if way == "installed":
            output = installed(scratch, build, version, sanitizers, compiler)
        else:
            output = subproject(scratch, version, compiler)
    wanted = f"libsla {version}: {EXPECTED}\n"
    good = output == wanted
    if not good:
        print(f"# expected {wanted!r}, got {output!r}")
    print(f"{'ok' if good else 'not ok'} 1 - libsla_{way}_serves_another_program")
    print("1..1")


main()
