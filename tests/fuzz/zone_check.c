/* SPDX-License-Identifier: MIT */
/* Promises of a decoded zone, each checked in the plainest way: by looking at every change. */
#include "zone_check.h"

#include "base/text.h"
#include "random.h"
#include "time/zone_build.h"

#include <sla/sla.h>
#include <stdlib.h>

/* RFC 9636, 3.2: more than -25 hours and less than +26. */
#define OFFSET_LEAST (-89999)
#define OFFSET_MOST 93599
#define QUESTIONS 12

static const char *check_changes(const struct zone *zone)
{
    if (zone->change_count == 0)
        return "a zone has at least one change";
    if (zone->changes[0].at > ZONE_FIRST)
        return "the first change lies before everything";
    for (size_t i = 0; i < zone->change_count; i++) {
        const struct zone_change *change = &zone->changes[i];
        if (change->offset < OFFSET_LEAST || change->offset > OFFSET_MOST)
            return "offsets are within bounds";
        if (change->at > ZONE_LAST)
            return "no change lies behind the range";
        if (i > 0 && (change->at <= change[-1].at || change->offset == change[-1].offset))
            return "changes ascend and differ from their neighbours";
    }
    return NULL;
}

static sla_time end_of(const struct zone *zone, size_t index)
{
    return index + 1 < zone->change_count ? zone->changes[index + 1].at : SLA_TIME_NEVER;
}

/* T3 as it stands there: the first occurrence; if there is none, the first gap that has it. */
static sla_time slow_instant(const struct zone *zone, int64_t local)
{
    const struct zone_change *changes = zone->changes;
    for (size_t i = 0; i < zone->change_count; i++) {
        sla_time at = local - changes[i].offset;
        if ((i == 0 || at >= changes[i].at) && at < end_of(zone, i))
            return at;
    }
    for (size_t i = 1; i < zone->change_count; i++)
        if (changes[i].at + changes[i - 1].offset <= local &&
            local < changes[i].at + changes[i].offset)
            return local - changes[i - 1].offset;
    return SLA_TIME_NEVER;
}

static int64_t local_of(sla_date date, int32_t second)
{
    return (int64_t)date * SECONDS_PER_DAY + second;
}

static const char *check_instant(const struct zone *zone, sla_time at)
{
    size_t index = 0;
    while (index + 1 < zone->change_count && zone->changes[index + 1].at <= at)
        index++;
    if (zone_change_at(zone, at) != index)
        return "the change in force is the last one before";
    int32_t second;
    sla_date date = zone_date(zone, at, &second);
    if (second < 0 || second >= SECONDS_PER_DAY ||
        local_of(date, second) != at + zone->changes[index].offset)
        return "date and second of day are the local time";
    sla_time back = zone_instant(zone, date, second);
    if (back > at || back != slow_instant(zone, local_of(date, second)))
        return "a local time is its first occurrence";
    /* Half a day further it may be in a gap. */
    second = (second + 43200) % SECONDS_PER_DAY;
    if (zone_instant(zone, date, second) != slow_instant(zone, local_of(date, second)))
        return "a skipped local time is moved by its gap";
    return NULL;
}

static const char *check_date(const struct zone *zone, sla_date date)
{
    struct zone_piece pieces[8], piece;
    size_t count = zone_date_pieces(zone, date, pieces, 8);
    if (count != zone_date_pieces(zone, date, &piece, 1))
        return "the number of pieces does not depend on the room for them";
    for (size_t i = 0; i < count && i < 8; i++) {
        piece = pieces[i];
        if (piece.from >= piece.to || (i > 0 && piece.from < pieces[i - 1].to))
            return "pieces of a date have length and ascend";
        if (zone_date(zone, piece.from, NULL) != date ||
            zone_date(zone, piece.to - 1, NULL) != date)
            return "pieces of a date have that date";
        if (zone_offset_at(zone, piece.from) != piece.offset ||
            zone_offset_at(zone, piece.to - 1) != piece.offset)
            return "pieces of a date have one offset";
    }
    return NULL;
}

static const char *check_zone(const struct zone *zone)
{
    const char *broken = check_changes(zone);
    struct random random = {zone->fingerprint[0]};
    for (int i = 0; broken == NULL && i < QUESTIONS; i++) {
        int64_t index = random_between(&random, 0, (int64_t)zone->change_count - 1);
        sla_time at = index == 0 ? random_between(&random, SLA_TIME_MIN, SLA_TIME_MAX)
                                 : zone->changes[index].at + random_between(&random, -1, 1);
        broken = check_instant(zone, at);
        if (broken == NULL)
            broken = check_date(zone, zone_date(zone, at, NULL));
    }
    return broken;
}

