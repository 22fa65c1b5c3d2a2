/* SPDX-License-Identifier: MIT */
/* The driver for instruction counts: to be run by instructions.py, under callgrind, which counts
 * only between the requests below.
 *
 * usage: operations [INCIDENTS]     with a number: only updates with so many incidents open */
#include "operations.h"

#include <stdio.h>
#include <stdlib.h>
#include <valgrind/callgrind.h>

void operations_must(int good, const char *what)
{
    if (!good) {
        fprintf(stderr, "%s went wrong\n", what);
        exit(1);
    }
}

void operation(const char *name, uint64_t (*work)(void *state), void *state)
{
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    uint64_t count = work(state);
    CALLGRIND_STOP_INSTRUMENTATION;
    CALLGRIND_DUMP_STATS_AT(name);
    printf("%s %llu\n", name, (unsigned long long)count);
    fflush(stdout);
}

int main(int count, char **arguments)
{
    if (count > 1) {
        long incidents = atol(arguments[1]);
        operations_must(incidents >= 10000 && incidents <= 10000000, "the number of incidents");
        operations_growth((size_t)incidents);
        return 0;
    }
    operations_queries();
    operations_engine();
    operations_engine_columns();
    return 0;
}
