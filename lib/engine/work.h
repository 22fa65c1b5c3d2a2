/* SPDX-License-Identifier: MIT */
/* The engine's own state, and one incident at work: its draft, its facts, what it has to say. */
#ifndef ENGINE_WORK_H
#define ENGINE_WORK_H

#include "engine/names.h"
#include "engine/outbox.h"
#include "engine/outlook.h"
#include "engine/queue.h"
#include "engine/view.h"

#include <sla/event_columns.h>

/* A retraction that a late update may have to say (E2). */
struct retraction {
    struct news news;
    uint32_t clock; /* index in the draft */
};

struct sla_engine {
    sla_policy *policy;
    sla_allocator host;      /* where memory comes from ... */
    sla_allocator allocator; /* ... by way of this one, which counts it */
    uint64_t bytes;          /* in use now, as asked for */
    sla_callbacks callbacks;
    struct incidents incidents;
    struct queue queue;
    struct outbox outbox;
    ARRAY(struct retraction) retractions;
    struct text_table foreign; /* names that went with their policy (E9), for the record */
    struct arena foreign_texts;
    struct draft draft;
    struct view *view;     /* see query.c: what the last query looked at */
    struct slot *slots;        /* of the incident at work */
    struct slot *slots_before; /* the same before the update */
    struct promise *promises;
    uint32_t *last;    /* see struct stage */
    sla_time now;      /* SLA_TIME_NONE before the first call */
    sla_time told_due; /* what on_rearm was told last */
    uint64_t changes;  /* how often something has changed, so that a view knows */
    uint32_t kinds;    /* bit 1 << kind for each kind that the policy has agreements of */
    uint32_t busy;     /* inside a callback */
    struct outlook outlook;
};

/* Names by their numbers, foreign ones too; INDEX_NONE has none. */
sla_text engine_metric_name(const sla_engine *engine, uint32_t metric);
sla_text engine_agreement_name(const sla_engine *engine, uint32_t agreement);
sla_text engine_calendar_name(const sla_engine *engine, uint32_t calendar);
/* The number of a name that is to be a foreign one; INDEX_NONE: no memory. */
uint32_t engine_keep_name(sla_engine *engine, sla_text text);

/* Writes an event out. What it points to lives as long as the engine is not changed. */
void news_write(const sla_engine *engine, const struct news *news, sla_event *out_event);
/* An event is told with its incident's id, which lies in the incident's block: after a long advance
   these are far apart. Whoever writes out many asks for the first ones before, and with each for
   one of those behind it; `left` of them are there, itself included. */
void news_fetch_first(const sla_engine *engine, const struct news *news, size_t left);
void news_fetch_ahead(const sla_engine *engine, const struct news *news, size_t left);
/* Shows those that wait as columns: see sla_engine_events(). */
sla_status events_show(const sla_engine *engine, const sla_event_columns *columns,
                       size_t *out_count);
/* Makes an event stand for itself. False: no memory, and it is as it was. */
bool news_make_written(const sla_engine *engine, struct news *news);

/* One incident at work. Its draft is the engine's. */
struct work {
    sla_engine *engine;
    const sla_policy *policy;
    struct draft *draft;
    uint32_t number;
    struct incident_head *incident; /* the draft's */
    sla_text id;
    struct facts facts;    /* the slots as they are now */
    bool facts_ready;      /* the slots are filled, and these two set: */
    bool severity_known;
    uint32_t severity; /* index, or INDEX_NONE */
    bool attributes_changed; /* that the policy asks for ... */
    bool promises_changed;   /* ... and on which a promise depends; else none is another (K8) */
    bool promises_ready;     /* see work_promises() */
    sla_time last_update;  /* facts become known no earlier */
    sla_time late_before;  /* facts with an instant before this are told as late (E10) */
};

/* Takes the incident's draft. SLA_OK or SLA_ERROR_MEMORY. */
sla_status work_begin(struct work *work, sla_engine *engine, uint32_t number);
/* The same for a draft that is there already. */
struct work work_of_draft(sla_engine *engine, uint32_t number);

/* Fills the slots from the draft's attributes and derives the rest, unless it is done already. */
const struct facts *work_facts(struct work *work);

/* What is promised, of the facts as they are now; found when somebody asks. */
static inline const struct promise *work_promises(struct work *work)
{
    if (!work->promises_ready)
        promises_find(&work->facts, work->engine->promises);
    work->promises_ready = true;
    return work->engine->promises;
}

static inline struct clock *work_clock(const struct work *work, size_t index)
{
    return &work->draft->clocks.items[index];
}
struct counting work_counting(const struct work *work, size_t index);

/* Says something about a clock; what is not a step passes INDEX_NONE. False: no memory. */
struct saying {
    uint32_t type;
    uint32_t step, pause;
    uint32_t repetition;
    uint32_t flags;
    sla_time at;
    bool without_deadline;
    sla_text reason, actor; /* of the host's act; may be empty */
};
struct news work_compose(const struct work *work, size_t clock, const struct saying *saying);
bool work_say(struct work *work, size_t clock, const struct saying *saying);

