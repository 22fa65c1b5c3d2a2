/* SPDX-License-Identifier: MIT */
/* A policy and an engine in scarce memory, and everything of them that can be seen. */
#ifndef OOM_WORLD_H
#define OOM_WORLD_H

#include "scarce_memory.h"

#include <sla/sla.h>

#define MONDAY ((sla_time)1767600000) /* 2026-01-05T08:00:00Z */
#define HOURS(n) ((sla_time)(n)*3600)

struct world {
    struct scarce_memory memory;
    sla_policy *policy, *other; /* two policies with the same metrics */
    sla_engine *engine;
    int pushes;      /* 1: events go to a callback, which refuses some of them once */
    char *told;      /* events that were taken and results of steps, one a line; owned */
    size_t told_length;
    sla_state *kept;   /* bytes for a call to come */
    uint32_t is_other; /* 1: the engine is bound to the other policy */
    uint64_t refused[64];
    unsigned refused_count;
};

extern const char world_policy[], world_other_policy[];

/* The world at its beginning; its memory is plenty. */
void world_open(struct world *world, int pushes);
/* Frees everything, and asserts that nothing leaked and every old size was right. */
void world_close(struct world *world);

/* Compiles with the memory as allocator and the default loader. */
sla_status world_compile(struct scarce_memory *memory, const char *text, sla_policy **out_policy);

/* What can be seen of the engine: its clocks, instants and first event, and its bytes where it can
   be saved. Owned by the caller. Uses the memory, which must be plenty. */
char *world_text(struct world *world);

/* The policy that the engine is bound to. */
sla_policy *world_bound(const struct world *world);

/* A new engine in the place of the old one, without an incident. */
void world_empty(struct world *world);
/* The same as if the engine had been saved and a new one gone on from the bytes. */
void world_restart(struct world *world);

/* A result, to be put behind `told`. */
void world_tell_event(struct world *world, const sla_event *event);
void world_tell_bytes(struct world *world, const void *bytes, size_t size);

/* Takes up to `most` waiting events; they are put behind `told`. */
void world_take(struct world *world, unsigned most);

#endif
