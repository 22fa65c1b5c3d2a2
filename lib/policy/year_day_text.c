/* SPDX-License-Identifier: MIT */
/* How a day of the year is written. A text that is nearly right is read on with the word that was
 * probably meant, so that the message can show the whole of it. */
#include "policy/year_day.h"

#define WORDS_MAX 10
#define OFFSET_MAX 366
#define FORMS "write 12-25, 4th thu of nov, last mon of may, easter + 1 or wed before 11-23"

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul",
                                     "aug", "sep", "oct", "nov", "dec", NULL};
static const char *const ordinals[] = {"1st", "2nd", "3rd", "4th", "5th", "last", NULL};
static const char *const spelt[] = {"first", "second", "third", "fourth", "fifth", NULL};
static const char *const sides[] = {"before", "after", NULL};

struct reading {
    struct build *build;
    sla_text words[WORDS_MAX];
    size_t count, at;
    struct hint repaired; /* the text as it was probably meant */
    bool changed;         /* it differs from what is there */
    bool lost;            /* it is nothing that we know */
};

static bool is_sign(char character)
{
    return character == '+' || character == '-';
}

static bool is_letter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

/* Where the word that begins at `start` ends: letters end at a sign (easter+1), anything else does
   not (11-23), and a sign is a word of its own. */
static size_t word_end(sla_text text, size_t start)
{
    size_t end = start + 1;
    if (is_sign(text.data[start]))
        return end;
    bool letters = is_letter(text.data[start]);
    while (end < text.length && text.data[end] != ' ' && text.data[end] != '+' &&
           !(letters && text.data[end] == '-'))
        end++;
    return end;
}

static void split(struct reading *reading, sla_text text)
{
    for (size_t at = 0; at < text.length;) {
        if (text.data[at] == ' ') {
            at++;
            continue;
        }
        size_t end = word_end(text, at);
        if (reading->count == WORDS_MAX) {
            reading->lost = true;
            return;
        }
        reading->words[reading->count++] = (sla_text){text.data + at, end - at};
        at = end;
    }
}

static sla_text peek(const struct reading *reading, size_t ahead)
{
    size_t at = reading->at + ahead;
    return at < reading->count ? reading->words[at] : TEXT_NONE;
}

static bool next_is(const struct reading *reading, const char *word)
{
    return text_equal(peek(reading, 0), text_of(word));
}

static void take(struct reading *reading, const char *meant)
{
    if (!next_is(reading, meant))
        reading->changed = true;
    if (reading->at++ > 0)
        hint_add(&reading->repaired, " ");
    hint_add(&reading->repaired, meant);
}

static int32_t exactly(sla_text word, const char *const *list)
{
    for (int32_t i = 0; list[i] != NULL; i++)
        if (text_equal(word, text_of(list[i])))
            return i;
    return -1;
}

/* The number of the word in a list that a text is or is meant to be; -1: none. */
static int32_t nearest(struct reading *reading, sla_text word, const char *const *list)
{
    char lower[16];
    int32_t best = exactly(word, list);
    if (best >= 0 || word.length > sizeof lower)
        return best;
    for (size_t i = 0; i < word.length; i++)
        lower[i] = (char)(word.data[i] | (is_letter(word.data[i]) ? 0x20 : 0));
    struct suggestion suggestion =
        suggestion_for(reading->build, (sla_text){lower, word.length});
    for (int32_t i = 0; list[i] != NULL; i++) {
        sla_text before = suggestion.best;
        suggestion_offer(&suggestion, text_of(list[i]));
        if (suggestion.best.data != before.data)
            best = i;
    }
    return best;
}

/* Takes one of a list's words; its number, or -1 (lost). */
static int32_t expect(struct reading *reading, const char *const *list)
{
    int32_t number = nearest(reading, peek(reading, 0), list);
    if (number < 0)
        reading->lost = true;
    else
        take(reading, list[number]);
    return number;
}

/* 3th and third are the 3rd: what counts is the digit. */
static int32_t ordinal_of(struct reading *reading, sla_text word)
{
    bool digit = word.length == 3 && word.data[0] >= '1' && word.data[0] <= '5' &&
                 is_letter(word.data[1]) && is_letter(word.data[2]);
    if (digit)
        return word.data[0] - '1';
    int32_t number = nearest(reading, word, spelt);
    if (number >= 0)
        return number;
    return nearest(reading, word, ordinals + 5) == 0 ? 5 : -1;
}

