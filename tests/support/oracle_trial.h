/* SPDX-License-Identifier: MIT */
/* Plans on trial: compiled by the library, asked, and on a wrong answer made as simple as it stays
 * wrong, then printed as a policy to try by hand. */
#ifndef SUPPORT_ORACLE_TRIAL_H
#define SUPPORT_ORACLE_TRIAL_H

#include "oracle_ask.h"
#include "oracle_walk.h"

struct trial {
    struct wall_clocks clocks;
    char zoneinfo[4096];
    struct random random;
    long wrong;
    long shown; /* so many failures are made simple and printed */
};

/* From a test's arguments: the folder of test data, a seed, a number of questions (read by
   the test itself), and how many failures to show. */
struct trial trial_make(int count, char **arguments, uint64_t seed);
/* How many questions the third argument asks for, or so many; a twentieth under valgrind. */
long trial_questions(int count, char **arguments, long usual);
void trial_free(struct trial *trial);

/* A plan as a policy of the library. Calendars that never open are refused (C8): then, and when
   the library is wrong about it, NULL. */
sla_policy *trial_compile(struct trial *trial, const struct plan *plan,
                          const struct oracle_days *all);
const sla_calendar *trial_calendar(const sla_policy *policy, int32_t index);

/* Who answers: by the walk, by days, or the library. */
enum trial_side { BY_WALK, BY_DAYS, BY_LIBRARY };

/* Notes that two sides differ on a question, and prints the smallest plan on which they do. */
void trial_differ(struct trial *trial, const struct plan *plan, int32_t index,
                  const struct oracle_question *question, enum trial_side right,
                  enum trial_side other);

#endif
