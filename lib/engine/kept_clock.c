/* SPDX-License-Identifier: MIT */
/* Kept clocks. The narrow form has what clocks usually have, in two or four bytes a field and
   instants as seconds from the incident's opening, so that it is read and written field by field
   without a question; of a clock that has run from its origin on, the last fields are left out. */
#include "engine/kept.h"

#include <stddef.h>

struct narrow {
    uint8_t form; /* the state, the kind << 4, and whether the tail is there */
    uint8_t flags;
    uint16_t metric, cycle, agreement, rule, calendar, escalation, next_step, cause;
    uint8_t pauses, retargets, round, reopens, next_type, next_order;
    uint32_t fired;
    int32_t origin, due0, deadline, breach_at, next_at;
    int32_t budget;
    /* the tail: of a clock that has run without a pause, and has no grace, 0 throughout */
    int32_t run_from;   /* from the origin */
    int32_t pause_from; /* while paused */
    int32_t end;        /* paused: `resume_at`, the largest number is never; closed: `ended` */
    int32_t used, grace, shift;
};
#define TAIL offsetof(struct narrow, run_from)
_Static_assert(TAIL == 52 && sizeof(struct narrow) == 76, "padding");
_Static_assert(SLA_CLOCK_EXEMPT < 16 && KIND_COUNT <= 4, "form");

#define IS_WIDE 0x80u
#define HAS_TAIL 0x40u

static inline size_t narrow_size(unsigned char form)
{
    return (form & HAS_TAIL) != 0 ? sizeof(struct narrow) : TAIL;
}

/* Seconds from the base. */
static inline int32_t narrow_time(sla_time time, sla_time base, uint64_t *misfit)
{
    uint64_t from_base = (uint64_t)time - (uint64_t)base;
    *misfit |= (from_base + UINT64_C(0x80000000)) >> 32;
    return (int32_t)(uint32_t)from_base;
}

static inline int32_t narrow_duration(sla_duration duration, uint64_t *misfit)
{
    return narrow_time(duration, 0, misfit);
}

/* A number, or INDEX_NONE as the largest. */
static inline uint16_t narrow_index(uint32_t index, uint64_t *misfit)
{
    *misfit |= (index + 1) >> 16;
    return (uint16_t)index;
}
static inline uint32_t wide_index(uint16_t index)
{
    return (uint32_t)(uint16_t)(index + 1) - 1;
}

/* Anything but 0 if the clock is not narrow. */
static inline uint64_t narrow_clock(const struct clock *clock, sla_time base, struct narrow *out)
{
    uint64_t misfit = 0;
    bool is_paused = clock->state == SLA_CLOCK_PAUSED, is_open = clock_is_open(clock);
    bool never = clock->resume_at == SLA_TIME_NEVER;
    sla_time end = !is_open ? clock->ended : is_paused && !never ? clock->resume_at : base;
    *out = (struct narrow){
        .form = (uint8_t)(clock->state | clock->kind << 4),
        .flags = (uint8_t)clock->flags,
        .metric = narrow_index(clock->metric, &misfit),
        .cycle = narrow_index(clock->cycle, &misfit),
        .agreement = narrow_index(clock->agreement, &misfit),
        .rule = narrow_index(clock->rule, &misfit),
        .calendar = narrow_index(clock->calendar, &misfit),
        .escalation = narrow_index(clock->escalation, &misfit),
        .next_step = narrow_index(clock->next_step, &misfit),
        .cause = narrow_index(clock->cause, &misfit),
        .pauses = (uint8_t)clock->pauses,
        .retargets = (uint8_t)clock->retargets,
        .round = (uint8_t)clock->round,
        .reopens = (uint8_t)clock->reopens,
        .next_type = (uint8_t)clock->next_type,
        .next_order = (uint8_t)clock->next_order,
        .fired = clock->fired,
        .origin = narrow_time(clock->origin, base, &misfit),
        .run_from = narrow_time(clock->run_from, clock->origin, &misfit),
        .due0 = narrow_time(clock->due0, base, &misfit),
        .deadline = narrow_time(clock->deadline, base, &misfit),
        .breach_at = narrow_time(clock->breach_at, base, &misfit),
        .next_at = narrow_time(clock->next_at, base, &misfit),
        .pause_from = narrow_time(is_paused ? clock->pause_from : base, base, &misfit),
        .end = narrow_time(end, base, &misfit),
        .used = narrow_duration(clock->used, &misfit),
        .budget = narrow_duration(clock->budget, &misfit),
        .grace = narrow_duration(clock->grace, &misfit),
        .shift = narrow_duration(clock->shift, &misfit),
    };
    misfit |= (clock->pauses | clock->retargets | clock->round | clock->reopens |
               clock->next_type | clock->next_order | clock->flags) >> 8;
    misfit |= (uint64_t)(is_open && clock->ended != SLA_TIME_NONE) |
              (uint64_t)(!is_paused && (!never || clock->pause_from != SLA_TIME_NONE)) |
              (uint64_t)(out->end == INT32_MAX);
    if (is_paused && never)
        out->end = INT32_MAX;
    if ((out->run_from | out->pause_from | out->end | out->used | out->grace | out->shift) != 0)
        out->form |= HAS_TAIL;
    /* and the rest must follow from what is there */
    misfit |= clock->first_calendar ^ clock->calendar;
    misfit |= clock->extensions | clock->told_resume | clock->earlier_state;
    misfit |= (uint64_t)(clock->started ^ clock->origin) |
              (uint64_t)(clock->base_at ^ clock->origin) |
              (uint64_t)(clock->told_breach_at ^ clock->breach_at) |
              ((uint64_t)clock->read_at ^ (uint64_t)SLA_TIME_NONE);
    misfit |= (uint64_t)(clock->base_used | clock->base_paused | clock->extended |
                         clock->pinned_at | clock->extra | clock->earlier_ended |
                         clock->reopened_at);
    return misfit;
}

