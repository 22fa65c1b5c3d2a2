# SPDX-License-Identifier: MIT
"""on_event and on_rearm: E6, and what happens when they raise."""

import datetime
import functools
import unittest

import incidents
import libsla
import tap_unittest
from incidents import at

SECOND = datetime.timedelta(seconds=1)


class Refused(Exception):
    """What a callback raises."""


def apply_all(engine):
    """The whole history and the time until Monday night; gives what on_event let out."""
    raised = []

    def attempt(call, *arguments, **more):
        try:
            call(*arguments, **more)
        except Refused as refused:
            raised.append(refused)

    for incident, instant, event, *attributes in [(*one[:2], (one[2:] or (None,))[0], *one[3:])
                                                  for one in incidents.history()]:
        attempt(engine.update, incident, instant, event,
                attributes=attributes[0] if attributes else None)
    attempt(engine.advance, at("22:00", 23))
    return raised


def everything():
    """The ids of all events of the history, in order, without any refusal."""
    seen = []
    with incidents.policy() as policy, libsla.Engine(policy, seen.append) as engine:
        assert apply_all(engine) == []
    return [event.id for event in seen]


class CallbackCase(unittest.TestCase):
    def setUp(self):
        self.policy = incidents.policy()
        self.addCleanup(self.policy.close)


