/* SPDX-License-Identifier: MIT */
/* Eight threads at once, on one policy: what the headers promise of threads. Built with
 * ThreadSanitizer a race ends the program; without it only the answers are compared.
 *
 * usage: threads_test ZONEINFO */
#include "columns.h"
#include "crew.h"
#include "life.h"
#include "run_suite.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 3

static const char *zoneinfo;

/* What eight threads share, and what each of them found. */
struct shared {
    sla_policy *policy;
    const sla_diags *diags;
    const struct columns *columns;
    struct crew_memory memory;
    uint64_t sums[CREW];
    uint8_t fingerprints[CREW][16];
};

static sla_status compile(struct crew_memory *memory, const char *source, sla_policy **out_policy,
                          sla_diags **out_diags)
{
    sla_allocator allocator = crew_allocator(memory);
    sla_policy_options options = {.size = sizeof options,
                                  .zoneinfo = {zoneinfo, SLA_NUL_TERMINATED},
                                  .allocator = &allocator};
    return sla_policy_compile(source, SLA_NUL_TERMINATED, &options, out_policy, out_diags);
}

static void setup(struct shared *shared)
{
    memset(shared, 0, sizeof *shared);
    ck_assert_int_eq(compile(&shared->memory, life_policy, &shared->policy, NULL), SLA_OK);
}

static void assert_given_back(struct shared *shared)
{
    ck_assert_int_eq(atomic_load(&shared->memory.blocks), 0);
    ck_assert_int_eq(atomic_load(&shared->memory.bytes), 0);
}

static void live(void *argument, unsigned number)
{
    struct shared *shared = argument;
    shared->sums[number] = life_in_an_engine(shared->policy, 1 + number % 4, number >= 4);
}

START_TEST(engines_of_eight_threads_on_one_policy_tell_what_they_tell_alone)
{
    struct shared shared;
    setup(&shared);
    crew_run(live, &shared);
    for (unsigned i = 0; i < CREW; i++) {
        ck_assert_uint_ne(shared.sums[i], 0);
        ck_assert_uint_eq(shared.sums[i], life_in_an_engine(shared.policy, 1 + i % 4, 0));
    }
    ck_assert_uint_ne(shared.sums[0], shared.sums[1]);
    sla_policy_unref(shared.policy);
    assert_given_back(&shared);
}
END_TEST

static void ask(void *argument, unsigned number)
{
    struct shared *shared = argument;
    shared->sums[number] = life_of_questions(shared->policy, 1 + number % 4);
}

START_TEST(calendars_classifications_and_explanations_answer_eight_threads_as_one)
{
    struct shared shared;
    setup(&shared);
    crew_run(ask, &shared);
    for (unsigned i = 0; i < CREW; i++) {
        ck_assert_uint_ne(shared.sums[i], 0);
        ck_assert_uint_eq(shared.sums[i], life_of_questions(shared.policy, 1 + i % 4));
    }
    sla_policy_unref(shared.policy);
    assert_given_back(&shared);
}
END_TEST

static void ask_columns(void *argument, unsigned number)
{
    struct shared *shared = argument;
    shared->sums[number] = columns_ask(shared->policy, shared->columns);
}

START_TEST(the_same_columns_are_answered_to_eight_threads_as_to_one)
{
    static struct columns columns;
    struct shared shared;
    setup(&shared);
    columns_fill(&columns);
    shared.columns = &columns;
    crew_run(ask_columns, &shared);
    uint64_t alone = columns_ask(shared.policy, &columns);
    ck_assert_uint_ne(alone, 0);
    for (unsigned i = 0; i < CREW; i++)
        ck_assert_uint_eq(shared.sums[i], alone);
    sla_policy_unref(shared.policy);
    assert_given_back(&shared);
}
END_TEST

static void step(void *argument, unsigned number)
{
    struct shared *shared = argument;
    shared->sums[number] = life_by_steps(shared->policy, 1 + number % 4);
}

