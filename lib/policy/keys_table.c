/* SPDX-License-Identifier: MIT */
/* The policy language, version 1, key by key. A new key gets the level that brings it; the meaning
 * of a key that is here never changes. */
#include "policy/keys.h"

#define T NODE_TEXT
#define L NODE_LIST
#define M NODE_MAP
#define MUST KEY_REQUIRED

static const struct key_rule rules[] = {
    {MAP_POLICY, T | MUST, 1, "sla", "the version of the language: 1"},
    {MAP_POLICY, T, 1, "name", "what the policy is called"},
    {MAP_POLICY, T, 1, "description", "for readers; not used"},
    {MAP_POLICY, T, 1, "timezone", "the zone of local times; default UTC"},
    {MAP_POLICY, T | M, 1, "calendar", "the calendar of targets that name none"},
    {MAP_POLICY, T | L, 2, "include", "files that bring holidays and calendars"},
    {MAP_POLICY, M, 1, "holidays", "lists of holidays by name"},
    {MAP_POLICY, M, 1, "calendars", "working hours by name"},
    {MAP_POLICY, L, 1, "severities", "the tiers, worst first"},
    {MAP_POLICY, M, 1, "classify", "how attributes are derived, in order"},
    {MAP_POLICY, M, 1, "metrics", "what is timed"},
    {MAP_POLICY, L, 1, "targets", "how long is allowed, row by row"},
    {MAP_POLICY, L, 1, "agreements", "several lists of targets side by side"},
    {MAP_POLICY, L, 1, "escalations", "who is told, and when"},
    {MAP_POLICY, L, 4, "goals", "the rates that were promised"},
    {MAP_POLICY, T, 1, "roll_deadlines", "true: a deadline at closing time moves to the opening"},
    {MAP_POLICY, L, 4, "tests", "examples that the policy must satisfy"},

    {MAP_INCLUDED, T | MUST, 2, "sla", "the version of the language: 1"},
    {MAP_INCLUDED, T, 2, "name", "for readers; not used"},
    {MAP_INCLUDED, T, 2, "description", "for readers; not used"},
    {MAP_INCLUDED, T, 2, "timezone", "the zone of its calendars; default: the policy's"},
    {MAP_INCLUDED, T | L, 2, "include", "more files, from its own folder on"},
    {MAP_INCLUDED, M, 2, "holidays", "lists of holidays by name"},
    {MAP_INCLUDED, M, 2, "calendars", "working hours by name"},

    {MAP_HOLIDAYS, T, 1, "through", "the last date that the list speaks for"},
    {MAP_HOLIDAYS, L, 1, "closed", "dates without work"},
    {MAP_HOLIDAYS, L, 1, "workdays", "dates worked instead"},

    {MAP_CLOSED, T, 1, "date", "the date"},
    {MAP_CLOSED, T, 1, "to", "the last date of a range, inclusive"},
    {MAP_CLOSED, T, 1, "name", "what the day is called"},
    {MAP_CLOSED, T, 1, "open_until", "a half day: closed from this time on"},
    {MAP_CLOSED, T, 1, "yearly", "every year: 12-25, 4th thu of nov, easter + 1"},
    {MAP_CLOSED, T, 2, "observed", "where the free day moves from a weekend"},
    {MAP_CLOSED, T, 1, "since", "the first year"},
    {MAP_CLOSED, T, 1, "until", "the last year"},
    {MAP_CLOSED, L, 1, "except", "years left out"},

    {MAP_WORKDAY, T | MUST, 1, "date", "the date"},
    {MAP_WORKDAY, T, 1, "to", "the last date of a range, inclusive"},
    {MAP_WORKDAY, T, 1, "name", "what the day is called"},
    {MAP_WORKDAY, T, 1, "like", "the weekday whose hours it has"},
    {MAP_WORKDAY, T | L, 1, "hours", "its own hours"},

    {MAP_CALENDAR, T, 1, "timezone", "its zone; default: the policy's"},
    {MAP_CALENDAR, T | M, 1, "hours", "weekly hours, or always"},
    {MAP_CALENDAR, T | L, 1, "holidays", "names of holiday lists"},
    {MAP_CALENDAR, L, 1, "special", "dates with hours of their own"},
    {MAP_CALENDAR, L, 2, "seasons", "weekly hours for a part of the year"},
    {MAP_CALENDAR, T, 1, "extends", "the calendar that it is built on"},
    {MAP_CALENDAR, T | L, 2, "all_of", "open when all of these are"},
    {MAP_CALENDAR, T | L, 2, "any_of", "open when one of these is"},
    {MAP_CALENDAR, T | L, 2, "none_of", "open when none of these is"},
    {MAP_CALENDAR, T, 1, "name", "for readers; not used"},
    {MAP_CALENDAR, T, 1, "description", "for readers; not used"},

    {MAP_SEASON, T | MUST, 2, "from", "the first day, such as 06-01"},
    {MAP_SEASON, T | MUST, 2, "to", "the last day, inclusive; may lie behind New Year"},
    {MAP_SEASON, T | M | MUST, 2, "hours", "weekly hours in it"},
    {MAP_SEASON, T, 2, "name", "for readers; not used"},

    {MAP_SPECIAL, T, 1, "date", "the date"},
    {MAP_SPECIAL, T, 1, "to", "the last date, inclusive; with from: the instant of opening"},
    {MAP_SPECIAL, T, 1, "name", "what the day is called"},
    {MAP_SPECIAL, T | L | MUST, 1, "hours", "its hours, or closed"},
    {MAP_SPECIAL, T, 2, "from", "the first instant of a closure"},
    {MAP_SPECIAL, T, 1, "yearly", "every year: 12-25, 4th thu of nov, easter + 1"},
    {MAP_SPECIAL, T, 2, "observed", "where the day moves from a weekend"},
    {MAP_SPECIAL, T, 1, "since", "the first year"},
    {MAP_SPECIAL, T, 1, "until", "the last year"},
    {MAP_SPECIAL, L, 1, "except", "years left out"},

    {MAP_DERIVATION, M, 1, "matrix", "two attributes give the value"},
    {MAP_DERIVATION, T, 1, "by", "the attribute that gives the value"},
    {MAP_DERIVATION, M, 1, "is", "the values"},
    {MAP_DERIVATION, T, 1, "default", "the value otherwise"},

    {MAP_MATRIX, M | MUST, 1, "rows", "one attribute and its values"},
    {MAP_MATRIX, M | MUST, 1, "columns", "the other attribute and its values"},
    {MAP_MATRIX, L | MUST, 1, "values", "one list for each row"},

    {MAP_CLASSIFY_ROW, M, 1, "when", "the condition"},
    {MAP_CLASSIFY_ROW, T | M, 1, "is", "the value, or {copy: attribute}"},
    {MAP_CLASSIFY_ROW, T, 1, "raise", "by how many tiers the severity moves"},

    {MAP_COPY, T | MUST, 1, "copy", "the attribute whose value is taken"},

    {MAP_TABLE, T | MUST, 1, "by", "the attribute that decides"},
    {MAP_TABLE, M | MUST, 1, "is", "what each value gives"},
    {MAP_TABLE, T | M, 1, "default", "what every other value gives"},

    {MAP_TEST, T, 1, "min", "the smallest number"},
    {MAP_TEST, T, 1, "max", "the largest number"},
    {MAP_TEST, T, 1, "prefix", "how the text begins"},
    {MAP_TEST, T, 1, "contains", "what is in the text"},
    {MAP_TEST, T, 1, "exists", "true: there is a value; false: there is none"},
    {MAP_TEST, T | L | M, 1, "not", "none of these"},

    {MAP_METRIC, T | L | M | MUST, 1, "start", "what starts the clock"},
    {MAP_METRIC, T | L | M | MUST, 1, "stop", "what ends it"},
    {MAP_METRIC, L | M, 1, "pause", "when it stands still"},
    {MAP_METRIC, T | L | M, 1, "cancel", "what ends it without a verdict"},
    {MAP_METRIC, T | L | M, 1, "reset", "what begins it anew"},
    {MAP_METRIC, T | M, 1, "reopen", "what happens after it has ended"},
    {MAP_METRIC, T, 1, "retarget", "keep or restart when the target changes"},
    {MAP_METRIC, T, 1, "never_loosen", "true: no later deadline is taken"},
    {MAP_METRIC, T, 1, "repeat", "true: it may start again and again"},
    {MAP_METRIC, T, 1, "name", "for readers; not used"},
    {MAP_METRIC, T, 1, "description", "for readers; not used"},

    {MAP_TRIGGER, T | L, 1, "event", "update names"},
    {MAP_TRIGGER, T, 1, "changed", "the attribute that changed"},
    {MAP_TRIGGER, M, 1, "when", "the condition"},

    {MAP_PAUSE, M, 1, "while", "the condition"},
    {MAP_PAUSE, T | L | M, 1, "event", "what begins the pause"},
    {MAP_PAUSE, T | L | M, 1, "until", "what ends it"},
    {MAP_PAUSE, T, 1, "limit", "how long it may last"},
    {MAP_PAUSE, T, 1, "reason", "why; told with the event"},

    {MAP_REOPEN, T | L | M, 1, "event", "what reopens; default: reopened"},
    {MAP_REOPEN, T | MUST, 1, "clock", "ignore, resume, count, restart or cycle"},

    {MAP_TARGET_ROW, M, 1, "when", "the condition"},
    {MAP_TARGET_ROW, T | M, 1, "calendar", "the calendar of the row's targets"},
    {MAP_TARGET_ROW, T, 1, "name", "what explanations call the row"},

    {MAP_TARGET, T, 1, "within", "how long is allowed"},
    {MAP_TARGET, T, 1, "due", "same_time, close, or a time of day"},
    {MAP_TARGET, T, 1, "cutoff", "from this time on, the next working day counts"},
    {MAP_TARGET, T, 1, "grace", "how much later the breach is"},
    {MAP_TARGET, T | M, 1, "calendar", "the calendar that it counts on"},
    {MAP_TARGET, T, 1, "agreed", "the attribute with the agreed instant"},
    {MAP_TARGET, T, 1, "latest", "how long is allowed if nothing was agreed"},

    {MAP_AGREEMENT, T | MUST, 1, "name", "what it is called"},
    {MAP_AGREEMENT, T, 1, "kind", "sla, ola or uc"},
    {MAP_AGREEMENT, M, 1, "when", "the condition"},
    {MAP_AGREEMENT, T, 1, "from", "the first date of opening"},
    {MAP_AGREEMENT, T, 1, "until", "the last date of opening"},
    {MAP_AGREEMENT, T | M, 1, "calendar", "the calendar of its targets"},
    {MAP_AGREEMENT, L | MUST, 1, "targets", "how long is allowed, row by row"},
    {MAP_AGREEMENT, T, 1, "description", "for readers; not used"},

    {MAP_ESCALATION, T | L, 1, "metrics", "the metrics it is for; absent: all"},
    {MAP_ESCALATION, T | L, 1, "kinds", "the kinds of agreement; absent: all"},
    {MAP_ESCALATION, T | L, 1, "agreements", "the agreements; absent: all"},
    {MAP_ESCALATION, M, 1, "when", "the condition"},
    {MAP_ESCALATION, L | MUST, 1, "steps", "what happens when"},
    {MAP_ESCALATION, T, 1, "name", "for readers; not used"},

    {MAP_STEP, T | MUST, 1, "at", "50%, 30m before, due, 1h after"},
    {MAP_STEP, T | L, 1, "notify", "who is told; the author's words"},
    {MAP_STEP, T | L, 1, "via", "how; the author's words"},
    {MAP_STEP, T, 1, "level", "a number, handed through"},
    {MAP_STEP, M, 1, "when", "the condition at that moment"},
    {MAP_STEP, T, 1, "repeat", "how long until it is sent again"},
    {MAP_STEP, T, 1, "times", "sends in all"},
    {MAP_STEP, T, 1, "only_in", "the calendar in whose hours it is sent"},
    {MAP_STEP, T, 1, "late", "skip: not sent when it is late"},
    {MAP_STEP, T, 1, "calendar", "the calendar that before and after count on"},

    {MAP_GOAL, T, 4, "name", "what reports call it"},
    {MAP_GOAL, T, 4, "description", "for readers; not used"},
    {MAP_GOAL, T | L, 4, "metrics", "the metrics it is for; absent: all"},
    {MAP_GOAL, T | L, 4, "kinds", "the kinds of agreement; absent: all"},
    {MAP_GOAL, T | L, 4, "agreements", "the agreements; absent: all"},
    {MAP_GOAL, M, 4, "when", "the condition"},
    {MAP_GOAL, T | MUST, 4, "at_least", "the rate that is promised, such as 95%"},
    {MAP_GOAL, T | MUST, 4, "per", "day, week, month, quarter or year"},

    {MAP_TEST_CASE, T | MUST, 4, "name", "what is tested"},
    {MAP_TEST_CASE, T, 4, "description", "for readers; not used"},
    {MAP_TEST_CASE, T | MUST, 4, "at", "when the incident is opened"},
    {MAP_TEST_CASE, M, 4, "incident", "its attributes"},
    {MAP_TEST_CASE, T | L, 4, "event", "names of updates at that moment, beside opened"},
    {MAP_TEST_CASE, M, 4, "expect", "attributes, and metrics with their deadlines"},
    {MAP_TEST_CASE, T | L, 4, "expect_events", "what is told, in order; more may be"},
    {MAP_TEST_CASE, T | L, 4, "expect_only_events", "all that is told, in order"},
    {MAP_TEST_CASE, T | L, 4, "expect_no_events", "what is not told"},
    {MAP_TEST_CASE, L, 4, "then", "what happens next, step by step"},

    {MAP_TEST_STEP, T | MUST, 4, "at", "the moment"},
    {MAP_TEST_STEP, T | L, 4, "event", "names of updates; absent: time passes"},
    {MAP_TEST_STEP, M, 4, "incident", "attributes that change"},
    {MAP_TEST_STEP, M, 4, "expect", "attributes, and metrics with their deadlines"},
    {MAP_TEST_STEP, T | L, 4, "expect_events", "what was told since the step before, in order"},
    {MAP_TEST_STEP, T | L, 4, "expect_only_events", "all that was told since the step before"},
    {MAP_TEST_STEP, T | L, 4, "expect_no_events", "what was not told since the step before"},
    {MAP_TEST_STEP, T, 4, "description", "for readers; not used"},

    {MAP_TEST_REMOVED, T | MUST, 4, "exists", "false: the incident loses the attribute"},

    {MAP_EXPECT, T | L, 4, "agreement", "the agreement in force of each kind, or none"},
    {MAP_EXPECT, M, 4, "attributes", "attributes that bear the name of a metric or a word"},
    {MAP_EXPECT, M, 4, "metrics", "metrics that bear the name of an attribute or a word"},

    {MAP_EXPECT_VALUE, T | MUST, 4, "exists", "true: there is a value; false: there is none"},

    {MAP_EXPECT_CLOCK, T, 4, "kind", "sla, ola or uc"},
    {MAP_EXPECT_CLOCK, T, 4, "agreement", "whose target the clock has"},
    {MAP_EXPECT_CLOCK, T, 4, "calendar", "the calendar that it counts on"},
    {MAP_EXPECT_CLOCK, T, 4, "state", "none, running, paused, met, missed, cancelled or exempt"},
    {MAP_EXPECT_CLOCK, T, 4, "deadline", "the instant, or none"},
    {MAP_EXPECT_CLOCK, T, 4, "breached", "true or false"},
    {MAP_EXPECT_CLOCK, T, 4, "in_grace", "true or false"},
    {MAP_EXPECT_CLOCK, T, 4, "cycle", "which cycle of a repeated metric is the last"},
    {MAP_EXPECT_CLOCK, T, 4, "elapsed", "counted time used"},
    {MAP_EXPECT_CLOCK, T, 4, "remaining", "counted time left; -30m: over by half an hour"},

    {MAP_EXPECT_EVENT, T | MUST, 4, "type", "breach, warning, met ..."},
    {MAP_EXPECT_EVENT, T, 4, "metric", "the metric; absent: any"},
    {MAP_EXPECT_EVENT, T, 4, "kind", "sla, ola or uc; absent: any"},
    {MAP_EXPECT_EVENT, T, 4, "agreement", "the agreement; absent: any"},
    {MAP_EXPECT_EVENT, T, 4, "at", "the instant of the fact"},
    {MAP_EXPECT_EVENT, T, 4, "percent", "of a step at N%"},
    {MAP_EXPECT_EVENT, T, 4, "level", "of a step"},
    {MAP_EXPECT_EVENT, T, 4, "reason", "of a pause, or the host's"},
    {MAP_EXPECT_EVENT, T | L, 4, "notify", "who is told, all of them"},
    {MAP_EXPECT_EVENT, T | L, 4, "via", "how, all of them"},
};

