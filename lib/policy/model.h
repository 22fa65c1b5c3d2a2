/* SPDX-License-Identifier: MIT */
/* The model: what a policy says, typed, every part with the node it was read from. Names are not
 * resolved yet. What was faulty (and told) is absent: `at` is NULL. It lives in the work arena. */
#ifndef POLICY_MODEL_H
#define POLICY_MODEL_H

#include "policy/compiled.h"
#include "policy/tree.h"
#include "time/calendar_rules.h"

struct text_field {
    sla_text value;
    const struct node *at;
};
struct number_field { /* flags (0, 1), seconds, dates, counts, words by their number */
    int64_t value;
    const struct node *at;
};
struct text_list {
    struct text_field *items;
    size_t count;
    const struct node *at;
};

enum year_day_form {
    YEAR_DAY_DATE,   /* month, day */
    YEAR_DAY_NTH,    /* the weekday number `day` of the month */
    YEAR_DAY_LAST,   /* the last such weekday of the month */
    YEAR_DAY_FROM,   /* the first such weekday from month, day, moved by `shift`, on */
    YEAR_DAY_UP_TO,  /* the last such weekday up to there */
    YEAR_DAY_EASTER, /* Easter Sunday */
};
struct year_day { /* a day that comes every year; see year_day.h */
    uint32_t form;
    int32_t month, day, weekday, shift;
    int32_t offset; /* days behind all that */
};
struct yearly_model {
    struct year_day from, to;
    bool has_to;
    int32_t since, until; /* the first and the last year */
    uint64_t except[4];   /* a bit for each year from 1970 on: left out */
};

enum observed { /* where a day that falls on a weekend is observed, too */
    OBSERVED_NOWHERE,
    OBSERVED_NEAREST_WEEKDAY,
    OBSERVED_NEXT_WEEKDAY,
    OBSERVED_NEXT_FREE_WEEKDAY,
    OBSERVED_SUNDAY_TO_MONDAY,
    OBSERVED_SUNDAY_TO_NEXT_FREE_DAY,
};
struct day_model { /* a date or a range of dates in a holiday list or a calendar */
    struct number_field from, to;
    struct yearly_model *yearly; /* instead of from and to */
    uint32_t observed;           /* enum observed; closed and special days */
    size_t dates;                /* that it stands for at most, over all years */
    struct text_field name;
    struct text_field closed_from, closed_to; /* special: a closure between instants */
    struct number_field open_until; /* closed days */
    struct number_field like;       /* workdays */
    bool has_hours;                 /* workdays, special days */
    struct intervals hours;         /* none: closed */
    const struct node *at;
};
struct day_list {
    struct day_model *items;
    size_t count;
    size_t dates; /* of all of them */
    bool seeks_free; /* one of them is observed on a day that is free */
};
struct dates { /* lists of days written out, ascending; see dates.h */
    struct date_exception *items;
    size_t count;
    struct digest digest; /* of all that is in them */
    bool ready;
};

struct holidays_model {
    struct text_field name;
    struct number_field through;
    struct day_list closed, workdays;
    struct dates dates; /* of both */
};

struct calendar_model {
    struct text_field name;
    struct text_field zone;
    struct text_field extends; /* the calendar whose keys it has where it has none */
    bool has_hours, has_special;
    bool always;
    bool extended; /* the inherited keys are in */
    bool broken; /* a fault was told: it stands for its name, but is not compiled */
    struct week_hours week;
    struct text_list holidays;
    struct day_list special;
    bool has_seasons;
    struct season *seasons;
    size_t season_count;
    struct text_list all_of, any_of, none_of; /* names of calendars; none: it has hours */
    uint32_t *members; /* calendars of all three lists, by number; 24x7 is 0 */
    size_t member_count;
    enum { VISIT_NONE, VISIT_BEGUN, VISIT_DONE } visit; /* while members are ordered */
    const struct node *at;
};

struct condition_model {
    uint32_t op; /* enum condition_op */
    struct text_field attribute;
    struct text_list values; /* CONDITION_IN */
    struct text_field text;  /* PREFIX, CONTAINS */
    struct text_field min, max;
    struct text_field calendar;
    sla_text key; /* of a mapping's member; the order of such children means nothing */
    struct condition_model *children, *next;
    const struct node *at;
};

