/* SPDX-License-Identifier: MIT */
/* A question about a calendar while it is answered. */
#ifndef CALENDAR_QUESTION_H
#define CALENDAR_QUESTION_H

#include "output.h"

/* A question while it is answered; `answer` is an error once `failed` is set. */
struct question {
    const sla_policy *policy;
    const sla_calendar *calendar;
    const json_t *body;
    json_t *answer;
    bool failed;
    sla_time latest; /* of the instants in question and answer, for C10 */
};

/* Sets the answer to an error; only the first one counts. */
void question_fail(struct question *question, sla_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Reads a target into `target`, whose `size` and `cutoff` are set. */
void question_read_target(struct question *question, const json_t *value, sla_target *target);

#endif
