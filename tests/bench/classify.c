/* SPDX-License-Identifier: MIT */
/* The speed of classification: 20 rules with bound ids and by names, 1,000 rules on 10 attributes,
 * and rows in one call. Each is asked of many incidents in turn, and measured beside a chain of
 * dependent steps of the processor, which no memory slows down.
 * With an argument (a number of incidents) it only asks, for who counts instructions. */
#define _GNU_SOURCE
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define INCIDENTS 4096
#define ROUNDS 40
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
    double goal;
    sla_policy *policy;
    uint32_t ids[ATTRIBUTES];
    char names[ATTRIBUTES][16];
    char texts[INCIDENTS][ATTRIBUTES][16];
    sla_attribute bound[INCIDENTS][ATTRIBUTES], named[INCIDENTS][ATTRIBUTES];
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
            char *value = question->texts[i][k];
            size_t length = (size_t)snprintf(value, 16, "value_%u", draw(question->values));
            sla_attribute *attribute = &question->bound[i][k];
            *attribute = (sla_attribute){.value = {value, length}, .id = question->ids[k]};
            question->named[i][k] = *attribute;
            question->named[i][k].id = 0;
            question->named[i][k].name =
                (sla_text){question->names[k], strlen(question->names[k])};
        }
    return status == SLA_OK;
}

static uint64_t classify(const struct question *question, size_t incident, int by_name)
{
    sla_classification *made = NULL;
    sla_text severity = {NULL, 0};
    const sla_attribute *attributes =
        by_name ? question->named[incident] : question->bound[incident];
    if (sla_policy_classify(question->policy, OPENED, attributes, question->attributes, &made) < 0)
        abort();
    sla_classification_severity(made, &severity);
    sla_classification_free(made);
    return severity.length;
}

static double measure(const struct question *question, int by_name)
{
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t sum = 0;
        double start = now();
        for (size_t i = 0; i < INCIDENTS; i++)
            sum += classify(question, i, by_name);
        double spent = (now() - start) / INCIDENTS;
        sink = sum;
        best = best == 0 || spent < best ? spent : best;
    }
    return best;
}

int main(int count, char **arguments)
{
    static struct question questions[] = {
        {.name = "20 rules", .rules = 20, .attributes = 5, .values = 5, .goal = 100},
        {.name = "1,000 rules", .rules = 1000, .attributes = 10, .values = 20, .goal = 1000},
    };
    double step = dependent_step();
    for (size_t i = 0; i < 2; i++) {
        struct question *question = &questions[i];
        if (!prepare(question))
            return 1;
        if (count > 1) {
            for (int n = atoi(arguments[1]); n > 0; n--)
                sink = sink + classify(question, (size_t)n % INCIDENTS, 0);
            continue;
        }
        double bound = measure(question, 0), named = measure(question, 1);
        printf("%-12s %-24s %8.1f ns  goal %5.0f ns  %6.0f steps\n", question->name,
               "classify, bound ids", bound, question->goal, bound / step);
        printf("%-12s %-24s %8.1f ns  goal %5.0f ns  %6.0f steps\n", question->name,
               "classify, by names", named, question->rules == 20 ? 500.0 : 0.0, named / step);
    }
    printf("a dependent multiplication: %.2f ns\n", step);
    return 0;
}
