/* SPDX-License-Identifier: MIT */
/* The options of a compilation: older and newer callers, defaults, and bounds on the limits. */
#include "policy/options.h"

#include "base/structs.h"
#include "base/text.h"

#ifndef SLA_ZONEINFO
#define SLA_ZONEINFO "/usr/share/zoneinfo"
#endif

#define FLAGS_KNOWN (SLA_POLICY_ANALYSE | SLA_POLICY_PORTABLE | SLA_POLICY_KEEP_DUMP)

#define MAX_BYTES ((uint64_t)8 * 1024 * 1024)
#define MAX_NODES 400000u
#define MAX_DEPTH 64u
#define MAX_DEPTH_ALLOWED 1000u /* functions that follow the tree call themselves */
#define MAX_SCALAR 65536u
#define MAX_DIAGS 1000u
#define MAX_DIAGS_ALLOWED 100000u

static bool set_text(sla_text *text, sla_text otherwise)
{
    if (!text_from_api(text->data, text->length, text))
        return false;
    if (text->length == 0)
        *text = otherwise;
    return true;
}

static void set_number(uint32_t *number, uint32_t otherwise)
{
    if (*number == 0)
        *number = otherwise;
}

bool options_read(const sla_policy_options *given, sla_policy_options *out)
{
    *out = (sla_policy_options){.size = sizeof *out};
    if (given != NULL && !struct_read(given, out, sizeof *out))
        return false;
    if ((out->flags & ~FLAGS_KNOWN) != 0)
        return false;
    if (!set_text(&out->file_name, TEXT("policy")) || !set_text(&out->zoneinfo, TEXT(SLA_ZONEINFO)))
        return false;
    if (out->allocator != NULL && out->allocator->allocate == NULL)
        return false;
    if (out->loader != NULL && out->loader->load == NULL)
        return false;
    if (out->max_bytes == 0)
        out->max_bytes = MAX_BYTES;
    set_number(&out->max_nodes, MAX_NODES);
    set_number(&out->max_depth, MAX_DEPTH);
    set_number(&out->max_scalar, MAX_SCALAR);
    set_number(&out->max_diags, MAX_DIAGS);
    return out->max_depth <= MAX_DEPTH_ALLOWED && out->max_diags <= MAX_DIAGS_ALLOWED;
}
