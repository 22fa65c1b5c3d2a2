/* SPDX-License-Identifier: MIT */
/* Holiday lists and calendars as text. */
#include "policy/decode.h"
#include "policy/dump.h"

#define YEAR_FIRST 1970
#define YEAR_LAST 2199

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

/* A short text in the making: no part of it comes from the author, so its length is known. */
struct phrase {
    char data[48];
    size_t length;
};

static void add_word(struct phrase *phrase, const char *word)
{
    for (; *word != '\0'; word++)
        phrase->data[phrase->length++] = *word;
    phrase->data[phrase->length] = '\0';
}

static void add_digits(struct phrase *phrase, int32_t number, int digits)
{
    for (int i = digits - 1; i >= 0; i--, number /= 10)
        phrase->data[phrase->length + (size_t)i] = (char)('0' + number % 10);
    phrase->length += (size_t)digits;
    phrase->data[phrase->length] = '\0';
}

static void add_month_day(struct phrase *phrase, int32_t month, int32_t day)
{
    add_digits(phrase, month, 2);
    add_word(phrase, "-");
    add_digits(phrase, day, 2);
}

static void dump_phrase(struct dump *dump, const char *key, const struct phrase *phrase)
{
    if (key != NULL)
        dump_key(dump, key);
    dump_text(dump, (sla_text){phrase->data, phrase->length});
}

void dump_date(struct dump *dump, sla_date date)
{
    struct civil civil = civil_from_date(date);
    struct phrase phrase = {.length = 0};
    add_digits(&phrase, civil.year, 4);
    add_word(&phrase, "-");
    add_month_day(&phrase, civil.month, civil.day);
    dump_phrase(dump, NULL, &phrase);
}

static void dump_date_field(struct dump *dump, const char *key, int64_t date)
{
    dump_key(dump, key);
    dump_date(dump, (sla_date)date);
}

/* 12-25, 4th thu of nov, last mon of may, mon on or before 05-24, easter + 1 */
static struct phrase year_day_phrase(const struct year_day *day)
{
    static const char *const ordinals[] = {"1st", "2nd", "3rd", "4th", "5th", "last"};
    struct phrase phrase = {.length = 0};
    switch (day->form) {
    case YEAR_DAY_EASTER:
        add_word(&phrase, "easter");
        break;
    case YEAR_DAY_NTH:
    case YEAR_DAY_LAST:
        add_word(&phrase, ordinals[day->form == YEAR_DAY_LAST ? 5 : day->day - 1]);
        add_word(&phrase, " ");
        add_word(&phrase, weekday_names[day->weekday]);
        add_word(&phrase, " of ");
        add_word(&phrase, months[day->month - 1]);
        break;
    default:
        if (day->form != YEAR_DAY_DATE) {
            add_word(&phrase, weekday_names[day->weekday]);
            add_word(&phrase, day->shift == 0 ? " on or" : "");
            add_word(&phrase, day->form == YEAR_DAY_FROM ? " after " : " before ");
        }
        add_month_day(&phrase, day->month, day->day);
        break;
    }
    if (day->offset != 0) {
        int32_t days = day->offset < 0 ? -day->offset : day->offset;
        add_word(&phrase, day->offset < 0 ? " - " : " + ");
        add_digits(&phrase, days, days >= 100 ? 3 : days >= 10 ? 2 : 1);
    }
    return phrase;
}

static void dump_except(struct dump *dump, const struct yearly_model *yearly)
{
    if ((yearly->except[0] | yearly->except[1] | yearly->except[2] | yearly->except[3]) == 0)
        return;
    dump_key(dump, "except");
    dump_begin_list(dump, DUMP_LINE);
    for (int32_t i = 0; i < 256; i++)
        if ((yearly->except[i / 64] >> i % 64 & 1) != 0)
            dump_number(dump, YEAR_FIRST + i);
    dump_end(dump);
}

