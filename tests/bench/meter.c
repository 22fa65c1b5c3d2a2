/* SPDX-License-Identifier: MIT */
/* Time, instructions, memory and random reads, as the benchmarks of the engine measure them. */
#define _GNU_SOURCE
#include "meter.h"

#include "random.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/perf_event.h>
#include <sys/syscall.h>
#endif

static int counter = -1;
static char refusal[200];

void meter_open(void)
{
#if defined(__linux__)
    struct perf_event_attr wanted = {.type = PERF_TYPE_HARDWARE,
                                     .size = sizeof wanted,
                                     .config = PERF_COUNT_HW_INSTRUCTIONS,
                                     .exclude_kernel = 1,
                                     .exclude_hv = 1};
    counter = (int)syscall(SYS_perf_event_open, &wanted, 0, -1, -1, 0);
    if (counter < 0)
        snprintf(refusal, sizeof refusal, "perf_event_open: %s", strerror(errno));
#else
    snprintf(refusal, sizeof refusal, "this system has no perf events");
#endif
}

const char *meter_refusal(void)
{
    return counter >= 0 ? NULL : refusal;
}

struct cost meter_now(void)
{
    struct cost cost = {0};
    struct timespec at;
    if (counter >= 0 && read(counter, &cost.instructions, sizeof cost.instructions) < 0)
        cost.instructions = 0;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    cost.seconds = (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
    return cost;
}

struct cost meter_since(struct cost begin)
{
    struct cost end = meter_now();
    return (struct cost){end.seconds - begin.seconds, end.instructions - begin.instructions};
}

static uint64_t block_bytes(size_t size)
{
    uint64_t bytes = ((uint64_t)size + 8 + 15) / 16 * 16;
    return size == 0 ? 0 : bytes < 32 ? 32 : bytes;
}

static void *allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    struct live_memory *memory = user;
    if (new_size == 0) {
        free(block);
        memory->bytes -= block_bytes(old_size);
        memory->blocks -= block != NULL;
        return NULL;
    }
    void *fresh = realloc(block, new_size);
    if (fresh == NULL)
        return NULL;
    memory->bytes += block_bytes(new_size) - (block == NULL ? 0 : block_bytes(old_size));
    memory->blocks += block == NULL;
    if (memory->bytes > memory->peak)
        memory->peak = memory->bytes;
    return fresh;
}

sla_allocator live_allocator(struct live_memory *memory)
{
    return (sla_allocator){.allocate = allocate, .user = memory};
}

uint64_t meter_resident(void)
{
    unsigned long long total, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%llu %llu", &total, &resident) != 2)
        resident = 0;
    fclose(file);
    return (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE);
}

double meter_random_read(uint64_t bytes)
{
    struct random random = {bytes};
    size_t lines = (size_t)(bytes / 64), steps = 1000000, at = 0;
    size_t(*cells)[8] = lines < 2 ? NULL : malloc(lines * sizeof *cells);
    if (cells == NULL)
        return 0;
    for (size_t i = 0; i < lines; i++)
        cells[i][0] = i;
    for (size_t i = lines - 1; i > 0; i--) { /* one cycle through all of them */
        size_t j = (size_t)(random_next(&random) % i), kept = cells[i][0];
        cells[i][0] = cells[j][0];
        cells[j][0] = kept;
    }
    struct cost begin = meter_now();
    for (size_t i = 0; i < steps; i++)
        at = cells[at][0];
    double seconds = meter_since(begin).seconds;
    volatile size_t sink = at;
    (void)sink;
    free(cells);
    return seconds / (double)steps;
}
