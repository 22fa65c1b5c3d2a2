/* SPDX-License-Identifier: MIT */
/* A log of calls that together use every feature of the engine. */
#ifndef OOM_LOG_H
#define OOM_LOG_H

#include "world.h"

enum deed {
    UPDATE,  /* the engine is first advanced to its instant, so that the update is all there is */
    LEAP,    /* an update that advances the engine itself */
    ADVANCE,
    DELIVER, /* what a callback had refused */
    TAKE,    /* all events that wait, by hand */
    CLOCK,   /* asks for every clock of the incident */
    FIND,    /* asks for the running clocks of all incidents */
    EXPLAIN, /* the incident's clock of the resolution, and one that it could have */
    FORGET,
    REBUILD, /* the incident's history given again: opened at the instant, and one more update */
    SAVE,      /* the whole engine */
    SAVE_ONE,  /* an incident */
    RESTART,   /* the engine's bytes loaded into a new one */
    KEEP,      /* an incident's bytes, for what follows */
    LOAD_ONE,  /* those bytes in the place of what became of it since */
    STEP,      /* from those bytes to others, by the update */
    BIND,      /* the policy that is not bound */
    REBIND,    /* the engine's bytes loaded into a new one of the policy that is not bound */
};

struct line {
    enum deed deed;
    sla_time at;
    const char *incident, *event;
    const char *attributes; /* "impact=outage,city=Rome"; "-city": taken away */
};

extern const struct line log_lines[];
extern const unsigned log_length;

/* The functions that the log calls; NULL past the end. */
const char *log_function(unsigned index);

/* May the call have done some of its work when memory ran out? Advancing goes on from there. */
int line_goes_on(const struct line *line);
/* What comes before the call itself: memory must be plenty. */
void line_prepare(struct world *world, const struct line *line);
sla_status line_do(struct world *world, const struct line *line);

#endif
