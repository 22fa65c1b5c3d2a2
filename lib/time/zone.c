/* SPDX-License-Identifier: MIT */
/* Questions to a zone: its offset at an instant, and the way between wall clock and instants. */
#include "time/zone.h"

#include "base/hash.h"
#include "base/text.h"
#include "time/zone_build.h"

/* No offset is further from UTC (RFC 9636 asks readers for -24:59:59 to +25:59:59). */
#define OFFSET_REACH (26 * 3600)

size_t zone_change_at(const struct zone *zone, sla_time at)
{
    const struct zone_change *changes = zone->changes;
    size_t base = 0;
    size_t count = zone->change_count;
    if (zone->index != NULL && at >= ZONE_FIRST && at <= ZONE_LAST) {
        const uint16_t *bucket = zone->index + ((at - ZONE_FIRST) >> ZONE_BUCKET_BITS);
        base = bucket[0];
        count = (size_t)bucket[1] - base + 1;
        if (count <= 2) /* whether the one change has been is a coin toss, so not a branch */
            return base + (count - 1) * (changes[base + count - 1].at <= at);
    }
    while (count > 1) {
        size_t half = count / 2;
        base = changes[base + half].at <= at ? base + half : base;
        count -= half;
    }
    return base;
}

/* Where the change at `index` ends: the next one, or never. */
static sla_time end_of_change(const struct zone *zone, size_t index)
{
    return index + 1 < zone->change_count ? zone->changes[index + 1].at : SLA_TIME_NEVER;
}

sla_time zone_instant(const struct zone *zone, sla_date date, int32_t second_of_day)
{
    int64_t local = (int64_t)date * SECONDS_PER_DAY + second_of_day;
    sla_time moved = SLA_TIME_NEVER;
    size_t index = zone_change_at(zone, local - OFFSET_REACH);
    sla_time at = local - zone->changes[index].offset;
    for (;;) {
        sla_time end = end_of_change(zone, index);
        if (at < end && (moved == SLA_TIME_NEVER || at >= zone->changes[index].at))
            return at;
        if (end > local + OFFSET_REACH)
            return moved; /* no clock shows it later */
        sla_time before = at;
        index++;
        at = local - zone->changes[index].offset;
        /* In a gap it is read with the offset before: moved by the gap's length. Where clocks go
           back soon after, the reading may still come. */
        if (before >= end && at < end && moved == SLA_TIME_NEVER)
            moved = before;
    }
}

sla_date zone_date(const struct zone *zone, sla_time at, int32_t *out_second_of_day)
{
    return date_of_local(at + zone_offset_at(zone, at), out_second_of_day);
}

size_t zone_date_pieces(const struct zone *zone, sla_date date, struct zone_piece *pieces,
                        size_t capacity)
{
    int64_t midnight = (int64_t)date * SECONDS_PER_DAY;
    size_t count = 0;
    for (size_t index = zone_change_at(zone, midnight - OFFSET_REACH); index < zone->change_count;
         index++) {
        const struct zone_change *change = &zone->changes[index];
        if (change->at >= midnight + SECONDS_PER_DAY + OFFSET_REACH)
            break;
        sla_time from = midnight - change->offset;
        sla_time to = from + SECONDS_PER_DAY;
        if (from < change->at)
            from = change->at;
        if (to > end_of_change(zone, index))
            to = end_of_change(zone, index);
        if (from >= to)
            continue;
        if (count < capacity)
            pieces[count] = (struct zone_piece){from, to, change->offset};
        count++;
    }
    return count;
}

static bool are_plain(const struct zone *zone, size_t index, int64_t midnight, int32_t days,
                      sla_time *out_start)
{
    *out_start = midnight - zone->changes[index].offset;
    return end_of_change(zone, index) >= midnight + (int64_t)days * SECONDS_PER_DAY + OFFSET_REACH;
}

bool zone_dates_are_plain(const struct zone *zone, sla_date first, int32_t days,
                          sla_time *out_start)
{
    int64_t midnight = (int64_t)first * SECONDS_PER_DAY;
    return are_plain(zone, zone_change_at(zone, midnight - OFFSET_REACH), midnight, days,
                     out_start);
}

