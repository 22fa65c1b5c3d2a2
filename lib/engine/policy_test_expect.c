/* SPDX-License-Identifier: MIT */
/* What a test expects to be so: attributes, agreements in force, clocks. */
#include "engine/policy_test.h"

#include "base/words.h"

/* A value in a message; an absent one and an empty one must not look alike. */
static void add_value(struct trial *trial, const struct slot *slot)
{
    if (!slot->present)
        builder_add_c(&trial->words, "no value");
    else if (slot->text.length == 0)
        builder_add_c(&trial->words, "an empty text");
    else
        builder_add(&trial->words, slot->text);
}

static void check_value(struct trial *trial, const struct facts *facts,
                        const struct expected_value *expected)
{
    const struct slot *slot = &facts->slots[expected->slot];
    struct slot wanted = {expected->value, 0, expected->how != EXPECT_ABSENT};
    bool good = slot->present == wanted.present &&
                (expected->how != EXPECT_EQUAL || text_equal(slot->text, expected->value));
    if (good)
        return;
    if (expected->how == EXPECT_PRESENT)
        builder_add_c(&trial->words, "a value");
    else
        add_value(trial, &wanted);
    sla_text words = trial_words(trial);
    add_value(trial, slot);
    trial_tell(trial, &expected->place,
               (sla_test_mismatch){.what = SLA_MISMATCH_ATTRIBUTE, .metric_index = SLA_NO_INDEX,
                                   .subject = expected->name, .expected = words,
                                   .got = trial_words(trial)});
}

static void add_agreement(struct trial *trial, uint32_t agreement)
{
    if (agreement == INDEX_NONE)
        builder_add_c(&trial->words, "none");
    else
        builder_add(&trial->words, trial->policy->agreements[agreement].name);
}

static void check_agreement(struct trial *trial, const uint32_t *in_force,
                            const struct expected_agreement *expected)
{
    uint32_t kind = SLA_KIND_SLA, got;
    if (expected->agreement == INDEX_NONE) { /* of no kind is there one */
        while (kind + 1 < KIND_COUNT && in_force[kind] == INDEX_NONE)
            kind++;
    } else {
        kind = trial->policy->agreements[expected->agreement].kind;
    }
    got = in_force[kind];
    if (got == expected->agreement)
        return;
    add_agreement(trial, expected->agreement);
    sla_text words = trial_words(trial);
    add_agreement(trial, got);
    trial_tell(trial, &expected->place,
               (sla_test_mismatch){.what = SLA_MISMATCH_AGREEMENT, .metric_index = SLA_NO_INDEX,
                                   .subject = TEXT("agreement"), .kind = kind, .expected = words,
                                   .got = trial_words(trial)});
}

void trial_check_values(struct trial *trial)
{
    const struct test_step *step = trial_step(trial);
    struct looked looked;
    uint32_t in_force[KIND_COUNT];
    if (step->value_count == 0 && step->agreement_count == 0)
        return;
    if (engine_look(trial->engine, TRIAL_INCIDENT, &looked) != SLA_OK) {
        trial->failed = true; /* the incident is there: memory it is */
        return;
    }
    for (uint32_t i = 0; i < step->value_count; i++)
        check_value(trial, &looked.facts, &step->values[i]);
    agreements_find(&looked.facts, in_force);
    for (uint32_t i = 0; i < step->agreement_count; i++)
        check_agreement(trial, in_force, &step->agreements[i]);
    engine_look_away(trial->engine, &looked);
}

/* One part of a clock that is not as expected; its words are in the making. */
static void tell_part(struct trial *trial, const struct expected_clock *expected, uint32_t bit,
                      const char *what, sla_text wanted)
{
    sla_text got = trial_words(trial);
    trial_add_metric(trial, expected->metric, expected->kind);
    builder_add_c(&trial->words, what);
    trial_tell(trial, &expected->places[__builtin_ctz(bit)],
               (sla_test_mismatch){.what = SLA_MISMATCH_CLOCK, .kind = expected->kind,
                                   .metric_index = expected->metric, .expected = wanted,
                                   .got = got, .subject = trial_words(trial)});
}

static void check_word(struct trial *trial, const struct expected_clock *expected, uint32_t bit,
                       const char *what, sla_text wanted, sla_text got)
{
    if ((expected->what & bit) == 0 || text_equal(wanted, got))
        return;
    builder_add(&trial->words, got);
    tell_part(trial, expected, bit, what, wanted);
}

static void check_flag(struct trial *trial, const struct expected_clock *expected, uint32_t bit,
                       const char *what, bool wanted, bool got)
{
    check_word(trial, expected, bit, what, wanted ? TEXT("true") : TEXT("false"),
               got ? TEXT("true") : TEXT("false"));
}

