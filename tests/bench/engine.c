/* SPDX-License-Identifier: MIT */
/* The engine with a million incidents: bytes a clock, updates and events a second, what an update
 * that moves a deadline costs beside a random read, and how its price grows from 10,000 incidents.
 *
 * usage: bench_engine [INCIDENTS [all]]     all: the policy asks for all six attributes */
#include "incidents.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FEW 10000

enum phase { MAKE, OPEN, RETARGET, BACK, PAUSE, RESUME, WEDNESDAY, THURSDAY, CLOSE, PHASES };
static const char *const phase_names[PHASES] = {
    "making the opening updates (part of the next)",
    "open an incident",
    "retarget: two deadlines move, at random",
    "retarget back, at random",
    "pause: a deadline goes, at random",
    "resume: a deadline moves, at random",
    "advance over Wednesday, an event",
    "advance over Thursday, an event",
    "close an incident, at random",
};

struct figures {
    struct cost costs[PHASES];
    uint64_t counts[PHASES];
    double next_due; /* seconds */
    double reads[3]; /* seconds of a random read over the same bytes, at three moments */
    uint64_t said, live, peak, resident, blocks;
    size_t incidents;
};

static void end_phase(struct figures *figures, enum phase phase, struct cost begin, uint64_t count)
{
    figures->costs[phase] = meter_since(begin);
    figures->counts[phase] = count;
}

/* One update for each of the first `some` incidents of the order. */
static void move_some(struct incidents *work, struct figures *figures, enum phase phase,
                      size_t some)
{
    struct told told;
    struct cost begin = meter_now();
    for (size_t i = 0; i < some; i++) {
        uint32_t number = work->order[i];
        if (phase == RETARGET) /* urgent and general become important, important urgent */
            incidents_make_impact(work, &told, number, DAY_OF_WEEK(1) + HOUR_OF(10),
                                  number % 100 > 10 && number % 100 < 20 ? 5 : 15);
        else if (phase == BACK)
            incidents_make_impact(work, &told, number, DAY_OF_WEEK(1) + HOUR_OF(11), IMPACT_OWN);
        else if (phase == CLOSE)
            incidents_make_closing(work, &told, number, DAY_OF_WEEK(3) + HOUR_OF(20));
        else
            incidents_make_waiting(work, &told, number,
                                   DAY_OF_WEEK(1) + HOUR_OF(phase == PAUSE ? 14 : 15),
                                   phase == PAUSE);
        incidents_tell(work, &told);
    }
    incidents_tell_rest(work);
    end_phase(figures, phase, begin, some);
}

static void pass_day(struct incidents *work, struct figures *figures, enum phase phase, int day)
{
    uint64_t before = work->events;
    struct cost begin = meter_now();
    incidents_advance(work, DAY_OF_WEEK(day) + HOUR_OF(19));
    end_phase(figures, phase, begin, work->events - before);
}

static double ask_next_due(const struct incidents *work)
{
    size_t times = 1000000;
    volatile sla_time sink = 0;
    struct cost begin = meter_now();
    for (size_t i = 0; i < times; i++)
        sink = sla_engine_next_due(work->engine);
    (void)sink;
    return meter_since(begin).seconds / (double)times;
}

static void open_all(struct incidents *work, struct figures *figures)
{
    struct told told;
    struct cost begin = meter_now();
    for (size_t i = 0; i < work->count; i++)
        incidents_make_opening(work, &told, work->order[i], MONDAY + (sla_time)i);
    end_phase(figures, MAKE, begin, work->count);

    uint64_t resident = meter_resident();
    begin = meter_now();
    incidents_open_all(work);
    end_phase(figures, OPEN, begin, work->count);
    figures->resident = meter_resident() - resident;
    figures->said = sla_engine_memory(work->engine);
    figures->live = work->memory.bytes;
    figures->peak = work->memory.peak;
    figures->blocks = work->memory.blocks;
}

/* Whether the work is the one that was meant. */
static void check_open(const struct incidents *work)
{
    uint64_t cursor = 0, open = 0;
    sla_clock clock = {.size = sizeof clock};
    while (open <= 2 * work->count &&
           sla_engine_clocks(work->engine, &cursor, &clock) == SLA_OK)
        open += clock.state == SLA_CLOCK_RUNNING;
    if (open != 2 * work->count) {
        fprintf(stderr, "%llu clocks run, not two an incident\n", (unsigned long long)open);
        exit(1);
    }
}

static void live_a_week(struct figures *figures, size_t count, int ask_all, int at_once)
{
    struct incidents work;
    size_t some = count / 5 < FEW ? count : count / 5;
    memset(figures, 0, sizeof *figures);
    figures->incidents = count;
    incidents_begin(&work, count, ask_all);
    work.at_once = at_once;
    open_all(&work, figures);
    figures->reads[0] = meter_random_read(figures->live);
    incidents_shuffle(&work, count);
    move_some(&work, figures, RETARGET, some);
    incidents_shuffle(&work, some);
    move_some(&work, figures, BACK, some);
    figures->reads[1] = meter_random_read(figures->live);
    incidents_shuffle(&work, count);
    move_some(&work, figures, PAUSE, some);
    incidents_shuffle(&work, some);
    move_some(&work, figures, RESUME, some);
    figures->reads[2] = meter_random_read(figures->live);
    figures->next_due = ask_next_due(&work);
    check_open(&work);
    pass_day(&work, figures, WEDNESDAY, 2);
    pass_day(&work, figures, THURSDAY, 3);
    incidents_shuffle(&work, count);
    move_some(&work, figures, CLOSE, count);
    incidents_end(&work);
}