struct entry_model { /* one line of a table: key -> value */
    struct text_field key;
    const struct node *at; /* the value's node */
    sla_text value;        /* names: attribute values, calendars */
    struct target_model *target;
};
struct table_model {
    struct text_field by;
    struct entry_model *entries;
    size_t count;
    struct entry_model otherwise; /* .at NULL: none */
    const struct node *at;
};

struct row_model {
    struct condition_model *when;
    struct text_field is, copy;
    struct number_field raise;
    const struct node *at;
};
struct matrix_model {
    struct text_field row_by, column_by;
    struct text_list rows, columns;
    struct text_field *cells; /* row by row; .at NULL where faulty */
    struct text_field otherwise;
};
struct derivation_model {
    struct text_field name;
    uint32_t kind; /* enum derivation_kind */
    struct row_model *rows; /* choices and raises as they stand */
    size_t row_count;
    struct matrix_model matrix;
    struct table_model table;
};

struct trigger_model {
    struct text_list events;
    struct text_field changed;
    struct condition_model *when;
    const struct node *at; /* NULL: absent (or built in: see `builtin`) */
    bool builtin;
};
struct pause_model {
    struct condition_model *condition;
    struct trigger_model from, until;
    struct text_field reason;
    bool limited;
    sla_target limit;
    const struct node *at;
};
struct metric_model {
    struct text_field name;
    struct trigger_model start, stop, reset, cancel, reopen_on;
    struct pause_model *pauses;
    size_t pause_count;
    uint32_t reopen, retarget;
    bool repeat, never_loosen;
    const struct node *at; /* NULL: built in */
};

struct calendar_ref { /* `calendar:` of a target, row, agreement or the policy */
    struct text_field name;
    struct table_model *table;
    uint32_t compiled; /* index + 1 in calendar_choices; 0: not yet */
    bool lost; /* it is not there, but a key that was told to be wrong may have been meant for it */
    const struct node *at;
};
struct target_model {
    uint32_t type; /* enum target_type */
    bool broken;
    sla_target target;
    const struct node *duration_at; /* where `within` or `latest` stands */
    bool has_latest;
    struct text_field agreed;
    struct table_model table;
    struct calendar_ref calendar;
    const struct node *at;
};
struct promise_model { /* metric: target */
    struct text_field metric;
    struct target_model target;
};
struct target_row_model {
    struct text_field name;
    struct condition_model *when;
    struct calendar_ref calendar;
    struct promise_model *promises;
    size_t count;
    const struct node *at;
};
struct agreement_model {
    struct text_field name;
    uint32_t kind;
    struct condition_model *when;
    struct number_field from, until;
    struct calendar_ref calendar;
    struct target_row_model *rows;
    size_t count;
    const struct node *at;
};

struct step_model {
    uint32_t type; /* enum step_type */
    uint32_t percent;
    sla_duration offset;
    struct text_field calendar, only_in;
    bool skip_late;
    struct number_field repeat, times;
    struct number_field level;
    struct condition_model *when;
    struct text_list notify, via;
    const struct node *at;
};
/* Which clocks something is about; what is empty leaves them all. */
struct scope_model {
    struct text_list metrics, agreements;
    uint32_t kinds; /* bits 1 << SLA_KIND_* */
    struct condition_model *when;
};

struct escalation_model {
    struct scope_model scope;
    struct step_model *steps;
    size_t count;
    const struct node *at;
};

struct goal_model {
    struct text_field name;
    struct scope_model scope;
    struct number_field rate; /* parts of a million; .at NULL: faulty */
    uint32_t period;          /* SLA_PERIOD_* */
    const struct node *at;
};

struct model {
    const struct node *root;
    struct text_field name;
    struct text_field zone;
    struct calendar_ref calendar;
    bool has_calendars;
    bool roll_deadlines;
    struct text_list severities;
    struct holidays_model *holidays;
    size_t holidays_count;
    struct calendar_model *calendars;
    size_t calendar_count;
    struct derivation_model *derivations;
    size_t derivation_count;
    struct metric_model *metrics;
    size_t metric_count;
    struct text_table metric_names; /* of every metric; number n is metrics[n - 1] */
    struct agreement_model *agreements;
    size_t agreement_count;
    struct escalation_model *escalations;
    size_t escalation_count;
    struct goal_model *goals;
    size_t goal_count;
    struct test_model *tests; /* see model_tests.h */
    size_t test_count;
};

#endif
