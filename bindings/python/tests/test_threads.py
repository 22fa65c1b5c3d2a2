# SPDX-License-Identifier: MIT
"""Threads, processes and the end of things: one thread at a time uses an engine, all share a
policy, and nothing crashes in whichever order what belongs together goes away."""

import gc
import os
import subprocess
import sys
import textwrap
import threading
import time
import unittest
import weakref

import incidents
import libsla
import tap_unittest
from incidents import at


class Threads(unittest.TestCase):
    def setUp(self):
        self.policy = incidents.policy()

    def test_a_second_thread_gets_a_busy_error_that_says_what_to_do(self):
        inside, go_on, errors = threading.Event(), threading.Event(), []

        def on_event(event):
            inside.set()
            go_on.wait(10)

        engine = libsla.Engine(self.policy, on_event)
        thread = threading.Thread(target=lambda: engine.update("A", at("09:00")))
        thread.start()
        inside.wait(10)
        for use in (lambda: engine.update("B", at("09:00")), lambda: engine.clock("A", "solve"),
                    lambda: engine.next_due, lambda: engine.save(), lambda: list(engine),
                    lambda: engine.clocks(), lambda: engine.pending, engine.close):
            try:
                use()
            except libsla.BusyError as error:
                errors.append(str(error))
        self.assertIn("busy", repr(engine))
        go_on.set()
        thread.join()
        self.assertEqual(8, len(errors))
        for error in errors:
            self.assertIn("another thread", error)
            self.assertIn("threading.Lock", error)
        self.assertEqual(1, engine.incidents)

    def test_many_threads_on_one_engine_get_answers_or_busy_errors_and_nothing_else(self):
        engine, wrong = libsla.Engine(self.policy), []

        def work(number):
            for turn in range(300):
                for use in (lambda: engine.update(f"I{number}", 60 * turn + number),
                            lambda: engine.update_many([(f"J{number}", 60 * turn)] * 20),
                            lambda: engine.advance(60 * turn), lambda: engine.clocks(),
                            lambda: [None for _ in engine], engine.save):
                    try:
                        use()
                    except (libsla.BusyError, libsla.OrderError):
                        pass
                    except BaseException as error:  # told below
                        wrong.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        switch = sys.getswitchinterval()
        sys.setswitchinterval(1e-5)
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            sys.setswitchinterval(switch)
        self.assertEqual([], wrong)
        engine.update("last", 10**9)  # the turn is free again
        self.assertEqual("running", engine.clock("last", "solve").state)

    def test_a_policy_is_shared_by_eight_threads_with_engines_of_their_own(self):
        with libsla.Engine(self.policy) as engine:
            engine.update_many(incidents.history())
            engine.advance(at("22:00", 23))
            wanted = list(engine)
        results = {}

        def work(number):
            for _ in range(20):
                with libsla.Engine(self.policy) as engine:
                    engine.update_many(incidents.history())
                    engine.advance(at("22:00", 23))
                    results[number] = list(engine) == wanted
                    step = self.policy.step(None, "A", at("09:00"))
                    results[number] &= step.events[0].id == wanted[0].id

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({number: True for number in range(8)}, results)

    def test_threads_may_take_turns(self):
        engine, lock = libsla.Engine(self.policy), threading.Lock()

        def work(number):
            for turn in range(50):
                with lock:
                    engine.update(f"I{number}-{turn}", 60)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(200, engine.incidents)

    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork here")
    def test_a_forked_process_goes_on_with_an_engine_of_its_own(self):
        engine = libsla.Engine(self.policy)
        engine.update_many(incidents.history())
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                engine.advance(at("22:00", 23))
                os.write(writer, "".join(event.id for event in engine).encode())
                code = 0
            finally:
                os._exit(code)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            ids = pipe.read()
        self.assertEqual(0, os.waitpid(child, 0)[1])
        engine.advance(at("22:00", 23))
        self.assertEqual("".join(event.id for event in engine), ids)