const char *zone_check(const uint8_t *bytes, size_t length, bool *out_accepted)
{
    sla_allocator allocator = memory_allocator(NULL);
    struct arena arena;
    struct zone zone, again;
    const char *problem = NULL;
    const char *broken = NULL;
    arena_init(&arena, &allocator);
    sla_status status = zone_decode(&arena, TEXT("X"), bytes, length, &zone, &problem);
    if (out_accepted != NULL)
        *out_accepted = status == SLA_OK;
    if (status == SLA_ERROR_DATA)
        broken = problem != NULL ? NULL : "what is refused has a reason";
    else if (status != SLA_OK)
        broken = "bytes are a zone or refused";
    else
        broken = check_zone(&zone);
    if (status == SLA_OK && broken == NULL &&
        (zone_decode(&arena, TEXT("Y"), bytes, length, &again, &problem) != SLA_OK ||
         memcmp(again.fingerprint, zone.fingerprint, sizeof zone.fingerprint) != 0))
        broken = "the same bytes have the same fingerprint";
    arena_free(&arena);
    return broken;
}

static sla_status load(void *user, uint32_t kind, const sla_text *name, sla_text *out_bytes)
{
    (void)name;
    if (kind != SLA_FILE_ZONE)
        return SLA_ERROR_NOT_FOUND;
    *out_bytes = *(const sla_text *)user;
    return SLA_OK;
}

static const char policy_text[] =
    "sla: 1\n"
    "timezone: Some/Where\n"
    "calendar: office\n"
    "calendars:\n"
    "  office:\n"
    "    hours: {mon-fri: \"09:00-12:00, 13:00-17:00\", sat: \"22:00-06:00\"}\n"
    "    special:\n"
    "      - {date: 2026-10-25, hours: \"00:00-24:00\"}\n"
    "      - {date: 2026-03-29, hours: \"01:30-02:30\"}\n"
    "  always: {hours: {mon-sun: \"00:00-24:00\"}}\n"
    "  night: {timezone: UTC, hours: {mon-sun: \"20:00-06:00\"}}\n"
    "  both: {any_of: [office, night]}\n"
    "targets: [{resolution: 4h}]\n";
#define POLICY_ZONE_LINE 2

static const char *check_calendar(const sla_calendar *calendar)
{
    static const sla_time starts[] = {0, 951782400, 1774746000, 1792886400, 4102444800, 7200000000};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        sla_time due;
        sla_duration counted;
        sla_status status = sla_calendar_add(calendar, starts[i], 40 * 3600, &due);
        if (status == SLA_ERROR_RANGE)
            continue;
        if (status != SLA_OK || due < starts[i])
            return "40 open hours later is later or out of range";
        if (sla_calendar_elapsed(calendar, starts[i], due, &counted) != SLA_OK ||
            counted != 40 * 3600)
            return "what was added has elapsed";
    }
    return NULL;
}

const char *zone_check_policy(const uint8_t *bytes, size_t length)
{
    sla_text file = {(const char *)bytes, length};
    sla_loader loader = {.load = load, .user = &file};
    sla_policy_options options = {.size = sizeof options, .loader = &loader};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    const char *broken = NULL;
    sla_status status =
        sla_policy_compile(policy_text, SLA_NUL_TERMINATED, &options, &policy, &diags);
    if (status != SLA_OK && status != SLA_ERROR_POLICY)
        broken = "a damaged zone is a fault of the policy";
    else if (status == SLA_ERROR_POLICY && sla_diags_errors(diags) == 0)
        broken = "a refused policy has a diagnostic";
    for (size_t i = 0; broken == NULL && i < sla_diags_count(diags); i++)
        if (sla_diags_at(diags, i)->line != POLICY_ZONE_LINE || sla_diags_at(diags, i)->column == 0)
            broken = "the diagnostic stands where the zone is named";
    for (size_t i = 0; broken == NULL && status == SLA_OK; i++) {
        const sla_calendar *calendar = sla_policy_calendar_at(policy, i);
        if (calendar == NULL)
            break;
        broken = check_calendar(calendar);
    }
    sla_diags_free(diags);
    sla_policy_unref(policy);
    return broken;
}
