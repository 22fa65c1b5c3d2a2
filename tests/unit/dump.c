/* SPDX-License-Identifier: MIT */
/* The canonical text of a policy: what it looks like, and that it is a policy again. */
#include "dump_case.h"
#include "run_suite.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *zones;

static sla_policy_options with_dump(void)
{
    return (sla_policy_options){.size = sizeof(sla_policy_options),
                                .flags = SLA_POLICY_KEEP_DUMP,
                                .zoneinfo = {zones, SLA_NUL_TERMINATED}};
}

/* Compiles and asks the laws; one reference, owned by the caller. */
static sla_policy *compile_with(const char *text, const sla_policy_options *options)
{
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    char message[2000] = "";
    sla_status status = sla_policy_compile(text, SLA_NUL_TERMINATED, options, &policy, &diags);
    if (sla_diags_count(diags) > 0)
        sla_diag_format(sla_diags_at(diags, 0), message, sizeof message);
    ck_assert_msg(status == SLA_OK, "%s", message);
    sla_diags_free(diags);
    const char *wrong = dump_is_broken(policy, zones);
    ck_assert_msg(wrong == NULL, "%s: %s", wrong, text);
    return policy;
}

static sla_policy *compile(const char *text)
{
    sla_policy_options options = with_dump();
    return compile_with(text, &options);
}

static char *dump_of(const sla_policy *policy, uint32_t format)
{
    sla_text text;
    ck_assert_int_eq(sla_policy_dump(policy, format, &text), SLA_OK);
    char *copy = malloc(text.length + 1);
    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    return copy;
}

static void assert_dump(const char *text, uint32_t format, const char *expected)
{
    sla_policy *policy = compile(text);
    char *dump = dump_of(policy, format);
    ck_assert_str_eq(dump, expected);
    free(dump);
    sla_policy_unref(policy);
}

/* A part of the YAML, or, where it begins with '!', what must not be in it. */
static void assert_in_dump(const char *text, const char *part)
{
    sla_policy *policy = compile(text);
    char *dump = dump_of(policy, SLA_DUMP_YAML);
    bool is_there = strstr(dump, part[0] == '!' ? part + 1 : part) != NULL;
    ck_assert_msg(is_there == (part[0] != '!'), "%s in\n%s", part, dump);
    free(dump);
    sla_policy_unref(policy);
}

#define SMALL                                                                                     \
    "# a comment\n"                                                                               \
    "targets:\n"                                                                                  \
    "- {resolution: 90m, when: {severity: [urgent], plan: \"yes\"}, calendar: \"24x7\"}\n"        \
    "- {first_response: {within: 1wd, due: close}, resolution: none}\n"                           \
    "calendar: office\n"                                                                          \
    "x-own: [1, 2]\n"                                                                             \
    "calendars: {office: {hours: {fri: 09:00-17:00, mon-thu: \"09:00-12:00 , 13:00-17:00\"}}}\n"  \
    "severities: [urgent, normal]\n"                                                              \
    "metrics: {resolution: {stop: [resolved], start: opened},\n"                                  \
    "          first_response: {start: opened, stop: responded, repeat: false}}\n"                \
    "sla: 1\n"

START_TEST(policy_is_written_in_the_order_of_the_language)
{
    assert_dump(SMALL, SLA_DUMP_YAML,
                "sla: 1\n"
                "timezone: UTC\n"
                "calendar: office\n"
                "calendars:\n"
                "  office:\n"
                "    hours:\n"
                "      mon-thu: \"09:00-12:00, 13:00-17:00\"\n"
                "      fri: \"09:00-17:00\"\n"
                "severities: [urgent, normal]\n"
                "metrics:\n"
                "  resolution:\n"
                "    start: opened\n"
                "    stop: resolved\n"
                "  first_response:\n"
                "    start: opened\n"
                "    stop: responded\n"
                "targets:\n"
                "  - when: {plan: \"yes\", severity: urgent}\n"
                "    calendar: \"24x7\"\n"
                "    resolution: 1h30m\n"
                "  - first_response: {within: 1wd, due: close}\n"
                "    resolution: none\n");
}
END_TEST

