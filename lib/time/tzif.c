/* SPDX-License-Identifier: MIT */
/* Reads TZif files (RFC 9636, versions 1 to 4), as people install them: everything is checked, and
 * what is damaged or has leap seconds is refused. */
#include "base/text.h"
#include "time/zone_build.h"

#define HEADER_SIZE 44u
#define TYPE_SIZE 6u
/* What a footer can add: two changes a year, and the state that it begins with. */
#define FOOTER_CHANGES 512u

struct counts {
    uint32_t version; /* 1..4 */
    uint32_t ut_indicators, standard_indicators, leaps, times, types, characters;
};

/* One data block, cut into its parts. */
struct block {
    struct counts counts;
    uint32_t time_size; /* 4 or 8 */
    const uint8_t *times, *indices, *types, *characters, *standard, *ut;
    const uint8_t *end;
};

static uint32_t read_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int32_t read_i32(const uint8_t *at)
{
    uint32_t value = read_u32(at);
    return value <= INT32_MAX ? (int32_t)value : -(int32_t)(UINT32_MAX - value) - 1;
}

static int64_t read_time(const struct block *block, size_t index)
{
    const uint8_t *at = block->times + index * block->time_size;
    if (block->time_size == 4)
        return read_i32(at);
    uint64_t value = (uint64_t)read_u32(at) << 32 | read_u32(at + 4);
    return value <= INT64_MAX ? (int64_t)value : -(int64_t)(UINT64_MAX - value) - 1;
}

static bool read_header(const uint8_t *at, const uint8_t *end, struct counts *out)
{
    if ((size_t)(end - at) < HEADER_SIZE || memcmp(at, "TZif", 4) != 0)
        return false;
    if (at[4] != 0 && (at[4] < '2' || at[4] > '4'))
        return false;
    out->version = at[4] == 0 ? 1 : (uint32_t)(at[4] - '0');
    out->ut_indicators = read_u32(at + 20);
    out->standard_indicators = read_u32(at + 24);
    out->leaps = read_u32(at + 28);
    out->times = read_u32(at + 32);
    out->types = read_u32(at + 36);
    out->characters = read_u32(at + 40);
    return true;
}

/* Cuts the block behind a header into parts; false if the bytes end before. */
static bool cut_block(const uint8_t *at, const uint8_t *end, const struct counts *counts,
                      uint32_t time_size, struct block *out)
{
    uint64_t size = (uint64_t)counts->times * (time_size + 1) +
                    (uint64_t)counts->types * TYPE_SIZE + counts->characters +
                    (uint64_t)counts->leaps * (time_size + 4) + counts->standard_indicators +
                    counts->ut_indicators;
    if (size > (uint64_t)(end - at))
        return false;
    out->counts = *counts;
    out->time_size = time_size;
    out->times = at;
    out->indices = out->times + (size_t)counts->times * time_size;
    out->types = out->indices + counts->times;
    out->characters = out->types + (size_t)counts->types * TYPE_SIZE;
    out->standard = out->characters + counts->characters + (size_t)counts->leaps * (time_size + 4);
    out->ut = out->standard + counts->standard_indicators;
    out->end = out->ut + counts->ut_indicators;
    return true;
}

static const char *check_types(const struct block *block)
{
    const struct counts *counts = &block->counts;
    for (uint32_t i = 0; i < counts->types; i++) {
        const uint8_t *type = block->types + (size_t)i * TYPE_SIZE;
        int32_t offset = read_i32(type);
        if (offset < -89999 || offset > 93599)
            return "it has an offset of more than 25 hours from UTC";
        if (type[4] > 1)
            return "it has a DST flag that is neither 0 nor 1";
        if (type[5] >= counts->characters ||
            memchr(block->characters + type[5], 0, counts->characters - type[5]) == NULL)
            return "it has an abbreviation without an end";
    }
    return NULL;
}

static const char *check_indicators(const struct block *block)
{
    const struct counts *counts = &block->counts;
    for (uint32_t i = 0; i < counts->standard_indicators; i++) {
        if (block->standard[i] > 1)
            return "it has a standard time indicator that is neither 0 nor 1";
    }
    for (uint32_t i = 0; i < counts->ut_indicators; i++) {
        bool standard = counts->standard_indicators > 0 && block->standard[i] == 1;
        if (block->ut[i] > 1 || (block->ut[i] == 1 && !standard))
            return "it has a UT indicator that cannot be";
    }
    return NULL;
}

