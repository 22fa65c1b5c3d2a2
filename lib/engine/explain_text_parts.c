/* SPDX-License-Identifier: MIT */
/* The explanation as text: the counting, one interval a line, closed days and pauses between. */
#include "engine/explain.h"

#define SHOWN_FIRST 24 /* of a long list: so many lines at its front ... */
#define SHOWN_LAST 12  /* ... and so many at its end */

/* What is known while lines are written. */
struct listing {
    const sla_explanation *explanation;
    bool with_year;
    size_t time_column, amount_column, note_column;
    size_t length_width; /* of the longest length */
    sla_time workdays_from; /* D2's s, or NONE */
    sla_date last_day;      /* the date whose number was told last */
    const sla_calendar *calendar; /* of the line before */
    bool told_now, told_deadline;
};

/* D2 counts days, not hours: which of them this is. */
static void write_workday(struct writer *writer, struct listing *listing,
                          const sla_explained_part *part)
{
    const sla_explained_clock *clock = &listing->explanation->clock;
    const struct zone *zone = calendar_zone(part->calendar);
    sla_date date = zone_date(zone, part->from, NULL);
    int64_t number;
    if (listing->workdays_from == SLA_TIME_NONE || part->what != SLA_PART_COUNTED ||
        part->calendar != clock->calendar_handle || date == listing->last_day ||
        part->to <= listing->workdays_from || part->from > clock->first_due)
        return;
    listing->last_day = date;
    sla_date first = zone_date(zone, listing->workdays_from, NULL);
    if (sla_calendar_workdays(part->calendar, first + 1, date + 1, &number) != SLA_OK)
        return;
    writer_add_c(writer, "day ");
    writer_add_number(writer, number, 1);
}

static void write_notes(struct writer *writer, struct listing *listing,
                        const sla_explained_part *part)
{
    size_t before = writer->length;
    writer_pad(writer, listing->note_column);
    write_workday(writer, listing, part);
    if (part->what == SLA_PART_COUNTED && part->day != SLA_DAY_REGULAR) {
        if (writer->length > before)
            writer_add_c(writer, ", ");
        write_reason(writer, part);
    }
    if ((part->flags & SLA_PART_SHIFTED) != 0 && part->what == SLA_PART_COUNTED) {
        if (writer->length > before)
            writer_add_c(writer, ", ");
        writer_add_c(writer, "the clocks change");
    }
}

/* Something that is a moment: now, the deadline, the end. */
static void text_moment(struct writer *writer, const struct listing *listing,
                        const sla_calendar *calendar, sla_time at, const char *word)
{
    int32_t second;
    writer_pad(writer, 2);
    write_date(writer, zone_date(calendar_zone(calendar), at, &second), listing->with_year);
    writer_pad(writer, listing->time_column);
    write_time_of_day(writer, second);
    writer_pad(writer, listing->amount_column);
    writer_add_c(writer, word);
    writer_end_line(writer);
}

static void text_now(struct writer *writer, struct listing *listing, const sla_calendar *calendar)
{
    const sla_explained_clock *clock = &listing->explanation->clock;
    static const char *const ends[] = {[SLA_CLOCK_MET] = "met: not used any more",
                                       [SLA_CLOCK_MISSED] = "missed",
                                       [SLA_CLOCK_CANCELLED] = "cancelled",
                                       [SLA_CLOCK_EXEMPT] = "exempt"};
    if (listing->told_now || clock->cycle == 0)
        return;
    listing->told_now = true;
    if (clock->ended == SLA_TIME_NONE)
        text_moment(writer, listing, calendar, clock->now, "now");
    else
        text_moment(writer, listing, calendar, clock->ended, ends[clock->state]);
}

static void text_deadline(struct writer *writer, struct listing *listing,
                          const sla_calendar *calendar)
{
    const sla_explained_clock *clock = &listing->explanation->clock;
    bool is_paused = clock->state == SLA_CLOCK_PAUSED;
    sla_time at = is_paused ? clock->projected : clock->deadline;
    if (listing->told_deadline || at == SLA_TIME_NONE)
        return;
    listing->told_deadline = true;
    text_moment(writer, listing, calendar, at, "deadline");
}

static void text_part(struct writer *writer, struct listing *listing,
                      const sla_explained_part *part)
{
    if ((part->flags & SLA_PART_OVER) != 0)
        text_deadline(writer, listing, part->calendar);
    if ((part->flags & SLA_PART_AHEAD) != 0)
        text_now(writer, listing, part->calendar);
    if (listing->calendar != NULL && listing->calendar != part->calendar) {
        sla_text name;
        sla_calendar_name(part->calendar, &name);
        writer_pad(writer, 2);
        writer_add_c(writer, "on calendar ");
        writer_add(writer, name);
        writer_add_c(writer, ", ");
        writer_add(writer, calendar_zone(part->calendar)->name);
        writer_end_line(writer);
    }
    listing->calendar = part->calendar;
    write_span(writer, listing->with_year, listing->time_column, part);
    writer_pad(writer, listing->amount_column);
    if (part->what == SLA_PART_COUNTED) {
        write_length(writer, part->counted);
        write_notes(writer, listing, part);
    } else {
        write_reason(writer, part);
        if (part->what != SLA_PART_CLOSED && part->counted > 0) {
            writer_add_c(writer, " (");
            write_length(writer, part->counted);
            writer_add_c(writer, " not counted)");
        }
    }
    writer_end_line(writer);
}

