/* SPDX-License-Identifier: MIT */
/* How a calendar of the new policy relates to one of the old: asked of every opening from 1970 to
 * 2199, so that what is said is always true. */
#include "diff.h"

#include <string.h>

#define FOR_EVER ((sla_time)INT64_MAX)

static sla_time closing(const sla_calendar *calendar, sla_time open)
{
    sla_time close;
    return sla_calendar_next_close(calendar, open, &close) == SLA_OK ? close : FOR_EVER;
}

/* Is `outer` open whenever `inner` is? */
static bool is_within(const sla_calendar *inner, const sla_calendar *outer)
{
    sla_time at = SLA_TIME_MIN, open;
    while (at <= SLA_TIME_MAX && sla_calendar_next_open(inner, at, &open) == SLA_OK) {
        sla_time close = closing(inner, open);
        if (sla_calendar_is_open(outer, open) != 1 || closing(outer, open) < close)
            return false;
        at = close;
    }
    return true;
}

enum relation calendar_relation(struct diff *diff, const char *old, const char *new)
{
    char *key = say(diff, "%s\n%s", old, new);
    json_t *known = json_object_get(diff->relations, key);
    if (known != NULL)
        return (enum relation)json_integer_value(known);
    const char *former = json_string_value(json_object_get(diff->renamed, old));
    const sla_calendar *before = sla_policy_calendar(
        diff->old.policy, former != NULL ? former : old, SLA_NUL_TERMINATED);
    const sla_calendar *after = sla_policy_calendar(diff->new.policy, new, SLA_NUL_TERMINATED);
    enum relation relation = RELATION_OTHER;
    if (before != NULL && after != NULL) {
        bool longer = is_within(before, after), shorter = is_within(after, before);
        relation = longer && shorter ? RELATION_SAME
                   : longer          ? RELATION_LONGER
                   : shorter         ? RELATION_SHORTER
                                     : RELATION_OTHER;
    }
    json_object_set_new(diff->relations, key, json_integer(relation));
    return relation;
}

enum direction relation_direction(enum relation relation)
{
    return relation == RELATION_LONGER    ? DIRECTION_LONGER
           : relation == RELATION_SHORTER ? DIRECTION_SHORTER
           : relation == RELATION_SAME    ? DIRECTION_NONE
                                          : DIRECTION_CHANGED;
}
