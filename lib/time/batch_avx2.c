/* SPDX-License-Identifier: MIT */
/* Blocks of rows with AVX2: the arithmetic of eight rows at once. What the tables say is read row
 * by row: gathering loads are no faster, and far slower on some machines. Every step goes over all
 * rows before the next begins, so that many rows wait for their reads at the same time. */
#include "time/calendar_batch.h"
#include "time/tables_locate.h"

#ifdef BLOCK_AVX2
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,bmi2")))

bool block_avx2_works(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2");
}

AVX2 static inline __m256i load(const void *from)
{
    return _mm256_loadu_si256(from);
}

AVX2 static inline void store(void *to, __m256i value)
{
    _mm256_storeu_si256(to, value);
}

/* Is some of the block's numbers not between two? */
AVX2 static inline bool any_outside(const int64_t *values, int64_t low, int64_t high)
{
    __m256i lowest = _mm256_set1_epi64x(low);
    __m256i highest = _mm256_set1_epi64x(high);
    __m256i outside = _mm256_setzero_si256();
    for (size_t i = 0; i < BLOCK_ROWS; i += 4) {
        __m256i value = load(values + i);
        outside = _mm256_or_si256(outside, _mm256_or_si256(_mm256_cmpgt_epi64(lowest, value),
                                                           _mm256_cmpgt_epi64(value, highest)));
    }
    return !_mm256_testz_si256(outside, outside);
}

/* The lower halves of eight numbers of 64 bits: of rows 0 1 4 5 2 3 6 7. Unpacking undoes it. */
AVX2 static inline __m256i lower_halves(__m256i first, __m256i last)
{
    return _mm256_castps_si256(
        _mm256_shuffle_ps(_mm256_castsi256_ps(first), _mm256_castsi256_ps(last), 0x88));
}

/* Two days side by side, four numbers of each. */
AVX2 static inline __m256i two_days(const int32_t *low, const int32_t *high)
{
    __m128i day = _mm_loadu_si128((const __m128i *)(const void *)low);
    return _mm256_inserti128_si256(_mm256_castsi128_si256(day),
                                   _mm_loadu_si128((const __m128i *)(const void *)high), 1);
}

/* What is known of eight days, but for what is before them. */
struct four_numbers {
    __m256i first, second, middle, end;
};

AVX2 static inline struct four_numbers numbers_of_days(const int32_t *const days[8])
{
    __m256i day04 = two_days(days[0] + DAY_FIRST, days[4] + DAY_FIRST);
    __m256i day15 = two_days(days[1] + DAY_FIRST, days[5] + DAY_FIRST);
    __m256i day26 = two_days(days[2] + DAY_FIRST, days[6] + DAY_FIRST);
    __m256i day37 = two_days(days[3] + DAY_FIRST, days[7] + DAY_FIRST);
    __m256i low01 = _mm256_unpacklo_epi32(day04, day15);
    __m256i low23 = _mm256_unpacklo_epi32(day26, day37);
    __m256i high01 = _mm256_unpackhi_epi32(day04, day15);
    __m256i high23 = _mm256_unpackhi_epi32(day26, day37);
    return (struct four_numbers){
        _mm256_unpacklo_epi64(low01, low23), _mm256_unpackhi_epi64(low01, low23),
        _mm256_unpacklo_epi64(high01, high23), _mm256_unpackhi_epi64(high01, high23)};
}

/* Open seconds of the week before the seconds of it that eight days are asked for. */
AVX2 static inline __m256i count_in_weeks(const int32_t *const days[8], __m256i second)
{
    struct four_numbers day = numbers_of_days(days);
    __m256i in_first = _mm256_min_epi32(_mm256_sub_epi32(second, day.first), day.middle);
    __m256i in_second = _mm256_min_epi32(_mm256_sub_epi32(second, day.second), day.end);
    __m256i before = _mm256_set_epi32(*days[7], *days[6], *days[5], *days[4], *days[3], *days[2],
                                      *days[1], *days[0]);
    return _mm256_max_epi32(before, _mm256_max_epi32(in_first, in_second));
}