class Raising(CallbackCase):
    """What on_event raises comes out of the call, and no event is lost or given twice."""

    def test_wherever_it_raises_nothing_is_lost_and_nothing_comes_twice(self):
        wanted = everything()
        self.assertGreater(len(wanted), 12)
        for place in range(len(wanted)):
            taken, offered = [], []

            def on_event(event):
                offered.append(event.id)
                if len(offered) == place + 1:
                    raise Refused(event.id)
                taken.append(event.id)

            with self.subTest(place=place), libsla.Engine(self.policy, on_event) as engine:
                raised = apply_all(engine)
                self.assertEqual([wanted[place]], [str(one) for one in raised])
                engine.deliver()
                self.assertEqual(wanted, taken)
                self.assertEqual(wanted[:place + 1] + wanted[place:], offered)
                self.assertEqual(0, engine.pending)

    def test_every_event_refused_once(self):
        wanted, taken, refused = everything(), [], set()

        def on_event(event):
            if event.id not in refused:
                refused.add(event.id)
                raise Refused
            taken.append(event.id)

        with libsla.Engine(self.policy, on_event) as engine:
            apply_all(engine)
            for _ in wanted:
                try:
                    engine.deliver()
                except Refused:
                    pass
            self.assertEqual((wanted, 0), (taken, engine.pending))

    def test_the_update_is_applied_and_the_rest_stays_in_line(self):
        def on_event(event):
            raise Refused(event.metric)

        engine = libsla.Engine(self.policy, on_event)
        with self.assertRaisesRegex(Refused, "answer"):
            engine.update("A", at("09:00"))
        self.assertEqual(("running", 2), (engine.clock("A", "solve").state, engine.pending))
        with self.assertRaisesRegex(Refused, "answer"):
            engine.deliver()
        engine.on_event = None
        engine.deliver()  # there is nobody to deliver to
        self.assertEqual(["answer", "solve"], [event.metric for event in engine])

    def test_interrupts_come_out_too(self):
        for kind in (KeyboardInterrupt, SystemExit, GeneratorExit):
            def on_event(event):
                raise kind

            engine = libsla.Engine(self.policy, on_event)
            with self.assertRaises(kind):
                engine.update("A", at("09:00"))
            engine.on_event = [].append
            engine.deliver()
            self.assertEqual(0, engine.pending)

    def test_what_it_returns_means_nothing(self):
        for value in (True, False, 1, "no", NotImplemented):
            seen = []

            def on_event(event):
                seen.append(event)
                return value

            libsla.Engine(self.policy, on_event).update("A", at("09:00"))
            self.assertEqual(2, len(seen))

    def test_an_order_error_with_something_to_tell_tells_it_first(self):
        seen = []
        engine = libsla.Engine(self.policy, seen.append)
        engine.update("A", at("09:00"))
        engine.update("A", at("09:30"), "sla:extend", by="1h", metric="solve")
        del seen[:]
        # the text is refused, but the time has come: the engine stays advanced
        with self.assertRaises(libsla.TextError):
            engine.update("A", at("12:00"), "sla:extend", by="soon")
        self.assertEqual(["breach"], [event.type for event in seen])

        def on_event(event):
            raise Refused

        engine.on_event = on_event
        with self.assertRaises(Refused) as caught:
            engine.update("A", at("15:00"), "sla:extend", by="soon")
        self.assertIsInstance(caught.exception.__context__, libsla.TextError)

    def test_many_updates_stop_where_it_raises_and_say_how_far_they_came(self):
        seen = []

        def on_event(event):
            seen.append(event.incident)
            if event.incident == "C":
                raise Refused

        engine = libsla.Engine(self.policy, on_event)
        outcomes = []
        with self.assertRaises(Refused):
            engine.update_many([(name, at("09:00")) for name in "ABCDE"], outcomes)
        self.assertEqual((3, list("AABBC")), (engine.incidents, seen))
        self.assertEqual(3, len(outcomes))

    def test_load_and_bind_are_done_though_it_raises(self):
        saved = libsla.Engine(self.policy)
        saved.update("A", at("09:00"))
        state = saved.save()

        def on_event(event):
            raise Refused

        engine = libsla.Engine(self.policy, on_event)
        with self.assertRaises(Refused):
            engine.load(state)
        self.assertEqual((1, 2), (engine.incidents, engine.pending))
        stricter = incidents.policy(incidents.STRICTER)
        with self.assertRaises(Refused):
            engine.bind(stricter)
        self.assertIs(stricter, engine.policy)

    def test_moves_are_in_the_callers_list_though_it_raises(self):
        saved = libsla.Engine(self.policy)
        saved.update("A", at("09:00"))
        stricter = incidents.policy(incidents.STRICTER)

        def on_event(event):
            raise Refused

        loading, binding = libsla.Engine(stricter, on_event), libsla.Engine(self.policy)
        binding.load(saved.save())
        binding.on_event = on_event
        loaded, bound = [], []
        with self.assertRaises(Refused):
            loading.load(saved.save(), True, loaded)
        with self.assertRaises(Refused):
            binding.bind(stricter, bound)
        for moves in (loaded, bound):  # 6 h from 09:00 on instead of 8 h
            self.assertEqual([("retargeted", "A", "solve", at("15:00"))], [
                (move.change, move.incident, move.metric, move.deadline) for move in moves])
        with self.assertRaisesRegex(TypeError, "moves is a list, not tuple"):
            binding.bind(self.policy, ())
        self.assertIs(stricter, binding.policy)