/* How many lines there are, and how wide their columns. */
static uint64_t measure(struct listing *listing)
{
    const sla_explanation *explanation = listing->explanation;
    sla_explained_part part = {.size = sizeof part};
    uint64_t lines = 0, cursor = 0;
    sla_date first_year = 0, year;
    struct writer writer;
    for (int round = 0; round < 2; round++) { /* the years first: they make dates wider */
        for (cursor = lines = 0; sla_explanation_part(explanation, &cursor, &part); lines++) {
            if (!part_is_shown(&part)) {
                lines--;
                continue;
            }
            const struct zone *zone = calendar_zone(part.calendar);
            year = civil_from_date(zone_date(zone, part.to, NULL)).year;
            if (lines == 0)
                first_year = civil_from_date(zone_date(zone, part.from, NULL)).year;
            listing->with_year = listing->with_year || year != first_year;
            writer_init(&writer, NULL, 0);
            write_span(&writer, listing->with_year, listing->time_column, &part);
            if (round == 1 && writer.column + 3 > listing->amount_column)
                listing->amount_column = writer.column + 3;
            writer_init(&writer, NULL, 0);
            write_length(&writer, part.counted);
            if (part.what == SLA_PART_COUNTED && writer.column > listing->length_width)
                listing->length_width = writer.column;
        }
        listing->time_column = listing->with_year ? 19 : 14;
    }
    return lines;
}

/* The middle of a long list as one line that sums it up. */
struct skipped {
    uint64_t intervals, others;
    sla_duration counted;
};

static void text_skipped(struct writer *writer, const struct skipped *skipped)
{
    writer_pad(writer, 2);
    writer_add_c(writer, "... ");
    writer_add_number(writer, (int64_t)skipped->intervals, 1);
    writer_add_c(writer, " more intervals with ");
    write_length(writer, skipped->counted);
    if (skipped->others > 0) {
        writer_add_c(writer, ", ");
        writer_add_number(writer, (int64_t)skipped->others, 1);
        writer_add_c(writer, " closures and pauses between them");
    }
    writer_add_c(writer, " ...");
    writer_end_line(writer);
}

static void begin_workdays(struct listing *listing)
{
    const sla_explained_clock *clock = &listing->explanation->clock;
    listing->workdays_from = SLA_TIME_NONE;
    sla_target none = {.size = sizeof none, .unit = SLA_UNIT_WORKDAYS, .cutoff = clock->cutoff};
    sla_time at;
    if (clock->unit == SLA_UNIT_WORKDAYS && (clock->flags & SLA_EXPLAINED_MIXED) == 0 &&
        calendar_due(clock->calendar_handle, clock->counted_from, &none, &at) == SLA_OK)
        listing->workdays_from = at; /* 0wd is where D2 begins to count */
}

void text_parts(struct writer *writer, const sla_explanation *explanation, bool all)
{
    struct listing listing = {.explanation = explanation, .time_column = 14,
                              .length_width = 11, .last_day = -2};
    uint64_t lines = measure(&listing), line = 0, cursor = 0;
    struct skipped skipped = {0, 0, 0};
    sla_explained_part part = {.size = sizeof part};
    if (lines == 0 && (explanation->clock.deadline == SLA_TIME_NONE ||
                       (explanation->clock.flags & SLA_EXPLAINED_NO_RECORD) != 0))
        return;
    if (listing.amount_column < 30)
        listing.amount_column = 30;
    listing.note_column = listing.amount_column + listing.length_width + 3;
    begin_workdays(&listing);
    writer_end_line(writer);
    writer_add_c(writer, "How the time counts");
    writer_end_line(writer);
    for (; sla_explanation_part(explanation, &cursor, &part); line++) {
        if (!part_is_shown(&part)) {
            line--;
            continue;
        }
        if (!all && lines > SHOWN_FIRST + SHOWN_LAST + 4 && line >= SHOWN_FIRST &&
            line < lines - SHOWN_LAST) {
            skipped.intervals += part.what == SLA_PART_COUNTED;
            skipped.others += part.what != SLA_PART_COUNTED;
            skipped.counted += part.what == SLA_PART_COUNTED ? part.counted : 0;
            continue;
        }
        if (line == lines - SHOWN_LAST && skipped.intervals + skipped.others > 0)
            text_skipped(writer, &skipped);
        text_part(writer, &listing, &part);
    }
    const sla_calendar *calendar = explanation->clock.calendar_handle;
    if (calendar == NULL)
        calendar = explanation->policy->calendars[0]; /* it has the policy's zone */
    if (explanation->clock.ended < explanation->clock.deadline)
        text_now(writer, &listing, calendar);
    text_deadline(writer, &listing, calendar);
    text_now(writer, &listing, calendar);
}