/* Where the instants of a block stand in the tables. Eight rows stand in the order of
   lower_halves(): 0 1 4 5 2 3 6 7. */
struct block_places {
    uint32_t weeks[BLOCK_ROWS];
    uint32_t days[BLOCK_ROWS]; /* of the week, times 4 */
    uint32_t seconds[BLOCK_ROWS]; /* of the week */
};

AVX2 static inline void place_block(const struct calendar_tables *tables, const sla_time *at,
                                    struct block_places *out)
{
    const __m256i by_4725 = _mm256_set1_epi64x(0x6ef5de4d); /* 2^43 / 4725, for 32 bits */
    const __m256i shift = _mm256_set1_epi64x(tables->shift);
    for (size_t i = 0; i < BLOCK_ROWS; i += 8) {
        __m256i first = _mm256_add_epi64(load(at + i), shift);
        __m256i last = _mm256_add_epi64(load(at + i + 4), shift);
        __m256i second = lower_halves(first, last);
        first = _mm256_srli_epi64(_mm256_mul_epu32(_mm256_srli_epi64(first, 7), by_4725), 43);
        last = _mm256_srli_epi64(_mm256_mul_epu32(_mm256_srli_epi64(last, 7), by_4725), 43);
        __m256i week = lower_halves(first, last);
        second = _mm256_sub_epi32(second,
                                  _mm256_mullo_epi32(week, _mm256_set1_epi32(SECONDS_PER_WEEK)));
        /* 2^24 / 675, for up to 4725 */
        __m256i day = _mm256_srli_epi32(
            _mm256_mullo_epi32(_mm256_srli_epi32(second, 7), _mm256_set1_epi32(24856)), 24);
        store(out->weeks + i, week);
        store(out->days + i, _mm256_slli_epi32(day, 2));
        store(out->seconds + i, second);
    }
}

/* tables_count_plain() of a block of instants, which must be in range, and their pages. */
AVX2 static inline void count_block(const struct calendar_tables *tables, const sla_time *at,
                                    uint64_t *out_counts, uint32_t *out_pages)
{
    static const uint8_t row_of[8] = {0, 1, 4, 5, 2, 3, 6, 7};
    struct block_places places;
    const int32_t *days[BLOCK_ROWS];
    place_block(tables, at, &places);
    for (size_t i = 0; i < BLOCK_ROWS; i += 8) {
        for (size_t k = 0; k < 8; k++) {
            uint32_t page = places.weeks[i + k] / PAGE_WEEKS;
            uint32_t week = places.weeks[i + k] % PAGE_WEEKS;
            uint64_t entry = tables->pages[page];
            const struct page_shape *shape = page_shape_of(tables, entry);
            if (out_pages != NULL)
                out_pages[i + row_of[k]] = page;
            out_counts[i + row_of[k]] = (entry >> ENTRY_SUM) + (uint32_t)shape->before[week];
            days[i + k] = week_shape_at(tables, shape->weeks[week])->days + places.days[i + k];
        }
    }
    const __m256i zero = _mm256_setzero_si256();
    for (size_t i = 0; i < BLOCK_ROWS; i += 8) {
        __m256i in_week = count_in_weeks(days + i, load(places.seconds + i));
        store(out_counts + i,
              _mm256_add_epi64(load(out_counts + i), _mm256_unpacklo_epi32(in_week, zero)));
        store(out_counts + i + 4,
              _mm256_add_epi64(load(out_counts + i + 4), _mm256_unpackhi_epi32(in_week, zero)));
    }
}

AVX2 bool block_elapsed_avx2(const struct calendar_tables *tables, const sla_time *from,
                             const sla_time *to, sla_duration *out_counted)
{
    uint64_t begins[BLOCK_ROWS];
    uint64_t ends[BLOCK_ROWS];
    if (any_outside(from, SLA_TIME_MIN, SLA_TIME_MAX) ||
        any_outside(to, SLA_TIME_MIN, SLA_TIME_MAX))
        return false;
    count_block(tables, from, begins, NULL);
    count_block(tables, to, ends, NULL);
    for (size_t i = 0; i < BLOCK_ROWS; i += 4)
        store(out_counted + i, _mm256_sub_epi64(load(ends + i), load(begins + i)));
    return true;
}