/* Everything that RFC 9636 demands of a block, or what is wrong with it. */
static const char *check_block(const struct block *block)
{
    const struct counts *counts = &block->counts;
    if (counts->leaps != 0)
        return "it has leap seconds";
    if (counts->types == 0 || counts->types > 256)
        return "it has no local time types, or too many";
    if (counts->characters == 0)
        return "it has no abbreviations";
    if ((counts->ut_indicators != 0 && counts->ut_indicators != counts->types) ||
        (counts->standard_indicators != 0 && counts->standard_indicators != counts->types))
        return "its numbers of indicators and types differ";
    for (uint32_t i = 0; i < counts->times; i++) {
        if (i > 0 && read_time(block, i) <= read_time(block, i - 1))
            return "its changes are not in order";
        if (block->indices[i] >= counts->types)
            return "it has a change to a type that it does not have";
    }
    const char *problem = check_types(block);
    return problem != NULL ? problem : check_indicators(block);
}

/* The text between the newlines behind the last block; empty in version 1. */
static const char *read_footer(const uint8_t *at, const uint8_t *end, sla_text *out)
{
    if (at == end || *at != '\n')
        return "its footer is missing";
    const uint8_t *begin = at + 1;
    const uint8_t *close =
        begin == end ? NULL : (const uint8_t *)memchr(begin, '\n', (size_t)(end - begin));
    if (close == NULL)
        return "its footer is cut";
    if (close + 1 != end)
        return "it has bytes behind its end";
    *out = (sla_text){(const char *)begin, (size_t)(close - begin)};
    return NULL;
}

/* Finds the block to use and its footer. */
static const char *read_file(const uint8_t *at, const uint8_t *end, struct block *out_block,
                             sla_text *out_footer)
{
    struct counts counts;
    *out_footer = TEXT_NONE;
    if (!read_header(at, end, &counts))
        return "it is not a TZif file of version 1 to 4";
    if (!cut_block(at + HEADER_SIZE, end, &counts, 4, out_block))
        return "it is cut";
    if (counts.version == 1) {
        if (out_block->end != end)
            return "it has bytes behind its end";
        return check_block(out_block);
    }
    /* The first block is for readers of 32 bits and is passed over; the second one counts. */
    at = out_block->end;
    uint32_t version = counts.version;
    if (!read_header(at, end, &counts) || counts.version != version)
        return "its second header is damaged";
    if (!cut_block(at + HEADER_SIZE, end, &counts, 8, out_block))
        return "it is cut";
    const char *problem = check_block(out_block);
    return problem != NULL ? problem : read_footer(out_block->end, end, out_footer);
}

static bool add_type(struct zone_builder *builder, const struct block *block, sla_time at,
                     uint8_t index)
{
    const uint8_t *type = block->types + (size_t)index * TYPE_SIZE;
    return zone_builder_add(builder, (struct zone_change){at, read_i32(type), type[4]});
}

/* False only if there are more changes than were counted, which cannot be. */
static bool build(struct zone_builder *builder, const struct block *block, bool has_rule,
                  const struct posix_tz *rule)
{
    sla_time last = ZONE_ALWAYS;
    /* Before the first change type 0 is in force (RFC 9636, 3.2). */
    bool fits = add_type(builder, block, ZONE_ALWAYS, 0);
    for (uint32_t i = 0; fits && i < block->counts.times; i++) {
        last = read_time(block, i);
        fits = add_type(builder, block, last, block->indices[i]);
    }
    if (fits && has_rule)
        fits = posix_tz_expand(rule, last < ZONE_ALWAYS ? ZONE_ALWAYS : last, builder);
    return fits;
}

sla_status zone_decode(struct arena *arena, sla_text name, const void *bytes, size_t length,
                       struct zone *out_zone, const char **out_problem)
{
    struct block block;
    sla_text footer;
    struct posix_tz rule = {.has_dst = false};
    const uint8_t *begin = bytes;
    const char *problem =
        length == 0 ? "it is empty" : read_file(begin, begin + length, &block, &footer);
    if (problem == NULL && footer.length > 0 && !posix_tz_parse(footer, &rule))
        problem = "its footer is not a rule for ever";
    if (problem != NULL) {
        *out_problem = problem;
        return SLA_ERROR_DATA;
    }
    struct zone_builder builder = {.capacity = (size_t)block.counts.times + FOOTER_CHANGES};
    size_t size = builder.capacity * sizeof *builder.changes;
    builder.changes = memory_new(&arena->allocator, size);
    if (builder.changes == NULL)
        return SLA_ERROR_MEMORY;
    sla_status status = SLA_ERROR_DATA;
    if (build(&builder, &block, footer.length > 0, &rule))
        status = zone_builder_finish(&builder, arena, name, out_zone);
    else
        *out_problem = "it has too many changes";
    memory_free(&arena->allocator, builder.changes, size);
    return status;
}
