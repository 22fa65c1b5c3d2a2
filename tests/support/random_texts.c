/* SPDX-License-Identifier: MIT */
/* Columns of texts in random forms. */
#include "random_texts.h"

#include "random_columns.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const random_texts_words[RANDOM_TEXTS_WORDS] = {
    "outage", "degraded", "", "twelve bytes", "thirteen byte", "-7",
    "true", "false", "200", "a text that is longer than sixteen bytes",
};

static void *keep(struct random_texts *made, size_t size)
{
    return made->memory[made->memory_count++] = random_memory(size);
}

static bool chance(struct random *random, int percent)
{
    return random_between(random, 1, 100) <= percent;
}

static void set_bit(uint8_t *bits, uint64_t at, bool on)
{
    bits[at / 8] &= (uint8_t)~(1u << at % 8);
    bits[at / 8] |= (uint8_t)(on << at % 8);
}

/* Offsets of texts side by side, with bytes before the first that are nobody's. */
static void lay_offsets(struct random_texts *made, struct random *random, sla_text *texts,
                        size_t count, size_t width)
{
    size_t lead = (size_t)random_between(random, 0, 5), total = lead;
    for (size_t i = 0; i < count; i++)
        total += texts[i].length;
    char *offsets = keep(made, (count + 1) * width), *bytes = keep(made, total);
    size_t at = lead;
    for (size_t i = 0; i <= count; i++) {
        int32_t narrow = (int32_t)at;
        int64_t wide = (int64_t)at;
        memcpy(offsets + i * width, width == 4 ? (void *)&narrow : (void *)&wide, width);
        if (i == count)
            break;
        if (texts[i].length > 0)
            memcpy(bytes + at, texts[i].data, texts[i].length);
        at += texts[i].length;
    }
    made->column.elements = offsets;
    made->column.bytes = bytes;
}

/* Views: short texts in themselves, long ones in some buffer. */
static void lay_views(struct random_texts *made, struct random *random, sla_text *texts,
                      size_t count)
{
    enum { BUFFERS = 3 };
    size_t used[BUFFERS] = {0};
    int32_t *views = keep(made, count * 16);
    const char **buffers = keep(made, BUFFERS * sizeof *buffers);
    int64_t *sizes = keep(made, BUFFERS * sizeof *sizes);
    for (size_t i = 0; i < count; i++) {
        int32_t *view = views + 4 * i;
        view[0] = (int32_t)texts[i].length;
        memset(view + 1, 0, 12);
        if (texts[i].length <= 12) {
            memcpy(view + 1, texts[i].data, texts[i].length);
            continue;
        }
        memcpy(view + 1, texts[i].data, 4);
        view[2] = (int32_t)random_between(random, 0, BUFFERS - 1);
        view[3] = (int32_t)used[view[2]];
        used[view[2]] += texts[i].length;
    }
    for (size_t n = 0; n < BUFFERS; n++) {
        char *buffer = keep(made, used[n]);
        for (size_t i = 0; i < count; i++)
            if (texts[i].length > 12 && views[4 * i + 2] == (int32_t)n)
                memcpy(buffer + views[4 * i + 3], texts[i].data, texts[i].length);
        buffers[n] = buffer;
        sizes[n] = (int64_t)used[n];
    }
    made->column.elements = views;
    made->column.bytes = buffers;
    made->column.buffers = BUFFERS;
    made->column.buffer_sizes = sizes;
}

static void lay_bits(struct random_texts *made, struct random *random, sla_text *texts,
                     size_t count)
{
    uint8_t *bits = keep(made, (count + 7) / 8);
    for (size_t i = 0; i < count; i++) {
        bool on = chance(random, 50);
        set_bit(bits, i, on);
        texts[i] = on ? (sla_text){"true", 4} : (sla_text){"false", 5};
    }
    made->column.elements = bits;
}

/* Numbers of some width, the least and the greatest among them. */
static void lay_numbers(struct random_texts *made, struct random *random, sla_text *texts,
                        size_t count)
{
    static const int64_t some[] = {0, -7, 200, INT64_MIN, INT64_MAX, -1};
    bool is_signed = made->column.form == SLA_TEXTS_NUMBERS;
    uint32_t width = 1u << random_between(random, 0, 3);
    char *numbers = keep(made, count * width), *words = keep(made, count * 24);
    for (size_t i = 0; i < count; i++) {
        int64_t number = some[random_between(random, 0, 5)];
        int8_t one = (int8_t)number;
        int16_t two = (int16_t)number;
        int32_t four = (int32_t)number;
        const void *from[] = {&one, &two, &four, &number};
        memcpy(numbers + i * width, from[width == 8 ? 3 : width / 2], width);
        if (is_signed)
            snprintf(words + 24 * i, 24, "%" PRId64, width == 1   ? one
                                                     : width == 2 ? two
                                                     : width == 4 ? four
                                                                  : number);
        else
            snprintf(words + 24 * i, 24, "%" PRIu64, width == 1   ? (uint8_t)one
                                                     : width == 2 ? (uint16_t)two
                                                     : width == 4 ? (uint32_t)four
                                                                  : (uint64_t)number);
        texts[i] = (sla_text){words + 24 * i, strlen(words + 24 * i)};
    }
    made->column.width = width;
    made->column.elements = numbers;
}