START_TEST(json_is_the_same_with_other_signs)
{
    assert_dump(SMALL, SLA_DUMP_JSON,
                "{\n  \"sla\": 1,\n  \"timezone\": \"UTC\",\n"
                "  \"calendar\": \"office\",\n  \"calendars\": {\n    \"office\": {\n"
                "      \"hours\": {\n"
                "        \"mon-thu\": \"09:00-12:00, 13:00-17:00\",\n"
                "        \"fri\": \"09:00-17:00\"\n      }\n    }\n  },\n"
                "  \"severities\": [\"urgent\", \"normal\"],\n  \"metrics\": {\n"
                "    \"resolution\": {\n      \"start\": \"opened\",\n"
                "      \"stop\": \"resolved\"\n    },\n    \"first_response\": {\n"
                "      \"start\": \"opened\",\n      \"stop\": \"responded\"\n    }\n"
                "  },\n  \"targets\": [\n    {\n"
                "      \"when\": {\"plan\": \"yes\", \"severity\": \"urgent\"},\n"
                "      \"calendar\": \"24x7\",\n      \"resolution\": \"1h30m\"\n"
                "    },\n    {\n"
                "      \"first_response\": {\"within\": \"1wd\", \"due\": \"close\"},\n"
                "      \"resolution\": \"none\"\n    }\n  ]\n}\n");
}
END_TEST

