/* SPDX-License-Identifier: MIT */
/* Explanations of random clocks: their parts follow each other without a gap, count what the
 * calendar counts, and sum up to what the engine says was used, paused and promised. */
#include "random.h"

#include <sla/sla.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_CAPACITY 8192
#define METRICS 4
#define START ((sla_time)1774569600) /* 2026-03-27T00:00:00Z: clocks change in Europe on the 29th */

static struct random random_numbers;
static char policy_text[TEXT_CAPACITY];
static unsigned long clocks_seen, parts_seen, mixed_seen, paused_seen, over_seen,
    extended_seen, bound_seen;

static int64_t between(int64_t low, int64_t high)
{
    return random_between(&random_numbers, low, high);
}

static void add(const char *text)
{
    strncat(policy_text, text, TEXT_CAPACITY - strlen(policy_text) - 1);
}

static void add_hours(void)
{
    static const char *const hours[] = {
        "{mon-fri: [\"09:00-12:00\", \"13:30-18:00\"]}", "{daily: \"00:00-24:00\"}",
        "{mon-sat: \"22:00-06:00\"}", "{mon, wed, fri: \"08:00-16:00\", sat: \"10:00-10:30\"}",
        "{daily: [\"00:00-02:30\", \"03:00-24:00\"]}",
        "{sun: \"01:00-05:00\", tue: \"07:15-19:45\"}",
        "{mon-fri: [\"08:00-08:01\", \"08:01-12:00\", \"23:00-24:00\"]}",
    };
    add(hours[between(0, 6)]);
}

static void add_calendar(const char *name)
{
    static const char *const zones[] = {"UTC", "Europe/Berlin", "Asia/Shanghai",
                                        "America/New_York"};
    static const char *const special[] = {
        "", "[{date: 2026-03-30, hours: closed, name: day off}]",
        "[{from: 2026-03-28T14:00, to: 2026-04-01T09:30, hours: closed, name: flood}]",
        "[{date: 2026-03-29, hours: \"01:30-04:00\"}, {date: 2026-04-02, hours: \"00:00-24:00\"}]",
    };
    char line[512];
    int64_t which = between(0, 3);
    snprintf(line, sizeof line, "  %s: {timezone: %s%s%s%s, hours: ", name, zones[between(0, 3)],
             between(0, 1) == 0 ? ", holidays: some" : "", which > 0 ? ", special: " : "",
             special[which]);
    add(line);
    add_hours();
    add("}\n");
}

static void add_target(int metric)
{
    static const char *const more[] = {"", ", due: close", ", due: \"10:00\"",
                                       ", cutoff: \"15:00\""};
    char line[128];
    if (between(0, 9) == 0)
        snprintf(line, sizeof line, "m%d: {agreed: visit, latest: 1wd}", metric);
    else if (between(0, 2) > 0)
        snprintf(line, sizeof line, "m%d: {within: %lldm, grace: %lldm}", metric,
                 (long long)between(0, 3000), (long long)between(0, 1) * 45);
    else
        snprintf(line, sizeof line, "m%d: {within: %lldwd%s}", metric,
                 (long long)between(0, 3), more[between(0, 3)]);
    add(line);
}

static void write_policy(void)
{
    static const char *const reopen[] = {"resume", "count", "restart", "cycle"};
    char line[512];
    policy_text[0] = '\0';
    add("sla: 1\ntimezone: Europe/Berlin\ncalendar: a\n");
    add(between(0, 2) == 0 ? "roll_deadlines: true\n" : "");
    add("holidays:\n  some:\n    closed: [{date: 2026-04-03, to: 2026-04-06, name: Easter},\n"
        "      {date: 2026-03-31, open_until: \"12:00\", name: half}]\n"
        "    workdays: [{date: 2026-03-28, hours: \"10:00-15:00\"}]\ncalendars:\n");
    add_calendar("a");
    add_calendar("b");
    add("  c: {all_of: [a, b], timezone: Europe/Berlin}\n  d: {any_of: [a, b]}\nmetrics:\n");
    for (int m = 0; m < METRICS; m++) {
        snprintf(line, sizeof line,
                 "  m%d: {start: opened, stop: stop, reopen: %s, retarget: %s, never_loosen: %s,\n"
                 "       pause: [{while: {status: wait}, reason: customer, limit: %lldh},\n"
                 "               {event: hold, until: go, reason: parts}]}\n",
                 m, reopen[between(0, 3)], between(0, 3) == 0 ? "restart" : "keep",
                 between(0, 3) == 0 ? "true" : "false", (long long)between(1, 90));
        add(line);
    }
    add("targets:\n");
    for (int row = 0; row < 4; row++) {
        if (row < 3)
            snprintf(line, sizeof line, "  - {when: {p: %d}, calendar: %c, ", row,
                     "abd"[between(0, 2)]);
        else
            snprintf(line, sizeof line, "  - {calendar: %s, ", between(0, 3) == 0 ? "24x7" : "a");
        add(line);
        for (int m = 0; m < METRICS; m++) {
            add_target(m);
            add(m + 1 < METRICS ? ", " : "}\n");
        }
    }
}

