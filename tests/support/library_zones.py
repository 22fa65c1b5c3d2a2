# SPDX-License-Identifier: MIT
"""Asks the library about zone files: the other end of answer_zones.c."""

import array
import subprocess


class LibraryZones:
    """What the library makes of TZif files, given by their paths."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def _numbers(self, count):
        numbers = array.array("q")
        numbers.fromfile(self.process.stdout, count)
        return numbers

    def changes(self, path):
        """(fingerprint, [(instant, offset), ...]); no changes: the file is refused."""
        self.process.stdin.write(f"changes 0 {path}\n".encode())
        self.process.stdin.flush()
        first, second, count = self._numbers(3)
        numbers = self._numbers(2 * count)
        return (first, second), list(zip(numbers[::2], numbers[1::2]))

    def instants(self, path, local_times):
        """The instants of local times, all in seconds."""
        self.process.stdin.write(f"instants {len(local_times)} {path}\n".encode())
        array.array("q", local_times).tofile(self.process.stdin)
        self.process.stdin.flush()
        return self._numbers(len(local_times))

    def close(self):
        self.process.stdin.close()
        return self.process.wait() == 0
