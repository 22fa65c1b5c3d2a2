/* SPDX-License-Identifier: MIT */
/* Random policies of rules, written as YAML. */
#include "random_rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((format(printf, 2, 3))) static void put(struct random_rules *rules,
                                                      const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(rules->text + rules->used, rules->capacity - rules->used, format,
                           arguments);
    va_end(arguments);
    rules->used += (size_t)length;
    if (rules->used >= rules->capacity)
        abort(); /* the test has to give more */
}

static int32_t pick(struct random_rules *rules, int32_t low, int32_t high)
{
    return (int32_t)random_between(&rules->random, low, high);
}

/* Short, of eight bytes and a little more, longer than a place of a table holds, numbers, empty. */
static void value_text(int32_t number, char *out)
{
    static const char *const forms[] = {"v%d", "value-%02d", "%d", "a value of some length, no %d",
                                        "00%d.50"};
    if (number == 3)
        out[0] = '\0';
    else
        snprintf(out, 64, forms[number % 5], number);
}

void random_rules_value(struct random *random, int32_t values, int fresh, char *out)
{
    int32_t number = (int32_t)random_between(random, 0, values - 1);
    value_text(fresh ? number + 100000 : number, out);
}

static void put_value(struct random_rules *rules, int32_t number)
{
    char value[64];
    value_text(number, value);
    put(rules, "\"%s\"", value);
}

/* Different ones, in brackets; `many` at most. */
static void put_values(struct random_rules *rules, int32_t many)
{
    int32_t count = pick(rules, 1, many), first = pick(rules, 0, rules->values - 1);
    count = count > rules->values ? rules->values : count;
    put(rules, "[");
    for (int32_t i = 0; i < count; i++) {
        put(rules, i == 0 ? "" : ", ");
        put_value(rules, (first + i) % rules->values);
    }
    put(rules, "]");
}

/* What an attribute is compared with. Rows of long lists mostly name one value, so that the first
   that matches may be any of them. */
static void put_test(struct random_rules *rules)
{
    switch (pick(rules, 0, rules->wide ? 199 : 13)) {
    case 0:
        put(rules, "{not: ");
        put_values(rules, 4);
        put(rules, "}");
        break;
    case 1:
        put(rules, "{exists: %s}", pick(rules, 0, 1) ? "true" : "false");
        break;
    case 2:
        put(rules, "{min: %d, max: %d}", pick(rules, -2, 9), pick(rules, 9, 30));
        break;
    case 3:
        put(rules, "{prefix: \"%s\"}", pick(rules, 0, 1) ? "value" : "v1");
        break;
    case 4:
        put(rules, "{contains: \"%d\"}", pick(rules, 0, 9));
        break;
    case 5:
        put(rules, "{exists: true, not: ");
        put_value(rules, pick(rules, 0, rules->values - 1));
        put(rules, "}");
        break;
    case 6:
        put(rules, "{not: {min: %d}}", pick(rules, 0, 20));
        break;
    case 7:
        put_values(rules, pick(rules, 0, 9) == 0 ? 90 : 6);
        break;
    default:
        put_value(rules, pick(rules, 0, rules->values - 1));
    }
}

static void put_condition(struct random_rules *rules, int32_t depth);

static void put_several(struct random_rules *rules, const char *word, int32_t depth)
{
    int32_t count = pick(rules, 1, 3);
    put(rules, "%s: [", word);
    for (int32_t i = 0; i < count; i++) {
        put(rules, i == 0 ? "" : ", ");
        put_condition(rules, depth - 1);
    }
    put(rules, "]");
}