static bool is_bound; /* the engine got another policy */
static const char *wrong; /* the rule that did not hold */

#define CHECK(condition, rule)             \
    do {                                   \
        if (!(condition) && wrong == NULL) \
            wrong = (rule);                \
    } while (0)

/* The sums of the parts. */
struct sums {
    sla_duration used, within, paused;
    sla_time end, last_within; /* of the last counted part before the deadline */
    sla_time last_pause;       /* the end of the last pause */
};

static void check_part(const sla_explained_part *part, struct sums *sums)
{
    sla_duration open = -1;
    sla_calendar_elapsed(part->calendar, part->from, part->to, &open);
    CHECK(part->from == sums->end, "parts_follow_each_other_without_a_gap");
    CHECK(part->from <= part->to, "parts_go_forward");
    sums->end = part->to;
    if (part->what == SLA_PART_CLOSED) {
        CHECK(open == 0 && part->counted == 0, "closed_parts_count_nothing");
    } else if (part->what == SLA_PART_COUNTED) {
        CHECK(open == part->to - part->from && open == part->counted && open > 0,
              "counted_parts_are_open_from_end_to_end");
        sums->used += (part->flags & SLA_PART_AHEAD) == 0 ? part->counted : 0;
        if ((part->flags & SLA_PART_OVER) == 0) {
            sums->within += part->counted;
            sums->last_within = part->to;
        }
    } else {
        CHECK(part->counted == open, "pauses_tell_what_they_took");
        sums->paused += open;
        sums->last_pause = part->to;
    }
    parts_seen++;
}

static void check_events(const sla_explanation *explanation, sla_duration paused)
{
    sla_explained_event event = {.size = sizeof event};
    sla_duration sum = 0;
    sla_time before = SLA_TIME_MIN;
    for (size_t i = 0; sla_explanation_event(explanation, i, &event); i++) {
        CHECK(event.at >= before, "events_are_in_order");
        before = event.at;
        sum += event.what == SLA_RECORD_BOUND ? 0 : event.counted;
    }
    CHECK(sum == paused, "pauses_sum_up_to_the_clocks");
}

/* Then it was judged as at the start of the pause (K4), and nothing lies ahead. */
static bool was_stopped_while_paused(const sla_explanation *explanation)
{
    sla_explained_event event = {.size = sizeof event};
    sla_time until = SLA_TIME_NONE;
    for (size_t i = 0; sla_explanation_event(explanation, i, &event); i++) {
        if (event.what == SLA_RECORD_ENDED)
            return event.at == until;
        if (event.what == SLA_RECORD_PAUSED)
            until = event.until;
    }
    return false;
}

