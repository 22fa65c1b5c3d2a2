/* SPDX-License-Identifier: MIT */
/* The explanation as text: the clock and its target, then the rows, the record and the counting. */
#include "engine/explain.h"

#define LABEL_COLUMN 2
#define VALUE_COLUMN 13
#define RECORD_COLUMN 28 /* behind "Fri 20 Nov 2026 17:50:30" */

const struct zone *explanation_zone(const sla_explanation *explanation)
{
    const sla_calendar *calendar = explanation->clock.calendar_handle;
    return calendar != NULL ? calendar_zone(calendar) : explanation->policy->zone;
}

static bool has(const sla_explanation *explanation, uint32_t flag)
{
    return (explanation->clock.flags & flag) != 0;
}

static void write_when_due(struct writer *writer, const sla_explanation *explanation)
{
    const sla_explained_clock *clock = &explanation->clock;
    sla_time due = clock->state == SLA_CLOCK_PAUSED ? clock->projected : clock->deadline;
    if (due == SLA_TIME_NONE)
        writer_add_c(writer, "no deadline within 1970..2199");
    else
        write_instant(writer, explanation_zone(explanation), due);
}

static const char *state_word(uint32_t state)
{
    static const char *const words[] = {"not started", "running",   "paused", "met",
                                        "missed",      "cancelled", "exempt"};
    return state < sizeof words / sizeof *words ? words[state] : "unknown";
}

static void write_state(struct writer *writer, const sla_explanation *explanation)
{
    const sla_explained_clock *clock = &explanation->clock;
    const struct zone *zone = explanation_zone(explanation);
    if (!has(explanation, SLA_EXPLAINED_TARGET)) {
        writer_add_c(writer, "nothing is promised");
        return;
    }
    if (clock->state == SLA_CLOCK_NONE && clock->started != SLA_TIME_NONE) {
        writer_add_c(writer, "due ");
        write_when_due(writer, explanation);
        return;
    }
    if (clock->state == SLA_CLOCK_NONE && clock->status != SLA_OK) {
        writer_add_c(writer, "the deadline would lie outside 1970..2199");
        return;
    }
    writer_add_c(writer, state_word(clock->state));
    if (clock->state == SLA_CLOCK_NONE)
        return;
    if (clock->ended != SLA_TIME_NONE) {
        writer_add_c(writer, " ");
        write_instant(writer, zone, clock->ended);
        if (has(explanation, SLA_EXPLAINED_IN_GRACE))
            writer_add_c(writer, ", in grace");
        writer_add_c(writer, "; it was due ");
    } else if (has(explanation, SLA_EXPLAINED_BREACHED)) {
        writer_add_c(writer, " and breached; it was due ");
    } else if (clock->deadline != SLA_TIME_NONE && clock->now > clock->deadline) {
        writer_add_c(writer, " in grace; it was due ");
    } else {
        writer_add_c(writer, ", due ");
    }
    write_when_due(writer, explanation);
    if (clock->state == SLA_CLOCK_PAUSED && clock->projected >= clock->now)
        writer_add_c(writer, " if it goes on now");
}

static void text_head(struct writer *writer, const sla_explanation *explanation)
{
    const sla_explained_clock *clock = &explanation->clock;
    writer_add(writer, clock->metric);
    if (clock->cycle > 1) {
        writer_add_c(writer, " #");
        writer_add_number(writer, clock->cycle, 1);
    }
    if (clock->kind != SLA_KIND_SLA) {
        writer_add_c(writer, " (");
        writer_add_c(writer, sla_kind_name(clock->kind));
        writer_add_c(writer, ")");
    }
    if (clock->incident.length > 0) {
        writer_add_c(writer, " of ");
        writer_add(writer, clock->incident);
    }
    writer_add_c(writer, ": ");
    write_state(writer, explanation);
    writer_end_line(writer);
}

static void label(struct writer *writer, const char *name)
{
    writer_pad(writer, LABEL_COLUMN);
    writer_add_c(writer, name);
    writer_pad(writer, VALUE_COLUMN);
}

static void note(struct writer *writer, const char *text)
{
    label(writer, "note");
    writer_add_c(writer, text);
    writer_end_line(writer);
}

