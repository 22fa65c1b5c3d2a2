/* SPDX-License-Identifier: MIT */
/* Policies in tests. */
#include "policy_text.h"

#include <check.h>
#include <sla/diag.h>
#include <string.h>

static const char *zones;

void policy_text_zones(const char *folder)
{
    zones = folder;
}

sla_policy *compile(const char *text)
{
    sla_policy_options options = {.size = sizeof options};
    options.zoneinfo = (sla_text){zones, SLA_NUL_TERMINATED};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    sla_status status = sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, &diags);
    char message[1000] = "";
    if (sla_diags_count(diags) > 0)
        sla_diag_format(sla_diags_at(diags, 0), message, sizeof message);
    ck_assert_msg(status == SLA_OK && message[0] == '\0', "%s", message);
    sla_diags_free(diags);
    return policy;
}

void assert_text(sla_text text, const char *expected)
{
    ck_assert_uint_eq(text.length, strlen(expected));
    ck_assert_int_eq(memcmp(text.data, expected, text.length), 0);
}