/* A member that is no incoming attribute; 0: none was written. */
static int put_special(struct random_rules *rules, int32_t depth)
{
    int32_t form = depth > 0 ? pick(rules, 0, rules->wide ? 99 : 11) : 99;
    if (form == 0 || form == 1) {
        put_several(rules, form == 0 ? "any" : "all", depth);
    } else if (form == 2) {
        put(rules, "not: ");
        put_condition(rules, depth - 1);
    } else if (form == 3) {
        put(rules, "%s: office", pick(rules, 0, 1) ? "opened_in" : "opened_outside");
    } else if (form == 8) { /* many values, and more said about the same attribute */
        put(rules, "all: [{a0: ");
        put_values(rules, 90);
        put(rules, "}, {a0: {not: ");
        put_value(rules, pick(rules, 0, rules->values - 1));
        put(rules, "}}]");
    } else if (form < 6 && rules->severity_in_scope) {
        put(rules, "severity: s%d", pick(rules, 0, 2));
    } else if (form < 8 && rules->derived > 0) {
        put(rules, "d%d: ", pick(rules, 0, rules->derived - 1));
        put_test(rules);
    } else {
        return 0;
    }
    return 1;
}

static void put_condition(struct random_rules *rules, int32_t depth)
{
    int32_t first = pick(rules, 0, rules->attributes - 1), count = pick(rules, 1, 3);
    put(rules, "{");
    for (int32_t i = 0; i < count && i < rules->attributes; i++) {
        put(rules, i == 0 ? "" : ", ");
        if (i == 0 && put_special(rules, depth))
            continue;
        put(rules, "a%d: ", (first + i) % rules->attributes);
        put_test(rules);
    }
    put(rules, "}");
}

static int32_t row_count(struct random_rules *rules)
{
    return rules->wide && pick(rules, 0, 1) ? pick(rules, 65, 700) : pick(rules, 0, 9);
}

static void put_rows(struct random_rules *rules, const char *name, int is_severity)
{
    int32_t rows = row_count(rules), raises = is_severity ? pick(rules, 0, 3) : 0;
    put(rules, "  %s:\n", name);
    for (int32_t i = 0; i < rows; i++) {
        put(rules, "    - {when: ");
        put_condition(rules, pick(rules, 0, 2));
        if (is_severity)
            put(rules, ", is: s%d}\n", pick(rules, 0, 2));
        else if (pick(rules, 0, 9) == 0)
            put(rules, ", is: {copy: a%d}}\n", pick(rules, 0, rules->attributes - 1));
        else
            put(rules, ", is: \"v%d\"}\n", pick(rules, 0, 9));
    }
    if (is_severity && pick(rules, 0, 3) == 0)
        put(rules, "    - {is: {copy: a0}}\n");
    else
        put(rules, "    - {is: %s}\n", is_severity ? "s1" : "other");
    for (int32_t i = 0; i < raises; i++) {
        put(rules, "    - {raise: %d, when: ", pick(rules, 0, 1) ? 1 : -1);
        put_condition(rules, 1);
        put(rules, "}\n");
    }
}

static void put_derivations(struct random_rules *rules)
{
    int32_t count = pick(rules, 0, 3);
    int32_t severity = rules->has_severities && pick(rules, 0, 4) > 0;
    if (count + severity == 0)
        return;
    put(rules, "classify:\n");
    for (rules->derived = 0; rules->derived < count; rules->derived++) {
        char name[16];
        int32_t a = pick(rules, 0, rules->attributes - 1);
        snprintf(name, sizeof name, "d%d", rules->derived);
        switch (pick(rules, 0, 3)) {
        case 0:
            put(rules, "  %s: {by: a%d, is: {", name, a);
            for (int32_t i = 0; i < 6 && i < rules->values; i++) {
                put(rules, i == 0 ? "" : ", ");
                put_value(rules, i);
                put(rules, ": v%d", pick(rules, 0, 9));
            }
            put(rules, "}%s}\n", pick(rules, 0, 1) ? ", default: v0" : "");
            break;
        case 1:
            put(rules, "  %s: {matrix: {rows: {a%d: [v0, value-01, \"2\"]}, "
                       "columns: {a%d: [v0, v5]},\n"
                       "    values: [[x, y], [z, v0], [v5, w]]}, default: x}\n",
                name, a, (a + 1) % rules->attributes);
            break;
        default:
            put_rows(rules, name, 0);
        }
    }
    if (severity)
        put_rows(rules, "severity", 1);
}

