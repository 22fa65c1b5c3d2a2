/* SPDX-License-Identifier: MIT */
/* Typed scalars: a text means what the place where it stands asks for. */
#include "policy/decode.h"

#include "time/instant.h"

static bool has_control(sla_text text)
{
    size_t at = 0;
    while (at < text.length) {
        uint32_t character = text_next_character(text, &at);
        if (character < 0x20 || (character >= 0x7F && character < 0xA0))
            return true;
    }
    return false;
}

bool decode_text(struct build *build, const struct node *node, const char *what,
                 struct text_field *out)
{
    if (!keys_expect(build, node, what, NODE_TEXT))
        return false;
    *out = (struct text_field){node->text, node};
    return true;
}

bool decode_name(struct build *build, const struct node *node, const char *what,
                 struct text_field *out)
{
    if (!keys_expect(build, node, what, NODE_TEXT))
        return false;
    if (node->text.length == 0 || has_control(node->text)) {
        report(build, CODE_BAD_NAME, node, text_of(what), TEXT_NONE, TEXT_NONE);
        return false;
    }
    *out = (struct text_field){node->text, node};
    return true;
}

/* What other readers of YAML, and people, take for true and false. */
static sla_text flag_hint(sla_text text)
{
    static const char *const words[][2] = {
        {"yes", "no"}, {"Yes", "No"},     {"YES", "NO"},     {"on", "off"}, {"On", "Off"},
        {"y", "n"},    {"True", "False"}, {"TRUE", "FALSE"}, {"1", "0"},    {"是", "否"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_equal(text, text_of(words[i][0])))
            return TEXT("write true");
        if (text_equal(text, text_of(words[i][1])))
            return TEXT("write false");
    }
    return TEXT_NONE;
}

bool decode_flag(struct build *build, const struct node *node, const char *what, bool *out)
{
    if (!keys_expect(build, node, what, NODE_TEXT))
        return false;
    if (node_is_word(node, "true") || node_is_word(node, "false")) {
        *out = node_is_word(node, "true");
        return true;
    }
    report(build, CODE_BAD_FLAG, node, text_of(what), node->text, flag_hint(node->text));
    return false;
}

/* A date with all its digits that is none is no day of any month. */
static sla_text date_hint(sla_text text)
{
    return text.length == strlen("2026-04-05")
               ? TEXT_NONE
               : TEXT("write year, month and day with all digits: 2026-04-05");
}

bool decode_date(struct build *build, const struct node *node, struct number_field *out)
{
    sla_date date;
    if (!keys_expect(build, node, "a date", NODE_TEXT))
        return false;
    if (!date_parse(node->text, &date) || date < 0 || date > DATE_MAX - 1) {
        report(build, CODE_BAD_DATE, node, node->text, TEXT_NONE, date_hint(node->text));
        return false;
    }
    *out = (struct number_field){date, node};
    return true;
}

bool decode_instant(struct build *build, const struct node *node, sla_text hint,
                    struct text_field *out)
{
    sla_time at;
    if (!keys_expect(build, node, "an instant", NODE_TEXT))
        return false;
    if (instant_parse(node->text, NULL, &at) == SLA_ERROR_SYNTAX ||
        date_parse(node->text, &(sla_date){0})) {
        report(build, CODE_BAD_INSTANT, node, node->text, TEXT_NONE, hint);
        return false;
    }
    *out = (struct text_field){node->text, node};
    return true;
}

bool decode_time_of_day(struct build *build, const struct node *node, struct number_field *out)
{
    int32_t seconds;
    if (!keys_expect(build, node, "a time of day", NODE_TEXT))
        return false;
    if (!time_of_day_parse(node->text, &seconds)) {
        report(build, CODE_BAD_TIME, node, node->text, TEXT_NONE, hint_time(node->text));
        return false;
    }
    *out = (struct number_field){seconds, node};
    return true;
}

bool decode_whole(struct build *build, const struct node *node, int64_t min, int64_t max,
                  struct number_field *out)
{
    if (!keys_expect(build, node, "a whole number", NODE_TEXT))
        return false;
    sla_text digits = node->text;
    bool negative = digits.length > 0 && digits.data[0] == '-';
    if (negative)
        digits = (sla_text){digits.data + 1, digits.length - 1};
    uint64_t amount;
    if (text_to_u64(digits, INT32_MAX, &amount)) {
        int64_t value = negative ? -(int64_t)amount : (int64_t)amount;
        if (value >= min && value <= max) {
            *out = (struct number_field){value, node};
            return true;
        }
    }
    struct text_builder wanted;
    builder_init(&wanted, &build->allocator);
    builder_add_number(&wanted, min);
    builder_add_c(&wanted, " to ");
    builder_add_number(&wanted, max);
    report(build, CODE_BAD_WHOLE, node, node->text, builder_text(&wanted), TEXT_NONE);
    if (wanted.failed)
        build_fail(build, SLA_ERROR_MEMORY);
    builder_free(&wanted);
    return false;
}

