# SPDX-License-Identifier: MIT
"""The asyncio helper, on a loop whose time is the test's own: nothing really sleeps."""

import asyncio
import selectors
import threading
import unittest

import incidents
import libsla
import tap_unittest
from incidents import at

NINE = int(at("09:00").timestamp())


class Selector(selectors.SelectSelector):
    """Instead of waiting it lets the loop's time pass."""

    def __init__(self):
        super().__init__()
        self.now = 0.0
        self.waits = 0

    def select(self, timeout=None):
        ready = super().select(0)
        if ready:
            return ready
        if timeout is None:
            # only another thread could end this
            return super().select(10)
        self.waits += timeout > 0
        self.now += timeout
        return ready


class Loop(asyncio.SelectorEventLoop):
    """Begins at nine o'clock."""

    def __init__(self):
        self.selector = Selector()
        self.shift = 0.0  # how far somebody has set the clock
        super().__init__(self.selector)

    def time(self):
        return self.selector.now

    def clock(self):
        return NINE + self.selector.now + self.shift


class Running(unittest.TestCase):
    def setUp(self):
        self.loop = Loop()
        self.addCleanup(self.loop.close)
        self.policy = incidents.policy()
        self.engine = libsla.Engine(self.policy)
        self.told = []

    def run_until_done(self, coroutine):
        return self.loop.run_until_complete(coroutine)

    def events(self):
        return libsla.aio.run(self.engine, clock=self.loop.clock)

    async def listen(self, count):
        """Takes so many events, with the time at which each came."""
        async for event in self.events():
            self.told.append((self.minute(), str(event.type), event.incident, event.metric))
            if len(self.told) == count:
                return

    def minute(self):
        seconds = round(self.loop.time())
        return f"{9 + seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

    async def meanwhile(self, *changes):
        """Calls each change at its second of the loop's time."""
        for second, change in changes:
            await asyncio.sleep(second - self.loop.time())
            change()

    async def together(self, count, *changes):
        await asyncio.gather(self.listen(count), self.meanwhile(*changes))

    def update(self, *words, **more):
        return lambda: self.engine.update(words[0], int(self.loop.clock()), *words[1:], **more)

    def test_each_event_comes_at_its_time(self):
        self.engine.update("A", NINE)
        self.run_until_done(self.listen(5))
        self.assertEqual([("09:00:00", "started", "A", "answer"),
                          ("09:00:00", "started", "A", "solve"),
                          ("11:00:01", "breach", "A", "answer"),
                          ("13:00:00", "warning", "A", "solve"),
                          ("17:00:01", "breach", "A", "solve")], self.told)

    def test_it_sleeps_and_does_not_poll(self):
        self.engine.update("A", NINE)
        self.run_until_done(self.listen(3))
        # two hours in pieces of a minute
        self.assertLess(self.loop.selector.waits, 130)

    def test_updates_of_other_tasks_wake_it_at_once(self):
        self.run_until_done(self.together(
            4, (10, self.update("A")), (20, self.update("A", "answered")),
            (25, self.update("A", status="waiting"))))
        self.assertEqual([("09:00:10", "started", "A", "answer"),
                          ("09:00:10", "started", "A", "solve"),
                          ("09:00:20", "met", "A", "answer"),
                          ("09:00:25", "paused", "A", "solve")], self.told)

    def test_an_update_that_brings_a_deadline_nearer_wakes_it(self):
        policy = incidents.policy("sla: 1\nmetrics: {solve: {start: opened, stop: solved}}\n"
                                  "targets: [{when: {fast: true}, solve: 30s}, {solve: 30h}]\n")
        self.engine = libsla.Engine(policy)
        self.run_until_done(self.together(3, (1, self.update("A")),
                                          (5, self.update("A", fast=True))))
        self.assertEqual([("09:00:01", "started"), ("09:00:05", "retargeted"),
                          ("09:00:32", "breach")], [one[:2] for one in self.told])

    def test_callbacks_of_the_loop_and_of_other_threads_wake_it(self):
        def thread():
            self.loop.call_soon_threadsafe(self.engine.update, "B", NINE + 40)

        async def main():
            self.loop.call_later(40, threading.Thread(target=thread).start)
            self.loop.call_later(7, self.update("A"))
            await self.listen(4)

        self.run_until_done(main())
        self.assertEqual(["A", "A", "B", "B"], [one[2] for one in self.told])
        self.assertEqual("09:00:07", self.told[0][0])

    def test_never_due_it_waits_for_updates_alone(self):
        self.engine.update("A", NINE)
        self.engine.update("A", NINE, "answered")
        self.engine.update("A", NINE, "solved")
        list(self.engine)
        self.assertIsNone(self.engine.next_due)
        self.run_until_done(self.together(2, (5 * 86400, self.update("B"))))
        self.assertEqual(["B", "B"], [one[2] for one in self.told])
        self.assertLess(self.loop.selector.waits, 7)  # asyncio itself looks up once a day

    def test_a_deadline_far_away(self):
        policy = incidents.policy("sla: 1\ntargets: [{resolution: 200h}]\n")
        self.engine = libsla.Engine(policy)
        self.engine.update("A", NINE)
        self.run_until_done(self.listen(2))
        self.assertEqual(200 * 3600 + 1, round(self.loop.time()))

    def test_a_clock_set_back_makes_it_wait_longer_and_repeats_nothing(self):
        self.engine.update("A", NINE)

        def set_back():
            self.loop.shift = -3600.0

        self.run_until_done(self.together(3, (3600, set_back)))
        self.assertEqual("12:00:01", self.told[-1][0])
        self.assertEqual(["started", "started", "breach"], [one[1] for one in self.told])

    def test_a_clock_set_forward_is_seen_within_a_minute(self):
        self.engine.update("A", NINE)

        def set_forward():
            self.loop.shift = 3 * 3600.0

        self.run_until_done(self.together(3, (61, set_forward)))
        self.assertLessEqual(self.told[-1][0], "09:02:01")

    def test_the_clock_may_give_datetimes(self):
        self.engine.update("A", NINE)

        async def main():
            async for event in libsla.aio.run(self.engine, clock=lambda: at("11:30")):
                if event.type == "breach":
                    return event

        self.assertEqual(at("11:00"), self.run_until_done(main()).at)

    def test_a_loop_that_is_left_has_taken_what_it_was_given(self):
        self.engine.update("A", NINE)
        self.run_until_done(self.listen(1))
        self.assertEqual(["solve"], [event.metric for event in self.engine])

    def test_an_event_is_in_line_until_the_body_is_done_with_it(self):
        self.engine.update("A", NINE)
        seen = []

        async def main():
            async for _ in self.events():
                await asyncio.sleep(1)
                seen.append(libsla.describe(self.engine.save()).events)
                if len(seen) == 2:
                    break

        self.run_until_done(main())
        self.assertEqual([2, 1], seen)
        self.assertEqual(0, self.engine.pending)

    def test_cancelled_while_it_waits_it_loses_nothing(self):
        self.engine.update("A", NINE)

        async def main():
            task = self.loop.create_task(self.listen(99))
            # cancelled at the very second at which an event is due, and woken by an update
            await asyncio.sleep(7201)
            self.engine.update("B", NINE + 7201)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            given = len(self.told)
            left = [event.id for event in self.engine]
            again = libsla.Engine(self.policy)
            again.update("A", NINE)
            again.update("B", NINE + 7201)
            wanted = [event.id for event in again]
            self.assertEqual(wanted[given:], left)
            self.assertGreater(len(left), 1)
            self.engine.update("C", NINE + 7202)
            await asyncio.wait_for(self.listen(given + 2), 5)  # another may run it now

        self.run_until_done(main())

    def test_aclose_ends_it_and_the_task_that_waits_for_it(self):
        self.engine.update("A", NINE)

        async def main():
            events = self.events()
            self.assertEqual("answer", (await events.__anext__()).metric)
            self.assertEqual("solve", (await events.__anext__()).metric)
            waiting = self.loop.create_task(self.rest(events))
            await asyncio.sleep(1)
            await events.aclose()
            await events.aclose()
            self.assertEqual([], await waiting)
            with self.assertRaises(StopAsyncIteration):
                await events.__anext__()
            self.assertEqual(0, self.engine.pending)
            async with self.events() as events:
                self.engine.update("B", int(self.loop.clock()))
                await events.__anext__()
            self.assertEqual(1, self.engine.pending)

        self.run_until_done(main())

    async def rest(self, events):
        return [event async for event in events]

    def test_closing_the_engine_ends_it(self):
        async def main():
            waiting = self.loop.create_task(self.rest(self.events()))
            await asyncio.sleep(1)
            self.engine.close()
            self.assertEqual([], await waiting)

        self.run_until_done(main())

    def test_a_second_run_is_refused_while_the_first_waits(self):
        async def main():
            first = self.events()
            waiting = self.loop.create_task(self.rest(first))
            await asyncio.sleep(1)
            with self.assertRaisesRegex(libsla.BusyError, "already"):
                await self.events().__anext__()
            await first.aclose()
            await waiting

        self.run_until_done(main())

    def test_a_second_task_of_the_same_run_is_refused_and_the_first_goes_on(self):
        async def main():
            run = self.events()
            waiting = self.loop.create_task(run.__anext__())
            await asyncio.sleep(1)
            with self.assertRaisesRegex(libsla.BusyError, "another task"):
                await asyncio.wait_for(run.__anext__(), 5)
            self.engine.update("A", NINE)
            self.assertEqual("A", (await waiting).incident)

        self.run_until_done(main())

    def test_a_run_that_was_left_makes_room_and_says_so_if_it_comes_back(self):
        self.engine.update("A", NINE)

        async def main():
            first = self.events()
            await first.__anext__()
            self.assertEqual("solve", (await self.events().__anext__()).metric)
            with self.assertRaisesRegex(libsla.BusyError, "taken over"):
                await first.__anext__()

        self.run_until_done(main())
        self.assertEqual(0, self.engine.pending)

    def test_with_on_event_it_passes_the_time_and_what_that_raises_comes_out(self):
        seen = []

        def on_event(event):
            seen.append(self.minute())
            if event.type == "breach":
                raise ZeroDivisionError

        self.engine.on_event = on_event
        self.engine.update("A", NINE)
        with self.assertRaises(ZeroDivisionError):
            self.run_until_done(self.listen(1))
        self.assertEqual(["09:00:00", "09:00:00", "11:00:01"], seen)
        self.assertEqual(([], 1), (self.told, self.engine.pending))

    def test_real_time(self):
        """A few milliseconds of it, on the usual loop and clock."""
        async def main():
            loop = asyncio.get_running_loop()
            loop.call_later(0.005, self.engine.update, "A", NINE)
            async for event in libsla.aio.run(self.engine, clock=lambda: NINE):
                return event

        self.assertEqual("started", asyncio.run(main()).type)


if __name__ == "__main__":
    tap_unittest.main()
