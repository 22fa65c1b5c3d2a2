/* SPDX-License-Identifier: MIT */
/* Coverage of the language and of the events. */
#include "engine_coverage.h"

#include "policy/keys.h"

#include <stdio.h>
#include <string.h>

/* Keys that do nothing to a clock: for readers, or of other tests. */
static bool is_quiet(const struct key_rule *rule)
{
    static const char *const quiet[] = {"description", "goals", "tests", "include"};
    for (size_t i = 0; i < sizeof quiet / sizeof quiet[0]; i++)
        if (strcmp(rule->key, quiet[i]) == 0)
            return true;
    return rule->map == MAP_INCLUDED || rule->map >= MAP_GOAL ||
           (strcmp(rule->key, "name") == 0 && rule->map != MAP_TARGET_ROW);
}

void coverage_see_policy(struct coverage *coverage, const char *text)
{
    size_t count;
    const struct key_rule *rules = keys_all(&count);
    for (size_t i = 0; i < count && i < COVERAGE_KEYS; i++) {
        char key[64];
        snprintf(key, sizeof key, "%s:", rules[i].key);
        coverage->keys[i] = coverage->keys[i] || strstr(text, key) != NULL;
    }
}

void coverage_see_run(struct coverage *coverage, const struct run *run)
{
    for (size_t i = 0; i < run->count; i++) {
        const sla_event *event = &run->told[i].event;
        coverage->events[event->type]++;
        coverage->flags[0] += (event->flags & SLA_EVENT_LATE) != 0;
        coverage->flags[1] += (event->flags & SLA_EVENT_IN_GRACE) != 0;
        coverage->flags[2] += (event->flags & SLA_EVENT_PROVISIONAL) != 0;
    }
    for (size_t i = 0; i < run->clock_count; i++)
        coverage->states[run->clocks[i].clock.state]++;
}

bool coverage_is_complete(const struct coverage *coverage)
{
    static const char *const flags[] = {"late", "in grace", "provisional"};
    bool complete = true;
    size_t count;
    const struct key_rule *rules = keys_all(&count);
    for (size_t i = 0; i < count && i < COVERAGE_KEYS; i++) {
        if (coverage->keys[i] || is_quiet(&rules[i]))
            continue;
        printf("# no policy has %s in %s\n", rules[i].key, keys_map_name(rules[i].map));
        complete = false;
    }
    for (uint32_t type = SLA_EVENT_STARTED; type < SLA_EVENT_TYPE_COUNT; type++) {
        printf("# %ld %s\n", coverage->events[type], sla_event_type_name(type));
        complete = complete && coverage->events[type] > 0;
    }
    for (int i = 0; i < 3; i++) {
        printf("# %ld events %s\n", coverage->flags[i], flags[i]);
        complete = complete && coverage->flags[i] > 0;
    }
    for (uint32_t state = SLA_CLOCK_RUNNING; state <= SLA_CLOCK_EXEMPT; state++)
        complete = complete && coverage->states[state] > 0;
    return complete;
}