bool decode_amount(struct build *build, const struct node *node, sla_text text, const char *help,
                   sla_target *out)
{
    *out = (sla_target){.size = sizeof *out};
    sla_status status = sla_target_parse(text.data, text.length, out);
    if (status == SLA_OK) {
        /* T1: what is longer than all the time there is can never be kept, nor missed */
        int64_t most = out->unit == SLA_UNIT_SECONDS ? SLA_TIME_MAX : DATE_MAX;
        if (out->amount <= most)
            return true;
        status = SLA_ERROR_RANGE;
    }
    struct hint hint;
    sla_text meant = hint_duration(text, &hint);
    if (status == SLA_ERROR_RANGE)
        report(build, CODE_DURATION_TOO_LONG, node, text, TEXT_NONE, TEXT_NONE);
    else
        report(build, CODE_BAD_DURATION, node, text, TEXT_NONE,
               meant.length > 0 ? meant : text_of(help));
    return false;
}

bool decode_target_duration(struct build *build, const struct node *node, sla_target *out)
{
    return keys_expect(build, node, "a duration", NODE_TEXT) &&
           decode_amount(build, node, node->text,
                         "write 90s, 30m, 1h30m, 5wd (working days) or 3d (calendar days)", out);
}

bool decode_duration(struct build *build, const struct node *node, struct number_field *out)
{
    sla_target target;
    if (!decode_target_duration(build, node, &target))
        return false;
    if (target.unit != SLA_UNIT_SECONDS) {
        report(build, CODE_DURATION_UNIT, node, node->text, TEXT("s, m and h"), TEXT_NONE);
        return false;
    }
    *out = (struct number_field){target.amount, node};
    return true;
}

bool decode_word(struct build *build, const struct node *node, const char *what,
                 const char *const *words, uint32_t *out)
{
    if (!keys_expect(build, node, what, NODE_TEXT))
        return false;
    struct suggestion suggestion = suggestion_for(build, node->text);
    struct text_builder all;
    builder_init(&all, &build->allocator);
    for (uint32_t i = 0; words[i] != NULL; i++) {
        if (node_is_word(node, words[i])) {
            *out = i;
            builder_free(&all);
            return true;
        }
        suggestion_offer(&suggestion, text_of(words[i]));
        builder_add_c(&all, i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ");
        builder_add_c(&all, words[i]);
    }
    struct hint hint;
    report(build, CODE_BAD_WORD, node, text_of(what), builder_text(&all),
           suggestion_hint(&suggestion, &hint));
    if (all.failed)
        build_fail(build, SLA_ERROR_MEMORY);
    builder_free(&all);
    return false;
}

bool decode_is_empty_list(struct build *build, const struct node *node, const char *what)
{
    if (node->type == NODE_TEXT || node->count > 0)
        return false;
    if (!node->damaged)
        report(build, CODE_EMPTY_LIST, node, text_of(what), TEXT_NONE, TEXT_NONE);
    return true;
}

bool decode_says_nothing(struct build *build, const struct node *map, const char *what)
{
    for (const struct member *member = map->members; member != NULL; member = member->next)
        if (!keys_is_own(member->key->text))
            return false;
    if (!map->damaged)
        report(build, CODE_EMPTY_LIST, map, text_of(what), TEXT_NONE, TEXT_NONE);
    return true;
}

bool decode_names(struct build *build, const struct node *node, const char *what,
                  struct text_list *out)
{
    if (!keys_expect(build, node, what, NODE_TEXT | NODE_LIST))
        return false;
    size_t count = node->type == NODE_LIST ? node->count : 1;
    struct text_field *items = build_array(build, count, sizeof *items);
    if (items == NULL || decode_is_empty_list(build, node, what))
        return false;
    size_t kept = 0;
    if (node->type == NODE_TEXT) {
        kept += decode_name(build, node, what, &items[0]);
    } else {
        for (const struct member *member = node->members; member != NULL; member = member->next)
            kept += decode_name(build, member->value, what, &items[kept]);
    }
    *out = (struct text_list){items, kept, node};
    return kept == count;
}

bool decode_names_differ(struct build *build, const struct text_field *first, size_t count,
                         size_t width)
{
    struct text_table seen;
    const struct node **places = build_array(build, count, sizeof *places);
    bool differ = places != NULL;
    text_table_init(&seen, &build->allocator);
    for (size_t i = 0; places != NULL && i < count; i++) {
        const struct text_field *name = (const void *)((const char *)first + i * width);
        size_t before = seen.texts.count;
        uint32_t number = name->at == NULL ? 0 : text_table_add(&seen, name->value);
        if (number == 0 && name->at != NULL)
            build_fail(build, SLA_ERROR_MEMORY);
        if (number > before) {
            places[before] = name->at;
        } else if (number != 0) {
            report_related(build, CODE_NAMED_TWICE, name->at, name->value, TEXT_NONE, TEXT_NONE,
                           places[number - 1], TEXT("first named here"));
            differ = false;
        }
    }
    text_table_free(&seen);
    return differ && build->status == SLA_OK;
}

bool decode_exclusive(struct build *build, const struct node *map, const char *a, const char *b)
{
    const struct node *first = node_get_key(map, a), *second = node_get_key(map, b);
    if (first == NULL || second == NULL)
        return false;
    report_related(build, CODE_EXCLUSIVE, second, text_of(a), text_of(b), TEXT_NONE, first,
                   TEXT("the other one is here"));
    return true;
}

bool decode_reserved(struct build *build, const struct node *key, const char *what,
                     const char *const *reserved, const char *hint)
{
    for (size_t i = 0; reserved[i] != NULL; i++) {
        if (node_is_word(key, reserved[i])) {
            report(build, CODE_RESERVED_NAME, key, key->text, text_of(what), text_of(hint));
            return true;
        }
    }
    return false;
}
