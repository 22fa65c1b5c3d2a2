/* SPDX-License-Identifier: MIT */
/* Scalars without quotes that other readers of YAML do not take for the text that stands there.
 * This language types a scalar by its place; readers of YAML 1.1 and of the core schema of YAML 1.2
 * guess. Told is what changes the meaning: 3, true and 2026-01-31 come out as they went in. */
#include "policy/analyse.h"

#include "base/checked.h"
#include "policy/keys.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_any_of(sla_text text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (text_equal(text, text_of(*words)))
            return true;
    return false;
}

/* The words that are no texts to others; NULL: it is none of them. */
static const char *read_word(sla_text text)
{
    static const char *const yes[] = {"y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "True",
                                      "TRUE", NULL};
    static const char *const no[] = {"n", "N", "no", "No", "NO", "off", "Off", "OFF", "False",
                                     "FALSE", NULL};
    static const char *const nothing[] = {"~", "null", "Null", "NULL", NULL};
    static const char *const odd[] = {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
                                      "-.Inf", "-.INF", ".nan", ".NaN", ".NAN", NULL};
    static const char *const marks[] = {"=", "<<", NULL};
    return is_any_of(text, yes)       ? "true"
           : is_any_of(text, no)      ? "false"
           : is_any_of(text, nothing) ? "nothing (null)"
           : is_any_of(text, odd)     ? "a number"
           : is_any_of(text, marks)   ? "a mark of its own"
                                      : NULL;
}

/* A sign, which a number may have, cut off. */
static sla_text unsigned_part(sla_text text)
{
    if (text.length > 0 && (text.data[0] == '-' || text.data[0] == '+'))
        return (sla_text){text.data + 1, text.length - 1};
    return text;
}

/* Digits of a base and underscores, at least one digit. */
static bool is_in_base(sla_text text, int base)
{
    bool some = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        int digit = is_digit(c)              ? c - '0'
                    : c >= 'a' && c <= 'f'   ? c - 'a' + 10
                    : c >= 'A' && c <= 'F'   ? c - 'A' + 10
                    : c == '_' && i > 0      ? 0
                                             : base;
        if (digit >= base)
            return false;
        some = some || c != '_';
    }
    return some;
}

/* 0x1F, 0o17, 0b11, 017, 1_000: whole numbers that are written in other ways. */
static bool is_odd_whole(sla_text digits)
{
    if (digits.length > 2 && digits.data[0] == '0') {
        sla_text rest = {digits.data + 2, digits.length - 2};
        char mark = digits.data[1];
        if ((mark == 'x' && is_in_base(rest, 16)) || (mark == 'o' && is_in_base(rest, 8)) ||
            (mark == 'b' && is_in_base(rest, 2)))
            return true;
    }
    if (!is_in_base(digits, 10) || !is_digit(digits.data[0]))
        return false;
    bool parted = false;
    for (size_t i = 0; i < digits.length; i++)
        parted = parted || digits.data[i] == '_';
    /* beyond 15 digits a number in floating point has others */
    return parted || (digits.data[0] == '0' && digits.length > 1) || digits.length > 15;
}

/* 16:00 is 960 in base 60, and 1:30:00 is 5400; every part but the first is below 60. */
static bool is_in_base_60(sla_text text, int64_t *out)
{
    int64_t sum = 0, part = 0;
    size_t parts = 0, width = 0;
    sla_text digits = unsigned_part(text);
    if (digits.length == 0 || digits.data[0] < '1' || digits.data[0] > '9')
        return false;
    for (size_t i = 0; i <= digits.length; i++) {
        if (i < digits.length && is_digit(digits.data[i]) && width < 9) {
            part = part * 10 + (digits.data[i] - '0');
            width++;
            continue;
        }
        if ((i < digits.length && digits.data[i] != ':') || width == 0 ||
            (parts > 0 && (part >= 60 || width > 2)) || ckd_mul(&sum, sum, 60) ||
            ckd_add(&sum, sum, part))
            return false;
        parts++;
        part = 0;
        width = 0;
    }
    *out = text.data[0] == '-' ? -sum : sum;
    return parts > 1;
}

