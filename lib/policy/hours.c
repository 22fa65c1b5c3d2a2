/* SPDX-License-Identifier: MIT */
/* Hours: intervals of a day, and the week's table with night shifts cut at midnight (C2). */
#include "policy/decode.h"

#include "time/instant.h"

#define DAY_COUNT 7

/* Intervals as they were written: close <= open runs past midnight. */
struct cell {
    struct interval interval;
    struct cell *next;
};

static sla_text trimmed(sla_text text)
{
    while (text.length > 0 && (text.data[0] == ' ' || text.data[0] == '\t'))
        text = (sla_text){text.data + 1, text.length - 1};
    while (text.length > 0 &&
           (text.data[text.length - 1] == ' ' || text.data[text.length - 1] == '\t'))
        text.length--;
    return text;
}

/* Cuts the part before `separator` off `*rest`; false when nothing is left. */
static bool next_part(sla_text *rest, char separator, sla_text *out)
{
    if (rest->data == NULL)
        return false;
    const char *end = memchr(rest->data, separator, rest->length);
    if (end == NULL) {
        *out = trimmed(*rest);
        rest->data = NULL;
        return true;
    }
    size_t length = (size_t)(end - rest->data);
    *out = trimmed((sla_text){rest->data, length});
    *rest = (sla_text){end + 1, rest->length - length - 1};
    return true;
}

static bool parse_interval(sla_text text, struct interval *out)
{
    sla_text rest = text, open, close, excess;
    return next_part(&rest, '-', &open) && next_part(&rest, '-', &close) &&
           !next_part(&rest, '-', &excess) && time_of_day_parse(open, &out->open) &&
           time_of_day_parse(close, &out->close) && out->open < SECONDS_PER_DAY;
}

int decode_weekday(sla_text name)
{
    for (int day = 0; day < DAY_COUNT; day++)
        if (text_equal(name, text_of(weekday_names[day])))
            return day;
    return -1;
}

/* Reads the intervals of one text into the list at `*link`; the new end of the list, or NULL. */
static struct cell **add_text(struct build *build, const struct node *node, struct cell **link)
{
    sla_text rest = node->text, part;
    while (next_part(&rest, ',', &part)) {
        struct cell *cell = build_new(build, sizeof *cell);
        if (cell == NULL)
            return NULL;
        if (!parse_interval(part, &cell->interval)) {
            report(build, CODE_BAD_INTERVAL, node, part, TEXT_NONE, hint_full_width(part));
            return NULL;
        }
        if (cell->interval.open == cell->interval.close) {
            report(build, CODE_EMPTY_INTERVAL, node, part, TEXT_NONE,
                   TEXT("a whole day is \"00:00-24:00\""));
            return NULL;
        }
        *link = cell;
        link = &cell->next;
    }
    return link;
}

static bool read_cells(struct build *build, const struct node *node, struct cell **out)
{
    *out = NULL;
    if (!keys_expect(build, node, "hours", NODE_TEXT | NODE_LIST))
        return false;
    if (node_is_word(node, "closed"))
        return true;
    if (node->type == NODE_TEXT)
        return add_text(build, node, out) != NULL;
    if (decode_is_empty_list(build, node, "hours"))
        return false;
    struct cell **link = out;
    bool good = true;
    for (const struct member *item = node->members; item != NULL; item = item->next) {
        if (!keys_expect(build, item->value, "an interval", NODE_TEXT)) {
            good = false;
            continue;
        }
        struct cell **end = add_text(build, item->value, link);
        if (end == NULL)
            good = false;
        else
            link = end;
    }
    return good;
}

static bool flatten(struct build *build, const struct cell *cells, struct intervals *out)
{
    size_t count = 0;
    for (const struct cell *cell = cells; cell != NULL; cell = cell->next)
        count++;
    struct interval *items = build_array(build, count, sizeof *items);
    if (items == NULL)
        return false;
    *out = (struct intervals){items, count};
    for (const struct cell *cell = cells; cell != NULL; cell = cell->next)
        *items++ = cell->interval;
    return true;
}

bool decode_day_hours(struct build *build, const struct node *node, struct intervals *out)
{
    struct cell *cells;
    if (!read_cells(build, node, &cells))
        return false;
    for (const struct cell *cell = cells; cell != NULL; cell = cell->next) {
        if (cell->interval.close <= cell->interval.open) {
            report(build, CODE_PAST_MIDNIGHT, node, TEXT_NONE, TEXT_NONE,
                   TEXT("end it at 24:00 and give the rest to the next date"));
            return false;
        }
    }
    return flatten(build, cells, out);
}

