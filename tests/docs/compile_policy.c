/* SPDX-License-Identifier: MIT */
/* Compiles the policy file given and prints its diagnostics; 1: it has errors, 2: anything else. */
#include <sla/sla.h>
#include <stdio.h>

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
    sla_diags_free(diags);
    sla_policy_unref(policy);
    if (status != SLA_OK && status != SLA_ERROR_POLICY)
        printf("%s\n", sla_status_name(status));
    return status == SLA_OK ? 0 : status == SLA_ERROR_POLICY ? 1 : 2;
}
