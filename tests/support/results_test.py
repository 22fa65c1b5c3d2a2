#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""results.py counts what really happened: a project whose tests pass, fail, crash and hang."""

import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

# name, protocol, what the shell does, passed, failed, skipped
CASES = [
    ("plain_pass", "exitcode", "exit 0", 1, 0, 0),
    ("plain_fail", "exitcode", "exit 1", 0, 1, 0),
    ("plain_skip", "exitcode", "exit 77", 0, 0, 1),
    ("plain_crash", "exitcode", "kill -SEGV $$", 0, 1, 0),
    ("plain_hang", "exitcode", "sleep 60", 0, 1, 0),
    ("tap_mixed", "tap", "echo 1..3; echo ok 1; echo not ok 2; echo 'ok 3 # SKIP'", 1, 1, 1),
    ("tap_pass_then_crash", "tap", "echo 1..2; echo ok 1; echo ok 2; kill -SEGV $$", 2, 1, 0),
    ("tap_cut_short", "tap", "echo 1..2; echo ok 1; exit 0", 1, 1, 0),
    ("tap_pass_then_hang", "tap", "echo 1..2; echo ok 1; sleep 60", 1, 1, 0),
]


def main():
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        lines = ["project('libsla', version: '1')", "sh = find_program('sh')"]
        for name, protocol, script, *_ in CASES:
            file = scratch / f"{name}.sh"
            file.write_text(script + "\n", encoding="ascii")
            lines.append(f"test('{name}', sh, args: files('{name}.sh'), suite: 'all', "
                         f"protocol: '{protocol}', timeout: 2)")
        (scratch / "meson.build").write_text("\n".join(lines) + "\n", encoding="ascii")
        build = scratch / "build"
        subprocess.run(["meson", "setup", build, scratch], check=True, capture_output=True)
        tests = subprocess.run(["meson", "test", "-C", build], check=False, capture_output=True)
        (build / "meson-logs" / "status").write_text(f"{tests.returncode}\n", encoding="ascii")
        result = subprocess.run([sys.executable, HERE / "results.py", "--broken", "build/other",
                                 build], check=False, capture_output=True, text=True)
    passed, failed, skipped = (sum(case[column] for case in CASES) for column in (3, 4, 5))
    head, last = result.stdout.splitlines()[0], result.stdout.splitlines()[-1]
    checks = {
        "one_build_is_counted_test_by_test":
            head.endswith(f"{passed} passed, {failed} failed, {skipped} skipped"),
        "a_build_that_failed_counts_as_a_failure": last == f"{passed} passed, {failed + 1} failed",
        "failures_end_with_status_1": result.returncode == 1,
    }
    print(f"1..{len(checks)}")
    for number, (name, good) in enumerate(checks.items(), 1):
        print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not all(checks.values()):
        print("\n".join("# " + line for line in result.stdout.splitlines()))


main()