/* The part of a group of eight that an open second lies in. */
AVX2 static inline uint32_t part_of(const int32_t *ends, int32_t number)
{
    __m256i above = _mm256_cmpgt_epi32(load(ends), _mm256_set1_epi32(number));
    return (uint32_t)__builtin_ctz((uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(above)));
}

/* From open seconds on the way to their instants. */
struct block_numbers {
    const struct page_shape *shapes[BLOCK_ROWS];
    const struct week_shape *weeks[BLOCK_ROWS];
    const int32_t *days[BLOCK_ROWS];
    int32_t rests[BLOCK_ROWS];
};

/* The instants behind open seconds, which exist and are mostly in their `pages` or the next. */
AVX2 static inline void locate_block(const struct calendar_tables *tables, const uint64_t *numbers,
                                     const uint32_t *pages, sla_time *out_at)
{
    struct block_numbers block;
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        uint32_t page = pages[i];
        if (!is_near(tables, page, numbers[i]))
            page = page_near_number(tables, numbers[i]);
        page += tables->pages[page + 1] < entry_limit(numbers[i]);
        uint64_t entry = tables->pages[page];
        block.rests[i] = (int32_t)((uint32_t)numbers[i] - (uint32_t)(entry >> ENTRY_SUM));
        block.shapes[i] = page_shape_of(tables, entry);
        out_at[i] = (int64_t)page * PAGE_SECONDS + 1 - tables->shift;
    }
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        const struct page_shape *shape = block.shapes[i];
        uint32_t part = part_of(shape->before + 1, block.rests[i]);
        block.rests[i] -= shape->before[part];
        block.weeks[i] = week_shape_at(tables, shape->weeks[part]);
        out_at[i] += part * SECONDS_PER_WEEK;
    }
    for (size_t i = 0; i < BLOCK_ROWS; i++) {
        const struct week_shape *week = block.weeks[i];
        block.days[i] = week->days + 4 * (size_t)part_of(week->ends, block.rests[i]);
    }
    for (size_t i = 0; i < BLOCK_ROWS; i += 8) {
        __m256i rest = load(block.rests + i);
        struct four_numbers day = numbers_of_days(block.days + i);
        __m256i in_first = _mm256_cmpgt_epi32(day.middle, rest);
        __m256i offset = _mm256_blendv_epi8(day.second, day.first, in_first);
        __m256i second = _mm256_add_epi32(rest, offset);
        __m256i first = _mm256_cvtepi32_epi64(_mm256_castsi256_si128(second));
        __m256i last = _mm256_cvtepi32_epi64(_mm256_extracti128_si256(second, 1));
        store(out_at + i, _mm256_add_epi64(load(out_at + i), first));
        store(out_at + i + 4, _mm256_add_epi64(load(out_at + i + 4), last));
    }
}

AVX2 bool block_add_avx2(const struct calendar_tables *tables, const sla_time *from,
                         const sla_duration *counted, sla_time *out_at)
{
    uint64_t numbers[BLOCK_ROWS];
    uint32_t pages[BLOCK_ROWS];
    if (any_outside(from, SLA_TIME_MIN, SLA_TIME_MAX) || any_outside(counted, 1, SLA_TIME_MAX))
        return false;
    count_block(tables, from, numbers, pages);
    const __m256i minus_one = _mm256_set1_epi64x(-1);
    for (size_t i = 0; i < BLOCK_ROWS; i += 4) {
        __m256i number = _mm256_add_epi64(load(numbers + i), load(counted + i));
        store(numbers + i, _mm256_add_epi64(number, minus_one));
    }
    if (any_outside((const int64_t *)numbers, 0, (int64_t)tables->count_max - 1))
        return false;
    locate_block(tables, numbers, pages, out_at);
    return true;
}

#else
typedef int batch_avx2_is_empty; /* ISO C wants something in a file */
#endif