static void check_explanation(const sla_explanation *explanation, const sla_clock *clock)
{
    sla_explained_clock told = {.size = sizeof told};
    sla_explained_part part = {.size = sizeof part};
    CHECK(sla_explanation_clock(explanation, &told), "the_clock_is_told");
    CHECK(told.deadline == clock->deadline && told.elapsed == clock->elapsed &&
              told.budget == clock->budget && told.state == clock->state &&
              told.extended == clock->extended && told.grace == clock->grace &&
              told.paused == clock->paused && told.projected == clock->projected &&
              told.line == clock->line,
          "the_clock_is_told_as_the_engine_does");
    clocks_seen++;
    mixed_seen += (told.flags & SLA_EXPLAINED_MIXED) != 0;
    paused_seen += told.paused > 0;
    if ((told.flags & SLA_EXPLAINED_NO_RECORD) != 0) {
        CHECK(told.ended != SLA_TIME_NONE, "the_record_of_an_open_clock_is_kept");
        return;
    }
    struct sums sums = {.end = told.parts_from, .last_within = told.parts_from};
    for (uint64_t cursor = 0; sla_explanation_part(explanation, &cursor, &part);)
        check_part(&part, &sums);
    CHECK(sums.used + told.used_before == told.elapsed, "what_is_not_ahead_sums_up_to_elapsed");
    CHECK(sums.paused + told.paused_before == told.paused, "paused_parts_sum_up_to_paused");
    check_events(explanation, told.paused - told.paused_before);
    extended_seen += told.extended > 0;
    bound_seen += told.used_before > 0;
    over_seen += told.remaining < 0;
    sla_time due = told.state == SLA_CLOCK_PAUSED ? told.projected : told.deadline;
    if ((told.flags & (SLA_EXPLAINED_AGREED | SLA_EXPLAINED_PINNED)) != 0 || due == SLA_TIME_NONE ||
        was_stopped_while_paused(explanation) ||
        /* what was used and promised under an earlier policy was counted on its calendars */
        (is_bound && (told.flags & (SLA_EXPLAINED_OTHER_TARGET | SLA_EXPLAINED_MIXED)) != 0))
        return;
    CHECK(sums.within + told.used_before == told.budget, "what_is_not_over_sums_up_to_the_budget");
    CHECK(sums.end >= due, "parts_reach_the_deadline");
    /* a pause that began with nothing remaining moves the deadline all the same (K4) */
    bool is_last = sums.last_within > sums.last_pause || sums.last_within == due;
    if (told.unit == SLA_UNIT_SECONDS && (told.flags & SLA_EXPLAINED_ROLLED) == 0)
        CHECK(!is_last || sums.last_within == due, "the_last_interval_ends_at_the_deadline");
    sla_duration between_them = -1;
    sla_calendar_elapsed(told.calendar_handle, sums.last_within, due, &between_them);
    CHECK(!is_last || between_them == 0,
          "nothing_counts_between_the_last_interval_and_the_deadline");
}

static void check_clocks(const sla_engine *engine)
{
    uint64_t cursor = 0;
    sla_clock clock = {.size = sizeof clock};
    while (sla_engine_clocks(engine, &cursor, &clock) == SLA_OK) {
        sla_explanation *explanation = NULL;
        CHECK(sla_engine_explain(engine, &clock.incident, clock.kind, clock.metric_index,
                                 clock.cycle, &explanation) == SLA_OK,
              "every_clock_is_explained");
        if (explanation == NULL)
            return;
        check_explanation(explanation, &clock);
        size_t length = sla_explanation_text(explanation, 0, NULL, 0);
        char *text = malloc(length + 1);
        CHECK(text != NULL && sla_explanation_text(explanation, 0, text, length + 1) == length &&
                  strlen(text) == length && text[length - 1] == '\n',
              "the_text_is_as_long_as_it_says");
        if (wrong != NULL) /* what a person needs to see the fault */
            printf("%s%s", is_bound ? "Another policy was bound.\n" : "", text == NULL ? "" : text);
        free(text);
        sla_explanation_free(explanation);
        if (wrong != NULL)
            return;
    }
}

/* A clock that would start: everything lies ahead. */
static void check_start(const sla_policy *policy, sla_time at)
{
    for (uint32_t metric = 0; metric < METRICS; metric++) {
        sla_explanation *explanation = NULL;
        sla_explained_clock told = {.size = sizeof told};
        CHECK(sla_policy_explain(policy, at, NULL, 0, 0, metric, &explanation) == SLA_OK,
              "every_start_is_explained");
        sla_explanation_clock(explanation, &told);
        sla_explained_part part = {.size = sizeof part};
        struct sums sums = {.end = at, .last_within = at};
        for (uint64_t cursor = 0; sla_explanation_part(explanation, &cursor, &part);)
            check_part(&part, &sums);
        CHECK(sums.within == told.budget && sums.used == 0, "a_start_has_its_budget_ahead");
        CHECK(sums.end == told.deadline || told.budget == 0, "a_start_ends_at_its_deadline");
        sla_explanation_free(explanation);
    }
}

/* An act of the host (K12). */
static sla_attribute act(sla_update *update, char text[40])
{
    if (between(0, 2) > 0) {
        update->event = (sla_text){"sla:extend", 10};
        return (sla_attribute){.name = {"by", 2}, .value = {"90m", 3}};
    }
    update->event = (sla_text){"sla:pin", 7};
    snprintf(text, 40, "2026-04-0%lldT12:00:00Z", (long long)between(1, 9));
    return (sla_attribute){.name = {"deadline", 8}, .value = {text, 20}};
}

