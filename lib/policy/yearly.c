/* SPDX-License-Identifier: MIT */
/* What is said about days that come every year: a range, first and last year, years left out. */
#include "policy/days.h"
#include "policy/year_day.h"

#define YEAR_FIRST VALUE_YEAR_MIN
#define YEAR_LAST VALUE_YEAR_MAX

static bool decode_year(struct build *build, const struct node *node, int32_t *out)
{
    struct number_field year;
    if (node == NULL)
        return true;
    if (!decode_whole(build, node, YEAR_FIRST, YEAR_LAST, &year))
        return false;
    *out = (int32_t)year.value;
    return true;
}

static bool decode_except(struct build *build, const struct node *list, struct yearly_model *out)
{
    bool good = true;
    if (list == NULL)
        return true;
    for (const struct member *item = list->members; item != NULL; item = item->next) {
        int32_t year = YEAR_FIRST;
        if (!decode_year(build, item->value, &year))
            good = false;
        else
            out->except[(year - YEAR_FIRST) / 64] |= UINT64_C(1) << (year - YEAR_FIRST) % 64;
    }
    return good;
}

/* The last day of a range that began in `year`; false: there is none. */
static bool end_in(const struct year_day *to, int32_t year, sla_date *out)
{
    if (year_day_in(to, year, out))
        return true;
    *out = civil_to_date(year, 2, 28); /* to 02-29, in 2026 */
    return to->form == YEAR_DAY_DATE;
}

/* The range that begins in a year, before it is cut to what can be asked for. */
static bool whole_range_in(const struct yearly_model *yearly, int32_t year, sla_date *out_from,
                           sla_date *out_to)
{
    if (!year_day_in(&yearly->from, year, out_from))
        return false;
    *out_to = *out_from;
    if (!yearly->has_to)
        return true;
    if (!end_in(&yearly->to, year, out_to))
        return false;
    return *out_to >= *out_from || end_in(&yearly->to, year + 1, out_to);
}

/* A range crosses New Year in all years or in none: else its days are mixed up in some years, such
   as 4th thu of nov to 4th fri of nov, and it would last for most of a year. */
static bool is_range(struct build *build, const struct yearly_model *yearly,
                     const struct node *day, const struct node *to)
{
    if (yearly->from.form == YEAR_DAY_DATE && yearly->to.form == YEAR_DAY_DATE)
        return true;
    int32_t crossing = 0;
    bool straight = false;
    for (int32_t year = YEAR_FIRST; year <= YEAR_LAST; year++) {
        sla_date first, last;
        if (!year_day_in(&yearly->from, year, &first) || !end_in(&yearly->to, year, &last))
            continue;
        if (last >= first)
            straight = true;
        else if (crossing == 0)
            crossing = year;
    }
    if (crossing == 0 || !straight)
        return true;
    const char digits[] = {(char)('0' + crossing / 1000), (char)('0' + crossing / 100 % 10),
                           (char)('0' + crossing / 10 % 10), (char)('0' + crossing % 10), '\0'};
    struct hint hint = {.length = 0};
    hint_add(&hint, "in ");
    hint_add(&hint, digits);
    hint_add(&hint, ", for one");
    report_related(build, CODE_RANGE_BACKWARDS, to, to->text, day->text, hint_text(&hint), day,
                   TEXT("the range begins here"));
    return false;
}

bool decode_yearly(struct build *build, const struct node *map, enum map_kind kind,
                   struct day_model *out)
{
    const struct node *day = keys_value(map, kind, "yearly"), *to = keys_value(map, kind, "to");
    const struct node *since = keys_value(map, kind, "since");
    const struct node *until = keys_value(map, kind, "until");
    struct yearly_model *yearly = build_new(build, sizeof *yearly);
    if (yearly == NULL)
        return false;
    yearly->since = YEAR_FIRST - 1; /* the turn of the year to 1970 */
    yearly->until = YEAR_LAST + 1;  /* 1st mon of jan - 7 */
    bool good = year_day_decode(build, day, &yearly->from);
    yearly->has_to = to != NULL;
    if (to != NULL)
        good = year_day_decode(build, to, &yearly->to) && good;
    good = decode_year(build, since, &yearly->since) && good;
    good = decode_year(build, until, &yearly->until) && good;
    good = decode_except(build, keys_value(map, kind, "except"), yearly) && good;
    if (good && yearly->until < yearly->since) {
        report_related(build, CODE_RANGE_BACKWARDS, until, until->text, since->text, TEXT_NONE,
                       since, TEXT("the range begins here"));
        return false;
    }
    out->yearly = yearly;
    return good && (to == NULL || is_range(build, yearly, day, to));
}

static bool is_left_out(const struct yearly_model *yearly, int32_t year)
{
    int32_t bit = year - YEAR_FIRST;
    return bit >= 0 && (yearly->except[bit / 64] >> bit % 64 & 1) != 0;
}

static bool range_in(const struct yearly_model *yearly, int32_t year, sla_date *out_from,
                     sla_date *out_to)
{
    if (is_left_out(yearly, year) || !whole_range_in(yearly, year, out_from, out_to))
        return false;
    /* The dates of 1970..2199, and those that other places have at its ends. */
    *out_from = *out_from < DATE_MIN ? DATE_MIN : *out_from;
    *out_to = *out_to > DATE_MAX ? DATE_MAX : *out_to;
    return *out_from <= *out_to;
}

bool day_next_range(const struct day_model *day, int32_t *at, sla_date *out_from, sla_date *out_to)
{
    if (day->yearly == NULL) {
        *out_from = (sla_date)day->from.value;
        *out_to = (sla_date)day->to.value;
        return (*at)++ == 0;
    }
    if (*at == 0)
        *at = day->yearly->since;
    while (*at <= day->yearly->until)
        if (range_in(day->yearly, (*at)++, out_from, out_to))
            return true;
    return false;
}