/* `name` is what is no day in `part`: one end of a range, or all of it. */
static void report_day(struct build *build, const struct node *key, sla_text part, sla_text name)
{
    struct interval interval;
    if (parse_interval(part, &interval)) {
        report(build, CODE_INTERVAL_AS_DAY, key, part, TEXT_NONE,
               TEXT("put the day's intervals in one text or a list: "
                    "{mon-fri: \"09:00-12:00, 13:00-17:00\"}"));
        return;
    }
    struct suggestion suggestion = suggestion_for(build, name);
    suggestion_offer(&suggestion, TEXT("daily"));
    for (int day = 0; day < DAY_COUNT; day++)
        suggestion_offer(&suggestion, text_of(weekday_names[day]));
    struct hint hint;
    sla_text nearest = suggestion_hint(&suggestion, &hint), signs = hint_full_width(name);
    report(build, CODE_BAD_DAY, key, name, TEXT_NONE,
           signs.length > 0     ? signs
           : nearest.length > 0 ? nearest
                                : TEXT("write mon to sun, a range such as mon-fri, or daily"));
}

/* The days of a key such as "mon-fri, sun", a bit each; 0: told. */
static uint32_t read_days(struct build *build, const struct node *key)
{
    if (node_is_word(key, "daily"))
        return (1u << DAY_COUNT) - 1;
    uint32_t days = 0;
    sla_text rest = key->text, part;
    while (next_part(&rest, ',', &part)) {
        sla_text ends = part, first_name = TEXT_NONE, last_name = TEXT_NONE;
        next_part(&ends, '-', &first_name);
        bool is_range = next_part(&ends, '-', &last_name);
        int first = decode_weekday(first_name);
        int last = is_range ? decode_weekday(last_name) : first;
        if (first < 0 || last < 0 || ends.data != NULL) {
            report_day(build, key, part,
                       ends.data != NULL ? part : first < 0 ? first_name : last_name);
            return 0;
        }
        for (int day = first;; day = (day + 1) % DAY_COUNT) {
            if ((days & 1u << day) != 0) {
                report(build, CODE_DAY_TWICE, key, text_of(weekday_names[day]), TEXT_NONE,
                       TEXT_NONE);
                return 0;
            }
            days |= 1u << day;
            if (day == last)
                break;
        }
    }
    return days;
}

/* Adds an interval to the front of a day's list. */
static bool add_cell(struct build *build, struct cell **list, int32_t open, int32_t close)
{
    struct cell *cell = build_new(build, sizeof *cell);
    if (cell == NULL)
        return false;
    *cell = (struct cell){{open, close}, *list};
    *list = cell;
    return true;
}

/* C2: what runs past midnight belongs to the next weekday, and Sunday's to Monday. */
static bool add_to_day(struct build *build, struct cell *week[DAY_COUNT], int day,
                       struct interval interval)
{
    if (interval.close > interval.open)
        return add_cell(build, &week[day], interval.open, interval.close);
    return add_cell(build, &week[day], interval.open, SECONDS_PER_DAY) &&
           (interval.close == 0 ||
            add_cell(build, &week[(day + 1) % DAY_COUNT], 0, interval.close));
}

bool decode_week(struct build *build, const struct node *node, struct week_hours *out)
{
    struct cell *week[DAY_COUNT] = {NULL};
    const struct node *named[DAY_COUNT] = {NULL};
    bool good = !node->damaged;
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        if (keys_is_own(member->key->text))
            continue;
        uint32_t days = read_days(build, member->key);
        struct cell *cells;
        if (days == 0 || !read_cells(build, member->value, &cells)) {
            good = false;
            continue;
        }
        for (int day = 0; day < DAY_COUNT; day++) {
            if ((days & 1u << day) == 0)
                continue;
            if (named[day] != NULL) {
                report_related(build, CODE_DAY_TWICE, member->key, text_of(weekday_names[day]),
                               TEXT_NONE, TEXT_NONE, named[day], TEXT("first named here"));
                good = false;
                break;
            }
            named[day] = member->key;
            for (const struct cell *cell = cells; cell != NULL; cell = cell->next)
                if (!add_to_day(build, week, day, cell->interval))
                    return false;
        }
    }
    for (int day = 0; day < DAY_COUNT; day++)
        if (!flatten(build, week[day], &out->days[day]))
            return false;
    return good;
}
