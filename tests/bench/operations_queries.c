/* SPDX-License-Identifier: MIT */
/* Instruction counts of questions: calendars and classification. */
#include "operations.h"

#include "long_policy.h"
#include "random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STARTS 1000
#define ATTRIBUTES_MOST 10
#define TEXT_BYTES 200000

static const char calendar_policy[] =
    "sla: 1\n"
    "calendar: office\n"
    "holidays:\n"
    "  some: {through: 2040-12-31, closed: [{yearly: 01-01}, {yearly: 05-01}, {yearly: 12-25},\n"
    "    {yearly: 12-26}, {yearly: easter + 1}, {yearly: last mon of may}]}\n"
    "calendars:\n"
    "  office: {hours: {mon-fri: [\"09:00-12:00\", \"13:00-18:00\"]}, holidays: [some]}\n"
    "targets: [{resolution: 8h}]\n";

struct calendar_questions {
    const sla_calendar *calendar;
    sla_target workdays;
    sla_time starts[STARTS], answers[STARTS];
    sla_duration counted;
};

static uint64_t add(void *state)
{
    struct calendar_questions *questions = state;
    for (size_t i = 0; i < STARTS; i++)
        sla_calendar_add(questions->calendar, questions->starts[i], HOUR_OF(8),
                         &questions->answers[i]);
    return STARTS;
}

static uint64_t add_many(void *state)
{
    struct calendar_questions *questions = state;
    sla_duration counted = HOUR_OF(8);
    sla_calendar_add_many(questions->calendar, STARTS, questions->starts, 1, &counted, 0,
                          questions->answers, NULL);
    return STARTS;
}

static uint64_t elapsed(void *state)
{
    struct calendar_questions *questions = state;
    for (size_t i = 0; i < STARTS; i++)
        sla_calendar_elapsed(questions->calendar, questions->starts[i],
                             questions->starts[i] + 30 * 86400, &questions->counted);
    return STARTS;
}

static uint64_t due_workdays(void *state)
{
    struct calendar_questions *questions = state;
    for (size_t i = 0; i < STARTS; i++)
        sla_calendar_due(questions->calendar, questions->starts[i], &questions->workdays,
                         &questions->answers[i]);
    return STARTS;
}

static void ask_calendar(void)
{
    static struct calendar_questions questions;
    struct random random = {2026};
    sla_policy *policy;
    operations_must(sla_policy_compile(calendar_policy, SLA_NUL_TERMINATED, NULL, &policy, NULL) ==
                        SLA_OK,
                    "the calendar's policy");
    questions.calendar = sla_policy_calendar(policy, "office", SLA_NUL_TERMINATED);
    questions.workdays.size = sizeof questions.workdays;
    operations_must(sla_target_parse("5wd", SLA_NUL_TERMINATED, &questions.workdays) == SLA_OK,
                    "the target");
    for (size_t i = 0; i < STARTS; i++)
        questions.starts[i] = DAY_OF_WEEK(random_between(&random, -4000, 4000)) +
                              random_between(&random, 0, 86399);
    operation("calendar_add", add, &questions);
    operation("calendar_add_many", add_many, &questions);
    operation("calendar_elapsed", elapsed, &questions);
    operation("calendar_due_workdays", due_workdays, &questions);
    operations_calendar_columns(questions.calendar, questions.starts, STARTS);
    sla_policy_unref(policy);
}

struct classify_questions {
    sla_policy *policy;
    unsigned attributes;
    sla_attribute rows[STARTS][ATTRIBUTES_MOST];
    sla_text values[ATTRIBUTES_MOST][STARTS]; /* the same, by columns */
    sla_column columns[ATTRIBUTES_MOST];
};

static uint64_t classify(void *state)
{
    struct classify_questions *questions = state;
    for (size_t i = 0; i < STARTS; i++) {
        sla_classification *found = NULL;
        sla_policy_classify(questions->policy, MONDAY, questions->rows[i], questions->attributes,
                            &found);
        sla_classification_free(found);
    }
    return STARTS;
}

/* The same incidents as columns. */
static uint64_t evaluate(void *state)
{
    static uint32_t severities[STARTS];
    struct classify_questions *questions = state;
    sla_time at = MONDAY;
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = STARTS, .at = &at,
                                 .columns = questions->columns,
                                 .column_count = questions->attributes,
                                 .severities = severities};
    sla_policy_evaluate_many(questions->policy, &evaluation);
    return STARTS;
}

