/* SPDX-License-Identifier: MIT */
/* A part as text: when it was, and what it was. */
#include "engine/explain.h"

#define DASH "\xe2\x80\x93"

static bool is_whole_days(const struct zone *zone, const sla_explained_part *part)
{
    int32_t from, to;
    zone_date(zone, part->from, &from);
    zone_date(zone, part->to, &to);
    return from == 0 && to == 0 && part->to - part->from >= SECONDS_PER_DAY / 2;
}

/* The whole local dates within a closed part; false: there are none. */
static bool whole_days(const struct zone *zone, const sla_explained_part *part,
                       sla_explained_part *out)
{
    int32_t second;
    sla_date first = zone_date(zone, part->from, &second);
    sla_date last = zone_date(zone, part->to, NULL);
    *out = *part;
    if (zone_instant(zone, first, 0) < part->from)
        out->from = zone_instant(zone, first + 1, 0);
    out->to = zone_instant(zone, last, 0);
    return out->from < out->to;
}

bool part_is_shown(sla_explained_part *part)
{
    if (part->what != SLA_PART_CLOSED || part->day != SLA_DAY_REGULAR)
        return true;
    return whole_days(calendar_zone(part->calendar), part, part);
}

/* "Sat 21 – Sun 22 Nov", "Wed 25 Nov". */
static void write_days(struct writer *writer, bool with_year,
                       const struct zone *zone, const sla_explained_part *part)
{
    sla_date first = zone_date(zone, part->from, NULL), last = zone_date(zone, part->to - 1, NULL);
    write_date(writer, first, with_year);
    if (first == last)
        return;
    writer_add_c(writer, " " DASH " ");
    write_date(writer, last, with_year);
}

/* "17:50–18:00", over midnight "22:00 – Sat 21 Nov 06:00". */
static void write_times(struct writer *writer, bool with_year,
                        const struct zone *zone, const sla_explained_part *part)
{
    int32_t from, to;
    sla_date first = zone_date(zone, part->from, &from), last = zone_date(zone, part->to, &to);
    write_time_of_day(writer, from);
    if (last == first + 1 && to == 0) {
        writer_add_c(writer, DASH "24:00");
    } else if (last == first) {
        writer_add_c(writer, DASH);
        write_time_of_day(writer, to);
    } else {
        writer_add_c(writer, " " DASH " ");
        write_date(writer, last, with_year);
        writer_add_c(writer, " ");
        write_time_of_day(writer, to);
    }
}

void write_span(struct writer *writer, bool with_year, size_t time_column,
                const sla_explained_part *part)
{
    const struct zone *zone = calendar_zone(part->calendar);
    writer_pad(writer, 2);
    if (part->what == SLA_PART_CLOSED && is_whole_days(zone, part)) {
        write_days(writer, with_year, zone, part);
        return;
    }
    write_date(writer, zone_date(zone, part->from, NULL), with_year);
    writer_pad(writer, time_column);
    write_times(writer, with_year, zone, part);
}

static void write_named(struct writer *writer, const char *word, sla_text name)
{
    writer_add_c(writer, word);
    if (name.length > 0) {
        writer_add_c(writer, ": ");
        writer_add_short(writer, name, 40);
    }
}

void write_reason(struct writer *writer, const sla_explained_part *part)
{
    static const char *const closed[] = {
        [SLA_DAY_REGULAR] = "closed",        [SLA_DAY_HOLIDAY] = "holiday",
        [SLA_DAY_WORKDAY] = "closed",        [SLA_DAY_SPECIAL] = "closed, special day",
        [SLA_DAY_CLOSURE] = "closed",
    };
    static const char *const open[] = {
        [SLA_DAY_REGULAR] = "",              [SLA_DAY_HOLIDAY] = "holiday",
        [SLA_DAY_WORKDAY] = "make-up working day", [SLA_DAY_SPECIAL] = "special day",
        [SLA_DAY_CLOSURE] = "",
    };
    if (part->what == SLA_PART_COUNTED)
        write_named(writer, open[part->day], part->name);
    else if (part->what == SLA_PART_CLOSED)
        write_named(writer, closed[part->day], part->name);
    else
        write_named(writer, part->what == SLA_PART_STOPPED ? "stopped" : "paused", part->name);
}
