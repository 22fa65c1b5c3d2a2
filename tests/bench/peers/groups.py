# SPDX-License-Identifier: MIT
"""How the peers of each language are installed by their names and run. All goes to a scratch
folder; what cannot be had raises Missing, with a reason."""

import importlib.metadata
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CARGO = """[package]
name = "peers"
version = "0.1.0"
edition = "2021"
[[bin]]
name = "peers"
path = "{source}"
[dependencies]
workclock = "0.1"
jiff = "0.2"
bdays = "0.1"
libc = "0.2"
chrono = "0.4"
"""


class Missing(Exception):
    """Something cannot be installed here."""


def tool(name):
    if shutil.which(name) is None:
        raise Missing(f"there is no {name}")
    return name


def version_of(name, folders):
    """What pip installed there."""
    return next(iter(importlib.metadata.distributions(name=name, path=folders))).version


def call(*words, folder=None, environment=None):
    """Runs a program to its end; its last line is the reason if it fails."""
    done = subprocess.run([str(word) for word in words], cwd=folder, capture_output=True, text=True,
                          env=dict(os.environ, **(environment or {})), stdin=subprocess.DEVNULL,
                          check=False)
    if done.returncode != 0:
        lines = (done.stderr + done.stdout).strip().splitlines() or ["no message"]
        faults = [line for line in lines if "error" in line.lower()] or lines[-1:]
        raise Missing(f"{pathlib.Path(words[0]).name} {words[1]}: {faults[0].strip()}")
    return done.stdout


def environment_of(scratch):
    """A Python environment, and its pip."""
    folder = scratch / "python"
    call(sys.executable, "-m", "venv", folder)
    return folder, folder / "bin" / "python"


def install_each(names, install):
    """Installs one after the other: which are there, and a line for each that cannot be had."""
    found, skipped = [], []
    for name in names:
        try:
            install(name)
            found.append(name)
        except Missing as reason:
            skipped.append(f"skipped: {name}: {reason}")
    if not found:
        raise Missing("; ".join(skipped))
    return found, skipped


def libsla(scratch):
    """A release build of this tree."""
    build = scratch / "libsla-build"
    if not (build / "build.ninja").exists():
        call("meson", "setup", build, ROOT, "--buildtype=release", "-Ddefault_library=static",
             "-Dtests=false")
    call("ninja", "-C", build, "lib/libsla.a")
    program = scratch / "libsla"
    call("cc", "-std=gnu11", "-O3", "-Wall", f"-I{ROOT / 'include'}",
         f"-I{build / 'include'}", HERE / "libsla.c", build / "lib" / "libsla.a", "-lyaml", "-o",
         program)
    version = (ROOT / "meson.build").read_text(encoding="utf-8")
    return [program], re.search(r"version: '(.+?)'", version).group(1)


def cpp(scratch):
    if not pathlib.Path("/usr/include/cctz/time_zone.h").exists():
        tool("apt-get")
        if os.geteuid() != 0:
            raise Missing("libcctz-dev is not installed, and only root can install it")
        call("apt-get", "update", "-q")
        call("apt-get", "install", "-q", "-y", "--no-install-recommends", "libcctz-dev",
             environment={"DEBIAN_FRONTEND": "noninteractive"})
    program = scratch / "day_loop"
    call(tool("c++"), "-std=c++17", "-O3", HERE / "day_loop.cpp", "-lcctz", "-o", program)
    version = call("dpkg-query", "--show", "--showformat=${Version}", "libcctz-dev")
    return [program], {"day-loop": version.split("+")[0]}, []


def python(scratch):
    names = ["pandas", "numpy", "businesstimedelta", "timegrid"]
    environment, program = environment_of(scratch)
    found, skipped = install_each(
        names, lambda name: call(program, "-m", "pip", "install", "-q", name))
    folders = [str(path) for path in environment.glob("lib/python*/site-packages")]
    versions = {name: version_of(name, folders) for name in found}
    return [program, HERE / "peers.py"], versions, skipped


def rust(scratch):
    folder = scratch / "rust"
    folder.mkdir(exist_ok=True)
    text = CARGO.format(source=HERE / "peers.rs")
    (folder / "Cargo.toml").write_text(text, encoding="utf-8")
    call(tool("cargo"), "build", "-q", "--release", folder=folder)
    lock = (folder / "Cargo.lock").read_text(encoding="utf-8")
    return [folder / "target" / "release" / "peers"], {
        name: re.search(rf'name = "{name}"\nversion = "(.+?)"', lock).group(1)
        for name in ("workclock", "bdays")}, []


def go(scratch):
    folder = scratch / "go"
    folder.mkdir(exist_ok=True)
    shutil.copy(HERE / "peers.go", folder / "peers.go")
    (folder / "go.mod").write_text("module peers\n", encoding="utf-8")
    call(tool("go"), "get", "github.com/rickar/cal/v2", folder=folder)
    call("go", "build", "-o", "peers", "peers.go", folder=folder)
    module = (folder / "go.mod").read_text(encoding="utf-8")
    return [folder / "peers"], {"rickar-cal": re.search(r"cal/v2 v(\S+)", module).group(1)}, []


def java(scratch):
    """MPXJ's newest jar comes with its Python wrapper; the Maven coordinates end at an older one,
    which remembers the questions it was asked and would be timed for looking that up."""
    folder = scratch / "java"
    tool("javac")
    _, program = environment_of(scratch)
    call(program, "-m", "pip", "install", "-q", "--upgrade", "--no-deps", "--target", folder,
         "mpxj")
    jar = next(folder.glob("mpxj/lib/mpxj*.jar"))
    call("javac", "-cp", jar, "-d", folder / "classes", HERE / "Peers.java")
    return (["java", "-cp", f"{jar}{os.pathsep}{folder / 'classes'}", "Peers"],
            {"mpxj": version_of("mpxj", [str(folder)])}, [])


def node(scratch):
    names = ["moment-business-time", "dayjs-business-time", "date-fns"]
    folder = scratch / "node"
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    tool("node")
    found, skipped = install_each(names, lambda name: call(
        tool("npm"), "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent", name,
        folder=folder))
    modules = folder / "node_modules"
    versions = {
        name: json.loads((modules / name / "package.json").read_text(encoding="utf-8"))["version"]
        for name in found}
    return ["env", "TZ=America/New_York", f"PEERS_MODULES={modules}", "node",
            HERE / "peers.js"], versions, skipped


GROUPS = {"C++": cpp, "Rust": rust, "Java": java, "Go": go, "Python": python, "Node.js": node}
# The peers of these are chosen by name; the others run all of theirs.
BY_NAME = {"Python", "Node.js"}