START_TEST(dump_is_kept_only_where_it_was_asked_for)
{
    sla_policy_options options = with_dump();
    sla_policy *policy = compile("sla: 1\n");
    sla_text text = {"untouched", 9};
    ck_assert_int_eq(sla_policy_dump(NULL, SLA_DUMP_YAML, &text), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_policy_dump(policy, SLA_DUMP_YAML, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_policy_dump(policy, 2, &text), SLA_ERROR_ARGUMENT);
    sla_policy_unref(policy);
    options.flags = 0;
    ck_assert_int_eq(sla_policy_compile("sla: 1\n", 7, &options, &policy, NULL), SLA_OK);
    ck_assert_int_eq(sla_policy_dump(policy, SLA_DUMP_YAML, &text), SLA_ERROR_NOT_FOUND);
    ck_assert_int_eq(sla_policy_dump(policy, SLA_DUMP_JSON, &text), SLA_ERROR_NOT_FOUND);
    ck_assert_str_eq(text.data, "untouched");
    sla_policy_unref(policy);
}
END_TEST

/* Faults are told as without the flag, those that only compiling finds among them. */
START_TEST(faulty_policy_has_faults_and_no_dump)
{
    static const char text[] = "sla: 1\ncalendar: offise\ntargets: [{resolution: 4 h}]\n";
    size_t counts[2];
    for (uint32_t i = 0; i < 2; i++) {
        sla_policy_options options = with_dump();
        options.flags = i == 0 ? 0 : SLA_POLICY_KEEP_DUMP;
        sla_policy *policy = NULL;
        sla_diags *diags = NULL;
        ck_assert_int_eq(sla_policy_compile(text, sizeof text - 1, &options, &policy, &diags),
                         SLA_ERROR_POLICY);
        ck_assert_ptr_null(policy);
        counts[i] = sla_diags_errors(diags);
        sla_diags_free(diags);
    }
    ck_assert_uint_eq(counts[0], 2);
    ck_assert_uint_eq(counts[1], 2);
}
END_TEST

#define ROW(condition) "sla: 1\ntargets: [{when: {" condition "}, resolution: 1h}]\n"

/* What a condition is written as; the first is the author's. */
static const char *const conditions[][2] = {
    {ROW("b: x, a: y"), "when: {a: \"y\", b: x}\n"},
    {ROW("a: [one]"), "when: {a: one}\n"},
    {ROW("a: [one, two words, \"two  blanks\"]"), "when: {a: [one, two words, \"two  blanks\"]}\n"},
    /* YAML 1.1 or 1.2 readers would make something else of these */
    {ROW("a: [no, Off, TRUE, null, NaN, \"y\"]"),
     "when: {a: [\"no\", \"Off\", \"TRUE\", \"null\", \"NaN\", \"y\"]}\n"},
    {ROW("a: [1.10, 0123, 12:30, 2026-01-01, \"~\", \"=\", 1e3, -x]"),
     "when: {a: [\"1.10\", \"0123\", \"12:30\", \"2026-01-01\", \"~\", \"=\", \"1e3\", \"-x\"]}\n"},
    {ROW("a: [\"x: y\", \"x #y\", \"[x\", \"x, y\", \"x}\", \" x\", \"x \", \"\"]"),
     "when: {a: [\"x: y\", \"x #y\", \"[x\", \"x, y\", \"x}\", \" x\", \"x \", \"\"]}\n"},
    {ROW("a: [\"\\x01\\t\\n\\\"\\\\\\x7f\\u0085\\u2028\\uFEFF\\0\"]"),
     "when: {a: \"\\u0001\\t\\n\\\"\\\\\\u007F\\u0085\\u2028\\uFEFF\\u0000\"}\n"},
    {ROW("城市: [\"深圳\", \"\\U0001F600\"]"), "when: {\"城市\": [\"深圳\", \"\xF0\x9F\x98\x80\"]}\n"},
    {ROW("yes: x, 24x7: y, \"null\": z"), "when: {\"24x7\": \"y\", \"null\": z, \"yes\": x}\n"},
    {ROW("users: {max: 9, min: 03}"), "when: {users: {min: \"03\", max: 9}}\n"},
    {ROW("users: {min: -1.50, max: 1000000000000000}"),
     "when: {users: {min: \"-1.50\", max: \"1000000000000000\"}}\n"},
    {ROW("a: {not: [x], exists: true, contains: q, prefix: \"[P\"}"),
     "when: {a: {prefix: \"[P\", contains: q, exists: true, not: x}}\n"},
    {ROW("a: {exists: false}, b: {not: {exists: true}}"),
     "when: {a: {exists: false}, b: {not: {exists: true}}}\n"},
    {ROW("any: [{b: x, a: y}, {all: [{c: d}]}], not: {f: {not: {min: 1}}}"),
     "when: {any: [{a: \"y\", b: x}, {all: [{c: d}]}], not: {f: {not: {min: 1}}}}\n"},
    {ROW("opened_outside: 24x7, attribute: {not: x, all: {exists: true}}"),
     "when: {attribute: {all: {exists: true}, not: x}, opened_outside: \"24x7\"}\n"},
};

START_TEST(conditions_have_one_form_that_every_reader_reads_alike)
{
    assert_in_dump(conditions[_i][0], conditions[_i][1]);
}
END_TEST

#define TARGET(target) "sla: 1\ntargets: [{resolution: " target "}]\n"
static const char *const targets[][2] = {
    {TARGET("3600s"), "resolution: 1h\n"},
    {TARGET("90m"), "resolution: 1h30m\n"},
    {TARGET("3661s"), "resolution: 1h1m1s\n"},
    {TARGET("240h"), "resolution: 240h\n"},
    {TARGET("0h"), "resolution: 0s\n"},
    {TARGET("010d"), "resolution: 10d\n"},
    {TARGET("{within: 5wd, due: same_time, grace: 0s}"), "resolution: 5wd\n"},
    {TARGET("{due: \"16:00\", within: 0wd, cutoff: \"09:30:05\"}"),
     "resolution: {within: 0wd, due: \"16:00\", cutoff: \"09:30:05\"}\n"},
    {TARGET("{within: 1h, calendar: 24x7, grace: 90s}"),
     "resolution: {within: 1h, grace: 1m30s, calendar: \"24x7\"}\n"},
    {TARGET("{latest: 48h, agreed: visit_at}"), "resolution: {agreed: visit_at, latest: 48h}\n"},
    {TARGET("{by: type, default: none, is: {b: 60m, a: {within: 2wd, due: close}}}"),
     "resolution:\n"
     "      by: type\n"
     "      is:\n"
     "        b: 1h\n"
     "        a: {within: 2wd, due: close}\n"
     "      default: none\n"},
};

START_TEST(targets_have_one_form)
{
    assert_in_dump(targets[_i][0], targets[_i][1]);
}
END_TEST

#define WEEK(hours) "sla: 1\ncalendars: {c: {hours: {" hours "}}}\n"
/* A night shift is put together again; it ends on the next morning, Sunday's on Monday. */
static const char *const hours[][2] = {
    {WEEK("daily: \"00:00-24:00\""), "      daily: \"00:00-24:00\"\n"},
    {WEEK("\"wed, mon\": [\"13:00:00-17:00\", \"09:00-12:00\"], tue: 08:00-09:00:30, sat: closed"),
     "      \"mon, wed\": \"13:00-17:00, 09:00-12:00\"\n      tue: \"08:00-09:00:30\"\n"},
    {WEEK("sun-thu: \"22:00-06:00\""), "      \"mon-thu, sun\": \"22:00-06:00\"\n"},
    {WEEK("daily: \"22:00-06:00\""), "      daily: \"22:00-06:00\"\n"},
    {WEEK("fri: \"18:00-00:00\", sat: \"01:00-02:00\""),
     "      fri: \"18:00-24:00\"\n      sat: \"01:00-02:00\"\n"},
    {WEEK("sat: \"08:00-12:00, 20:00-04:00\""), "      sat: \"08:00-12:00, 20:00-04:00\"\n"},
    /* Tuesday is read first here: the text that reads back the same has the parts */
    {WEEK("tue: \"09:00-12:00\", mon: \"22:00-06:00\""),
     "      mon: \"22:00-24:00\"\n      tue: \"09:00-12:00, 00:00-06:00\"\n"},
};

START_TEST(hours_are_grouped_by_day_and_nights_put_together)
{
    assert_in_dump(hours[_i][0], hours[_i][1]);
}
END_TEST

#define CLOSED(day) "sla: 1\nholidays: {h: {closed: [" day "]}}\n"
#define SPECIAL(day) "sla: 1\ncalendars: {c: {hours: always, special: [" day "]}}\n"
static const char *const days[][2] = {
    {CLOSED("{date: 2026-04-05}"), "      - \"2026-04-05\"\n"},
    {CLOSED("{date: 2026-04-05, to: 2026-04-05, name: One}"),
     "      - {date: \"2026-04-05\", name: One}\n"},
    {CLOSED("{to: 2026-04-07, date: 2026-04-05}"),
     "      - {date: \"2026-04-05\", to: \"2026-04-07\"}\n"},
    {CLOSED("{yearly: 12-24, open_until: \"12:00\", except: [2022, 2020], since: 2019}"),
     "      - {yearly: \"12-24\", since: 2019, except: [2020, 2022], open_until: \"12:00\"}\n"},
    {CLOSED("{yearly: 12-29, to: 01-02, until: 2030, except: []}"),
     "      - {yearly: \"12-29\", to: \"01-02\", until: 2030}\n"},
    {CLOSED("{yearly: 4th  thu of nov +1}"), "      - {yearly: \"4th thu of nov + 1\"}\n"},
    {CLOSED("{yearly: easter-2}"), "      - {yearly: easter - 2}\n"},
    {CLOSED("{yearly: last mon of may + 0}"), "      - {yearly: last mon of may}\n"},
    {CLOSED("{yearly: mon on or before 05-24}"), "      - {yearly: mon on or before 05-24}\n"},
    {CLOSED("{yearly: wed before 11-23}"), "      - {yearly: wed before 11-23}\n"},
    {CLOSED("{yearly: sat on or after 06-20 - 366}"),
     "      - {yearly: sat on or after 06-20 - 366}\n"},
    {CLOSED("{yearly: 07-04, observed: sunday to next free day}"),
     "      - {yearly: \"07-04\", observed: sunday to next free day}\n"},
    {SPECIAL("{date: 2026-12-31, hours: [\"09:00-12:00\", \"13:00-14:00\"]}"),
     "      - {date: \"2026-12-31\", hours: \"09:00-12:00, 13:00-14:00\"}\n"},
    {SPECIAL("{date: 2026-12-31, hours: closed}"),
     "      - {date: \"2026-12-31\", hours: closed}\n"},
    {SPECIAL("{from: 2026-08-01 14:00:00.5, to: 2026-08-03t09:00:30z, hours: closed}"),
     "      - {from: \"2026-08-01T14:00\", to: \"2026-08-03T09:00:30Z\", hours: closed}\n"},
    {SPECIAL("{from: 2026-08-01T14:00:00+08:00, to: 2026-08-03T09:00-05:30, hours: closed}"),
     "      - {from: \"2026-08-01T14:00+08:00\", to: \"2026-08-03T09:00-05:30\", hours: closed}\n"},
};

START_TEST(days_have_one_form)
{
    assert_in_dump(days[_i][0], days[_i][1]);
}
END_TEST

/* A key that replaces an inherited one is kept, though it be empty. */
START_TEST(inherited_keys_are_left_to_the_calendar_that_has_them)
{
    static const char text[] =
        "sla: 1\ntimezone: Asia/Tokyo\nholidays: {h: {closed: [2026-01-01]}}\ncalendars:\n"
        "  a: {timezone: Asia/Tokyo, hours: always, holidays: [h], description: first}\n"
        "  b: {timezone: Asia/Tokyo, extends: a, holidays: [], special: [], seasons: []}\n"
        "  c: {extends: b, timezone: UTC, hours: {mon: 09:00-10:00}}\n";
    assert_in_dump(text, "  a:\n"
                         "    description: first\n"
                         "    hours: always\n"
                         "    holidays: h\n"
                         "  b:\n"
                         "    extends: a\n"
                         "    timezone: Asia/Tokyo\n"
                         "    seasons: []\n"
                         "    holidays: []\n"
                         "    special: []\n"
                         "  c:\n"
                         "    extends: b\n"
                         "    timezone: UTC\n"
                         "    hours:\n"
                         "      mon: \"09:00-10:00\"\n");
}
END_TEST

static sla_status load_shared(void *user, uint32_t kind, const sla_text *name, sla_text *out_bytes)
{
    (void)user;
    static const char shared[] = "sla: 1\nname: shared\nholidays: {h: {closed: [2026-05-01]}}\n"
                                 "calendars: {office: {hours: {mon: 09:00-17:00}, holidays: h}}\n";
    if (kind != SLA_FILE_INCLUDE || name->length != 6 || memcmp(name->data, "s.yaml", 6) != 0)
        return SLA_ERROR_NOT_FOUND;
    *out_bytes = (sla_text){shared, sizeof shared - 1};
    return SLA_OK;
}

START_TEST(included_files_are_merged_in)
{
    sla_loader loader = {.load = load_shared};
    sla_policy_options options = with_dump();
    options.loader = &loader;
    sla_policy *policy = compile_with("sla: 1\ninclude: s.yaml\ncalendar: office\n"
                                      "calendars: {own: {hours: always}}\n", &options);
    char *dump = dump_of(policy, SLA_DUMP_YAML);
    ck_assert_ptr_null(strstr(dump, "include"));
    ck_assert_ptr_nonnull(strstr(dump, "holidays:\n  h:\n    closed:\n      - \"2026-05-01\"\n"
                                       "calendars:\n  own:\n    hours: always\n  office:\n"));
    free(dump);
    sla_policy_unref(policy);
}
END_TEST

/* Words for readers are kept, an alias stands for what it means, and defaults are left out. */
START_TEST(words_are_kept_and_defaults_left_out)
{
    static const char text[] =
        "sla: 1\ndescription: \"two\\nlines\"\ntimezone: UTC\nroll_deadlines: false\n"
        "metrics:\n"
        "  resolution: {start: {event: opened}, stop: [done], retarget: keep, repeat: false,\n"
        "               never_loosen: false, description: words, reopen: {clock: resume},\n"
        "               pause: [{while: &w {status: waiting}}]}\n"
        "  team: {start: {changed: team, event: [a, b]}, stop: {when: *w}, reopen: ignore}\n"
        "agreements: [{name: default, kind: sla, targets: [{when: *w, resolution: 1h}]}]\n"
        "escalations: [{name: all, kinds: [uc, sla], metrics: [resolution],\n"
        "               steps: [{at: 100%}, {at: 90m  before}, {at: 120%, late: skip}]}]\n";
    assert_dump(text, SLA_DUMP_YAML,
                "sla: 1\n"
                "description: \"two\\nlines\"\n"
                "timezone: UTC\n"
                "metrics:\n"
                "  resolution:\n"
                "    description: words\n"
                "    start: opened\n"
                "    stop: done\n"
                "    pause: {while: {status: waiting}}\n"
                "    reopen: resume\n"
                "  team:\n"
                "    start: {event: [a, b], changed: team}\n"
                "    stop: {when: {status: waiting}}\n"
                "    reopen: ignore\n"
                "targets:\n"
                "  - when: {status: waiting}\n"
                "    resolution: 1h\n"
                "escalations:\n"
                "  - name: all\n"
                "    metrics: resolution\n"
                "    kinds: [sla, uc]\n"
                "    steps:\n"
                "      - {at: 100%}\n"
                "      - {at: 1h30m before}\n"
                "      - {at: 120%, late: skip}\n");
}
END_TEST

/* Goals in one form; tests as they stand, in the order of the language. */
START_TEST(goals_and_tests_are_written)
{
    static const char text[] =
        "sla: 1\ntargets: [{resolution: 8h}]\n"
        "goals: [{per: month, at_least: 095.50%, metrics: [resolution], when: {b: x, a: z}},\n"
        "        {name: all, at_least: 100%, per: year, kinds: [uc, sla]},\n"
        "        {name: odd, at_least: 0.0001%, per: day}]\n"
        "tests: [{at: 2026-11-20T17:50, name: one, x-own: 1, incident: {b: x},\n"
        "  then: [{expect_events: [met resolution], event: resolved, at: 2026-11-20T18:00}],\n"
        "  expect: {resolution: 2026-11-21T01:50}}]\n";
    static const char expected[] =
        "goals:\n"
        "  - {metrics: resolution, when: {a: z, b: x}, at_least: 95.5%, per: month}\n"
        "  - {name: all, kinds: [sla, uc], at_least: 100%, per: year}\n"
        "  - {name: odd, at_least: 0.0001%, per: day}\n"
        "tests:\n"
        "  - name: one\n"
        "    at: \"2026-11-20T17:50\"\n"
        "    incident: {b: x}\n"
        "    expect: {resolution: \"2026-11-21T01:50\"}\n"
        "    then:\n"
        "      - {at: \"2026-11-20T18:00\", event: resolved, expect_events: [met resolution]}\n";
    assert_in_dump(text, expected);
}
END_TEST

/* YAML takes a long text for a key only behind a question mark; JSON texts with one are JSON all
   the same, but no policy for libyaml. */
START_TEST(long_names_are_keys_too)
{
    static char text[8000], name[2001];
    memset(name, 'k', 2000);
    snprintf(text, sizeof text,
             "sla: 1\nmetrics:\n  ? %s\n  : {start: opened, stop: done}\n"
             "targets: [{when: {? %s : x, a: y}, ? %s : 1h}]\n", name, name, name);
    sla_policy_options options = with_dump();
    sla_policy *policy = NULL, *again = NULL;
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, NULL), SLA_OK);
    char *dump = dump_of(policy, SLA_DUMP_YAML);
    ck_assert_int_eq(sla_policy_compile(dump, SLA_NUL_TERMINATED, &options, &again, NULL), SLA_OK);
    char *second = dump_of(again, SLA_DUMP_YAML);
    ck_assert_str_eq(second, dump);
    free(dump);
    free(second);
    sla_policy_unref(policy);
    sla_policy_unref(again);
}
END_TEST

