/* SPDX-License-Identifier: MIT */
/* A race on purpose: ThreadSanitizer must end this program with a complaint. */
#include "crew.h"

static void count(void *shared, unsigned number)
{
    long *sum = shared;
    for (int i = 0; i < 1000; i++)
        *sum += number;
}

int main(void)
{
    long sum = 0;
    crew_run(count, &sum);
    return 0;
}