static bool two_numbers(sla_text text, uint64_t *out_a, uint64_t *out_b)
{
    for (size_t i = 1; i + 1 < text.length; i++) {
        char sign = text.data[i];
        if (sign == '-' || sign == '/' || sign == '.')
            return text_to_u64((sla_text){text.data, i}, 31, out_a) &&
                   text_to_u64((sla_text){text.data + i + 1, text.length - i - 1}, 31, out_b);
    }
    return false;
}

static bool is_day(uint64_t month, uint64_t day)
{
    return civil_is_valid(2000, (int32_t)month, (int32_t)day); /* 02-29 is a day of some years */
}

static void expect_month_day(struct reading *reading, struct year_day *out)
{
    uint64_t month = 0, day = 0;
    if (!two_numbers(peek(reading, 0), &month, &day) ||
        !(is_day(month, day) || is_day(day, month))) {
        reading->lost = true;
        return;
    }
    out->month = (int32_t)(is_day(month, day) ? month : day);
    out->day = (int32_t)(is_day(month, day) ? day : month);
    const char digits[] = {(char)('0' + out->month / 10), (char)('0' + out->month % 10), '-',
                           (char)('0' + out->day / 10), (char)('0' + out->day % 10), '\0'};
    take(reading, digits);
}

static void read_nth(struct reading *reading, struct year_day *out)
{
    int32_t number = ordinal_of(reading, peek(reading, 0));
    if (number < 0) {
        reading->lost = true;
        return;
    }
    take(reading, ordinals[number]);
    out->form = number == 5 ? YEAR_DAY_LAST : YEAR_DAY_NTH;
    out->day = number + 1;
    out->weekday = expect(reading, weekday_names);
    expect(reading, (const char *const[]){"of", NULL});
    out->month = expect(reading, months) + 1;
}

/* mon on or before 05-24, wed before 11-23, mon after 12-26 ... */
static void read_beside(struct reading *reading, struct year_day *out)
{
    out->weekday = expect(reading, weekday_names);
    bool itself = next_is(reading, "on");
    if (itself) {
        take(reading, "on");
        expect(reading, (const char *const[]){"or", NULL});
    }
    bool after = expect(reading, sides) == 1;
    out->form = after ? YEAR_DAY_FROM : YEAR_DAY_UP_TO;
    out->shift = itself ? 0 : after ? 1 : -1;
    expect_month_day(reading, out);
}

static void read_offset(struct reading *reading, struct year_day *out)
{
    sla_text sign = peek(reading, 0), number = peek(reading, 1);
    uint64_t days;
    if (reading->at == reading->count)
        return;
    if (sign.length != 1 || !is_sign(sign.data[0]) || reading->count != reading->at + 2 ||
        number.length > 3 || !text_to_u64(number, OFFSET_MAX, &days)) {
        reading->lost = true;
        return;
    }
    char digits[4] = {'\0'};
    memcpy(digits, number.data, number.length);
    out->offset = sign.data[0] == '-' ? -(int32_t)days : (int32_t)days;
    take(reading, sign.data[0] == '-' ? "-" : "+");
    take(reading, digits);
}

static void read(struct reading *reading, struct year_day *out)
{
    static const char *const easter[] = {"easter", NULL};
    sla_text first = peek(reading, 0);
    uint64_t a, b;
    if (two_numbers(first, &a, &b)) {
        expect_month_day(reading, out);
        reading->lost = reading->lost || reading->at < reading->count;
        return;
    }
    if (exactly(first, ordinals) >= 0) {
        read_nth(reading, out);
    } else if (nearest(reading, first, easter) == 0) {
        take(reading, "easter");
        out->form = YEAR_DAY_EASTER;
    } else if (nearest(reading, first, weekday_names) >= 0) {
        read_beside(reading, out);
    } else {
        read_nth(reading, out);
    }
    if (!reading->lost)
        read_offset(reading, out);
}

bool year_day_decode(struct build *build, const struct node *node, struct year_day *out)
{
    struct reading reading = {.build = build};
    *out = (struct year_day){.form = YEAR_DAY_DATE};
    split(&reading, node->text);
    if (!reading.lost)
        read(&reading, out);
    if (!reading.lost && !reading.changed)
        return true;
    struct hint hint = {.length = 0};
    if (reading.lost) {
        hint_add(&hint, FORMS);
    } else {
        hint_add(&hint, "did you mean ");
        hint_add_name(&hint, hint_text(&reading.repaired));
        hint_add(&hint, "?");
    }
    report(build, CODE_BAD_YEARLY, node, node->text, TEXT_NONE, hint_text(&hint));
    return false;
}