/* A number with a point or an exponent; `*out_plain`: written as a number in floating point is
   printed, so that it comes out as it went in. */
static bool is_fraction(sla_text digits, bool *out_plain)
{
    size_t at = 0, whole, places = 0;
    while (at < digits.length && (is_digit(digits.data[at]) || (at > 0 && digits.data[at] == '_')))
        at++;
    whole = at;
    bool point = at < digits.length && digits.data[at] == '.';
    if (point) {
        at++;
        while (at < digits.length && (is_digit(digits.data[at]) || digits.data[at] == '_')) {
            at++;
            places++;
        }
    }
    if (whole + places == 0)
        return false;
    bool exponent = at < digits.length && (digits.data[at] == 'e' || digits.data[at] == 'E');
    if (exponent) {
        sla_text rest = unsigned_part((sla_text){digits.data + at + 1, digits.length - at - 1});
        if (rest.length == 0 || !is_in_base(rest, 10))
            return false;
        at = digits.length;
    }
    if (at != digits.length || !(point || exponent))
        return false;
    *out_plain = !exponent && whole > 0 && places > 0 && whole + places <= 15 &&
                 (whole == 1 || digits.data[0] != '0') && digits.data[digits.length - 1] != '0';
    for (size_t i = 0; i < digits.length; i++)
        *out_plain = *out_plain && digits.data[i] != '_';
    return true;
}

/* 2026-11-20T17:50:00 without an offset: to others an instant in UTC, to us the policy's time. */
static bool is_instant_of_utc(sla_text text)
{
    static const char form[] = "0000-00-00T00:00:00";
    size_t length = sizeof form - 1;
    if (text.length < length)
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = text.data[i];
        if (form[i] == '0' ? !is_digit(c)
                           : form[i] == 'T' ? c != 'T' && c != 't' && c != ' ' : c != form[i])
            return false;
    }
    for (size_t i = length; i < text.length; i++)
        if (!is_digit(text.data[i]) && text.data[i] != '.')
            return false; /* an offset, or anything else */
    return true;
}

static void tell(struct build *build, const struct node *node, const char *what)
{
    report(build, CODE_NOT_PORTABLE, node, node->text, text_of(what), TEXT("put it in quotes"));
}

static void tell_number(struct build *build, const struct node *node, int64_t number)
{
    struct text_builder words;
    builder_init(&words, &build->allocator);
    builder_add_c(&words, "the number ");
    builder_add_number(&words, number);
    if (words.failed)
        build_fail(build, SLA_ERROR_MEMORY);
    else
        report(build, CODE_NOT_PORTABLE, node, node->text, builder_text(&words),
               TEXT("put it in quotes"));
    builder_free(&words);
}

/* A bound is a number to us, too: only what has another size as a number is told. */
static bool is_bound(const struct node *node)
{
    return !node->is_key && (node_is_word(node->key, "min") || node_is_word(node->key, "max"));
}

static void check_text(struct build *build, const struct node *node)
{
    const char *word = read_word(node->text);
    sla_text digits = unsigned_part(node->text);
    bool is_signed = digits.length < node->text.length && node->text.data[0] == '+';
    int64_t number;
    bool plain = true;
    if (word != NULL)
        tell(build, node, word);
    else if (is_in_base_60(node->text, &number))
        tell_number(build, node, number);
    else if (is_odd_whole(digits))
        tell(build, node, "another number");
    else if (is_fraction(digits, &plain) ? !plain || is_signed
                                         : is_signed && is_in_base(digits, 10)) {
        if (!is_bound(node))
            tell(build, node, "a number in another spelling");
    } else if (is_instant_of_utc(node->text))
        tell(build, node, "an instant in UTC");
}

static void check(struct build *build, const struct node *node)
{
    if (node == NULL || build->status != SLA_OK)
        return;
    if (node->type == NODE_TEXT && node->plain)
        check_text(build, node);
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        if (member->key != NULL && keys_is_own(member->key->text))
            continue; /* the author's own */
        if (member->key != NULL && member->key->plain)
            check_text(build, member->key);
        check(build, member->value);
    }
}

void analyse_portable(struct build *build)
{
    for (size_t i = 0; i < build->files.count; i++)
        check(build, build->files.items[i].root);
}