static void check_duration(struct trial *trial, const struct expected_clock *expected,
                           uint32_t bit, const char *what, sla_duration wanted, sla_duration got)
{
    if ((expected->what & bit) == 0 || wanted == got)
        return;
    trial_add_duration(trial, wanted);
    sla_text words = trial_words(trial);
    trial_add_duration(trial, got);
    tell_part(trial, expected, bit, what, words);
}

/* What a clock does, beside a deadline that it has or does not have. */
static void add_state(struct trial *trial, const sla_clock *clock)
{
    builder_add_c(&trial->words, state_words[clock->state]);
    if (clock->state != SLA_CLOCK_RUNNING && clock->state != SLA_CLOCK_PAUSED)
        return;
    builder_add_c(&trial->words, clock->state == SLA_CLOCK_PAUSED ? ", left: " : ", due ");
    if (clock->state == SLA_CLOCK_PAUSED)
        trial_add_duration(trial, clock->remaining);
    else
        trial_add_instant(trial, clock->deadline);
}

static void check_state(struct trial *trial, const struct expected_clock *expected,
                        const sla_clock *clock)
{
    if ((expected->what & EXPECT_STATE) == 0 || expected->state == clock->state)
        return;
    builder_add_c(&trial->words, state_words[expected->state]);
    sla_text words = trial_words(trial);
    add_state(trial, clock);
    tell_part(trial, expected, EXPECT_STATE, "", words);
}

static void check_deadline(struct trial *trial, const struct expected_clock *expected,
                           const sla_clock *clock)
{
    if ((expected->what & EXPECT_DEADLINE) == 0 || expected->deadline == clock->deadline)
        return;
    trial_add_instant(trial, expected->deadline);
    sla_text words = trial_words(trial);
    if (clock->deadline == SLA_TIME_NONE)
        add_state(trial, clock);
    else
        trial_add_instant(trial, clock->deadline);
    tell_part(trial, expected, EXPECT_DEADLINE, "", words);
}

static void check_clock(struct trial *trial, const struct expected_clock *expected)
{
    sla_clock clock = {.size = sizeof clock};
    sla_status status = sla_engine_clock(trial->engine, &TRIAL_INCIDENT, expected->kind,
                                         expected->metric, &clock);
    if (status == SLA_ERROR_NOT_FOUND) {
        clock = (sla_clock){.state = SLA_CLOCK_NONE, .deadline = SLA_TIME_NONE};
    } else if (status != SLA_OK) {
        trial->failed = true;
        return;
    }
    check_state(trial, expected, &clock);
    check_deadline(trial, expected, &clock);
    if (clock.state == SLA_CLOCK_NONE) { /* it has nothing else; that is told once */
        if ((expected->what & (EXPECT_STATE | EXPECT_DEADLINE)) == 0) {
            builder_add_c(&trial->words, "a clock");
            sla_text words = trial_words(trial);
            builder_add_c(&trial->words, "none");
            tell_part(trial, expected, expected->what & -expected->what, "", words);
        }
        return;
    }
    if ((expected->what & EXPECT_AGREEMENT) != 0)
        check_word(trial, expected, EXPECT_AGREEMENT, " agreement",
                   trial->policy->agreements[expected->agreement].name, clock.agreement);
    if ((expected->what & EXPECT_CALENDAR) != 0) {
        sla_text name;
        sla_calendar_name(trial->policy->calendars[expected->calendar], &name);
        check_word(trial, expected, EXPECT_CALENDAR, " calendar", name, clock.calendar);
    }
    check_flag(trial, expected, EXPECT_BREACHED, " breached", expected->breached != 0,
               (clock.flags & SLA_CLOCK_BREACHED) != 0);
    check_flag(trial, expected, EXPECT_IN_GRACE, " in grace", expected->in_grace != 0,
               (clock.flags & SLA_CLOCK_IN_GRACE) != 0);
    check_flag(trial, expected, EXPECT_PROVISIONAL, " provisional", expected->provisional != 0,
               (clock.flags & SLA_CLOCK_PROVISIONAL) != 0);
    if ((expected->what & EXPECT_CYCLE) != 0 && expected->cycle != clock.cycle) {
        builder_add_number(&trial->words, expected->cycle);
        sla_text words = trial_words(trial);
        builder_add_number(&trial->words, clock.cycle);
        tell_part(trial, expected, EXPECT_CYCLE, " cycle", words);
    }
    check_duration(trial, expected, EXPECT_ELAPSED, " elapsed", expected->elapsed, clock.elapsed);
    check_duration(trial, expected, EXPECT_REMAINING, " remaining", expected->remaining,
                   clock.remaining);
}

void trial_check_clocks(struct trial *trial)
{
    const struct test_step *step = trial_step(trial);
    for (uint32_t i = 0; i < step->clock_count && !trial->failed; i++)
        check_clock(trial, &step->clocks[i]);
}