/* `rules` rules that each look at two of so many attributes, and one target. */
static void ask_classes(const char *name, const char *batch, const char *dictionaries,
                        unsigned rules, unsigned attributes, unsigned values, int by_name)
{
    static const char severities[3][8] = {"high", "middle", "low"};
    static char attribute_names[ATTRIBUTES_MOST][8], texts[100][8];
    static struct classify_questions questions;
    struct random random = {rules};
    char *policy = malloc(TEXT_BYTES);
    operations_must(policy != NULL, "memory");
    int used = snprintf(policy, TEXT_BYTES,
                        "sla: 1\nseverities: [high, middle, low]\nclassify:\n  severity:\n");
    for (unsigned i = 0; i < rules - 1; i++) {
        int64_t first = random_between(&random, 0, attributes - 1);
        int64_t second = (first + random_between(&random, 1, attributes - 1)) % attributes;
        used += snprintf(policy + used, (size_t)(TEXT_BYTES - used),
                         "    - {when: {a%d: v%d, a%d: v%d}, is: %s}\n", (int)first,
                         (int)random_between(&random, 0, values - 1), (int)second,
                         (int)random_between(&random, 0, values - 1), severities[i % 3]);
    }
    snprintf(policy + used, (size_t)(TEXT_BYTES - used), "    - {is: low}\n"
             "targets: [{when: {severity: high}, resolution: 4h}, {resolution: 8h}]\n");
    operations_must(sla_policy_compile(policy, SLA_NUL_TERMINATED, NULL, &questions.policy,
                                       NULL) == SLA_OK, "the rules");
    free(policy);
    for (unsigned i = 0; i < values; i++)
        snprintf(texts[i], sizeof texts[i], "v%u", i % 100);
    questions.attributes = attributes;
    for (size_t i = 0; i < STARTS; i++) {
        for (unsigned n = 0; n < attributes; n++) {
            snprintf(attribute_names[n], sizeof attribute_names[n], "a%u", n % 10);
            sla_attribute *attribute = &questions.rows[i][n];
            const char *value = texts[random_between(&random, 0, values - 1)];
            *attribute = (sla_attribute){.value = {value, strlen(value)}};
            if (by_name)
                attribute->name = (sla_text){attribute_names[n], strlen(attribute_names[n])};
            else
                attribute->id = sla_policy_attribute(questions.policy, attribute_names[n],
                                                     SLA_NUL_TERMINATED);
        }
    }
    for (unsigned n = 0; n < attributes; n++) {
        for (size_t i = 0; i < STARTS; i++)
            questions.values[n][i] = questions.rows[i][n].value;
        questions.columns[n] = (sla_column){.id = questions.rows[0][n].id, .step = 1,
                                            .values = questions.values[n]};
    }
    operation(name, classify, &questions);
    if (batch != NULL)
        operation(batch, evaluate, &questions);
    if (dictionaries != NULL)
        operations_evaluate_dictionaries(dictionaries, questions.policy, questions.columns,
                                         attributes, STARTS);
    sla_policy_unref(questions.policy);
}

struct long_text {
    uint32_t lines;
    char *text;
    size_t length;
};

/* One compilation is as many operations as the policy has lines. */
static uint64_t compile_long(void *state)
{
    const struct long_text *text = state;
    sla_policy_options options = long_policy_options("");
    sla_policy *policy = NULL;
    operations_must(sla_policy_compile(text->text, text->length, &options, &policy, NULL) == SLA_OK,
                    "compiling a long policy");
    sla_policy_unref(policy);
    return text->lines;
}

static void count_compiling(const char *name, uint32_t lines)
{
    struct long_text text = {.lines = lines};
    text.text = long_policy(lines, &text.length);
    operations_must(text.text != NULL, "memory");
    operation(name, compile_long, &text);
    free(text.text);
}

void operations_queries(void)
{
    ask_calendar();
    ask_classes("classify_20_rules", "evaluate_20_rules_a_row", "evaluate_dictionaries_a_row", 20,
                4, 5, 0);
    ask_classes("classify_20_rules_by_name", NULL, NULL, 20, 4, 5, 1);
    ask_classes("classify_1000_rules", "evaluate_1000_rules_a_row", NULL, 1000, 10, 40, 0);
    count_compiling("compile_a_line_of_1000", 1000);
    count_compiling("compile_a_line_of_10000", 10000);
}
