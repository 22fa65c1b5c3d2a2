/* SPDX-License-Identifier: MIT */
/* Reading columns of texts. What a column says of itself is believed only as far as its struct can
 * vouch for it: numbers in its memory are looked at before they lead anywhere. */
#include "base/texts.h"

#include "base/bits.h"
#include "base/checked.h"

/* A number of 1, 2, 4 or 8 bytes, number `at` of an array that need not be aligned. */
static inline uint64_t unsigned_at(const void *array, uint64_t at, uint32_t width)
{
    const unsigned char *place = (const unsigned char *)array + at * width;
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (width) {
    case 1: return *place;
    case 2: memcpy(&two, place, sizeof two); return two;
    case 4: memcpy(&four, place, sizeof four); return four;
    default: memcpy(&eight, place, sizeof eight); return eight;
    }
}

static inline int64_t signed_at(const void *array, uint64_t at, uint32_t width)
{
    uint64_t number = unsigned_at(array, at, width);
    switch (width) {
    case 1: return (int8_t)number;
    case 2: return (int16_t)number;
    case 4: return (int32_t)number;
    default: return (int64_t)number;
    }
}

static bool is_width(uint32_t width)
{
    return width == 1 || width == 2 || width == 4 || width == 8;
}

static uint32_t offset_width(const sla_texts *given)
{
    return given->form == SLA_TEXTS_OFFSETS32 ? 4 : 8;
}

static bool has_offsets(const sla_texts *given)
{
    return given->form == SLA_TEXTS_OFFSETS32 || given->form == SLA_TEXTS_OFFSETS64;
}

/* Do the fields that belong to some forms only stand where they belong? */
static bool form_is_right(const sla_texts *given)
{
    bool numbers = given->form == SLA_TEXTS_NUMBERS || given->form == SLA_TEXTS_UNSIGNED;
    bool views = given->form == SLA_TEXTS_VIEWS;
    return given->form >= SLA_TEXTS_OFFSETS32 && given->form <= SLA_TEXTS_UNSIGNED &&
           (numbers ? is_width(given->width) : given->width == 0) &&
           (views || (given->buffers == 0 && given->buffer_sizes == NULL)) &&
           (given->buffers == 0 || given->bytes != NULL);
}

static bool tail_is_zero(const sla_texts *given)
{
    const unsigned char *bytes = (const void *)given;
    for (size_t i = sizeof *given; i < given->size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

bool texts_open(struct texts *texts, const sla_texts *given, size_t rows)
{
    uint64_t end, last;
    if (given == NULL || given->size < sizeof *given || !tail_is_zero(given) ||
        given->flags != 0 || !form_is_right(given) || ckd_add(&end, given->first, rows) ||
        ckd_add(&last, given->element_first, given->count) || last > UINT64_MAX / 16 ||
        end > UINT64_MAX / 16 || (given->count > 0 && given->elements == NULL))
        return false;
    if (given->index_width != 0) {
        if (!is_width(given->index_width) || (given->indexes == NULL && rows > 0))
            return false;
    } else if (given->indexes != NULL || given->element_first != 0 ||
               given->element_validity != NULL || end > given->count) {
        return false;
    }
    texts->given = given;
    texts->last_offset = 0;
    if (has_offsets(given) && given->count > 0) {
        int64_t offset = signed_at(given->elements, last, offset_width(given));
        if (offset < 0 || (offset > 0 && given->bytes == NULL))
            return false;
        texts->last_offset = (uint64_t)offset;
    }
    return true;
}

enum texts_found texts_element(const struct texts *texts, size_t row, uint64_t *out_element)
{
    const sla_texts *given = texts->given;
    uint64_t at = given->first + row;
    if (given->validity != NULL && !bit_at(given->validity, at))
        return TEXTS_ABSENT;
    if (given->index_width == 0) {
        *out_element = at;
        return TEXTS_PRESENT;
    }
    *out_element = unsigned_at(given->indexes, at, given->index_width);
    return *out_element < given->count ? TEXTS_PRESENT : TEXTS_WRONG;
}

static enum texts_found read_offsets(const struct texts *texts, uint64_t at, uint32_t width,
                                     sla_text *out_text)
{
    uint64_t begin = (uint64_t)signed_at(texts->given->elements, at, width);
    uint64_t end = (uint64_t)signed_at(texts->given->elements, at + 1, width);
    if (begin > end || end > texts->last_offset) /* one below zero is far beyond */
        return TEXTS_WRONG;
    const char *bytes = texts->given->bytes;
    *out_text = (sla_text){begin == end ? "" : bytes + begin, (size_t)(end - begin)};
    return TEXTS_PRESENT;
}

#define VIEW_BYTES 16u
#define VIEW_SHORT 12 /* bytes of a text that stands in its view */

static enum texts_found read_view(const sla_texts *given, uint64_t at, sla_text *out_text)
{
    const char *view = (const char *)given->elements + at * VIEW_BYTES;
    int32_t length, buffer, offset;
    memcpy(&length, view, sizeof length);
    memcpy(&buffer, view + 8, sizeof buffer);
    memcpy(&offset, view + 12, sizeof offset);
    if (length < 0)
        return TEXTS_WRONG;
    if (length <= VIEW_SHORT) {
        *out_text = (sla_text){view + 4, (size_t)length};
        return TEXTS_PRESENT;
    }
    if (buffer < 0 || (uint32_t)buffer >= given->buffers || offset < 0 ||
        (given->buffer_sizes != NULL && (int64_t)offset + length > given->buffer_sizes[buffer]))
        return TEXTS_WRONG;
    const char *bytes = ((const char *const *)given->bytes)[buffer];
    *out_text = (sla_text){bytes + offset, (size_t)length};
    return bytes == NULL ? TEXTS_WRONG : TEXTS_PRESENT;
}

static void read_number(struct texts *texts, uint64_t magnitude, bool negative, sla_text *out_text)
{
    char *end = texts->digits + sizeof texts->digits;
    char *digits = text_digits(magnitude, negative, end);
    *out_text = (sla_text){digits, (size_t)(end - digits)};
}

enum texts_found texts_read(struct texts *texts, uint64_t element, sla_text *out_text)
{
    const sla_texts *given = texts->given;
    uint64_t at = given->element_first + element;
    if (given->element_validity != NULL && !bit_at(given->element_validity, at))
        return TEXTS_ABSENT;
    switch (given->form) {
    case SLA_TEXTS_OFFSETS32: return read_offsets(texts, at, 4, out_text);
    case SLA_TEXTS_OFFSETS64: return read_offsets(texts, at, 8, out_text);
    case SLA_TEXTS_VIEWS: return read_view(given, at, out_text);
    case SLA_TEXTS_BOOLEANS:
        *out_text = bit_at(given->elements, at) ? TEXT("true") : TEXT("false");
        return TEXTS_PRESENT;
    case SLA_TEXTS_UNSIGNED:
        read_number(texts, unsigned_at(given->elements, at, given->width), false, out_text);
        return TEXTS_PRESENT;
    default: break;
    }
    int64_t number = signed_at(given->elements, at, given->width);
    read_number(texts, number < 0 ? 0 - (uint64_t)number : (uint64_t)number, number < 0, out_text);
    return TEXTS_PRESENT;
}
