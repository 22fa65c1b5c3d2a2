/* SPDX-License-Identifier: MIT */
/* An allocator for tests: it fails when told to, and notices leaks and wrong old sizes. */
#ifndef SUPPORT_SCARCE_MEMORY_H
#define SUPPORT_SCARCE_MEMORY_H

#include <sla/types.h>

struct scarce_memory {
    uint64_t calls;      /* allocations and growths so far */
    uint64_t fail_at;    /* the call that fails, from 1; 0: none */
    int fail_on;         /* 1: every later call fails too */
    uint64_t blocks;     /* not freed yet */
    uint64_t bytes;      /* in them */
    uint64_t wrong_size; /* how often the old size was not what had been asked for */
};

/* The allocator whose `user` is this memory. */
sla_allocator scarce_allocator(struct scarce_memory *memory);

/* Plenty from now on; the calls are counted from 0 again. */
void scarce_reset(struct scarce_memory *memory);

#endif
