/* SPDX-License-Identifier: MIT */
/* The severity in which each clock was judged. */
#include "replay_verdicts.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

static int compare_numbers(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int compare(const void *left, const void *right)
{
    const struct verdict *a = left, *b = right;
    if (a->incident.length != b->incident.length)
        return a->incident.length < b->incident.length ? -1 : 1;
    int order = memcmp(a->incident.data, b->incident.data, a->incident.length);
    if (order == 0)
        order = compare_numbers(a->metric, b->metric);
    if (order == 0)
        order = compare_numbers(a->kind, b->kind);
    return order != 0 ? order : compare_numbers(a->cycle, b->cycle);
}

void verdicts_set(struct verdicts *verdicts, const struct verdict *verdict)
{
    struct verdict *const *found = tfind(verdict, &verdicts->root, compare);
    if (found != NULL) {
        (*found)->severity = verdict->severity;
        return;
    }
    struct verdict *copy = get_memory(NULL, sizeof *copy + verdict->incident.length);
    char *incident = (char *)(copy + 1);
    *copy = *verdict;
    memcpy(incident, verdict->incident.data, verdict->incident.length);
    copy->incident.data = incident;
    if (tsearch(copy, &verdicts->root, compare) == NULL) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
}

uint32_t verdicts_find(const struct verdicts *verdicts, const struct verdict *clock)
{
    struct verdict *const *found = tfind(clock, &verdicts->root, compare);
    return found != NULL ? (*found)->severity : UINT32_MAX;
}

void verdicts_free(struct verdicts *verdicts)
{
    tdestroy(verdicts->root, free);
    verdicts->root = NULL;
}
