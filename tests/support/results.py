#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts the results in the logs of Meson builds, subtests one by one, and prints the sum."""

import argparse
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

GOOD = {"OK", "EXPECTEDFAIL"}


class Count:
    """Results of one build."""

    def __init__(self):
        self.passed = 0
        self.skipped = []
        self.failed = []


def add_subtests(count, suite, name):
    """Adds the subtests of one test; returns whether one of them failed."""
    failed = False
    for case in suite.findall("testcase"):
        title = f"{name}: {case.get('name')}"
        if case.find("skipped") is not None:
            count.skipped.append(title)
        elif case.find("failure") is not None or case.find("error") is not None:
            count.failed.append(title)
            failed = True
        else:
            count.passed += 1
    return failed


def count_build(folder):
    """Counts one build folder from its JUnit file (subtests) and its JSON log (whole tests)."""
    count = Count()
    logs = sorted(pathlib.Path(folder, "meson-logs").glob("testlog*.json"))
    if not logs:
        count.failed.append("no test log was written")
        return count
    for log in logs:
        junit = log.with_name(log.name[: -len(".json")] + ".junit.xml")
        # Tests with subtests are suites of their own, named project.test.
        suites = {suite.get("name"): suite for suite in xml.parse(junit).getroot()}
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            test = json.loads(line)
            name = test["name"]
            suite = suites.get(f"libsla.{name}")
            result = test["result"]
            if suite is not None:
                # JUnit does not say that the program crashed after its last subtest, or hung.
                if not add_subtests(count, suite, name) and result not in GOOD | {"SKIP"}:
                    count.failed.append(f"{name}: {result}")
            elif result == "SKIP":
                count.skipped.append(name)
            elif result in GOOD:
                count.passed += 1
            else:
                count.failed.append(f"{name}: {result}")
    if count.passed + len(count.failed) == 0:
        count.failed.append("no test ran")
    status = pathlib.Path(folder, "meson-logs", "status").read_text(encoding="ascii").strip()
    if status != "0" and not count.failed:
        count.failed.append(f"meson test ended with status {status}")
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--broken", default="", help="builds that did not come so far")
    parser.add_argument("folders", nargs="*")
    arguments = parser.parse_args()
    passed = failed = 0
    for folder in arguments.folders:
        count = count_build(folder)
        print(f"{folder}: {count.passed} passed, {len(count.failed)} failed, "
              f"{len(count.skipped)} skipped")
        for title in count.skipped:
            print(f"  skipped: {title}")
        for title in count.failed:
            print(f"  failed: {title}")
        passed += count.passed
        failed += len(count.failed)
    for folder in arguments.broken.split():
        print(f"{folder}: could not be built")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
