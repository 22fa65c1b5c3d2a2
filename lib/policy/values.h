/* SPDX-License-Identifier: MIT */
/* What may stand behind a key: one list of kinds for the reader and for the JSON Schema. */
#ifndef POLICY_VALUES_H
#define POLICY_VALUES_H

#include "policy/tree.h"

enum value_kind {
    /* texts */
    VALUE_VERSION,
    VALUE_TEXT, /* any, the empty one too */
    VALUE_NOTE, /* the same, for readers alone */
    VALUE_NAME, /* not empty, no control characters */
    VALUE_ZONE,
    VALUE_FLAG, /* true, false */
    VALUE_DATE,
    VALUE_TIME,
    VALUE_INSTANT,
    VALUE_YEARLY,
    VALUE_MONTH_DAY,
    VALUE_DAY_TO, /* as the day beside it is written: a date, a yearly day, an instant */
    VALUE_YEAR,
    VALUE_DECIMAL,
    VALUE_TIERS,
    VALUE_LEVEL,
    VALUE_TIMES,
    VALUE_DURATION, /* s, m, h */
    VALUE_INTERVAL, /* the same, but not nothing */
    VALUE_LIMIT,    /* wd too */
    VALUE_WITHIN,   /* wd and d too */
    VALUE_DUE,
    VALUE_AT,
    VALUE_CALENDAR_NAME,
    VALUE_ATTRIBUTE,
    VALUE_RATE, /* 95% */
    VALUE_PERCENT,
    VALUE_CYCLE,
    VALUE_DEADLINE,  /* an instant, or none */
    VALUE_REMAINING, /* a duration that may be negative */
    /* texts that are one of a few words */
    VALUE_WEEKDAY,
    VALUE_OBSERVED,
    VALUE_CLOCK, /* of reopen */
    VALUE_RETARGET,
    VALUE_KIND, /* of an agreement */
    VALUE_LATE,
    VALUE_PERIOD,
    VALUE_STATE, /* of a clock */
    VALUE_EVENT_TYPE,
    /* one or several texts */
    VALUE_NAMES,
    VALUE_NAMES_OR_NONE,
    VALUE_PATHS,
    VALUE_KINDS,
    VALUE_SEVERITIES,
    VALUE_YEARS,
    VALUE_DAY_HOURS,
    /* all else */
    VALUE_WEEK,
    VALUE_SEASON_WEEK,
    VALUE_CALENDAR_REF,
    VALUE_HOLIDAYS,
    VALUE_CLOSED,
    VALUE_WORKDAYS,
    VALUE_CALENDARS,
    VALUE_SPECIAL,
    VALUE_SEASONS,
    VALUE_CLASSIFY,
    VALUE_MATRIX,
    VALUE_AXIS,
    VALUE_CELLS,
    VALUE_BY_VALUE,    /* the lines of a table: their values depend on where it stands */
    VALUE_BY_VALUE_OR, /* what every other value gives */
    VALUE_IS,
    VALUE_CONDITION,
    VALUE_NOT,
    VALUE_METRICS,
    VALUE_TRIGGER,
    VALUE_PAUSE,
    VALUE_REOPEN,
    VALUE_TARGETS,
    VALUE_AGREEMENTS,
    VALUE_ESCALATIONS,
    VALUE_STEPS,
    VALUE_GOALS,
    VALUE_TESTS,
    VALUE_THEN,
    VALUE_CHANGES, /* attributes and their values */
    VALUE_EXPECT,
    VALUE_EXPECTED_VALUES,
    VALUE_EXPECTED_CLOCKS,
    VALUE_EVENTS,
    VALUE_EVENTS_OR_NONE,
    VALUE_KIND_COUNT
};

/* The first and the last year that a policy may speak of. */
#define VALUE_YEAR_MIN 1970
#define VALUE_YEAR_MAX 2199
#define VALUE_TIERS_MAX 1000
#define VALUE_TIMES_MAX 10000
#define VALUE_PERCENT_MAX 10000

/* NODE_TEXT, NODE_LIST, NODE_MAP: what a value of the kind may be. */
extern const uint8_t value_types[VALUE_KIND_COUNT];

/* mon to sun, and NULL. */
extern const char *const weekday_names[8];

/* The words of a kind, NULL at the end, where the language has a fixed list of them; else NULL.
   A word's place is its number in the enumeration that it stands for. */
const char *const *value_words(enum value_kind kind);

#endif
