/* SPDX-License-Identifier: MIT */
/* Which types and words the values of the language have. */
#include "policy/values.h"

#include "base/words.h"
#include "policy/compiled.h"
#include "policy/model.h"

#include <sla/goal.h>

#define T NODE_TEXT
#define L NODE_LIST
#define M NODE_MAP

const uint8_t value_types[VALUE_KIND_COUNT] = {
    [VALUE_VERSION] = T,
    [VALUE_TEXT] = T,
    [VALUE_NOTE] = T,
    [VALUE_NAME] = T,
    [VALUE_ZONE] = T,
    [VALUE_FLAG] = T,
    [VALUE_DATE] = T,
    [VALUE_TIME] = T,
    [VALUE_INSTANT] = T,
    [VALUE_YEARLY] = T,
    [VALUE_MONTH_DAY] = T,
    [VALUE_DAY_TO] = T,
    [VALUE_YEAR] = T,
    [VALUE_DECIMAL] = T,
    [VALUE_TIERS] = T,
    [VALUE_LEVEL] = T,
    [VALUE_TIMES] = T,
    [VALUE_DURATION] = T,
    [VALUE_INTERVAL] = T,
    [VALUE_LIMIT] = T,
    [VALUE_WITHIN] = T,
    [VALUE_DUE] = T,
    [VALUE_AT] = T,
    [VALUE_CALENDAR_NAME] = T,
    [VALUE_ATTRIBUTE] = T,
    [VALUE_RATE] = T,
    [VALUE_PERCENT] = T,
    [VALUE_CYCLE] = T,
    [VALUE_DEADLINE] = T,
    [VALUE_REMAINING] = T,
    [VALUE_WEEKDAY] = T,
    [VALUE_OBSERVED] = T,
    [VALUE_CLOCK] = T,
    [VALUE_RETARGET] = T,
    [VALUE_KIND] = T,
    [VALUE_LATE] = T,
    [VALUE_PERIOD] = T,
    [VALUE_STATE] = T,
    [VALUE_EVENT_TYPE] = T,
    [VALUE_NAMES] = T | L,
    [VALUE_NAMES_OR_NONE] = T | L,
    [VALUE_PATHS] = T | L,
    [VALUE_KINDS] = T | L,
    [VALUE_SEVERITIES] = L,
    [VALUE_YEARS] = L,
    [VALUE_DAY_HOURS] = T | L,
    [VALUE_WEEK] = T | M,
    [VALUE_SEASON_WEEK] = T | M,
    [VALUE_CALENDAR_REF] = T | M,
    [VALUE_HOLIDAYS] = M,
    [VALUE_CLOSED] = L,
    [VALUE_WORKDAYS] = L,
    [VALUE_CALENDARS] = M,
    [VALUE_SPECIAL] = L,
    [VALUE_SEASONS] = L,
    [VALUE_CLASSIFY] = M,
    [VALUE_MATRIX] = M,
    [VALUE_AXIS] = M,
    [VALUE_CELLS] = L,
    [VALUE_BY_VALUE] = M,
    [VALUE_BY_VALUE_OR] = T | M,
    [VALUE_IS] = T | M,
    [VALUE_CONDITION] = M,
    [VALUE_NOT] = T | L | M,
    [VALUE_METRICS] = M,
    [VALUE_TRIGGER] = T | L | M,
    [VALUE_PAUSE] = L | M,
    [VALUE_REOPEN] = T | M,
    [VALUE_TARGETS] = L,
    [VALUE_AGREEMENTS] = L,
    [VALUE_ESCALATIONS] = L,
    [VALUE_STEPS] = L,
    [VALUE_GOALS] = L,
    [VALUE_TESTS] = L,
    [VALUE_THEN] = L,
    [VALUE_CHANGES] = M,
    [VALUE_EXPECT] = M,
    [VALUE_EXPECTED_VALUES] = M,
    [VALUE_EXPECTED_CLOCKS] = M,
    [VALUE_EVENTS] = T | L,
    [VALUE_EVENTS_OR_NONE] = T | L,
};

const char *const weekday_names[8] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};

const char *const *value_words(enum value_kind kind)
{
    static const char *const observed[] = {"nearest weekday", "next weekday", "next free weekday",
                                           "sunday to monday", "sunday to next free day", NULL};
    static const char *const clocks[] = {
        [REOPEN_IGNORE] = "ignore",   [REOPEN_RESUME] = "resume", [REOPEN_COUNT] = "count",
        [REOPEN_RESTART] = "restart", [REOPEN_CYCLE] = "cycle",   NULL};
    static const char *const retarget[] = {
        [RETARGET_KEEP] = "keep", [RETARGET_RESTART] = "restart", NULL};
    static const char *const periods[] = {
        [SLA_PERIOD_DAY] = "day",         [SLA_PERIOD_WEEK] = "week", [SLA_PERIOD_MONTH] = "month",
        [SLA_PERIOD_QUARTER] = "quarter", [SLA_PERIOD_YEAR] = "year", NULL};
    static const char *const late[] = {"skip", NULL};
    switch (kind) {
    case VALUE_WEEKDAY:
        return weekday_names;
    case VALUE_OBSERVED: /* OBSERVED_NEAREST_WEEKDAY and the ones behind it */
        return observed;
    case VALUE_CLOCK:
    case VALUE_REOPEN:
        return clocks;
    case VALUE_RETARGET:
        return retarget;
    case VALUE_KIND:
    case VALUE_KINDS:
        return kind_words;
    case VALUE_LATE:
        return late;
    case VALUE_PERIOD:
        return periods;
    case VALUE_STATE:
        return state_words;
    case VALUE_EVENT_TYPE:
        return event_type_words + SLA_EVENT_STARTED;
    default:
        return NULL;
    }
}