class Ends(unittest.TestCase):
    """Closing, and being forgotten."""

    def test_an_engine_held_by_its_own_callback_goes_away(self):
        gc.collect()
        for kind in ("on_event", "on_rearm"):
            engine = libsla.Engine(incidents.policy())
            setattr(engine, kind, lambda told, engine=engine: engine)
            loop = iter(engine)
            engine.update("A", at("09:00"))
            next(loop, None)
            gone = weakref.ref(engine)
            del engine, loop
            gc.collect()
            self.assertIsNone(gone())

    def test_closing_in_any_order(self):
        for order in ((0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1)):
            policy = incidents.policy()
            engine = libsla.Engine(policy)
            engine.update("A", at("09:00"))
            things = [policy, engine, engine.explain("A", "solve"), iter(engine)]
            next(things[3])
            for place in order:
                things[place].close()
                things[place].close()
            self.assertTrue(engine.closed)
            self.assertIn("closed", repr(engine))
            for use in (lambda: engine.update("A", at("09:10")), lambda: engine.now,
                        lambda: engine.deliver(), lambda: engine.save(), engine.__enter__):
                self.assertRaises(libsla.ClosedError, use)

    def test_a_with_block_closes_also_after_an_error(self):
        with self.assertRaises(ZeroDivisionError), incidents.policy() as policy:
            with libsla.Engine(policy) as engine:
                engine.update("A", at("09:00"))
                for _ in engine:
                    raise ZeroDivisionError
        self.assertTrue(engine.closed and policy.closed)


@unittest.skipIf(sys.version_info < (3, 10), "before 3.10 no `finally` is safe from signals")
class Interrupts(unittest.TestCase):
    def test_ctrl_c_never_leaves_the_engine_busy(self):
        """Signals come at any moment of a loop of updates; after each the engine must go on."""
        import signal

        class Interrupted(Exception):
            pass

        def interrupt(number, frame):
            raise Interrupted

        old = signal.signal(signal.SIGALRM, interrupt)
        self.addCleanup(signal.signal, signal.SIGALRM, old)
        self.addCleanup(signal.setitimer, signal.ITIMER_REAL, 0)
        with incidents.policy() as policy:
            engine, number, caught = libsla.Engine(policy), 0, 0
            until = time.monotonic() + 1.5
            while time.monotonic() < until:
                try:
                    signal.setitimer(signal.ITIMER_REAL, 0.0001 + 0.000007 * (number % 61))
                    while True:
                        number += 1
                        engine.update(f"I{number}", number)
                        for _ in engine:
                            engine.next_due
                except Interrupted:
                    caught += 1
                except libsla.BusyError:
                    self.fail(f"busy for ever after {caught} signals")
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.assertGreater(caught, 50)
            self.assertGreater(number, 50)


class InterpreterExit(unittest.TestCase):
    """A program that just ends: nothing on stderr, and its own exit code."""

    def run_program(self, text, code=0):
        program = "import sys, threading, time\nimport incidents, libsla\n" + textwrap.dedent(text)
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                              check=False, timeout=60,
                              env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
        self.assertEqual((code, ""), (done.returncode, done.stderr))
        return done.stdout

    def test_with_everything_alive(self):
        self.run_program("""
            policy = incidents.policy()
            engine = libsla.Engine(policy, lambda event: None)
            pulled = libsla.Engine(policy)
            pulled.update("A", incidents.at("09:00"))
            loop = iter(pulled)
            event = next(loop)
            explanation = pulled.explain("A", "solve")
            clocks = pulled.clocks()
            calendar = policy.calendar("office")
            sys.unreachable = [policy, engine, pulled, loop, event, explanation, calendar]
            sys.unreachable.append(sys.unreachable)
            """)

    def test_from_inside_a_callback(self):
        for code, how in ((3, "sys.exit(3)"), (4, "__import__('os')._exit(4)")):
            self.run_program(f"""
                def on_event(event):
                    {how}
                engine = libsla.Engine(incidents.policy(), on_event)
                engine.update("A", incidents.at("09:00"))
                """, code)

    def test_with_daemon_threads_at_work(self):
        self.run_program("""
            policy = incidents.policy()
            def work(number):
                engine = libsla.Engine(policy)
                while True:
                    engine.update_many((f"I{n}", n) for n in range(2000))
                    engine.advance(10**6)
                    for event in engine:
                        pass
                    engine = libsla.Engine(policy)
            def wait():
                engine = libsla.Engine(policy, lambda event: time.sleep(60))
                engine.update("A", 0)
            for number in range(3):
                threading.Thread(target=work, args=(number,), daemon=True).start()
            threading.Thread(target=wait, daemon=True).start()
            time.sleep(0.3)
            """)

    def test_with_an_asyncio_program_cut_off(self):
        self.run_program("""
            import asyncio
            async def main():
                engine = libsla.Engine(incidents.policy())
                engine.update("A", incidents.at("09:00"))
                async for event in libsla.aio.run(engine):
                    sys.kept = engine, event
                    sys.exit()
            asyncio.run(main())
            """)


if __name__ == "__main__":
    tap_unittest.main()