static const char *const names[MAP_KIND_COUNT] = {
    [MAP_POLICY] = "the policy",
    [MAP_INCLUDED] = "an included file",
    [MAP_HOLIDAYS] = "a holiday list",
    [MAP_CLOSED] = "a closed day",
    [MAP_WORKDAY] = "a working day",
    [MAP_CALENDAR] = "a calendar",
    [MAP_SEASON] = "a season",
    [MAP_SPECIAL] = "a special day",
    [MAP_DERIVATION] = "a classification",
    [MAP_MATRIX] = "a matrix",
    [MAP_CLASSIFY_ROW] = "a row of a classification",
    [MAP_COPY] = "a copied value",
    [MAP_TABLE] = "a table",
    [MAP_TEST] = "a condition on one attribute",
    [MAP_METRIC] = "a metric",
    [MAP_TRIGGER] = "a trigger",
    [MAP_PAUSE] = "a pause",
    [MAP_REOPEN] = "reopen",
    [MAP_TARGET_ROW] = "a target row",
    [MAP_TARGET] = "a target",
    [MAP_AGREEMENT] = "an agreement",
    [MAP_ESCALATION] = "an escalation",
    [MAP_STEP] = "a step",
    [MAP_GOAL] = "a goal",
    [MAP_TEST_CASE] = "a test",
    [MAP_TEST_STEP] = "a step of a test",
    [MAP_TEST_REMOVED] = "an attribute that is taken away",
    [MAP_EXPECT] = "what a test expects",
    [MAP_EXPECT_VALUE] = "an expected value",
    [MAP_EXPECT_CLOCK] = "an expected clock",
    [MAP_EXPECT_EVENT] = "an expected event",
};

const struct key_rule *keys_all(size_t *out_count)
{
    *out_count = sizeof rules / sizeof rules[0];
    return rules;
}

const char *keys_map_name(enum map_kind kind)
{
    return names[kind];
}
