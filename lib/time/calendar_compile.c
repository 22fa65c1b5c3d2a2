/* SPDX-License-Identifier: MIT */
/* From a calendar's rules to its tables. */
#include "time/algebra_source.h"
#include "time/rule_source.h"

/* The offset that table days follow: the one of winter, if the zone still has two. */
static int32_t usual_offset(const struct zone *zone)
{
    const struct zone_change *last = &zone->changes[zone->change_count - 1];
    if (zone->change_count < 2 || last->at < SLA_TIME_MAX - 366 * SECONDS_PER_DAY)
        return last->offset;
    return last[-1].offset < last->offset ? last[-1].offset : last->offset;
}

static sla_status build(struct arena *arena, const struct open_source *source, int64_t shift,
                        sla_calendar *calendar)
{
    sla_status status = tables_build(arena, source, calendar->zone, shift, &calendar->tables);
    if (status < 0)
        return status;
    uint64_t open_seconds = calendar->tables.count_end - calendar->tables.count_min;
    if (open_seconds == 0)
        return SLA_ERROR_RANGE;
    calendar->always = open_seconds == (uint64_t)(SLA_TIME_MAX + 1 - SLA_TIME_MIN);
    calendar->plain = !calendar->always && !calendar->tables.has_more;
    return *source->failed ? SLA_ERROR_MEMORY : SLA_OK;
}

static sla_status keep_end(struct arena *arena, const struct calendar_rules *rules,
                           sla_calendar *calendar)
{
    if (!rules->has_through || rules->always)
        return SLA_OK;
    struct data_end end = {rules->zone, rules->through};
    calendar->ends = arena_copy(arena, &end, sizeof end);
    calendar->end_count = calendar->ends != NULL;
    return calendar->ends == NULL ? SLA_ERROR_MEMORY : SLA_OK;
}

static sla_status compile_rules(struct arena *arena, struct arena *scratch,
                                const struct calendar_rules *rules, int64_t shift,
                                sla_calendar *calendar)
{
    struct rule_source source = {.zone = rules->zone, .shift = shift};
    struct chosen_exceptions exceptions;
    source.weeks = weeks_read(scratch, rules);
    if (source.weeks == NULL || !seasons_lay(scratch, rules, &source.seasons))
        return SLA_ERROR_MEMORY;
    sla_status status =
        exceptions_choose(scratch, rules, source.weeks, &source.seasons, &exceptions);
    if (status != SLA_OK)
        return status;
    source.exceptions = exceptions.hours;
    source.exception_count = exceptions.count;
    status = rule_source_init(&source, scratch, rules->closures,
                              rules->always ? 0 : rules->closure_count);
    struct open_source open = rule_source_open(&source);
    if (status == SLA_OK)
        status = build(arena, &open, shift, calendar);
    rule_source_free(&source);
    if (status == SLA_OK)
        status = kept_days_of_rules(arena, &exceptions, rules, &calendar->kept);
    return status == SLA_OK ? keep_end(arena, rules, calendar) : status;
}

static sla_status compile_algebra(struct arena *arena, struct arena *scratch,
                                  const struct calendar_rules *rules, int64_t shift,
                                  sla_calendar *calendar)
{
    struct algebra_source source;
    sla_status status = algebra_source_init(&source, scratch, rules, shift);
    struct open_source open = algebra_source_open(&source);
    if (status == SLA_OK)
        status = build(arena, &open, shift, calendar);
    algebra_source_free(&source);
    return status == SLA_OK ? algebra_keep(arena, scratch, rules->algebra, calendar) : status;
}

sla_status calendar_compile(struct arena *arena, const struct calendar_rules *rules,
                            sla_calendar **out_calendar)
{
    sla_calendar *calendar = arena_new(arena, sizeof *calendar);
    if (calendar == NULL)
        return SLA_ERROR_MEMORY;
    int64_t shift = usual_offset(rules->zone) + (int64_t)TABLE_DAY_OF_1970 * SECONDS_PER_DAY;
    struct arena scratch;
    arena_init(&scratch, &arena->allocator);
    calendar->zone = rules->zone;
    calendar->rolls = rules->rolls;
    memcpy(calendar->identity, rules->identity, sizeof calendar->identity);
    calendar->name = arena_text(arena, rules->name);
    sla_status status = SLA_ERROR_MEMORY;
    if (calendar->name.data != NULL)
        status = rules->algebra == NULL ? compile_rules(arena, &scratch, rules, shift, calendar)
                                        : compile_algebra(arena, &scratch, rules, shift, calendar);
    arena_free(&scratch);
    if (status != SLA_OK)
        return status;
    calendar->memory = sizeof *calendar + calendar->name.length + 1 + calendar->tables.memory +
                       calendar->kept.memory + calendar->end_count * sizeof *calendar->ends;
    *out_calendar = calendar;
    return SLA_OK;
}