class Inside(CallbackCase):
    """From inside a callback questions work, and changes are refused."""

    def inside(self, ask):
        """What ask(engine) gives or raises inside on_event."""
        got = []

        def on_event(event):
            try:
                got.append(ask(engine))
            except Exception as error:
                got.append(error)

        engine = libsla.Engine(self.policy, on_event)
        engine.update("A", at("09:00"))
        self.assertEqual(0, engine.pending)
        return got

    def test_questions_are_answered_and_all_state_is_final(self):
        self.assertEqual(["running", "running"],
                         self.inside(lambda engine: engine.clock("A", "solve").state))
        self.assertEqual([2, 2], self.inside(lambda engine: len(engine.clocks())))
        self.assertEqual([2, 1], self.inside(lambda engine: engine.pending))
        self.assertEqual([at("11:00") + SECOND] * 2, self.inside(lambda engine: engine.next_due))
        self.assertEqual([at("09:00")] * 2, self.inside(lambda engine: engine.now))
        self.assertEqual([1, 1], self.inside(lambda engine: engine.incidents))
        self.assertEqual([2, 1], [libsla.describe(state).events for state in
                                  self.inside(lambda engine: engine.save())])
        self.assertEqual([2, 1], [libsla.describe(state).events for state in
                                  self.inside(lambda engine: engine.save_incident("A"))])
        self.assertIn("due Fri 20 Nov",
                      self.inside(lambda engine: str(engine.explain("A", "answer")))[0])
        self.assertEqual(2, len(self.inside(lambda engine: engine.step(None, "Z", at("09:00")))))
        self.assertIn("incidents: 1", self.inside(repr)[0])

    def test_changes_are_refused_and_say_why(self):
        state = libsla.Engine(self.policy).save()
        for change in (lambda engine: engine.update("B", at("09:00")),
                       lambda engine: engine.update_many([("B", at("09:00"))]),
                       lambda engine: engine.advance(at("10:00")),
                       lambda engine: engine.rebuild("A", [("A", at("09:00"))]),
                       lambda engine: engine.forget("A"), lambda engine: engine.deliver(),
                       lambda engine: engine.load(state), lambda engine: engine.close(),
                       lambda engine: engine.bind(self.policy), list):
            for error in self.inside(change):
                self.assertIsInstance(error, libsla.BusyError)
                self.assertIn("inside a callback", str(error))

    def test_another_engine_may_be_changed(self):
        other = libsla.Engine(self.policy)
        self.inside(lambda engine: other.update("B", at("09:00")))
        self.assertEqual(1, other.incidents)

    def test_the_busy_error_comes_out_if_nobody_catches_it(self):
        engine = libsla.Engine(self.policy, lambda event: engine.advance(at("10:00")))
        with self.assertRaises(libsla.BusyError):
            engine.update("A", at("09:00"))
        self.assertEqual(2, engine.pending)

    def test_an_async_function_is_refused_as_nobody_would_wait_for_it(self):
        async def on_event(event):
            """Never runs."""

        class Object:
            async def __call__(self, event):
                """Never runs."""

        for function in (on_event, functools.partial(on_event), Object(), Object().__call__):
            with self.assertRaisesRegex(TypeError, "aio"):
                libsla.Engine(self.policy, function)

    def test_a_generator_is_refused_as_it_would_do_nothing(self):
        def on_event(event):
            yield event

        with self.assertRaisesRegex(TypeError, "yield"):
            libsla.Engine(self.policy, on_event)
        with self.assertRaisesRegex(TypeError, "yield"):
            libsla.Engine(self.policy).on_rearm = on_event


class Rearming(CallbackCase):
    """on_rearm: when next_due has changed, at the end of the call."""

    def test_it_is_told_when_next_due_changes_and_only_then(self):
        told = []
        engine = libsla.Engine(self.policy, on_rearm=told.append)
        engine.update("A", at("09:00"))
        self.assertEqual([at("11:00") + SECOND], told)
        engine.update("A", at("09:10"), "read")
        engine.advance(at("10:00"))
        self.assertEqual(1, len(told))
        engine.update("A", at("10:30"), "answered")
        engine.advance(at("13:00"))  # 50 % of 8 h
        engine.update("A", at("14:00"), "solved")
        # 8 h end at closing time: due at the closing instant (C5), broken a second later
        self.assertEqual([at("11:00") + SECOND, at("13:00"), at("17:00") + SECOND, None], told)

    def test_it_comes_after_the_events_and_also_when_one_was_refused(self):
        order = []

        def on_event(event):
            order.append(event.metric)
            raise Refused

        engine = libsla.Engine(self.policy, on_event, order.append)
        with self.assertRaises(Refused):
            engine.update("A", at("09:00"))
        self.assertEqual(["answer", at("11:00") + SECOND], order)

    def test_what_it_raises_comes_out_and_changes_are_refused_inside(self):
        def on_rearm(due):
            engine.update("B", at("09:00"))

        engine = libsla.Engine(self.policy, on_rearm=on_rearm)
        with self.assertRaises(libsla.BusyError):
            engine.update("A", at("09:00"))
        self.assertEqual(1, engine.incidents)


if __name__ == "__main__":
    tap_unittest.main()
