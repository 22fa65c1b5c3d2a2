/* SPDX-License-Identifier: MIT */
/* Statuses by name and in words, and the library's version. */
#include <sla/types.h>
#include <sla/version.h>

struct status_words {
    sla_status status;
    const char *name;
    const char *text;
};

static const struct status_words words[] = {
    {SLA_OK, "SLA_OK", "done"},
    {SLA_DELIVERY_REFUSED, "SLA_DELIVERY_REFUSED",
     "applied, but a callback refused an event, which stays first in line"},
    {SLA_DUPLICATE, "SLA_DUPLICATE", "the update's sequence was seen before; nothing changed"},
    {SLA_EMPTY, "SLA_EMPTY", "there is nothing more"},
    {SLA_UNKNOWN_SEVERITY, "SLA_UNKNOWN_SEVERITY",
     "applied, but the severity is not one that the policy lists; the last one was taken"},
    {SLA_ROWS_FAILED, "SLA_ROWS_FAILED", "done, but some rows of the batch have no answer"},
    {SLA_MISSING, "SLA_MISSING", "the row's input is missing, and so is its answer"},
    {SLA_ERROR_ARGUMENT, "SLA_ERROR_ARGUMENT", "an argument cannot be right"},
    {SLA_ERROR_MEMORY, "SLA_ERROR_MEMORY", "out of memory"},
    {SLA_ERROR_RANGE, "SLA_ERROR_RANGE", "an instant is outside 1970..2199, or never comes"},
    {SLA_ERROR_POLICY, "SLA_ERROR_POLICY", "the policy has faults"},
    {SLA_ERROR_NOT_FOUND, "SLA_ERROR_NOT_FOUND", "there is no such thing"},
    {SLA_ERROR_ORDER, "SLA_ERROR_ORDER", "the update is earlier than the incident's last one"},
    {SLA_ERROR_BUSY, "SLA_ERROR_BUSY", "the engine cannot be changed from inside its own callback"},
    {SLA_ERROR_LIMIT, "SLA_ERROR_LIMIT", "a limit is reached"},
    {SLA_ERROR_SYNTAX, "SLA_ERROR_SYNTAX", "the text cannot be read"},
    {SLA_ERROR_DATA, "SLA_ERROR_DATA", "the bytes are damaged or not ours"},
    {SLA_ERROR_POLICY_CHANGED, "SLA_ERROR_POLICY_CHANGED",
     "the bytes were saved under a policy with another fingerprint"},
};

static const struct status_words *find_words(sla_status status)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].status == status)
            return &words[i];
    return NULL;
}

const char *sla_status_name(sla_status status)
{
    const struct status_words *found = find_words(status);
    return found == NULL ? "SLA_STATUS_UNKNOWN" : found->name;
}

const char *sla_status_text(sla_status status)
{
    const struct status_words *found = find_words(status);
    return found == NULL ? "an unknown status" : found->text;
}

const char *sla_version(void)
{
    return SLA_VERSION_TEXT;
}