static inline void widen_clock(const struct narrow *narrow, sla_time base, struct clock *clock)
{
    uint8_t state = narrow->form & 15;
    bool is_paused = state == SLA_CLOCK_PAUSED, is_open = is_paused || state == SLA_CLOCK_RUNNING;
    *clock = (struct clock){
        .metric = wide_index(narrow->metric),
        .kind = narrow->form >> 4 & 3,
        .state = state,
        .flags = narrow->flags,
        .cycle = wide_index(narrow->cycle),
        .agreement = wide_index(narrow->agreement),
        .rule = wide_index(narrow->rule),
        .calendar = wide_index(narrow->calendar),
        .escalation = wide_index(narrow->escalation),
        .first_calendar = wide_index(narrow->calendar),
        .round = narrow->round,
        .pauses = narrow->pauses,
        .retargets = narrow->retargets,
        .reopens = narrow->reopens,
        .cause = wide_index(narrow->cause),
        .fired = narrow->fired,
        .next_step = wide_index(narrow->next_step),
        .next_type = narrow->next_type,
        .next_order = narrow->next_order,
        .next_at = base + narrow->next_at,
        .started = base + narrow->origin,
        .origin = base + narrow->origin,
        .base_at = base + narrow->origin,
        .ended = is_open ? SLA_TIME_NONE : base + narrow->end,
        .run_from = base + narrow->origin + narrow->run_from,
        .pause_from = is_paused ? base + narrow->pause_from : SLA_TIME_NONE,
        .resume_at = is_paused && narrow->end != INT32_MAX ? base + narrow->end : SLA_TIME_NEVER,
        .used = narrow->used,
        .budget = narrow->budget,
        .grace = narrow->grace,
        .shift = narrow->shift,
        .due0 = base + narrow->due0,
        .deadline = base + narrow->deadline,
        .breach_at = base + narrow->breach_at,
        .read_at = SLA_TIME_NONE,
        .told_breach_at = base + narrow->breach_at,
    };
}

static inline struct narrow read_narrow(const unsigned char *at)
{
    struct narrow narrow = {0};
    memcpy(&narrow, at, TAIL);
    if ((narrow.form & HAS_TAIL) != 0)
        memcpy(&narrow, at, sizeof narrow);
    return narrow;
}

unsigned char *kept_clock_lay(unsigned char *at, const struct clock *clock, sla_time base)
{
    struct narrow narrow;
    if (narrow_clock(clock, base, &narrow) == 0) {
        memcpy(at, &narrow, sizeof narrow); /* there is room for the largest clock */
        return at + narrow_size(narrow.form);
    }
    memset(at, 0, 4);
    at[0] = IS_WIDE;
    memcpy(at + 4, clock, sizeof *clock);
    return at + KEPT_CLOCK_MAX;
}

bool kept_clock_lay_over(unsigned char *at, const struct clock *clock, sla_time base)
{
    struct narrow narrow;
    if (narrow_clock(clock, base, &narrow) != 0 ||
        narrow_size(narrow.form) != narrow_size(*at))
        return false;
    memcpy(at, &narrow, narrow_size(narrow.form));
    return true;
}

const unsigned char *kept_clock_take(const unsigned char *at, struct clock *clock, sla_time base)
{
    struct narrow narrow;
    if (*at == IS_WIDE) {
        memcpy(clock, at + 4, sizeof *clock);
        return at + KEPT_CLOCK_MAX;
    }
    narrow = read_narrow(at);
    widen_clock(&narrow, base, clock);
    return at + narrow_size(narrow.form);
}

struct kept_next kept_clock_next(const unsigned char *at, sla_time base)
{
    struct narrow narrow;
    if (*at == IS_WIDE) {
        struct clock clock;
        memcpy(&clock, at + 4, sizeof clock);
        return (struct kept_next){clock.next_at, clock.next_type, clock.next_step,
                                  clock.next_order, clock.metric, clock.kind, clock.cycle,
                                  at + KEPT_CLOCK_MAX, false};
    }
    memcpy(&narrow, at, TAIL);
    return (struct kept_next){base + narrow.next_at, narrow.next_type,
                              wide_index(narrow.next_step), narrow.next_order,
                              wide_index(narrow.metric), narrow.form >> 4 & 3,
                              wide_index(narrow.cycle), at + narrow_size(narrow.form), true};
}
