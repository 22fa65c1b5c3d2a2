/* SPDX-License-Identifier: MIT */
/* Compiles the policy file given, prints its diagnostics, and runs the tests that it has in it;
   1: it has errors, or a test failed, 2: anything else. */
#include <sla/sla.h>
#include <stdio.h>

/* How many of the policy's tests fail. */
static size_t run_tests(const sla_policy *policy)
{
    size_t failed = 0;
    sla_policy_test test = {.size = sizeof test};
    for (size_t i = 0; sla_policy_test_at(policy, i, &test); i++) {
        sla_test_run *run = NULL;
        sla_test_mismatch mismatch = {.size = sizeof mismatch};
        if (sla_policy_test_run(policy, i, &run) != SLA_OK)
            return failed + 1;
        for (size_t k = 0; sla_test_run_mismatch(run, k, &mismatch); k++)
            printf("line %u: %.*s: expected %.*s, got %.*s\n", mismatch.line,
                   (int)mismatch.subject.length, mismatch.subject.data,
                   (int)mismatch.expected.length, mismatch.expected.data,
                   (int)mismatch.got.length, mismatch.got.data);
        failed += sla_test_run_count(run) > 0;
        sla_test_run_free(run);
    }
    return failed;
}

int main(int count, char **arguments)
{
    if (count != 2)
        return 2;
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    sla_policy_options options = {.size = sizeof options};
    options.file_name = (sla_text){arguments[1], SLA_NUL_TERMINATED};
    sla_status status = sla_policy_load(arguments[1], &options, &policy, &diags);
    for (size_t i = 0; i < sla_diags_count(diags); i++) {
        char line[4096];
        sla_diag_format(sla_diags_at(diags, i), line, sizeof line);
        printf("%s\n", line);
    }
    size_t failed = status == SLA_OK ? run_tests(policy) : 0;
    sla_diags_free(diags);
    sla_policy_unref(policy);
    if (status != SLA_OK && status != SLA_ERROR_POLICY)
        printf("%s\n", sla_status_name(status));
    return status == SLA_OK ? failed > 0 : status == SLA_ERROR_POLICY ? 1 : 2;
}