static double each(const struct figures *figures, enum phase phase)
{
    return figures->costs[phase].seconds / (double)figures->counts[phase];
}

static double instructions(const struct figures *figures, enum phase phase)
{
    return (double)figures->costs[phase].instructions / (double)figures->counts[phase];
}

static double middle(const double *three)
{
    double low = three[0], high = three[0];
    for (int i = 1; i < 3; i++) {
        low = three[i] < low ? three[i] : low;
        high = three[i] > high ? three[i] : high;
    }
    return three[0] + three[1] + three[2] - low - high;
}

static void print_memory(const struct figures *many)
{
    double clocks = 2.0 * (double)many->incidents;
    printf("%-52s %7s   goal\n", "memory, all incidents open", "bytes");
    printf("%-52s %7.1f   200\n", "a clock, as malloc keeps it (16-byte steps, heads)",
           (double)many->live / clocks);
    printf("%-52s %7.1f   200\n", "a clock, as sla_engine_memory says",
           (double)many->said / clocks);
    printf("%-52s %7.1f   200\n", "a clock, growth of the process (RSS)",
           (double)many->resident / clocks);
    printf("%-52s %7.1f   none; %llu blocks\n\n", "a clock, the most at one moment",
           (double)many->peak / clocks, (unsigned long long)many->blocks);
}

static void print_phase(const struct figures *few, const struct figures *many, enum phase phase,
                        double read)
{
    const char *goal = phase == OPEN ? "1,000,000" : phase == THURSDAY ? "2,000,000" : "";
    int moves = phase >= RETARGET && phase <= RESUME;
    printf("%-46s %8llu %6.0f %9.0f %9s", phase_names[phase],
           (unsigned long long)many->counts[phase], each(many, phase) * 1e9,
           1 / each(many, phase), goal);
    if (moves)
        printf("  %4.1f (5)", each(many, phase) / read);
    else
        printf("%10s", "");
    if (meter_refusal() == NULL)
        printf(" %8.0f %5.2f%s", instructions(many, phase),
               instructions(many, phase) / instructions(few, phase), moves ? " (1.2)" : "");
    printf("\n");
}

static void print_at_once(const struct figures *at_once)
{
    double read = middle(at_once->reads);
    printf("%d updates in one call", BATCH);
    printf("%*s %8s %6s %9s %9s  %8s\n", 24, "", "times", "ns", "a second", "goal", "reads");
    for (enum phase phase = OPEN; phase < PHASES; phase++)
        if (phase != WEDNESDAY && phase != THURSDAY)
            print_phase(at_once, at_once, phase, read);
    printf("\n");
}

static void print_all(const struct figures *few, const struct figures *many)
{
    double read = middle(many->reads);
    printf("%zu incidents, 2 clocks each, 3 steps a clock, 6 attributes\n\n", many->incidents);
    print_memory(many);
    printf("%-46s %8s %6s %9s %9s  %8s%s\n", "goals in brackets or beside", "times", "ns",
           "a second", "goal", "reads", meter_refusal() == NULL ? " instructions, growth" : "");
    for (enum phase phase = MAKE; phase < PHASES; phase++)
        print_phase(few, many, phase, read);
    printf("%-46s %8d %6.1f  (%.1f with %d incidents)\n", "next_due", 1000000,
           many->next_due * 1e9, few->next_due * 1e9, FEW);
    printf("%-46s %8s %6.0f  (%.0f, %.0f, %.0f)\n\n", "a dependent random read over the same bytes",
           "", read * 1e9, many->reads[0] * 1e9, many->reads[1] * 1e9, many->reads[2] * 1e9);
    printf("reads: how many such random reads take the same time.\n");
    if (meter_refusal() != NULL)
        printf("Instructions and their growth are not counted here (%s).\n", meter_refusal());
    else
        printf("growth: of instructions, from %d incidents to these.\n", FEW);
}

int main(int count, char **arguments)
{
    long long incidents = count > 1 ? atoll(arguments[1]) : 1000000;
    int ask_all = count > 2 && strcmp(arguments[2], "all") == 0;
    static struct figures few, many, at_once;
    if (incidents < 100 || incidents > 10000000 || (count > 2 && !ask_all)) {
        fprintf(stderr, "usage: bench_engine [INCIDENTS [all]]\n");
        return 2;
    }
    meter_open();
    live_a_week(&few, FEW, ask_all, 0);
    live_a_week(&many, (size_t)incidents, ask_all, 0);
    live_a_week(&at_once, (size_t)incidents, ask_all, 1);
    print_all(&few, &many);
    print_at_once(&at_once);
    return 0;
}
