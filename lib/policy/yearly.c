/* SPDX-License-Identifier: MIT */
/* Days that come every year: 12-25, with a range, a first and a last year, and years left out. */
#include "policy/days.h"

#define YEAR_FIRST 1970
#define YEAR_LAST 2199
#define DATE_LAST (DATE_MAX - 1)

/* MM-DD */
static bool parse_day(sla_text text, int32_t *out_month, int32_t *out_day)
{
    uint64_t month, day;
    if (text.length != 5 || text.data[2] != '-' ||
        !text_to_u64((sla_text){text.data, 2}, 12, &month) ||
        !text_to_u64((sla_text){text.data + 3, 2}, 31, &day) ||
        !civil_is_valid(2000, (int32_t)month, (int32_t)day)) /* 02-29 is a day of some years */
        return false;
    *out_month = (int32_t)month;
    *out_day = (int32_t)day;
    return true;
}

static bool decode_day(struct build *build, const struct node *node, int32_t *out_month,
                       int32_t *out_day)
{
    if (parse_day(node->text, out_month, out_day))
        return true;
    if (text_contains(node->text, TEXT(" of ")) || text_starts_with(node->text, TEXT("easter")))
        report(build, CODE_TOO_NEW, node, node->text, TEXT("0.3"), TEXT_NONE);
    else
        report(build, CODE_BAD_YEARLY, node, node->text, TEXT_NONE, TEXT_NONE);
    return false;
}

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
    yearly->until = YEAR_LAST;
    bool good = decode_day(build, day, &yearly->month, &yearly->day);
    yearly->to_month = yearly->month;
    yearly->to_day = yearly->day;
    if (to != NULL)
        good = decode_day(build, to, &yearly->to_month, &yearly->to_day) && good;
    good = decode_year(build, since, &yearly->since) && good;
    good = decode_year(build, until, &yearly->until) && good;
    good = decode_except(build, keys_value(map, kind, "except"), yearly) && good;
    if (good && yearly->until < yearly->since) {
        report(build, CODE_RANGE_BACKWARDS, until, until->text, since->text, TEXT_NONE);
        return false;
    }
    out->yearly = yearly;
    return good;
}

static bool is_left_out(const struct yearly_model *yearly, int32_t year)
{
    int32_t bit = year - YEAR_FIRST;
    return bit >= 0 && (yearly->except[bit / 64] >> bit % 64 & 1) != 0;
}

static bool range_in(const struct yearly_model *yearly, int32_t year, sla_date *out_from,
                     sla_date *out_to)
{
    if (is_left_out(yearly, year) || !civil_is_valid(year, yearly->month, yearly->day))
        return false;
    bool crosses = yearly->to_month < yearly->month ||
                   (yearly->to_month == yearly->month && yearly->to_day < yearly->day);
    int32_t to_year = year + crosses, last = civil_days_in_month(to_year, yearly->to_month);
    int32_t to_day = yearly->to_day < last ? yearly->to_day : last; /* to 02-29, in 2026 */
    *out_from = civil_to_date(year, yearly->month, yearly->day);
    *out_to = civil_to_date(to_year, yearly->to_month, to_day);
    *out_from = *out_from < 0 ? 0 : *out_from;
    *out_to = *out_to > DATE_LAST ? DATE_LAST : *out_to;
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