static void play(sla_engine *engine, sla_policy *other, sla_time at)
{
    static const char *const events[] = {"", "", "hold", "go", "stop", "reopened", "stop"};
    static const char *const values[] = {"wait", "work"};
    char visit[40], number[2] = {(char)('0' + between(0, 4)), '\0'};
    sla_attribute attribute = {.name = {"p", 1}, .value = {number, 1}};
    for (int step = 0; step < 14 && wrong == NULL; step++) {
        sla_update update = {.size = sizeof update, .incident = {"x", 1}, .at = at};
        update.event = (sla_text){events[between(0, 6)], SLA_NUL_TERMINATED};
        if (step == 0)
            update.event = (sla_text){NULL, 0};
        if (between(0, 2) == 0) {
            number[0] = (char)('0' + between(0, 4));
            attribute = (sla_attribute){.name = {"p", 1}, .value = {number, 1}};
        } else if (between(0, 4) == 0) {
            snprintf(visit, sizeof visit, "2026-04-0%lldT10:00", (long long)between(1, 9));
            attribute = (sla_attribute){.name = {"visit", 5}, .value = {visit, 16}};
        } else if (between(0, 1) == 0) {
            attribute = (sla_attribute){.name = {"status", 6},
                                        .value = {values[between(0, 1)], 4}};
        }
        if (step > 0 && between(0, 11) == 0)
            attribute = act(&update, visit);
        update.attributes = &attribute;
        update.attribute_count = 1;
        CHECK(sla_engine_update(engine, &update) == SLA_OK, "updates_are_taken");
        if (between(0, 3) == 0)
            sla_engine_advance(engine, at + between(0, 90000));
        check_clocks(engine);
        if (other != NULL && between(0, 19) == 0) {
            CHECK(sla_engine_bind(engine, other, NULL) == SLA_OK, "another_policy_is_bound");
            is_bound = true;
            check_clocks(engine);
        }
        at = sla_engine_now(engine) + between(0, 1) * between(0, 30000);
    }
}

/* The intersection of two calendars may never open: no policy. */
static sla_policy *compile(const char *zoneinfo)
{
    sla_policy_options options = {.size = sizeof options,
                                  .zoneinfo = {zoneinfo, SLA_NUL_TERMINATED}};
    sla_policy *policy = NULL;
    write_policy();
    sla_policy_compile(policy_text, SLA_NUL_TERMINATED, &options, &policy, NULL);
    return policy;
}

static bool try_one(const char *zoneinfo)
{
    sla_policy *other = compile(zoneinfo), *policy = compile(zoneinfo);
    sla_engine *engine = NULL;
    is_bound = false;
    bool good = policy != NULL && sla_engine_new(policy, NULL, NULL, &engine) == SLA_OK;
    if (good) {
        sla_time at = START + between(0, 8 * 86400);
        check_start(policy, at);
        play(engine, other, at);
    }
    sla_engine_free(engine);
    sla_policy_unref(policy);
    sla_policy_unref(other);
    return good;
}

int main(int count, char **arguments)
{
    char zoneinfo[4096];
    unsigned long wanted = count > 3 ? strtoul(arguments[3], NULL, 10) : 400, done = 0;
    uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 20261127;
    snprintf(zoneinfo, sizeof zoneinfo, "%s/zoneinfo", count > 1 ? arguments[1] : ".");
    for (unsigned long i = 0; done < wanted && wrong == NULL && i < wanted * 20; i++) {
        random_numbers.state = seed + i * 7919;
        done += try_one(zoneinfo);
        if (wrong != NULL)
            printf("# seed %llu: %s\n%s", (unsigned long long)(seed + i * 7919), wrong,
                   policy_text);
    }
    bool enough = done == wanted && mixed_seen > 0 && paused_seen > 0 && over_seen > 0 &&
                  extended_seen > 0 && bound_seen > 0;
    printf("# %lu policies, %lu clocks (%lu mixed, %lu paused, %lu over, %lu extended, %lu bound), "
           "%lu parts\n", done, clocks_seen, mixed_seen, paused_seen, over_seen, extended_seen,
           bound_seen, parts_seen);
    printf("%sok 1 - parts_of_every_explanation_add_up\n1..1\n",
           wrong == NULL && enough ? "" : "not ");
    return wrong == NULL && enough ? 0 : 1;
}