START_TEST(pure_steps_of_eight_threads_give_what_they_give_alone)
{
    struct shared shared;
    setup(&shared);
    crew_run(step, &shared);
    for (unsigned i = 0; i < CREW; i++)
        ck_assert_uint_eq(shared.sums[i], life_by_steps(shared.policy, 1 + i % 4));
    ck_assert_uint_ne(shared.sums[0], 0);
    sla_policy_unref(shared.policy);
    assert_given_back(&shared);
}
END_TEST

/* Each thread has a reference that it came with, takes and returns others, and goes. */
static void take_and_return(void *argument, unsigned number)
{
    struct shared *shared = argument;
    sla_policy *policy = shared->policy;
    for (int i = 0; i < 200; i++) {
        sla_engine *engine = NULL;
        sla_policy *another = sla_policy_ref(policy);
        if (i % 20 == 0 && sla_engine_new(another, NULL, NULL, &engine) == SLA_OK)
            shared->sums[number]++;
        sla_policy_unref(another);
        sla_engine_free(engine);
    }
    sla_policy_unref(policy);
}

START_TEST(the_last_of_eight_threads_frees_the_policy)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct shared shared;
        setup(&shared);
        for (unsigned i = 0; i < CREW; i++)
            sla_policy_ref(shared.policy);
        sla_policy_unref(shared.policy);
        crew_run(take_and_return, &shared);
        for (unsigned i = 0; i < CREW; i++)
            ck_assert_uint_eq(shared.sums[i], 10);
        assert_given_back(&shared);
    }
}
END_TEST

static void compile_own(void *argument, unsigned number)
{
    struct shared *shared = argument;
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    if (compile(&shared->memory, life_policy, &policy, &diags) == SLA_OK)
        sla_policy_fingerprint(policy, shared->fingerprints[number]);
    sla_diags_free(diags);
    sla_policy_unref(policy);
}

START_TEST(eight_threads_compile_the_same_text_to_the_same_policy)
{
    struct shared shared;
    setup(&shared);
    uint8_t fingerprint[16];
    sla_policy_fingerprint(shared.policy, fingerprint);
    crew_run(compile_own, &shared);
    for (unsigned i = 0; i < CREW; i++)
        ck_assert_mem_eq(shared.fingerprints[i], fingerprint, sizeof fingerprint);
    sla_policy_unref(shared.policy);
    assert_given_back(&shared);
}
END_TEST

static void read_diags(void *argument, unsigned number)
{
    struct shared *shared = argument;
    for (size_t i = 0; i < sla_diags_count(shared->diags); i++) {
        const sla_diag *diag = sla_diags_at(shared->diags, i);
        shared->sums[number] += diag->line * 1000 + diag->column + diag->message.length;
    }
}

START_TEST(diagnostics_are_read_by_eight_threads)
{
    struct shared shared = {0};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    ck_assert_int_eq(compile(&shared.memory, "sla: 1\ncalender: x\ntargets: [{y: 4 hours}]\n",
                             &policy, &diags), SLA_ERROR_POLICY);
    shared.diags = diags;
    crew_run(read_diags, &shared);
    for (unsigned i = 0; i < CREW; i++) {
        ck_assert_uint_gt(shared.sums[i], 2000);
        ck_assert_uint_eq(shared.sums[i], shared.sums[0]);
    }
    sla_diags_free(diags);
    assert_given_back(&shared);
}
END_TEST

int main(int count, char **arguments)
{
    zoneinfo = count > 1 ? arguments[1] : "";
    Suite *suite = suite_create("threads");
    TCase *cases = tcase_create("threads");
    tcase_set_timeout(cases, 0); /* Meson's own limit holds */
    tcase_add_test(cases, engines_of_eight_threads_on_one_policy_tell_what_they_tell_alone);
    tcase_add_test(cases, calendars_classifications_and_explanations_answer_eight_threads_as_one);
    tcase_add_test(cases, the_same_columns_are_answered_to_eight_threads_as_to_one);
    tcase_add_test(cases, pure_steps_of_eight_threads_give_what_they_give_alone);
    tcase_add_test(cases, the_last_of_eight_threads_frees_the_policy);
    tcase_add_test(cases, eight_threads_compile_the_same_text_to_the_same_policy);
    tcase_add_test(cases, diagnostics_are_read_by_eight_threads);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
