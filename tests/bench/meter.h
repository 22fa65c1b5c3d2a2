/* SPDX-License-Identifier: MIT */
/* What the benchmarks of the engine measure with: the processor's time, instructions where the
   kernel counts them, bytes of memory in two ways, and the price of a random read. */
#ifndef BENCH_METER_H
#define BENCH_METER_H

#include <sla/types.h>

/* What some work took. */
struct cost {
    double seconds; /* of this process alone: others on the machine disturb less */
    uint64_t instructions; /* of the user's side; 0 where they cannot be counted */
};

void meter_open(void); /* once, at the start of the program */
/* Why instructions are not counted here, or NULL when they are. */
const char *meter_refusal(void);

struct cost meter_now(void);
struct cost meter_since(struct cost begin);

/* Live bytes as a malloc with 16-byte steps and a header of 8 bytes a block keeps them. */
struct live_memory {
    uint64_t bytes, blocks;
    uint64_t peak; /* the most bytes at one moment */
};
sla_allocator live_allocator(struct live_memory *memory);

/* Bytes of this process in the machine's memory; 0 where /proc does not say. */
uint64_t meter_resident(void);

/* Seconds of one read that depends on the one before it, over `bytes` of memory. */
double meter_random_read(uint64_t bytes);

#endif
