/* SPDX-License-Identifier: MIT */
/* One of the policy's own tests while it runs, and what came of it. */
#ifndef ENGINE_POLICY_TEST_H
#define ENGINE_POLICY_TEST_H

#include "engine/goal.h"
#include "engine/work.h"

#include <sla/goal.h>
#include <sla/policy_test.h>

struct mismatch {
    sla_test_mismatch shown; /* but for the explanation */
    sla_explanation *explanation; /* or NULL */
};

struct sla_test_run {
    sla_policy *policy;
    struct arena arena; /* this struct, and the texts */
    ARRAY(struct mismatch) mismatches;
};

struct trial {
    sla_test_run *run;
    const sla_policy *policy;
    const struct policy_test *test;
    sla_engine *engine;
    struct text_builder words; /* a text in the making; see trial_words() */
    ARRAY(sla_event) told;     /* in this step */
    uint32_t step;
    bool failed; /* there was no memory: nothing of this is handed out */
};

#define TRIAL_INCIDENT TEXT("the incident")

static inline const struct test_step *trial_step(const struct trial *trial)
{
    return &trial->test->steps[trial->step];
}

/* The words that were added since the last call, as a text that lives as long as the run. */
sla_text trial_words(struct trial *trial);
void trial_add_instant(struct trial *trial, sla_time at); /* SLA_TIME_NONE: none */
void trial_add_duration(struct trial *trial, sla_duration duration);
/* A metric, with the kind if the policy has several; INDEX_NONE: of any kind. */
void trial_add_metric(struct trial *trial, uint32_t metric, uint32_t kind);
/* An event, with those details of a told one that are expected of one `like` it. */
void trial_add_expected(struct trial *trial, const struct expected_event *event);
void trial_add_event(struct trial *trial, const sla_event *event,
                     const struct expected_event *like);

/* Notes that something is not as expected; the rest is filled in here. `metric` SLA_NO_INDEX: the
   explanation is of the classification. */
void trial_tell(struct trial *trial, const struct test_place *place, sla_test_mismatch shown);

/* Compares what stands, and what was told, with what the step expects. */
void trial_check_values(struct trial *trial);
void trial_check_clocks(struct trial *trial);
void trial_check_events(struct trial *trial);

#endif