/* The same of any clock of the incident at `number`; `severity` is the incident's. */
struct news news_compose(const sla_engine *engine, uint32_t number, uint32_t severity,
                         const struct counting *counting, const struct saying *saying);

/* Is what a clock says to be told? Of an incident that was rebuilt, a step whose id was told is
   not; any other fact gets an id that was not. */
bool work_is_news(const struct work *work, size_t clock, struct news *news);
/* The next repetition, with its id; not for steps. */
void news_renumber(const sla_engine *engine, struct news *news, uint32_t round);

/* A pending fact: something that will become true, and be told, if no update comes. */
struct fact {
    sla_time moment; /* when it becomes known (E4) */
    sla_time at;     /* its instant */
    uint32_t type;   /* enum fact_type */
    uint32_t clock;  /* index in the draft */
    uint32_t step;   /* FACT_STEP */
    uint32_t order;  /* among the facts of one clock */
    uint32_t metric, kind, cycle; /* the clock's */
};

/* A fact becomes known at its instant, a breach a second later, and none before the update that
   made it so (E4). A pinned deadline that passed in a pause is pending when the clock runs again,
   and then the first in line. */
static inline sla_time fact_moment(uint32_t type, sla_time at, sla_time last_update)
{
    sla_time moment = type == FACT_BREACH ? at + 1 : at;
    return moment < last_update ? last_update : moment;
}

/* E4: (moment known, instant, metric, kind, cycle, step order). */
bool fact_comes_first(const struct fact *a, const struct fact *b);

/* Notes that a step was sent at `at`, or (`over`) that it never will be again; `*out_count` is how
   often it was sent. False: no memory. */
bool step_note_send(struct work *work, uint32_t clock, uint32_t step, sla_time at, bool over,
                    uint32_t *out_count);

/* Works out what a clock has to say next. To be called whenever the clock has changed. */
void work_plan(struct work *work, uint32_t clock);

/* The first pending fact of the incident in E4's order; false: there is none. */
bool fact_next(const struct work *work, struct fact *out_fact);

/* Makes a fact told, and says it if it is to be said. SLA_OK, SLA_ERROR_MEMORY, _RANGE. */
sla_status fact_fire(struct work *work, const struct fact *fact);

/* Tells the first fact of an incident by changing the one clock where it is kept. `*out_done` is
   false, and nothing has changed, if that cannot be done: then the incident must be taken out.
   SLA_OK, SLA_ERROR_MEMORY, _RANGE. */
sla_status fire_in_place(sla_engine *engine, uint32_t number, bool *out_done);

/* Marks steps whose instant has come by `now` while their condition does not hold: they are over
   (K10). To be called with the facts as they were until now. False: no memory. */
bool steps_end_unwanted(struct work *work, sla_time now);

/* The escalation entry for a clock, or INDEX_NONE; and putting it in force, which keeps what was
   sent (false: no memory). */
uint32_t escalation_choose(const struct facts *facts, const struct clock *clock);
bool escalation_set(struct work *work, uint32_t clock, uint32_t entry);

/* Every other fact that an update made due follows its direct events (E4). Returns `applied` or an
   error. */
sla_status work_tell_known(struct work *work, sla_status applied);

/* The last cycle's clock of every metric and kind: last[metric * KIND_COUNT + kind]. */
void work_find_last(const struct work *work, uint32_t *last);

/* Puts the draft back, and the incident where its next fact says. SLA_OK; SLA_ERROR_MEMORY,
   SLA_ERROR_LIMIT: the incident is as it was. */
sla_status work_end(struct work *work);

/* Tells the facts of all incidents that are known by `now`, in E4's order, and makes it the
   engine's now. SLA_OK, SLA_ERROR_MEMORY, SLA_ERROR_RANGE. */
sla_status engine_fire(sla_engine *engine, sla_time now);

/* Applies an update to the draft (K5). SLA_OK, SLA_UNKNOWN_SEVERITY or an error, after which the
   draft is worth nothing. */
sla_status work_apply(struct work *work, const sla_update *update, bool is_first);

/* Changes the draft's attributes as the update says; an act's arguments (K12) are none of them.
   SLA_OK, _ARGUMENT, _MEMORY. */
sla_status work_set_attributes(struct work *work, const sla_update *update, bool is_act);

/* Puts the attributes that the policy asks for into slots, which are absent; texts are borrowed. */
void held_fill(const struct held *held, const struct facts *facts);

/* The value of an attribute, whether it is kept as a literal or as a text. */
sla_text held_value(const sla_policy *policy, const struct held_attribute *held);

/* An incident as it stands, to be looked at while nothing changes: its attributes, derived ones
   too. SLA_OK; SLA_ERROR_NOT_FOUND, SLA_ERROR_MEMORY: there is nothing to look away from. */
struct looked {
    struct facts facts;
    uint32_t severity; /* index, or INDEX_NONE */
};
sla_status engine_look(const sla_engine *engine, sla_text incident, struct looked *out);
void engine_look_away(const sla_engine *engine, struct looked *looked);

/* Tells on_rearm when the next instant is another than it was told last. */
void engine_rearm(sla_engine *engine);

/* Delivers what waits; SLA_OK or SLA_DELIVERY_REFUSED. */
sla_status engine_deliver(sla_engine *engine);

#endif
