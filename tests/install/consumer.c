/* SPDX-License-Identifier: MIT */
/* A program of somebody else: it uses libsla as installed, or as a Meson subproject. */
#include <sla/sla.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    sla_policy *policy = NULL;
    sla_status status = sla_policy_compile("sla: 1\ntargets: [{resolution: 4h}]\n",
                                           SLA_NUL_TERMINATED, NULL, &policy, NULL);
    if (status != SLA_OK) {
        printf("%s\n", sla_status_name(status));
        return 1;
    }
    sla_time due = 0;
    status = sla_calendar_add(sla_policy_calendar_at(policy, 0), 1000, 4 * 3600, &due);
    sla_policy_unref(policy);
    printf("libsla %s: %lld\n", sla_version(), (long long)due);
    return status == SLA_OK && strcmp(sla_version(), SLA_VERSION_TEXT) == 0 ? 0 : 1;
}
