/* SPDX-License-Identifier: MIT */
/* The court: a policy, a log, what the engine told when it was simply given the log, and laws that
 * give it the same log in other ways. */
#ifndef PROPERTY_ENGINE_COURT_H
#define PROPERTY_ENGINE_COURT_H

#include "engine_events.h"

#include <sla/event_columns.h>
#include <sla/state.h>

struct court {
    sla_policy *policy;
    sla_policy *other;       /* of other metrics and calendars, or NULL */
    sla_policy *second, *both; /* as struct eras, `policy` being the first; or NULL */
    const char *other_text, *both_text;
    struct random random;    /* seeded anew for each law, so that a failure can be tried again */
    struct run reference;    /* the updates one after the other, then advanced to log->until */
    const struct run *wanted;
    struct run got, part;    /* what a law got; what it wanted if that is not the reference */
    struct told pair[2];     /* events that break a law together; type 0: none */
    long clock;              /* of `wanted`, that breaks a law alone; -1: none */
    char message[400];       /* what is broken */
};

#define LAW_ORDERED 1u /* asked of logs in the order of their instants */
#define LAW_LATE 2u    /* asked of logs with late news */

struct law {
    const char *name;
    uint32_t logs; /* LAW_* */
    uint32_t one_in; /* it is asked of one in so many logs */
    bool (*holds)(struct court *court, const struct log *log);
};

/* False, with what is broken. */
bool court_fail(struct court *court, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Are the events, statuses and clocks that were got the wanted ones? */
bool court_agrees(struct court *court, const char *what);
bool court_chance(struct court *court, int percent);

/* An engine that is driven through a log. */
struct drive {
    struct court *court;
    const struct log *log;
    struct run *run; /* what was told */
    sla_policy *policy;
    sla_engine *engine;
    int refuses;       /* out of a hundred events it refuses so many */
    bool pulls;        /* no callback: events are shown and taken */
    bool is_lazy;      /* pulls only when it is told to */
    bool by_columns;   /* pulls them as columns */
    bool looks_around; /* asks questions, and tries changes, inside its callbacks */
    uint64_t refused;  /* id of the event that was refused last, or 0 */
    sla_time rearmed;  /* what on_rearm told last */
    long rearms;
    bool broken;       /* something was wrong inside a callback, or in a column */
};

/* A new engine; `run` is not cleared. */
void drive_open(struct drive *drive, struct court *court, const struct log *log, struct run *run);
void drive_close(struct drive *drive);
/* A new engine in its place, with nothing in it. */
void drive_replace(struct drive *drive);
/* Applies the update at `index` and notes its status. */
void drive_update(struct drive *drive, int32_t index);
/* False: the engine said no. */
bool drive_advance(struct drive *drive, sla_time at);
/* Takes or delivers events that wait, all of them or some. */
void drive_deliver(struct drive *drive, bool all);
/* Advances to log->until, delivers what waits, notes the clocks, and closes. */
void drive_finish(struct drive *drive);

/* The same as columns, in pieces of any size; and the events of a pure step. `drive->broken`, or
   false: a status or a row was wrong. */
void columns_drain(struct drive *drive, bool all);
bool columns_of_step(struct court *court, const sla_step *step, struct run *run, sla_time now);

/* Runs a log update by update into `run`. */
void court_run(struct court *court, const struct log *log, struct run *run);

/* Asks a law of a log; the seed makes its choices. */
bool court_ask(struct court *court, const struct law *law, const struct log *log, uint64_t seed);
/* After a failure: shortens the log and the policy's `text` as long as the law stays broken, and
   prints both. */
void court_report(struct court *court, const struct law *law, const struct log *log,
                  uint64_t seed, const char *text);
/* Compiles a policy; NULL when it is refused, and then `code` is that of the first error. */
sla_policy *court_compile(const char *text, uint32_t *code, char *message, size_t capacity);
/* A text as comments of TAP. */
void court_print_text(const char *text);
/* The folder of frozen zone files; kept until the end. */
void court_zones(const char *folder);

/* The laws, by file. */
extern const struct law split_laws[], delivery_laws[], invariant_laws[], incident_laws[];
extern const int split_law_count, delivery_law_count, invariant_law_count, incident_law_count;
extern const struct law query_laws[], state_laws[], pure_laws[], bind_laws[], era_laws[];
extern const int query_law_count, state_law_count, pure_law_count, bind_law_count, era_law_count;
extern const struct law rebuild_laws[], column_laws[], row_laws[];
extern const int rebuild_law_count, column_law_count, row_law_count;

#endif
