/* SPDX-License-Identifier: MIT */
/* One question to a calendar, which the walk, the day oracle and the library all answer with one
 * number, so that answers are compared in one place. */
#ifndef SUPPORT_ORACLE_QUESTION_H
#define SUPPORT_ORACLE_QUESTION_H

#include <sla/calendar.h>
#include <stdbool.h>

enum oracle_ask {
    ASK_ELAPSED, /* at, with: another instant */
    ASK_ADD,     /* at, with: seconds of either sign */
    ASK_IS_OPEN,
    ASK_NEXT_OPEN,
    ASK_NEXT_CLOSE,
    ASK_DUE,         /* at, with: the amount; and the fields below */
    ASK_DAY,         /* at: a date; with: which part of the day, ASK_DAY_* or more */
    ASK_IS_WORKDAY,   /* at: a date */
    ASK_WORKDAYS,     /* at, with: dates */
    ASK_ADD_WORKDAYS, /* at: a date; with: how many, of either sign */
    ASK_PROVISIONAL,
    ASK_COUNT
};

#define ASK_DAY_OPEN 0     /* counted seconds */
#define ASK_DAY_COUNT 1    /* how many stretches */
#define ASK_DAY_LENGTH 2   /* of the date in seconds */
#define ASK_DAY_START 3
#define ASK_DAY_KIND 4
#define ASK_DAY_STRETCH 5 /* + 2 k: the opening of stretch k, + 2 k + 1: its closing */

struct oracle_question {
    enum oracle_ask ask;
    int64_t at, with;
    uint32_t unit, due, due_time, cutoff; /* as in sla_target */
};

#define ORACLE_RANGE INT64_MIN          /* SLA_ERROR_RANGE */
#define ORACLE_ARGUMENT (INT64_MIN + 1) /* SLA_ERROR_ARGUMENT */
#define ORACLE_OTHER (INT64_MIN + 2)    /* any other status */
#define ORACLE_UNKNOWN (INT64_MIN + 3)  /* this oracle cannot tell: not to be compared */

/* What the library says, through its public functions. */
int64_t oracle_library(const sla_calendar *calendar, const struct oracle_question *question);

/* The question as text, with instants as UTC. */
#define ORACLE_TEXT_CAPACITY 300
void oracle_question_text(const struct oracle_question *question, char *text);
void oracle_answer_text(const struct oracle_question *question, int64_t answer, char *text);

static inline bool oracle_in_range(int64_t at)
{
    return at >= SLA_TIME_MIN && at <= SLA_TIME_MAX;
}

static inline bool oracle_asks_date(const struct oracle_question *question)
{
    return question->ask >= ASK_DAY && question->ask <= ASK_ADD_WORKDAYS;
}

#endif