static void put_target(struct random_rules *rules)
{
    switch (pick(rules, 0, 9)) {
    case 0:
        put(rules, "none");
        break;
    case 1:
        put(rules, "{agreed: visit%s}", pick(rules, 0, 1) ? ", latest: 3h" : "");
        break;
    case 2:
        put(rules, "{by: a0, is: {v0: 1h, \"2\": 2wd, v5: none}%s}",
            pick(rules, 0, 1) ? ", default: 3h" : "");
        break;
    case 3:
        put(rules, "{within: %dwd, due: close}", pick(rules, 0, 4));
        break;
    case 4:
        put(rules, "{within: 2h, calendar: {by: a0, is: {v0: office, v5: 24x7}, "
                   "default: office}}");
        break;
    default:
        put(rules, "%dm", pick(rules, 0, 2) == 0 ? 480 : pick(rules, 1, 3000));
    }
}

/* Every row of a list of targets; the last one for all. */
static void put_targets(struct random_rules *rules, const char *indent)
{
    int32_t rows = row_count(rules);
    for (int32_t i = 0; i <= rows; i++) {
        put(rules, "%s- {", indent);
        if (i < rows || pick(rules, 0, 4) == 0) {
            put(rules, "when: ");
            put_condition(rules, pick(rules, 0, 2));
            put(rules, ", ");
        }
        int32_t first = pick(rules, 0, rules->metrics - 1), count = pick(rules, 1, rules->metrics);
        for (int32_t k = 0; k < count; k++) {
            put(rules, "%sm%d: ", k == 0 ? "" : ", ", (first + k) % rules->metrics);
            put_target(rules);
        }
        put(rules, "}\n");
    }
}

static void put_agreements(struct random_rules *rules)
{
    static const char *const kinds[] = {"sla", "ola", "uc"};
    int32_t count = rules->wide && pick(rules, 0, 3) == 0 ? pick(rules, 65, 150)
                                                          : pick(rules, 1, 5);
    int32_t wide = rules->wide;
    if (count > 5)
        rules->wide = 0;
    put(rules, "agreements:\n");
    for (int32_t i = 0; i < count; i++) {
        put(rules, "  - name: agreement %d\n    kind: %s\n", i, kinds[pick(rules, 0, 2)]);
        if (pick(rules, 0, 3) > 0) {
            put(rules, "    when: ");
            put_condition(rules, pick(rules, 0, 2));
            put(rules, "\n");
        }
        if (pick(rules, 0, 3) == 0)
            put(rules, "    from: 2026-0%d-01\n", pick(rules, 1, 9));
        if (pick(rules, 0, 3) == 0)
            put(rules, "    until: 2026-1%d-10\n", pick(rules, 0, 2));
        put(rules, "    targets:\n");
        put_targets(rules, "      ");
    }
    rules->wide = wide;
}

void random_rules_write(struct random_rules *rules)
{
    rules->used = 0;
    rules->derived = rules->severity_in_scope = 0;
    rules->wide = pick(rules, 0, 39) == 0;
    rules->attributes = pick(rules, 1, RULES_ATTRIBUTES);
    rules->values = rules->wide ? pick(rules, 5, 300) : pick(rules, 2, 12);
    rules->has_severities = pick(rules, 0, 4) > 0;
    rules->metrics = pick(rules, 1, RULES_METRICS);
    put(rules, "sla: 1\n%scalendar: office\n"
               "calendars: {office: {hours: {mon-fri: \"09:00-17:00\"}}}\n",
        pick(rules, 0, 3) == 0 ? "roll_deadlines: true\n" : "");
    if (rules->has_severities)
        put(rules, "severities: [s0, s1, s2]\n");
    put_derivations(rules);
    rules->severity_in_scope = rules->has_severities;
    put(rules, "metrics:\n");
    for (int32_t i = 0; i < rules->metrics; i++)
        put(rules, "  m%d: {start: opened, stop: resolved}\n", i);
    if (pick(rules, 0, 1)) {
        put(rules, "targets:\n");
        put_targets(rules, "  ");
    } else {
        put_agreements(rules);
    }
}
