/* SPDX-License-Identifier: MIT */
/* What keys of one mapping mean for each other: which exclude and which need each other. */
#include "schema_parts.h"

#define NO(key) "'" key "': false"
#define NEEDS(key) "{'required': ['" key "']}"
#define ONE_OF_THESE(a, b) "'anyOf': [{'required': [" a "]}, {'required': [" b "]}]"
#define MADE_OF "{'properties': {" NO("hours") ", " NO("seasons") ", " NO("holidays") ", " \
                NO("special") "}}"
#define AS(name) "{'$ref': '#/definitions/" name "'}"
#define WORKING_DAYS \
    "{'pattern': 'wd$', 'patternErrorMessage': 'due and cutoff need working days, such as 5wd'}"
#define IN_WORKING_DAYS \
    "{'properties': {'within': " WORKING_DAYS ", 'latest': " WORKING_DAYS "}}"
#define TARGET_RULES \
    "'within': {'properties': {" NO("agreed") ", " NO("latest") "}}, " \
    "'due': " IN_WORKING_DAYS ", 'cutoff': " IN_WORKING_DAYS

#define EVENT_RULES \
    "{'dependencies': {'expect_only_events': {'properties': {" NO("expect_events") ", " \
    NO("expect_no_events") "}}}}"

const struct structure structures[] = {
    {"holiday_list", {MAP_HOLIDAYS, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
    {"closed_day", {MAP_CLOSED, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{" ONE_OF_THESE("'date'", "'yearly'") ", 'dependencies': {"
     "'date': {'properties': {" NO("yearly") ", " NO("since") ", " NO("until") ", " NO("except")
     ", 'to': " AS("date") "}}, 'yearly': {'properties': {'to': " AS("yearly_day") "}}}}", NULL},
    {"make_up_day", {MAP_WORKDAY, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{'dependencies': {'like': {'properties': {" NO("hours") "}}}}", NULL},
    {"calendar", {MAP_CALENDAR, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{'dependencies': {'all_of': " MADE_OF ", 'any_of': " MADE_OF ", 'none_of': " MADE_OF "}}",
     NULL},
    {"season", {MAP_SEASON, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
    {"special_day", {MAP_SPECIAL, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{'anyOf': [{'required': ['date']}, {'required': ['yearly']}, {'required': ['from']}], "
     "'dependencies': {'date': {'properties': {" NO("yearly") ", " NO("since") ", " NO("until")
     ", " NO("except") ", 'to': " AS("date") "}}, "
     "'yearly': {'properties': {'to': " AS("yearly_day") "}}, "
     "'from': {'required': ['to'], 'properties': {'to': " AS("instant") ", " NO("date") ", "
     NO("yearly") ", " NO("observed") ", " NO("since") ", " NO("until") ", " NO("except")
     ", 'hours': {'enum': ['closed']}}}}}", NULL},
    {"derivation", {MAP_DERIVATION, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{" ONE_OF_THESE("'matrix'", "'by', 'is'") ", 'dependencies': {"
     "'matrix': {'properties': {" NO("by") ", " NO("is") "}}, "
     "'by': {'properties': {'default': " AS("name") "}}}}", NULL},
    {"matrix", {MAP_MATRIX, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
    {"row", {MAP_CLASSIFY_ROW, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{'required': ['is'], 'properties': {" NO("raise") "}}", NULL},
    {"severity_row", {MAP_CLASSIFY_ROW, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{" ONE_OF_THESE("'is'", "'raise'") ", "
     "'dependencies': {'raise': {'properties': {" NO("is") "}}}}", NULL},
    {"copy", {MAP_COPY, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
    {"table_of_calendars", {MAP_TABLE, MAP_KIND_COUNT}, TABLE_OF_CALENDARS,
     "{'required': ['default']}", NULL},
    {"test_of_a_value", {MAP_TEST, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{'anyOf': [" NEEDS("min") ", " NEEDS("max") ", " NEEDS("prefix") ", " NEEDS("contains") ", "
     NEEDS("exists") ", " NEEDS("not") "]}", NULL},
    {"metric", {MAP_METRIC, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
    {"trigger", {MAP_TRIGGER, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{'anyOf': [" NEEDS("event") ", " NEEDS("changed") ", " NEEDS("when") "]}", NULL},
    {"pause", {MAP_PAUSE, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{" ONE_OF_THESE("'while'", "'event', 'until'") ", "
     "'dependencies': {'while': {'properties': {" NO("event") ", " NO("until") "}}}}", NULL},
    {"reopen", {MAP_REOPEN, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
    {"target_row", {MAP_TARGET_ROW, MAP_KIND_COUNT}, TABLE_OF_TARGETS, NULL,
     AS("target_value")},
    {"target", {MAP_TARGET, MAP_KIND_COUNT}, TABLE_OF_TARGETS,
     "{" ONE_OF_THESE("'within'", "'agreed'") ", 'dependencies': {" TARGET_RULES "}}", NULL},
    {"target_or_table", {MAP_TARGET, MAP_TABLE}, TABLE_OF_TARGETS,
     "{'anyOf': [{'required': ['within']}, {'required': ['agreed']}, {'required': ['by']}], "
     "'dependencies': {" TARGET_RULES ", "
     "'by': {'required': ['is'], 'properties': {" NO("within") ", " NO("due") ", " NO("cutoff")
     ", " NO("grace") ", " NO("calendar") ", " NO("agreed") ", " NO("latest") "}}, "
     "'is': ['by'], 'default': ['by']}}", NULL},
    {"agreement", {MAP_AGREEMENT, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
    {"escalation", {MAP_ESCALATION, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
    {"step", {MAP_STEP, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{'if': {'required': ['at'], 'properties': {'at': {'pattern': '^(?:due|0*100%)$'}}}, "
     "'then': {'properties': {" NO("only_in") ", " NO("late") "}}, 'dependencies': {"
     "'times': ['repeat'], 'repeat': {'required': ['times'], 'properties': {'at': {'pattern': "
     "'^(?:due|.* after|0*[1-9][0-9]{2,4}%)$', 'patternErrorMessage': "
     "'warnings do not repeat: what repeats is due, after it, or from 100% on'}}}, "
     "'calendar': {'properties': {'at': {'pattern': ' (?:before|after)$', 'patternErrorMessage': "
     "'a calendar of its own needs a step before or after the deadline, such as 1h before'}}}}}",
     NULL},
    {"goal", {MAP_GOAL, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
    {"test", {MAP_TEST_CASE, MAP_KIND_COUNT}, TABLE_OF_VALUES, EVENT_RULES, NULL},
    {"step_of_a_test", {MAP_TEST_STEP, MAP_KIND_COUNT}, TABLE_OF_VALUES, EVENT_RULES, NULL},
    {"attribute_taken_away", {MAP_TEST_REMOVED, MAP_KIND_COUNT}, TABLE_OF_VALUES,
     "{'properties': {'exists': {'description': 'false: the incident loses the attribute', "
     "'enum': [false, 'false']}}}", NULL},
    {"expected", {MAP_EXPECT, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, AS("expected_anything")},
    {"expected_value", {MAP_EXPECT_VALUE, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
    {"expected_clock", {MAP_EXPECT_CLOCK, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
    /* what bears a name of its own is a metric or an attribute: only the policy knows */
    {"expected_either", {MAP_EXPECT_CLOCK, MAP_EXPECT_VALUE}, TABLE_OF_VALUES, NULL, NULL},
    {"expected_event", {MAP_EXPECT_EVENT, MAP_KIND_COUNT}, TABLE_OF_VALUES, NULL, NULL},
};
const size_t structure_count = sizeof structures / sizeof *structures;

static const struct {
    const char *structure, *list;
} snippets[] = {
    {"calendar", "[{'label': 'working hours', 'body': {'timezone': '${1:Europe/Berlin}', "
                 "'hours': {'mon-fri': '${2:09:00-12:00, 13:00-17:00}'}}}, "
                 "{'label': 'open when all are open', 'body': {'all_of': ['${1:office}', "
                 "'${2:customer}']}}]"},
    {"closed_day", "[{'label': 'a date', 'body': {'date': '${1:2026-12-25}', 'name': "
                   "'${2:Christmas}'}}, {'label': 'every year', 'body': {'yearly': '${1:12-25}', "
                   "'name': '${2:Christmas}'}}]"},
    {"severity_row", "[{'label': 'a rule', 'body': {'when': {'${1:impact}': '${2:outage}'}, "
                     "'is': '${3:urgent}'}}, {'label': 'one tier up', 'body': {'raise': 1, "
                     "'when': {'${1:plan}': '${2:vip}'}}}]"},
    {"metric", "[{'label': 'from opened to resolved', 'body': {'start': 'opened', 'stop': "
               "'${1:resolved}'}}, {'label': 'with a pause', 'body': {'start': 'opened', 'stop': "
               "'${1:resolved}', 'pause': {'while': {'${2:status}': '${3:waiting_customer}'}, "
               "'reason': '${4:customer}'}}}]"},
    {"target_row", "[{'label': 'for one severity', 'body': {'when': {'severity': '${1:urgent}'}, "
                   "'first_response': '${2:1h}', 'resolution': '${3:8h}'}}]"},
    {"escalation", "[{'label': 'a warning and the breach', 'body': {'steps': [{'at': "
                   "'${1:30m before}', 'notify': ['${2:owner}']}, {'at': 'due', 'notify': "
                   "['${3:manager}']}]}}]"},
    {"step", "[{'label': 'a warning', 'body': {'at': '${1:30m before}', 'notify': "
             "['${2:owner}']}}, {'label': 'the breach', 'body': {'at': 'due', 'notify': "
             "['${1:manager}']}}, {'label': 'reminders after it', 'body': {'at': '${1:1h after}', "
             "'repeat': '${2:1h}', 'times': 3, 'notify': ['${3:director}']}}]"},
};

json_t *snippets_for(const char *structure)
{
    for (size_t i = 0; i < sizeof snippets / sizeof *snippets; i++)
        if (strcmp(snippets[i].structure, structure) == 0)
            return part(snippets[i].list);
    return NULL;
}
