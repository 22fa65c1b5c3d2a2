# SPDX-License-Identifier: MIT
"""Runs unittest tests and reports them as TAP, one line a test, so that Meson counts them.

    import tap_unittest
    tap_unittest.main()

runs the test cases of the calling file; arguments after the file's name are left to it.
"""

import sys
import traceback
import unittest


class TapResult(unittest.TestResult):
    """Prints a line as soon as a test is over; a subtest that fails makes its test fail."""

    def __init__(self, stream):
        super().__init__()
        self.stream = stream
        self.number = 0
        self.good = True
        self.note = ""

    def startTest(self, test):
        super().startTest(test)
        self.good, self.note = True, ""

    def stopTest(self, test):
        super().stopTest(test)
        self.number += 1
        name = test.id().split(".")[-1].removeprefix("test_")
        verdict = "ok" if self.good else "not ok"
        print(f"{verdict} {self.number} - {name}{self.note}", file=self.stream, flush=True)

    def _fail(self, test, error):
        self.good = False
        for line in [str(test)] + "".join(traceback.format_exception(*error)).splitlines():
            print("# " + line, file=self.stream)

    def addError(self, test, err):
        super().addError(test, err)
        self._fail(test, err)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._fail(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._fail(subtest, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note = f" # SKIP {reason}"


def main(module="__main__"):
    """Runs every test case of a module; exits with 1 if one failed."""
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])
    print(f"1..{suite.countTestCases()}")
    result = TapResult(sys.stdout)
    suite.run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
