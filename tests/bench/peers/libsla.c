/* SPDX-License-Identifier: MIT */
/* libsla's own answers to the questions, and what each costs.
 * usage: libsla FOLDER SECONDS NAME...   where NAME is one of `sets` below */
#include <sla/sla.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROWS 4096
#define HOUR 3600
#define MOST_PASSES 100000

struct questions {
    size_t count;
    sla_time start[ROWS], end[ROWS];
    sla_date day[ROWS], last[ROWS];
};

typedef void work(const sla_calendar *calendar, const struct questions *questions, int64_t *got);

static void add_8(const sla_calendar *calendar, const struct questions *questions, int64_t *got)
{
    for (size_t i = 0; i < questions->count; i++)
        sla_calendar_add(calendar, questions->start[i], 8 * HOUR, &got[i]);
}

static void add_200(const sla_calendar *calendar, const struct questions *questions, int64_t *got)
{
    for (size_t i = 0; i < questions->count; i++)
        sla_calendar_add(calendar, questions->start[i], 200 * HOUR, &got[i]);
}

static void elapsed(const sla_calendar *calendar, const struct questions *questions, int64_t *got)
{
    for (size_t i = 0; i < questions->count; i++)
        sla_calendar_elapsed(calendar, questions->start[i], questions->end[i], &got[i]);
}

/* The other convention: what falls on closing time is told as the next opening (C6). */
static void roll(const sla_calendar *calendar, const struct questions *questions, int64_t *got)
{
    for (size_t i = 0; i < questions->count; i++)
        sla_calendar_next_open(calendar, got[i], &got[i]);
}

static void add_8_rolled(const sla_calendar *calendar, const struct questions *questions,
                         int64_t *got)
{
    add_8(calendar, questions, got);
    roll(calendar, questions, got);
}

static void add_200_rolled(const sla_calendar *calendar, const struct questions *questions,
                           int64_t *got)
{
    add_200(calendar, questions, got);
    roll(calendar, questions, got);
}

static void add_many(const sla_calendar *calendar, const struct questions *questions,
                     sla_duration counted, int64_t *got)
{
    sla_calendar_add_many(calendar, questions->count, questions->start, 1, &counted, 0, got, NULL);
}

static void add_8_many(const sla_calendar *calendar, const struct questions *questions,
                       int64_t *got)
{
    add_many(calendar, questions, 8 * HOUR, got);
}

static void add_200_many(const sla_calendar *calendar, const struct questions *questions,
                         int64_t *got)
{
    add_many(calendar, questions, 200 * HOUR, got);
}

static void elapsed_many(const sla_calendar *calendar, const struct questions *questions,
                         int64_t *got)
{
    sla_calendar_elapsed_many(calendar, questions->count, questions->start, 1, questions->end, 1,
                              got, NULL);
}

static void add_days(const sla_calendar *calendar, const struct questions *questions, int64_t n,
                     int64_t *got)
{
    for (size_t i = 0; i < questions->count; i++) {
        sla_date date = 0;
        sla_calendar_add_workdays(calendar, questions->day[i], n, &date);
        got[i] = date;
    }
}

static void count_days(const sla_calendar *calendar, const struct questions *questions,
                       int64_t *got)
{
    for (size_t i = 0; i < questions->count; i++)
        sla_calendar_workdays(calendar, questions->day[i], questions->last[i], &got[i]);
}

static void add_1_day(const sla_calendar *calendar, const struct questions *questions,
                      int64_t *got)
{
    add_days(calendar, questions, 1, got);
}

static void add_25_days(const sla_calendar *calendar, const struct questions *questions,
                        int64_t *got)
{
    add_days(calendar, questions, 25, got);
}

static const struct {
    const char *name, *calendar;
    work *works[3];
} sets[] = {
    {"office", "office", {add_8, add_200, elapsed}},
    {"plain", "plain", {add_8, add_200, elapsed}},
    {"rolled", "office", {add_8_rolled, add_200_rolled, elapsed}},
    {"weekdays", "weekdays", {add_1_day, add_25_days, count_days}},
    {"days", "office", {add_1_day, add_25_days, count_days}},
    {"batch", "office", {add_8_many, add_200_many, elapsed_many}},
};

/* Seconds of work of this process: others on the machine do not count. */
static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static FILE *open_file(const char *folder, const char *name, const char *how)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, how);
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    return file;
}

static void read_questions(const char *folder, struct questions *questions)
{
    FILE *file = open_file(folder, "questions.txt", "r");
    long long start, end;
    int day, last;
    while (questions->count < ROWS &&
           fscanf(file, "%lld %lld %d %d", &start, &end, &day, &last) == 4) {
        size_t i = questions->count++;
        questions->start[i] = start;
        questions->end[i] = end;
        questions->day[i] = day;
        questions->last[i] = last;
    }
    fclose(file);
}

static int by_size(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Asks all questions again and again for some seconds; the median pass counts, as the processor's
   time is not exact enough for the best. */
static void measure(const char *folder, double seconds, const char *name, int number, work *asked,
                    const sla_calendar *calendar, const struct questions *questions)
{
    static int64_t got[ROWS];
    char file_name[64];
    static double took[MOST_PASSES];
    size_t passes = 0;
    double began = now();
    while (passes == 0 || (now() < began + seconds && passes < MOST_PASSES)) {
        double begin = now();
        asked(calendar, questions, got);
        took[passes++] = now() - begin;
    }
    qsort(took, passes, sizeof *took, by_size);
    double median = took[(passes - 1) / 2];
    printf("time %s W%d %.3f %zu\n", name, number, median / (double)questions->count * 1e9,
           questions->count);
    snprintf(file_name, sizeof file_name, "answers/%s.W%d", name, number);
    FILE *file = open_file(folder, file_name, "w");
    for (size_t i = 0; i < questions->count; i++)
        fprintf(file, "%lld\n", (long long)got[i]);
    fclose(file);
}

int main(int count, char **arguments)
{
    static struct questions questions;
    char path[4096];
    sla_policy *policy;
    if (count < 4)
        return 2;
    snprintf(path, sizeof path, "%s/policy.yaml", arguments[1]);
    if (sla_policy_load(path, NULL, &policy, NULL) != SLA_OK)
        return 1;
    read_questions(arguments[1], &questions);
    for (size_t set = 0; set < sizeof sets / sizeof *sets; set++)
        for (int wanted = 3; wanted < count; wanted++)
            for (int i = 0; strcmp(arguments[wanted], sets[set].name) == 0 && i < 3; i++)
                measure(arguments[1], strtod(arguments[2], NULL), sets[set].name, i + 1,
                        sets[set].works[i],
                        sla_policy_calendar(policy, sets[set].calendar, SLA_NUL_TERMINATED),
                        &questions);
    sla_policy_unref(policy);
    return 0;
}
