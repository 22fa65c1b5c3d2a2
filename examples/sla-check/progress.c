/* SPDX-License-Identifier: MIT */
/* How far long work has come, on standard error, if a person is there to see it. */
#include "progress.h"

#include <time.h>
#include <unistd.h>

#define NOT_BEFORE 0.5 /* seconds */
#define EVERY 0.1

static bool wanted, shown;
static struct timespec started, last;

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

void progress_start(bool quiet_output)
{
    wanted = isatty(STDERR_FILENO) == 1 && (quiet_output || isatty(STDOUT_FILENO) != 1);
    clock_gettime(CLOCK_MONOTONIC, &started);
    last = started;
}

void progress_show(uint64_t done, uint64_t in_all)
{
    if (!wanted || seconds_since(&started) < NOT_BEFORE || seconds_since(&last) < EVERY)
        return;
    clock_gettime(CLOCK_MONOTONIC, &last);
    if (in_all > 0)
        fprintf(stderr, "\r%3d %%", (int)(100.0 * (double)done / (double)in_all));
    else
        fprintf(stderr, "\r%.1f MB", (double)done / 1e6);
    fflush(stderr);
    shown = true;
}

void progress_end(void)
{
    if (shown)
        fputs("\r          \r", stderr);
    wanted = shown = false;
}