/* As deep as a policy may be, and as many intervals as nobody has. */
START_TEST(deep_and_long_policies_have_dumps)
{
    static char text[200000];
    size_t length = (size_t)sprintf(text, "sla: 1\ntargets: [{resolution: 1h, when: ");
    for (int i = 0; i < 990; i++)
        length += (size_t)sprintf(text + length, "{not: ");
    length += (size_t)sprintf(text + length, "{a: b}");
    for (int i = 0; i < 990; i++)
        text[length++] = '}';
    length += (size_t)sprintf(text + length, "}]\ncalendars: {c: {hours: {mon: [");
    for (int i = 0; i < 2000; i++)
        length += (size_t)sprintf(text + length, "%s\"%02d:%02d:%02d-%02d:%02d:%02d\"",
                                  i == 0 ? "" : ", ", i / 120, i / 2 % 60, i % 2 * 30, i / 120,
                                  i / 2 % 60, i % 2 * 30 + 10);
    sprintf(text + length, "]}}}\ncalendar: c\n");
    sla_policy_options options = with_dump();
    options.max_depth = 1000;
    sla_policy *policy = NULL, *again = NULL;
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, NULL), SLA_OK);
    char *dump = dump_of(policy, SLA_DUMP_YAML);
    ck_assert_int_eq(sla_policy_compile(dump, SLA_NUL_TERMINATED, &options, &again, NULL), SLA_OK);
    char *second = dump_of(again, SLA_DUMP_YAML);
    ck_assert_str_eq(second, dump);
    free(dump);
    free(second);
    sla_policy_unref(policy);
    sla_policy_unref(again);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

