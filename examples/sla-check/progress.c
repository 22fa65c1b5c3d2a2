/* SPDX-License-Identifier: MIT */
/* How far long work has come, on standard error, if a person is there to see it:
 *
 *   ████████████░░░░░░░░░░░░  51 %  7s left */
#include "progress.h"

#include "output.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NOT_BEFORE 0.15 /* seconds */
#define EVERY 0.05
#define GUESS_AFTER 1.0
#define BAR 24     /* columns */
#define LONGEST 64 /* columns of the whole line */

static bool wanted;
static size_t shown; /* columns that are on the screen */
static struct timespec started, last;

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

void progress_start(bool quiet_output)
{
    const char *terminal = getenv("TERM");
    wanted = isatty(STDERR_FILENO) == 1 && (quiet_output || isatty(STDOUT_FILENO) != 1) &&
             (terminal == NULL || strcmp(terminal, "dumb") != 0);
    clock_gettime(CLOCK_MONOTONIC, &started);
    last = started;
}

/* A bar and what stands behind it; returns the columns. */
static size_t draw_bar(double part, double spent)
{
    const char *full = output_is_utf8() ? "█" : "#", *empty = output_is_utf8() ? "░" : ".";
    char left[DURATION_CAPACITY];
    int filled = (int)(part * BAR);
    fputc('\r', stderr);
    for (int i = 0; i < BAR; i++)
        fputs(i < filled ? full : empty, stderr);
    int columns = BAR + fprintf(stderr, " %3d %%", (int)(100 * part));
    if (spent >= GUESS_AFTER && part > 0 && part < 1)
        columns += fprintf(stderr, "  %s left",
                           duration_text((sla_duration)(spent / part - spent + 1), left));
    return (size_t)columns;
}

void progress_show(uint64_t done, uint64_t in_all)
{
    if (!wanted || seconds_since(&last) < (shown > 0 ? EVERY : NOT_BEFORE))
        return;
    clock_gettime(CLOCK_MONOTONIC, &last);
    double part = in_all > done ? (double)done / (double)in_all : 1;
    size_t columns = in_all > 0 ? draw_bar(part, seconds_since(&started))
                                : (size_t)fprintf(stderr, "\r%.1f MB", (double)done / 1e6) - 1;
    if (columns < shown) /* the guess became shorter, or went */
        fprintf(stderr, "%*s", (int)(shown - columns), "");
    shown = columns;
    fflush(stderr);
}

void progress_wipe(void)
{
    if (shown > 0)
        fprintf(stderr, "\r%*s\r", (int)(shown < LONGEST ? shown : LONGEST), "");
    shown = 0;
}

void progress_end(void)
{
    progress_wipe();
    wanted = false;
}
