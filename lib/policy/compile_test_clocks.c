/* SPDX-License-Identifier: MIT */
/* What a test expects of clocks and events: from names to numbers. */
#include "policy/compile_tests.h"

#include "base/words.h"

static uint32_t find_agreement(struct compile *compile, const struct text_field *name)
{
    uint32_t number = compile_find(compile, &compile->agreement_names, name->at, name->value,
                                   CODE_UNKNOWN_AGREEMENT);
    return number == 0 ? INDEX_NONE : number - 1;
}

/* The kind is what the author says, what the agreement is of, or the only one that there is. */
static bool find_kind(struct test_compile *tests, const struct expected_clock_model *model,
                      struct expected_clock *out)
{
    struct compile *compile = tests->compile;
    uint32_t kinds = tests->metric_kinds[out->metric];
    uint32_t of_agreement = INDEX_NONE;
    if (model->agreement.at != NULL) {
        out->agreement = find_agreement(compile, &model->agreement);
        if (out->agreement == INDEX_NONE)
            return false;
        of_agreement = compile->model->agreements[out->agreement].kind;
        out->kind = of_agreement;
    }
    if (model->kind.at != NULL) {
        out->kind = (uint32_t)model->kind.value;
        if (of_agreement == INDEX_NONE || of_agreement == out->kind)
            return true;
        report(compile->build, CODE_OTHER_KIND, model->kind.at, model->agreement.value,
               text_of(kind_words[of_agreement]), TEXT_NONE);
        return false;
    }
    if (of_agreement != INDEX_NONE)
        return true;
    out->kind = (kinds & 1u << SLA_KIND_OLA) != 0 ? SLA_KIND_OLA : SLA_KIND_UC;
    if (kinds == 0 || (kinds & 1u << SLA_KIND_SLA) != 0)
        out->kind = SLA_KIND_SLA;
    if ((kinds & (kinds - 1)) == 0)
        return true;
    struct hint hint = {.length = 0};
    hint_add(&hint, "write one of each: {kind: ");
    hint_add(&hint, kind_words[out->kind]);
    hint_add(&hint, ", deadline: ...}");
    report(compile->build, CODE_WHICH_KIND, model->at, model->metric.value, TEXT_NONE,
           hint_text(&hint));
    return false;
}

/* What is looked at, and where it stands. */
static bool wants(struct expected_clock *out, uint32_t bit, const struct node *at)
{
    if (at == NULL)
        return false;
    out->what |= bit;
    out->places[__builtin_ctz(bit)] = test_place_of(at);
    return true;
}

static void compile_clock(struct test_compile *tests, const struct expected_clock_model *model,
                          struct expected_clock *out)
{
    struct compile *compile = tests->compile;
    *out = (struct expected_clock){.agreement = INDEX_NONE, .deadline = SLA_TIME_NONE};
    out->place = test_place_of(model->at);
    out->metric = text_table_find(&compile->model->metric_names, model->metric.value) - 1;
    if (!find_kind(tests, model, out))
        return; /* told */
    wants(out, EXPECT_AGREEMENT, model->agreement.at);
    if (wants(out, EXPECT_STATE, model->state.at))
        out->state = (uint32_t)model->state.value;
    if (wants(out, EXPECT_DEADLINE, model->deadline.at) &&
        !text_equal(model->deadline.value, TEXT("none")))
        test_instant(compile, &model->deadline, &out->deadline);
    if (wants(out, EXPECT_CALENDAR, model->calendar.at))
        out->calendar = compile_calendar_name(compile, model->calendar.at, model->calendar.value);
    if (wants(out, EXPECT_BREACHED, model->breached.at))
        out->breached = (uint32_t)model->breached.value;
    if (wants(out, EXPECT_IN_GRACE, model->in_grace.at))
        out->in_grace = (uint32_t)model->in_grace.value;
    if (wants(out, EXPECT_PROVISIONAL, model->provisional.at))
        out->provisional = (uint32_t)model->provisional.value;
    if (wants(out, EXPECT_CYCLE, model->cycle.at))
        out->cycle = (uint32_t)model->cycle.value;
    if (wants(out, EXPECT_ELAPSED, model->elapsed.at))
        out->elapsed = model->elapsed.value;
    if (wants(out, EXPECT_REMAINING, model->remaining.at))
        out->remaining = model->remaining.value;
}

void test_compile_clocks(struct test_compile *tests, const struct test_step_model *model,
                         struct test_step *out)
{
    struct expected_clock *clocks =
        test_array(tests->compile, model->clock_count, sizeof *clocks);
    for (size_t i = 0; clocks != NULL && i < model->clock_count; i++)
        compile_clock(tests, &model->clocks[i], &clocks[i]);
    out->clocks = clocks;
    out->clock_count = clocks == NULL ? 0 : (uint32_t)model->clock_count;
}

static const sla_text *copy_words(struct compile *compile, const struct text_list *list,
                                  uint32_t *out_count)
{
    sla_text *words = test_array(compile, list->count, sizeof *words);
    for (size_t i = 0; words != NULL && i < list->count; i++)
        words[i] = compile_text(compile, list->items[i].value);
    *out_count = words == NULL ? 0 : (uint32_t)list->count;
    return words;
}

static void compile_event(struct test_compile *tests, const struct expected_event_model *model,
                          struct expected_event *out)
{
    struct compile *compile = tests->compile;
    *out = (struct expected_event){.type = model->type, .metric = INDEX_NONE, .kind = INDEX_NONE,
                                   .agreement = INDEX_NONE, .at = SLA_TIME_NONE,
                                   .percent = SLA_NO_NUMBER, .level = SLA_NO_NUMBER,
                                   .place = test_place_of(model->at)};
    if (model->metric.at != NULL)
        out->metric = text_table_find(&compile->model->metric_names, model->metric.value) - 1;
    if (model->kind.at != NULL)
        out->kind = (uint32_t)model->kind.value;
    if (model->agreement.at != NULL)
        out->agreement = find_agreement(compile, &model->agreement);
    if (model->instant.at != NULL)
        test_instant(compile, &model->instant, &out->at);
    if (model->percent.at != NULL)
        out->percent = (int32_t)model->percent.value;
    if (model->level.at != NULL)
        out->level = (int32_t)model->level.value;
    if (model->reason.at != NULL)
        out->reason = compile_text(compile, model->reason.value);
    out->notify = copy_words(compile, &model->notify, &out->notify_count);
    out->via = copy_words(compile, &model->via, &out->via_count);
}

void test_compile_events(struct test_compile *tests, const struct expected_events_model *model,
                         struct expected_events *out)
{
    if (model->at == NULL)
        return;
    struct expected_event *items = test_array(tests->compile, model->count, sizeof *items);
    for (size_t i = 0; items != NULL && i < model->count; i++)
        compile_event(tests, &model->items[i], &items[i]);
    *out = (struct expected_events){.items = items, .is_said = true,
                                    .count = items == NULL ? 0 : (uint32_t)model->count,
                                    .place = test_place_of(model->at)};
}
