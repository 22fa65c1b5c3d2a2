/* SPDX-License-Identifier: MIT */
/* The policy's own tests: incidents that its author wrote down with what must become of them.
 *
 * A policy with tests that fail is a policy all the same: whoever loads it decides what that means.
 * Running a test needs no host: an engine of its own lives through it, and what it tells is
 * compared with what was expected. */
#ifndef SLA_POLICY_TEST_H
#define SLA_POLICY_TEST_H

#include <sla/explain.h>
#include <sla/policy.h>
#include <sla/types.h>

SLA_BEGIN_DECLS

/* A test. Texts are borrowed from the policy. */
typedef struct sla_policy_test {
    uint32_t size;
    uint32_t flags; /* 0 */
    sla_text name;
    sla_time at;         /* when its incident is opened */
    uint32_t step_count; /* the opening, and what stands under `then` */
    uint32_t line;       /* of its name, in the policy's own file */
    uint32_t column;     /* from 1, in characters */
    uint32_t reserved;   /* 0 */
} sla_policy_test;

/* The test at `index` from 0 in the order of the policy. 1; 0 past the end, or when
   `out_test->size` is not set. Any thread. Since 0.4. */
SLA_API int32_t sla_policy_test_at(const sla_policy *policy, size_t index,
                                   sla_policy_test *out_test);

/* A test that was run: what was not as expected. Immutable: any number of threads may read it. It
   holds a reference to its policy; what its functions give is borrowed from it. */
typedef struct sla_test_run sla_test_run;

/* Runs a test, on the policy's allocator. On SLA_OK `*out_run` is owned by the caller, whether the
   test passed or not.
   SLA_OK, SLA_ERROR_ARGUMENT (no such test among them), SLA_ERROR_MEMORY. Any thread. Since 0.4. */
SLA_API sla_status sla_policy_test_run(const sla_policy *policy, size_t index,
                                       sla_test_run **out_run);

/* How many mismatches there are; 0: the test passed. NULL has none. Since 0.4. */
SLA_API size_t sla_test_run_count(const sla_test_run *run);

#define SLA_MISMATCH_ATTRIBUTE 1u /* an attribute, the severity too */
#define SLA_MISMATCH_AGREEMENT 2u
#define SLA_MISMATCH_CLOCK 3u      /* its deadline, state, calendar ... */
#define SLA_MISMATCH_EVENT 4u      /* an event that did not come, or not in this order */
#define SLA_MISMATCH_UNEXPECTED 5u /* an event that should not have come */
#define SLA_MISMATCH_UPDATE 6u     /* an update could not be applied: the test ended there */

/* One thing that was not as expected. Lines count from 1, columns in characters from 1, ends are
   exclusive; the place is that of the expectation in the policy's own file. */
typedef struct sla_test_mismatch {
    uint32_t size;
    uint32_t flags; /* 0 */
    uint32_t what;  /* SLA_MISMATCH_... */
    uint32_t step;  /* 0: at the opening; else the step under `then`, from 1 */
    uint32_t line, column;
    uint32_t end_line, end_column;
    sla_time at;       /* the step's instant */
    sla_text subject;  /* "severity", "first_response", "first_response deadline", "events" ... */
    sla_text expected; /* in the policy's words, instants with the offset of its zone */
    sla_text got;
    uint32_t metric_index; /* SLA_NO_INDEX: no metric's */
    uint32_t kind;         /* of the metric's clock; 0 without one */
    const sla_explanation *explanation; /* of that clock as it stood then, or of how the incident
                                           was classified; NULL: there is none */
    const void *reserved;
} sla_test_mismatch;

/* The mismatch at `index` from 0, step by step; within a step attributes, agreements, clocks,
   events. 1; 0 past the end, or when `out_mismatch->size` is not set. Since 0.4. */
SLA_API int32_t sla_test_run_mismatch(const sla_test_run *run, size_t index,
                                      sla_test_mismatch *out_mismatch);

/* Frees it; NULL is allowed. Since 0.4. */
SLA_API void sla_test_run_free(sla_test_run *run);

SLA_END_DECLS

#endif