int main(int argc, char **argv)
{
    Suite *suite = suite_create("dump");
    TCase *cases = tcase_create("dump");
    zones = argc > 1 ? argv[1] : NULL;
    tcase_add_test(cases, policy_is_written_in_the_order_of_the_language);
    tcase_add_test(cases, json_is_the_same_with_other_signs);
    tcase_add_test(cases, dump_is_kept_only_where_it_was_asked_for);
    tcase_add_test(cases, faulty_policy_has_faults_and_no_dump);
    tcase_add_loop_test(cases, conditions_have_one_form_that_every_reader_reads_alike, 0,
                        COUNT(conditions));
    tcase_add_loop_test(cases, targets_have_one_form, 0, COUNT(targets));
    tcase_add_loop_test(cases, hours_are_grouped_by_day_and_nights_put_together, 0, COUNT(hours));
    tcase_add_loop_test(cases, days_have_one_form, 0, COUNT(days));
    tcase_add_test(cases, inherited_keys_are_left_to_the_calendar_that_has_them);
    tcase_add_test(cases, included_files_are_merged_in);
    tcase_add_test(cases, words_are_kept_and_defaults_left_out);
    tcase_add_test(cases, goals_and_tests_are_written);
    tcase_add_test(cases, long_names_are_keys_too);
    tcase_add_test(cases, deep_and_long_policies_have_dumps);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
