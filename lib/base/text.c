/* SPDX-License-Identifier: MIT */
/* Texts: comparing, UTF-8, decimal numbers, and the builder. */
#include "base/text.h"

#include "base/checked.h"

int text_compare(sla_text a, sla_text b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    if (order != 0)
        return order;
    return a.length < b.length ? -1 : a.length > b.length;
}

bool text_starts_with(sla_text text, sla_text prefix)
{
    return text.length >= prefix.length &&
           (prefix.length == 0 || memcmp(text.data, prefix.data, prefix.length) == 0);
}

bool text_contains(sla_text text, sla_text part)
{
    if (part.length == 0)
        return true;
    for (size_t at = 0; at + part.length <= text.length; at++) {
        const char *found = memchr(text.data + at, part.data[0],
                                   text.length - part.length + 1 - at);
        if (found == NULL)
            return false;
        at = (size_t)(found - text.data);
        if (memcmp(found, part.data, part.length) == 0)
            return true;
    }
    return false;
}

/* Reads one character at `at`; returns its length, or 0 when the bytes are not valid UTF-8. */
static size_t read_character(sla_text text, size_t at, uint32_t *out)
{
    const unsigned char *byte = (const unsigned char *)text.data + at;
    size_t left = text.length - at;
    if (byte[0] < 0x80) {
        *out = byte[0];
        return 1;
    }
    size_t length = byte[0] >= 0xF0 ? 4 : byte[0] >= 0xE0 ? 3 : 2;
    static const uint32_t lowest[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (byte[0] < 0xC2 || byte[0] > 0xF4 || left < length)
        return 0;
    uint32_t character = byte[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((byte[i] & 0xC0) != 0x80)
            return 0;
        character = character << 6 | (byte[i] & 0x3Fu);
    }
    if (character < lowest[length] || character > 0x10FFFF ||
        (character >= 0xD800 && character <= 0xDFFF))
        return 0;
    *out = character;
    return length;
}

bool text_is_utf8(sla_text text)
{
    uint32_t character;
    for (size_t at = 0; at < text.length;) {
        size_t length = read_character(text, at, &character);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

uint32_t text_next_character(sla_text text, size_t *at)
{
    uint32_t character;
    size_t length = read_character(text, *at, &character);
    if (length == 0) {
        *at += 1;
        return 0xFFFD;
    }
    *at += length;
    return character;
}

/* A decimal number in parts: sign, digits before the point without leading zeros, digits behind it
   without trailing ones. */
struct decimal {
    bool negative;
    sla_text whole, fraction;
};

static bool read_decimal(sla_text text, struct decimal *out)
{
    size_t at = 0, end = text.length;
    out->negative = end > 0 && text.data[0] == '-';
    if (end > 0 && (text.data[0] == '-' || text.data[0] == '+'))
        at = 1;
    size_t start = at;
    while (at < end && text.data[at] >= '0' && text.data[at] <= '9')
        at++;
    if (at == start)
        return false;
    size_t point = at;
    if (at < end && text.data[at] == '.') {
        at++;
        while (at < end && text.data[at] >= '0' && text.data[at] <= '9')
            at++;
        if (at == point + 1)
            return false;
    }
    if (at != end)
        return false;
    while (start < point && text.data[start] == '0')
        start++;
    if (point < end)
        while (end > point + 1 && text.data[end - 1] == '0')
            end--;
    out->whole = (sla_text){text.data + start, point - start};
    out->fraction = TEXT_NONE;
    if (point < text.length)
        out->fraction = (sla_text){text.data + point + 1, end - point - 1};
    if (out->whole.length == 0 && out->fraction.length == 0)
        out->negative = false; /* -0 is 0 */
    return true;
}

bool text_is_decimal(sla_text text)
{
    struct decimal number;
    return read_decimal(text, &number);
}

int decimal_compare(sla_text a, sla_text b)
{
    struct decimal x, y;
    if (!read_decimal(a, &x) || !read_decimal(b, &y))
        return text_compare(a, b);
    if (x.negative != y.negative)
        return x.negative ? -1 : 1;
    int order;
    if (x.whole.length != y.whole.length)
        order = x.whole.length < y.whole.length ? -1 : 1;
    else if ((order = text_compare(x.whole, y.whole)) == 0)
        order = text_compare(x.fraction, y.fraction);
    return x.negative ? -order : order;
}

bool text_to_u64(sla_text text, uint64_t max, uint64_t *out)
{
    uint64_t number = 0;
    if (text.length == 0)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || ckd_mul(&number, number, UINT64_C(10)) ||
            ckd_add(&number, number, (uint64_t)(text.data[i] - '0')) || number > max)
            return false;
    }
    *out = number;
    return true;
}

void builder_init(struct text_builder *builder, const sla_allocator *allocator)
{
    *builder = (struct text_builder){.allocator = allocator};
}

void builder_add(struct text_builder *builder, sla_text text)
{
    size_t needed;
    if (builder->failed || text.length == 0)
        return;
    if (ckd_add(&needed, builder->count, text.length) ||
        !memory_grow(builder->allocator, &builder->data, &builder->capacity, needed, 1)) {
        builder->failed = true;
        return;
    }
    memcpy(builder->data + builder->count, text.data, text.length);
    builder->count = needed;
}

void builder_add_c(struct text_builder *builder, const char *text)
{
    builder_add(builder, (sla_text){text, strlen(text)});
}

char *text_digits(uint64_t magnitude, bool negative, char *end)
{
    do {
        *--end = (char)('0' + magnitude % 10);
        magnitude /= 10;
    } while (magnitude > 0);
    if (negative)
        *--end = '-';
    return end;
}

void builder_add_number(struct text_builder *builder, int64_t number)
{
    char space[TEXT_DIGITS];
    char *end = space + sizeof space;
    bool negative = number < 0;
    char *digits = text_digits(negative ? 0 - (uint64_t)number : (uint64_t)number, negative, end);
    builder_add(builder, (sla_text){digits, (size_t)(end - digits)});
}

void builder_free(struct text_builder *builder)
{
    memory_free(builder->allocator, builder->data, builder->capacity);
    *builder = (struct text_builder){.allocator = builder->allocator};
}