static void lay(struct random_texts *made, struct random *random, sla_text *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *word = random_texts_words[random_between(random, 0, RANDOM_TEXTS_WORDS - 1)];
        texts[i] = (sla_text){word, strlen(word)};
    }
    switch (made->column.form) {
    case SLA_TEXTS_OFFSETS32: lay_offsets(made, random, texts, count, 4); break;
    case SLA_TEXTS_OFFSETS64: lay_offsets(made, random, texts, count, 8); break;
    case SLA_TEXTS_VIEWS: lay_views(made, random, texts, count); break;
    case SLA_TEXTS_BOOLEANS: lay_bits(made, random, texts, count); break;
    default: lay_numbers(made, random, texts, count); break;
    }
}

/* Some of the texts are missing, whatever their elements say. */
static uint8_t *lay_gaps(struct random_texts *made, struct random *random, sla_text *texts,
                         size_t count)
{
    uint8_t *bits = keep(made, (count + 7) / 8);
    for (size_t i = 0; i < count; i++) {
        bool has = chance(random, 80);
        set_bit(bits, i, has);
        if (!has)
            texts[i] = (sla_text){NULL, 0};
    }
    return bits;
}

static void lay_indexes(struct random_texts *made, struct random *random, const sla_text *texts,
                        size_t rows)
{
    sla_texts *column = &made->column;
    uint32_t width = column->index_width = 1u << random_between(random, 0, 3);
    char *indexes = keep(made, (size_t)(column->first + rows) * width);
    for (size_t i = 0; i < rows; i++) {
        uint64_t index = (uint64_t)random_between(random, 0, (int64_t)column->count - 1);
        uint8_t one = (uint8_t)index;
        uint16_t two = (uint16_t)index;
        uint32_t four = (uint32_t)index;
        const void *from[] = {&one, &two, &four, &index};
        memcpy(indexes + (column->first + i) * width, from[width == 8 ? 3 : width / 2], width);
        made->rows[i] = texts[column->element_first + index];
    }
    column->indexes = indexes;
}

void random_texts_make(struct random_texts *made, struct random *random, size_t rows)
{
    sla_text texts[2 * RANDOM_TEXTS_ROWS];
    sla_texts *column = &made->column;
    made->memory_count = 0;
    made->row_count = rows;
    *column = (sla_texts){.size = sizeof *column};
    column->form = (uint32_t)random_between(random, SLA_TEXTS_OFFSETS32, SLA_TEXTS_UNSIGNED);
    column->first = chance(random, 50) ? 0 : (uint64_t)random_between(random, 1, 20);
    if (chance(random, 50)) {
        column->element_first = chance(random, 50) ? 0 : (uint64_t)random_between(random, 1, 20);
        column->count = (uint64_t)random_between(random, 1, 100);
        size_t elements = (size_t)(column->element_first + column->count);
        lay(made, random, texts, elements);
        if (chance(random, 50))
            column->element_validity = lay_gaps(made, random, texts, elements);
        lay_indexes(made, random, texts, rows);
    } else {
        column->count = column->first + rows;
        lay(made, random, texts, (size_t)column->count);
        memcpy(made->rows, texts + column->first, rows * sizeof *texts);
    }
    if (chance(random, 50)) {
        memcpy(texts + column->first, made->rows, rows * sizeof *texts);
        column->validity = lay_gaps(made, random, texts, (size_t)column->first + rows);
        memcpy(made->rows, texts + column->first, rows * sizeof *texts);
    }
}

bool random_texts_damage(struct random_texts *made, struct random *random)
{
    const sla_texts *column = &made->column;
    bool leads = column->form <= SLA_TEXTS_VIEWS;
    bool indexes = column->index_width != 0 && (!leads || chance(random, 50));
    char *place = (char *)(uintptr_t)(indexes ? column->indexes : column->elements);
    size_t width = column->index_width, places = (size_t)column->first + made->row_count;
    if (!indexes && leads) {
        width = column->form == SLA_TEXTS_VIEWS ? 16 : column->form == SLA_TEXTS_OFFSETS32 ? 4 : 8;
        places = (size_t)(column->element_first + column->count);
    }
    if ((!indexes && !leads) || places == 0)
        return false;
    for (int i = 0; i < 3; i++) {
        char *number = place + (size_t)random_between(random, 0, (int64_t)places - 1) * width;
        number[random_between(random, 0, (int64_t)width - 1)] = (char)random_next(random);
    }
    return true;
}

void random_texts_free(struct random_texts *made)
{
    for (size_t i = 0; i < made->memory_count; i++)
        free(made->memory[i]);
}
