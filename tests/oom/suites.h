/* SPDX-License-Identifier: MIT */
/* The parts of the test; each adds its cases. In the loops 0 is one failure, 1 failing for good. */
#ifndef OOM_SUITES_H
#define OOM_SUITES_H

#include <check.h>

void add_policy_tests(TCase *cases);
void add_evaluate_tests(TCase *cases);
void add_engine_tests(TCase *cases);
void add_call_tests(TCase *cases);
void add_explain_tests(TCase *cases);
void add_policy_test_tests(TCase *cases);

/* A folder of zone files, and a policy file. */
extern const char *oom_zoneinfo, *oom_policy_file;

/* Prints the names of functions whose allocations fail in turn, one a line, and makes the test of
   the other calls print theirs. */
void print_known_calls(void);

#endif
