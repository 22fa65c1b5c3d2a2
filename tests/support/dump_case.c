/* SPDX-License-Identifier: MIT */
/* A dump is compiled again, and what comes of it must say the same in the same words. */
#include "dump_case.h"

#include <string.h>

static const char *compare(const sla_policy *policy, const sla_policy *again)
{
    uint8_t first[16], second[16];
    sla_policy_fingerprint(policy, first);
    sla_policy_fingerprint(again, second);
    if (memcmp(first, second, sizeof first) != 0)
        return "the policy that was compiled from a dump has another fingerprint";
    for (uint32_t format = SLA_DUMP_YAML; format <= SLA_DUMP_JSON; format++) {
        sla_text one, two;
        if (sla_policy_dump(policy, format, &one) != SLA_OK ||
            sla_policy_dump(again, format, &two) != SLA_OK)
            return "there is no dump";
        if (one.length != two.length || memcmp(one.data, two.data, one.length) != 0)
            return "the dump of the dump is another text";
        if (one.length == 0 || one.data[one.length - 1] != '\n')
            return "the dump does not end with a newline";
    }
    return NULL;
}

const char *dump_is_broken(const sla_policy *policy, const char *zoneinfo)
{
    sla_policy_options options = {.size = sizeof options, .flags = SLA_POLICY_KEEP_DUMP,
                                  .zoneinfo = {zoneinfo, SLA_NUL_TERMINATED}};
    const char *wrong = NULL;
    for (uint32_t format = SLA_DUMP_YAML; wrong == NULL && format <= SLA_DUMP_JSON; format++) {
        sla_text text;
        sla_policy *again = NULL;
        if (sla_policy_dump(policy, format, &text) != SLA_OK)
            return "there is no dump";
        if (sla_policy_compile(text.data, text.length, &options, &again, NULL) != SLA_OK)
            return "the dump does not compile";
        wrong = compare(policy, again);
        sla_policy_unref(again);
    }
    return wrong;
}
