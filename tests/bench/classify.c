/* SPDX-License-Identifier: MIT */
/* The speed of classification: 20 rules and 1,000 rules on 10 attributes, with bound ids and by
 * names, one by one and by rows. Each is asked of many incidents in turn, so that a processor
 * cannot learn them by heart, and measured beside a chain of dependent steps of the processor.
 * Arguments, for who counts instructions: which question (0, 1), which way (0 to 4), how many
 * incidents; then it only asks. */
#define _GNU_SOURCE
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define INCIDENTS 1024
#define ROUNDS 200
#define ATTRIBUTES 10
#define OPENED ((sla_time)1795132800) /* 2026-11-20T00:00:00Z */

static uint64_t random_state = 20261127;
static uint32_t draw(uint32_t below) /* xorshift, so that every run asks the same */
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 33) % below;
}

/* Time of this process alone: other programs on the machine disturb less. */
static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e9 + (double)at.tv_nsec;
}

static volatile uint64_t sink;

/* Nanoseconds of a multiplication that waits for the one before. */
static double dependent_step(void)
{
    double best = 0;
    for (int round = 0; round < 5; round++) {
        uint64_t value = random_state | 1;
        double start = now();
        for (int i = 0; i < 2000000; i++)
            value = value * 6364136223846793005u + 1442695040888963407u;
        double spent = (now() - start) / 2000000;
        sink = value;
        best = best == 0 || spent < best ? spent : best;
    }
    return best;
}

/* Policies: `rules` rows that name two to four of so many attributes, with so many values each. */
struct question {
    const char *name;
    uint32_t rules, attributes, values;
    double goals[5]; /* of each way; 0: none */
    sla_policy *policy;
    uint32_t ids[ATTRIBUTES];
    char names[ATTRIBUTES][24];
    /* incident by incident, close together */
    char texts[INCIDENTS * ATTRIBUTES][24];
    sla_attribute bound[INCIDENTS * ATTRIBUTES], named[INCIDENTS * ATTRIBUTES];
    sla_text values_of[ATTRIBUTES][INCIDENTS];
    uint32_t value_ids[ATTRIBUTES][INCIDENTS];
};

static void write_policy(const struct question *question, char *text, size_t capacity)
{
    static const char *const severities[] = {"urgent", "important", "general"};
    size_t used = (size_t)snprintf(text, capacity,
                                   "sla: 1\nseverities: [urgent, important, general]\n"
                                   "classify:\n  severity:\n");
    for (uint32_t i = 1; i < question->rules; i++) {
        uint32_t names = 2 + draw(3), first = draw(question->attributes);
        used += (size_t)snprintf(text + used, capacity - used, "    - {when: {");
        for (uint32_t k = 0; k < names; k++)
            used += (size_t)snprintf(text + used, capacity - used, "%sattribute_%u: value_%u",
                                     k == 0 ? "" : ", ", (first + k) % question->attributes,
                                     draw(question->values));
        used += (size_t)snprintf(text + used, capacity - used, "}, is: %s}\n",
                                 severities[draw(3)]);
    }
    snprintf(text + used, capacity - used,
             "    - {is: general}\n"
             "metrics:\n  answer: {start: opened, stop: answered}\n"
             "  solve: {start: opened, stop: solved}\n"
             "targets:\n  - {when: {severity: urgent}, answer: 30m, solve: 4h}\n"
             "  - {when: {severity: important}, answer: 2h, solve: 8h}\n"
             "  - {answer: 8h, solve: 40h}\n");
}

static int prepare(struct question *question)
{
    size_t capacity = 200 * (size_t)question->rules + 4000;
    char *text = malloc(capacity);
    write_policy(question, text, capacity);
    sla_status status =
        sla_policy_compile(text, SLA_NUL_TERMINATED, NULL, &question->policy, NULL);
    free(text);
    for (uint32_t k = 0; status == SLA_OK && k < question->attributes; k++) {
        snprintf(question->names[k], sizeof question->names[k], "attribute_%u", k);
        question->ids[k] =
            sla_policy_attribute(question->policy, question->names[k], SLA_NUL_TERMINATED);
    }
    for (size_t i = 0; i < INCIDENTS; i++)
        for (uint32_t k = 0; k < question->attributes; k++) {
            size_t at = i * question->attributes + k;
            char *value = question->texts[at];
            size_t length = (size_t)snprintf(value, 24, "value_%u", draw(question->values));
            sla_attribute *attribute = &question->bound[at];
            *attribute = (sla_attribute){.value = {value, length}, .id = question->ids[k]};
            question->values_of[k][i] = attribute->value;
            question->value_ids[k][i] = sla_policy_value(question->policy, value, length);
            question->named[at] = *attribute;
            question->named[at].id = 0;
            question->named[at].name =
                (sla_text){question->names[k], strlen(question->names[k])};
        }
    return status == SLA_OK;
}