static void dump_yearly(struct dump *dump, const struct yearly_model *yearly)
{
    struct phrase from = year_day_phrase(&yearly->from);
    dump_phrase(dump, "yearly", &from);
    if (yearly->has_to) {
        struct phrase to = year_day_phrase(&yearly->to);
        dump_phrase(dump, "to", &to);
    }
    if (yearly->since >= YEAR_FIRST) {
        dump_key(dump, "since");
        dump_number(dump, yearly->since);
    }
    if (yearly->until <= YEAR_LAST) {
        dump_key(dump, "until");
        dump_number(dump, yearly->until);
    }
    dump_except(dump, yearly);
}

/* 2026-08-01T14:00, seconds only where there are some, an offset as it was given. The text was
   read before: it can be cut by place. */
static void dump_instant(struct dump *dump, const char *key, sla_text text)
{
    struct phrase phrase = {.length = 16}; /* up to the minutes */
    size_t at = phrase.length;
    memcpy(phrase.data, text.data, phrase.length);
    phrase.data[10] = 'T';
    if (at < text.length && text.data[at] == ':') {
        if (text.data[at + 1] != '0' || text.data[at + 2] != '0') {
            memcpy(phrase.data + at, text.data + at, 3);
            phrase.length += 3;
        }
        at += 3;
    }
    while (at < text.length && (text.data[at] == '.' || (text.data[at] >= '0' &&
                                                         text.data[at] <= '9')))
        at++;
    for (size_t i = at; i < text.length && i < at + 6; i++) { /* Z or +08:00 */
        const char sign[] = {text.data[i] == 'z' ? 'Z' : text.data[i], '\0'};
        add_word(&phrase, sign);
    }
    dump_phrase(dump, key, &phrase);
}

static void dump_when_closed(struct dump *dump, const struct day_model *day)
{
    if (day->closed_from.at != NULL) {
        dump_instant(dump, "from", day->closed_from.value);
        dump_instant(dump, "to", day->closed_to.value);
    } else if (day->yearly != NULL) {
        dump_yearly(dump, day->yearly);
    } else {
        dump_date_field(dump, "date", day->from.value);
        if (day->to.value > day->from.value)
            dump_date_field(dump, "to", day->to.value);
    }
}

static bool is_bare_date(const struct day_model *day)
{
    return day->closed_from.at == NULL && day->yearly == NULL && !day->has_hours &&
           day->to.value == day->from.value && day->observed == OBSERVED_NOWHERE &&
           day->name.at == NULL && day->open_until.at == NULL && day->like.at == NULL;
}

static void dump_day(struct dump *dump, const struct day_model *day)
{
    static const char *const observed[] = {
        [OBSERVED_NEAREST_WEEKDAY] = "nearest weekday",
        [OBSERVED_NEXT_WEEKDAY] = "next weekday",
        [OBSERVED_NEXT_FREE_WEEKDAY] = "next free weekday",
        [OBSERVED_SUNDAY_TO_MONDAY] = "sunday to monday",
        [OBSERVED_SUNDAY_TO_NEXT_FREE_DAY] = "sunday to next free day",
    };
    if (is_bare_date(day)) {
        dump_date(dump, (sla_date)day->from.value);
        return;
    }
    dump_begin_map(dump, DUMP_LINE);
    dump_when_closed(dump, day);
    if (day->observed != OBSERVED_NOWHERE) {
        dump_key(dump, "observed");
        dump_word(dump, observed[day->observed]);
    }
    if (day->open_until.at != NULL) {
        dump_key(dump, "open_until");
        dump_time_of_day(dump, (int32_t)day->open_until.value);
    }
    if (day->like.at != NULL) {
        dump_key(dump, "like");
        dump_word(dump, weekday_names[day->like.value]);
    }
    if (day->has_hours || day->closed_from.at != NULL) {
        dump_key(dump, "hours");
        dump_day_hours(dump, &day->hours);
    }
    dump_text_field(dump, "name", &day->name);
    dump_end(dump);
}

static void dump_day_list(struct dump *dump, const char *key, const struct day_list *list)
{
    dump_key(dump, key);
    dump_begin_list(dump, DUMP_BLOCK);
    for (size_t i = 0; i < list->count; i++)
        dump_day(dump, &list->items[i]);
    dump_end(dump);
}

