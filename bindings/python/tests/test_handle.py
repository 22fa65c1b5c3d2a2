# SPDX-License-Identifier: MIT
"""Objects of the C library: freed once, by whoever comes first, and silently at the end."""

import copy
import gc
import pickle
import subprocess
import sys
import threading
import unittest

import desk
import tap_unittest

import libsla
from libsla.handle import Handle


class Handles(unittest.TestCase):
    def setUp(self):
        self.freed = []

    def handle(self):
        return Handle(7, self.freed.append)

    def test_it_is_freed_once(self):
        handle = self.handle()
        handle.close()
        handle.close()
        with self.assertRaisesRegex(libsla.ClosedError, "this Handle is closed"):
            handle._live()
        del handle
        self.assertEqual(self.freed, [7])

    def test_it_is_freed_when_nobody_uses_it(self):
        handle = self.handle()
        self.assertEqual(handle._live(), 7)
        del handle
        gc.collect()
        self.assertEqual(self.freed, [7])

    def test_it_is_freed_at_the_end_of_a_with_block_even_after_an_exception(self):
        with self.assertRaises(ZeroDivisionError):
            with self.handle():
                1 / 0
        self.assertEqual(self.freed, [7])

    def test_threads_that_close_at_once_free_it_once(self):
        for _ in range(50):
            handle, self.freed[:] = self.handle(), []
            threads = [threading.Thread(target=handle.close) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(self.freed, [7])

    def test_one_that_was_never_made_whole_is_dropped_silently(self):
        Handle.__new__(Handle).__del__()

    def test_it_is_neither_copied_nor_pickled(self):
        policy = desk.policy()
        for thing in (policy, policy.calendar("office")):
            for way in (copy.copy, copy.deepcopy, pickle.dumps):
                with self.assertRaisesRegex(TypeError, "cannot be copied or pickled"):
                    way(thing)

    def test_the_end_of_the_interpreter_is_silent(self):
        # Cycles, module globals, threads and exceptions that are never caught keep objects until
        # the very end, when modules are empty.
        script = """
import sys, threading, desk, libsla
policy = desk.policy()
office = policy.calendar("office")
class Keeps:
    pass
keeps = Keeps()
keeps.keeps, keeps.policy, keeps.office = keeps, desk.policy(), desk.policy().calendar("night")
sys.kept = [desk.policy(), policy.goals, policy.tests, office.add]
threading.kept = desk.policy()
closed = desk.policy()
closed.close()
"""
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                             cwd=sys.path[0])
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "", ""))


if __name__ == "__main__":
    tap_unittest.main()