bool zone_dates_are_plain_seek(const struct zone *zone, sla_date first, int32_t days,
                               size_t *cursor, sla_time *out_start)
{
    int64_t midnight = (int64_t)first * SECONDS_PER_DAY;
    *cursor = zone_change_seek(zone, midnight - OFFSET_REACH, *cursor);
    return are_plain(zone, *cursor, midnight, days, out_start);
}

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '+' || c == '-' || c == '.';
}

bool zone_name_is_valid(sla_text name)
{
    if (name.length == 0 || name.length > 64)
        return false;
    if (text_starts_with(name, TEXT("right/")) || text_starts_with(name, TEXT("posix/")))
        return false;
    size_t part = 0; /* where the part between slashes begins */
    for (size_t i = 0; i <= name.length; i++) {
        if (i < name.length && name.data[i] != '/') {
            if (!is_name_character(name.data[i]))
                return false;
            continue;
        }
        sla_text piece = {name.data + part, i - part};
        if (piece.length == 0 || text_equal(piece, TEXT(".")) || text_equal(piece, TEXT("..")))
            return false;
        part = i + 1;
    }
    return true;
}

bool zone_builder_add(struct zone_builder *builder, struct zone_change change)
{
    if (change.at < ZONE_FIRST) { /* of what lies before the range only the last counts */
        builder->count = 0;
        change.at = ZONE_ALWAYS;
    }
    /* Two at one instant: the later wins (rules for DST all year end and begin at New Year). */
    if (builder->count > 1 && builder->changes[builder->count - 1].at == change.at)
        builder->count--;
    if (change.at > ZONE_LAST)
        return true;
    /* Only the name or the flag changed, which nobody asks for. */
    if (builder->count > 0 && builder->changes[builder->count - 1].offset == change.offset)
        return true;
    if (builder->count == builder->capacity)
        return false;
    builder->changes[builder->count++] = change;
    return true;
}

static const uint16_t *index_changes(struct arena *arena, const struct zone *zone)
{
    uint16_t *index = arena_new(arena, (ZONE_BUCKETS + 1) * sizeof *index);
    size_t change = 0;
    for (size_t i = 0; index != NULL && i <= ZONE_BUCKETS; i++) {
        sla_time begin = ZONE_FIRST + ((sla_time)i << ZONE_BUCKET_BITS);
        while (change + 1 < zone->change_count && zone->changes[change + 1].at <= begin)
            change++;
        index[i] = (uint16_t)change;
    }
    return index;
}

sla_status zone_builder_finish(struct zone_builder *builder, struct arena *arena, sla_text name,
                               struct zone *out_zone)
{
    struct zone zone = {.change_count = builder->count};
    zone.name = arena_text(arena, name);
    zone.changes = arena_copy(arena, builder->changes, builder->count * sizeof *zone.changes);
    if (zone.name.data == NULL || zone.changes == NULL)
        return SLA_ERROR_MEMORY;
    struct digest digest;
    digest_init(&digest, 0x7a6f6e65);
    for (size_t i = 0; i < zone.change_count; i++) {
        digest_number(&digest, (uint64_t)zone.changes[i].at);
        digest_number(&digest, (uint64_t)(int64_t)zone.changes[i].offset);
    }
    digest_finish(&digest, zone.fingerprint);
    if (zone.change_count > 1 && zone.change_count <= UINT16_MAX) {
        zone.index = index_changes(arena, &zone);
        if (zone.index == NULL)
            return SLA_ERROR_MEMORY;
    }
    *out_zone = zone;
    return SLA_OK;
}

sla_status zone_fixed(struct arena *arena, sla_text name, int32_t offset, struct zone *out_zone)
{
    struct zone_change change = {ZONE_ALWAYS, offset, 0};
    struct zone_builder builder = {&change, 1, 1};
    return zone_builder_finish(&builder, arena, name, out_zone);
}