void dump_holidays(struct dump *dump, const struct model *model)
{
    if (model->holidays_count == 0)
        return;
    dump_key(dump, "holidays");
    dump_begin_map(dump, DUMP_BLOCK);
    for (size_t i = 0; i < model->holidays_count; i++) {
        const struct holidays_model *list = &model->holidays[i];
        dump_name(dump, list->name.value);
        dump_begin_map(dump, DUMP_BLOCK);
        if (list->through.at != NULL)
            dump_date_field(dump, "through", list->through.value);
        if (list->closed.count > 0)
            dump_day_list(dump, "closed", &list->closed);
        if (list->workdays.count > 0)
            dump_day_list(dump, "workdays", &list->workdays);
        dump_end(dump);
    }
    dump_end(dump);
}

static void dump_seasons(struct dump *dump, const struct calendar_model *calendar)
{
    const struct node *list = node_get(calendar->at, "seasons");
    const struct member *item = list == NULL ? NULL : list->members;
    dump_key(dump, "seasons");
    dump_begin_list(dump, DUMP_BLOCK);
    for (size_t i = 0; i < calendar->season_count; i++) {
        const struct season *season = &calendar->seasons[i];
        struct phrase from = {.length = 0}, to = {.length = 0};
        add_month_day(&from, season->from_month, season->from_day);
        add_month_day(&to, season->to_month, season->to_day);
        dump_begin_map(dump, DUMP_BLOCK);
        dump_words(dump, item->value, "name");
        dump_phrase(dump, "from", &from);
        dump_phrase(dump, "to", &to);
        dump_key(dump, "hours");
        dump_week(dump, &season->week);
        dump_end(dump);
        item = item->next;
    }
    dump_end(dump);
}

/* An empty list says something where there is one to inherit. */
static void dump_hours_of(struct dump *dump, const struct calendar_model *calendar)
{
    bool inherits = calendar->extends.at != NULL;
    if (calendar->has_hours) {
        dump_key(dump, "hours");
        if (calendar->always)
            dump_word(dump, "always");
        else
            dump_week(dump, &calendar->week);
    }
    if (calendar->season_count > 0 || (inherits && calendar->has_seasons))
        dump_seasons(dump, calendar);
    if (calendar->holidays.count > 0) {
        dump_names_field(dump, "holidays", &calendar->holidays);
    } else if (inherits && calendar->holidays.at != NULL) {
        dump_key(dump, "holidays");
        dump_begin_list(dump, DUMP_LINE);
        dump_end(dump);
    }
    if (calendar->special.count > 0 || (inherits && calendar->has_special))
        dump_day_list(dump, "special", &calendar->special);
}

static void dump_calendar(struct dump *dump, const struct calendar_model *calendar,
                          sla_text policy_zone)
{
    bool inherits = calendar->extends.at != NULL;
    dump_name(dump, calendar->name.value);
    dump_begin_map(dump, DUMP_BLOCK);
    dump_words(dump, calendar->at, "name");
    dump_words(dump, calendar->at, "description");
    dump_text_field(dump, "extends", &calendar->extends);
    if (calendar->zone.at != NULL && (inherits || !text_equal(calendar->zone.value, policy_zone)))
        dump_text_field(dump, "timezone", &calendar->zone);
    dump_names_field(dump, "all_of", &calendar->all_of);
    dump_names_field(dump, "any_of", &calendar->any_of);
    dump_names_field(dump, "none_of", &calendar->none_of);
    dump_hours_of(dump, calendar);
    dump_end(dump);
}

void dump_calendars(struct dump *dump, const struct model *model)
{
    if (model->calendar_count == 0)
        return;
    sla_text zone = model->zone.at == NULL ? TEXT("UTC") : model->zone.value;
    dump_key(dump, "calendars");
    dump_begin_map(dump, DUMP_BLOCK);
    for (size_t i = 0; i < model->calendar_count; i++)
        dump_calendar(dump, &model->calendars[i], zone);
    dump_end(dump);
}