/* One way of asking: attributes by names or ids, one by one, or rows of columns. */
enum way { BY_NAMES, BY_IDS, ROWS_BY_TEXTS, ROWS_BY_VALUES, ROWS_WITH_DEADLINES, WAYS };
static const char *const way_names[WAYS] = {
    "classify, by names", "classify, bound ids", "evaluate_many, a row", "... values bound, too",
    "... and two deadlines",
};

__attribute__((noinline)) static uint64_t classify(const struct question *question,
                                                   size_t incident, enum way way)
{
    sla_classification *made = NULL;
    sla_text severity = {NULL, 0};
    const sla_attribute *attributes =
        (way == BY_NAMES ? question->named : question->bound) + incident * question->attributes;
    if (sla_policy_classify(question->policy, OPENED, attributes, question->attributes, &made) < 0)
        abort();
    sla_classification_severity(made, &severity);
    sla_classification_free(made);
    return severity.length;
}

__attribute__((noinline)) static uint64_t evaluate(const struct question *question, size_t rows,
                                                   enum way way)
{
    static uint32_t severities[INCIDENTS], lines[2][INCIDENTS];
    static sla_time deadlines[2][INCIDENTS];
    static const sla_time at = OPENED;
    sla_column columns[ATTRIBUTES];
    sla_clock_columns clocks[2];
    for (uint32_t k = 0; k < question->attributes; k++)
        columns[k] = (sla_column){.id = question->ids[k], .values = question->values_of[k],
                                  .value_ids = way == ROWS_BY_TEXTS ? NULL
                                                                    : question->value_ids[k],
                                  .step = 1};
    for (uint32_t i = 0; i < 2; i++)
        clocks[i] = (sla_clock_columns){.size = sizeof clocks[i], .metric = i, .lines = lines[i],
                                        .deadlines = way == ROWS_WITH_DEADLINES ? deadlines[i]
                                                                                : NULL};
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = rows, .at = &at,
                                 .columns = columns, .column_count = question->attributes,
                                 .clocks = clocks, .clock_count = 2, .severities = severities};
    if (sla_policy_evaluate_many(question->policy, &evaluation) < 0)
        abort();
    return severities[rows / 2] + lines[1][rows / 2];
}

static uint64_t ask(const struct question *question, enum way way, size_t incidents)
{
    uint64_t sum = 0;
    if (way >= ROWS_BY_TEXTS)
        return evaluate(question, incidents, way);
    for (size_t i = 0; i < incidents; i++)
        sum += classify(question, i, way);
    return sum;
}

/* The best nanoseconds for an incident in each way; the ways take turns. */
static void measure(const struct question *question, double best[WAYS])
{
    for (int round = 0; round < ROUNDS; round++)
        for (int way = 0; way < WAYS; way++) {
            double start = now();
            sink = ask(question, (enum way)way, INCIDENTS);
            double spent = (now() - start) / INCIDENTS;
            best[way] = best[way] == 0 || spent < best[way] ? spent : best[way];
        }
}

int main(int count, char **arguments)
{
    static struct question questions[] = {
        {.name = "20 rules", .rules = 20, .attributes = 5, .values = 5,
         .goals = {500, 100, 100, 0, 0}},
        {.name = "1,000 rules", .rules = 1000, .attributes = 10, .values = 20,
         .goals = {0, 1000, 1000, 0, 0}},
    };
    if (!prepare(&questions[0]) || !prepare(&questions[1]))
        return 1;
    if (count > 3) {
        sink = ask(&questions[atoi(arguments[1]) % 2], (enum way)(atoi(arguments[2]) % WAYS),
                   (size_t)atoi(arguments[3]) % (INCIDENTS + 1));
        return 0;
    }
    double step = dependent_step();
    printf("%-12s %-24s %10s %6s %9s\n", "", "", "ns", "steps", "goal, ns");
    for (size_t i = 0; i < 2; i++) {
        double best[WAYS] = {0};
        measure(&questions[i], best);
        for (int way = 0; way < WAYS; way++) {
            printf("%-12s %-24s %10.1f %6.0f", questions[i].name, way_names[way], best[way],
                   best[way] / step);
            if (questions[i].goals[way] > 0)
                printf(" %9.0f", questions[i].goals[way]);
            printf("\n");
        }
    }
    printf("a step, a dependent multiplication and addition: %.2f ns\n", step);
    return 0;
}