static void text_notes(struct writer *writer, const sla_explanation *explanation)
{
    static const struct {
        uint32_t flag;
        const char *text;
    } notes[] = {
        {SLA_EXPLAINED_UNKNOWN_SEVERITY, "the policy lists no such severity; the last is taken"},
        {SLA_EXPLAINED_AGREED, "the deadline is the instant that was agreed"},
        {SLA_EXPLAINED_ROLLED, "the deadline is rolled from a closing to the next opening"},
        {SLA_EXPLAINED_PROVISIONAL, "provisional: later than the holiday lists speak for"},
        {SLA_EXPLAINED_MIXED, "counted on one calendar after the other"},
        {SLA_EXPLAINED_PINNED, "the host pinned the deadline"},
        {SLA_EXPLAINED_NO_RECORD, "only the sums are kept of what is long past"},
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (has(explanation, notes[i].flag))
            note(writer, notes[i].text);
    if (has(explanation, SLA_EXPLAINED_OTHER_TARGET))
        note(writer, explanation->clock.ended != SLA_TIME_NONE
                         ? "the attributes have changed: it keeps the target that judged it"
                         : "the attributes would now choose another target, which was refused");
}

static void text_used(struct writer *writer, const sla_explanation *explanation)
{
    const sla_explained_clock *clock = &explanation->clock;
    label(writer, "used");
    write_length(writer, clock->elapsed);
    writer_add_c(writer, " of ");
    write_length(writer, clock->budget);
    writer_add_c(writer, ", ");
    write_length(writer, clock->remaining < 0 ? -clock->remaining : clock->remaining);
    writer_add_c(writer, clock->remaining < 0 ? " over" : " left");
    writer_end_line(writer);
    if (clock->extended > 0) {
        label(writer, "extended");
        write_length(writer, clock->extended);
        writer_add_c(writer, " by the host, in the budget");
        writer_end_line(writer);
    }
    if (clock->paused == 0 && clock->moved == 0)
        return;
    label(writer, "paused");
    write_length(writer, clock->paused);
    writer_add_c(writer, " of counted time");
    if (clock->moved > 0) {
        writer_add_c(writer, ", which moved the deadline by ");
        write_length(writer, clock->moved);
    }
    writer_end_line(writer);
}

static void text_instant(struct writer *writer, const sla_explanation *explanation,
                         const char *name, sla_time at)
{
    label(writer, name);
    write_instant(writer, explanation_zone(explanation), at);
    writer_end_line(writer);
}

/* The rule as it is written; of a target that is kept, its line is known and its row is not. */
static void text_target(struct writer *writer, const sla_explanation *explanation)
{
    const sla_policy *policy = explanation->policy;
    const sla_explained_clock *clock = &explanation->clock;
    label(writer, "target");
    if (explanation->rule == INDEX_NONE)
        writer_add_c(writer, "of an earlier policy");
    else
        write_target(writer, policy, explanation->rule);
    if (clock->line > 0) {
        writer_add_c(writer, ", line ");
        writer_add_number(writer, clock->line, 1);
    }
    writer_end_line(writer);
    label(writer, "agreement");
    writer_add(writer, clock->agreement);
    writer_end_line(writer);
    label(writer, "calendar");
    writer_add(writer, clock->calendar);
    if (clock->calendar_handle != NULL) {
        writer_add_c(writer, ", ");
        writer_add(writer, calendar_zone(clock->calendar_handle)->name);
    }
    writer_end_line(writer);
}

static void text_facts(struct writer *writer, const sla_explanation *explanation)
{
    const sla_explained_clock *clock = &explanation->clock;
    if (has(explanation, SLA_EXPLAINED_TARGET))
        text_target(writer, explanation);
    text_instant(writer, explanation, "opened", clock->opened);
    if (clock->started != SLA_TIME_NONE && clock->started != clock->opened)
        text_instant(writer, explanation, "started", clock->started);
    if (clock->cycle > 0)
        text_used(writer, explanation);
    if (clock->breach_at != SLA_TIME_NONE && clock->breach_at != clock->deadline)
        text_instant(writer, explanation, "breach", clock->breach_at);
    text_notes(writer, explanation);
}

static void write_pause(struct writer *writer, const sla_explanation *explanation,
                        const sla_explained_event *event)
{
    if (event->what == SLA_RECORD_STOPPED) {
        writer_add_c(writer, state_word(event->state));
        writer_add_c(writer, ", reopened ");
    } else {
        writer_add_c(writer, "paused");
        if (event->text.length > 0) {
            writer_add_c(writer, " (");
            writer_add(writer, event->text);
            writer_add_c(writer, ")");
        }
        if (event->until != SLA_TIME_NONE)
            writer_add_c(writer, " until ");
    }
    if (event->until != SLA_TIME_NONE)
        write_moment(writer, explanation_zone(explanation), event->until);
    if ((event->flags & SLA_RECORD_BY_LIMIT) != 0)
        writer_add_c(writer, ", its limit");
    if ((event->flags & SLA_RECORD_COUNTS) != 0) {
        writer_add_c(writer, "; the time between counts");
    } else if (event->counted > 0) {
        writer_add_c(writer, ": ");
        write_length(writer, event->counted);
        writer_add_c(writer, " did not count");
    }
    if (event->line > 0) {
        writer_add_c(writer, ", line ");
        writer_add_number(writer, event->line, 1);
    }
}

static void text_record(struct writer *writer, const sla_explanation *explanation)
{
    if (explanation->clock.cycle == 0)
        return;
    writer_end_line(writer);
    writer_add_c(writer, "What happened");
    writer_end_line(writer);
    for (size_t i = 0; i < explanation->events.count; i++) {
        const sla_explained_event *event = &explanation->events.items[i];
        writer_pad(writer, LABEL_COLUMN);
        write_moment(writer, explanation_zone(explanation), event->at);
        writer_pad(writer, RECORD_COLUMN);
        if (event->what == SLA_RECORD_PAUSED || event->what == SLA_RECORD_STOPPED) {
            write_pause(writer, explanation, event);
        } else if (event->what == SLA_RECORD_BOUND) {
            writer_add_c(writer, "another policy, with ");
            write_length(writer, event->counted);
            writer_add_c(writer, " used before");
        } else if (event->what == SLA_RECORD_CALENDAR) {
            writer_add_c(writer, "counted on calendar ");
            writer_add(writer, event->text);
        } else {
            writer_add_c(writer, event->what == SLA_RECORD_STARTED     ? "started"
                                 : event->what == SLA_RECORD_RESTARTED ? "restarted"
                                                                       : state_word(event->state));
        }
        writer_end_line(writer);
    }
}

size_t sla_explanation_text(const sla_explanation *explanation, uint32_t flags, char *buffer,
                            size_t capacity)
{
    struct writer writer;
    writer_init(&writer, buffer, capacity);
    if (explanation != NULL) {
        text_head(&writer, explanation);
        text_facts(&writer, explanation);
        text_rows(&writer, explanation, (flags & SLA_TEXT_CLOCK_ALONE) != 0);
        text_record(&writer, explanation);
        text_parts(&writer, explanation, (flags & SLA_TEXT_ALL_PARTS) != 0);
    }
    return writer_finish(&writer);
}
