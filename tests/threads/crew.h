/* SPDX-License-Identifier: MIT */
/* Eight threads that begin at the same moment, and an allocator that they may share. */
#ifndef THREADS_CREW_H
#define THREADS_CREW_H

#include <sla/types.h>
#include <stdatomic.h>

#define CREW 8

/* Calls `work` with the numbers 0 to CREW - 1, each in a thread of its own; returns when all have
   ended. Nothing may be asserted inside: what was found is left in `shared`. */
void crew_run(void (*work)(void *shared, unsigned number), void *shared);

/* Counts what was not given back; any number of threads may use it at once. */
struct crew_memory {
    atomic_llong blocks, bytes;
};
sla_allocator crew_allocator(struct crew_memory *memory);

#endif
