/* SPDX-License-Identifier: MIT */
/* A policy with every feature of the engine that asks for memory, and an engine under it. */
#include "world.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CALENDARS                                                                                 \
    "sla: 1\n"                                                                                    \
    "name: scarce\n"                                                                              \
    "timezone: UTC\n"                                                                             \
    "calendar: office\n"                                                                          \
    "holidays:\n"                                                                                 \
    "  some: {through: 2026-12-31, closed: [{date: 2026-01-01, name: New Year}, 2026-12-25]}\n"   \
    "calendars:\n"                                                                                \
    "  office: {hours: {mon-fri: [\"09:00-12:00\", \"13:00-17:00\"]}, holidays: [some]}\n"        \
    "  nights: {hours: {daily: \"22:00-06:00\"}}\n"

#define METRICS                                                                                   \
    "severities: [urgent, normal]\n"                                                              \
    "classify:\n"                                                                                 \
    "  region: [{when: {city: [Rome, Oslo]}, is: city}, {is: remote}]\n"                          \
    "  team: {by: product, is: {router: network}, default: desk}\n"                               \
    "  severity: [{when: {any: [{impact: outage}, {users: {min: 100}}]}, is: urgent},\n"          \
    "             {is: {copy: rank}, when: {rank: {exists: true}}},\n"                            \
    "             {is: normal}, {raise: 1, when: {plan: vip}}]\n"                                 \
    "metrics:\n"                                                                                  \
    "  response: {start: opened, stop: responded}\n"                                              \
    "  next_response: {start: asked, stop: responded, repeat: true}\n"                            \
    "  team_time: {start: {changed: team}, stop: {changed: team}, repeat: true}\n"                \
    "  visit: {start: {when: {status: visiting}}, stop: visited, reset: postponed,\n"             \
    "          reopen: restart, retarget: restart}\n"                                             \
    "  resolution: {start: opened, stop: resolved, cancel: withdrawn, reopen: resume,\n"          \
    "               never_loosen: true,\n"                                                        \
    "               pause: [{while: {status: waiting}, reason: customer, limit: 4h},\n"           \
    "                       {event: hold, until: unhold, reason: parts}]}\n"                      \
    "  counted: {start: opened, stop: resolved, reopen: count}\n"                                 \
    "  cycled: {start: opened, stop: resolved, reopen: cycle, pause: {while: {status: waiting}}}\n"

#define ESCALATIONS                                                                               \
    "  - {name: field team, kind: ola,\n"                                                         \
    "     targets: [{response: 30m, resolution: 6h, team_time: 1h}]}\n"                           \
    "  - {name: maker, kind: uc, when: {product: router}, targets: [{resolution: 4h}]}\n"         \
    "escalations:\n"                                                                              \
    "  - metrics: [resolution]\n"                                                                 \
    "    when: {severity: urgent}\n"                                                              \
    "    steps: [{at: 30m before, notify: [owner, boss], via: [sms]},\n"                          \
    "            {at: due, notify: [boss], via: [phone]},\n"                                      \
    "            {at: 1h after, repeat: 1h, times: 3, level: 2, notify: [director],\n"            \
    "             when: {muted: {not: true}}}]\n"                                                 \
    "  - steps: [{at: 50%, notify: [owner]}, {at: 80%, only_in: nights, late: skip},\n"           \
    "            {at: due, notify: [boss]}, {at: 120%},\n"                                        \
    "            {at: 2h after, calendar: 24x7, repeat: 3h, times: 2}]\n"                         \
    "goals: [{metrics: resolution, agreements: field team, at_least: 95%, per: month}]\n"         \
    "tests: [{name: nowhere, at: 2026-01-05T08:00, expect: {region: nowhere}}]\n"

const char world_policy[] = CALENDARS METRICS
    "agreements:\n"
    "  - name: gold\n"
    "    when: {plan: [gold, vip]}\n"
    "    from: 2026-01-01\n"
    "    targets:\n"
    "      - {when: {severity: urgent}, calendar: 24x7, response: 1h, next_response: 2h,\n"
    "         resolution: 8h, counted: 8h, cycled: 8h}\n"
    "      - {response: {within: 1wd, due: close, grace: 1h}, next_response: 4h,\n"
    "         resolution: 3wd, visit: {agreed: visit_at, latest: 3wd}, counted: 1wd,\n"
    "         cycled: 1wd, team_time: 5h}\n"
    "  - name: standard\n"
    "    targets:\n"
    "      - {when: {severity: urgent}, calendar: 24x7, response: 2h, next_response: 3h,\n"
    "         resolution: {within: 12h, grace: 1h}}\n"
    "      - {response: 5h, resolution: 2wd, counted: 10h, cycled: 10h,\n"
    "         visit: {agreed: visit_at, latest: 1wd},\n"
    "         team_time: {within: 3h, calendar: {by: region, is: {city: nights},\n"
    "                     default: office}}}\n" ESCALATIONS;

/* Other targets, one agreement less, an attribute more. */
const char world_other_policy[] = CALENDARS METRICS
    "agreements:\n"
    "  - name: standard\n"
    "    targets:\n"
    "      - {when: {colour: red}, resolution: 20h, counted: 20h}\n"
    "      - {response: 3h, next_response: 1h, resolution: 1wd, counted: 12h, cycled: 3h,\n"
    "         visit: {agreed: visit_at, latest: 2wd}}\n" ESCALATIONS;

sla_status world_compile(struct scarce_memory *memory, const char *text, sla_policy **out_policy)
{
    sla_allocator allocator = scarce_allocator(memory);
    sla_policy_options options = {.size = sizeof options, .allocator = &allocator};
    return sla_policy_compile(text, SLA_NUL_TERMINATED, &options, out_policy, NULL);
}

static void write_text(FILE *out, sla_text text)
{
    fprintf(out, " %.*s", (int)text.length, text.length == 0 ? "" : text.data);
}

static void write_event(FILE *out, const sla_event *event)
{
    fprintf(out, "%s", sla_event_type_name(event->type));
    write_text(out, event->incident);
    write_text(out, event->metric);
    write_text(out, event->agreement);
    write_text(out, event->severity);
    write_text(out, event->reason);
    for (size_t i = 0; i < event->notify_count; i++)
        write_text(out, event->notify[i]);
    for (size_t i = 0; i < event->via_count; i++)
        write_text(out, event->via[i]);
    fprintf(out, " kind=%u flags=%u cycle=%u rep=%u at=%" PRId64 " deadline=%" PRId64
            " elapsed=%" PRId64 " id=%" PRIx64 "%016" PRIx64 "\n",
            event->kind, event->flags, event->cycle, event->repetition, event->at,
            event->deadline, event->elapsed, event->id[0], event->id[1]);
}

/* Bytes, by their number and a sum of them (FNV). */
static void write_bytes(FILE *out, const void *bytes, size_t size)
{
    uint64_t sum = 0xcbf29ce484222325u;
    for (size_t i = 0; i < size; i++)
        sum = (sum ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u;
    fprintf(out, "%zu bytes, sum %" PRIx64 "\n", size, sum);
}

/* Puts an event, or bytes, behind what was told. */
static void tell_line(struct world *world, const sla_event *event, const void *bytes, size_t size)
{
    char *line = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&line, &length);
    if (event != NULL)
        write_event(out, event);
    else
        write_bytes(out, bytes, size);
    fclose(out);
    world->told = realloc(world->told, world->told_length + length + 1);
    memcpy(world->told + world->told_length, line, length + 1);
    world->told_length += length;
    free(line);
}

void world_tell_event(struct world *world, const sla_event *event)
{
    tell_line(world, event, NULL, 0);
}

void world_tell_bytes(struct world *world, const void *bytes, size_t size)
{
    tell_line(world, NULL, bytes, size);
}

/* Refuses every fifth event, each of them once. */
static int32_t on_event(void *user, const sla_event *event)
{
    struct world *world = user;
    if (event->id[0] % 5 == 0 && world->refused_count < 64) {
        unsigned i = 0;
        while (i < world->refused_count && world->refused[i] != event->id[1])
            i++;
        if (i == world->refused_count) {
            world->refused[world->refused_count++] = event->id[1];
            return 1;
        }
    }
    world_tell_event(world, event);
    return 0;
}

sla_policy *world_bound(const struct world *world)
{
    return world->is_other ? world->other : world->policy;
}

void world_empty(struct world *world)
{
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = on_event, .user = world};
    sla_engine_free(world->engine);
    ck_assert_int_eq(sla_engine_new(world_bound(world), world->pushes ? &callbacks : NULL, NULL,
                                    &world->engine), SLA_OK);
}

void world_restart(struct world *world)
{
    const void *bytes;
    size_t size;
    sla_state *state = NULL;
    ck_assert_int_eq(sla_engine_save(world->engine, &state), SLA_OK);
    sla_state_bytes(state, &bytes, &size);
    world_empty(world);
    ck_assert_int_eq(sla_engine_load(world->engine, bytes, size, 0, NULL), SLA_OK);
    sla_state_free(state);
}

void world_open(struct world *world, int pushes)
{
    *world = (struct world){.pushes = pushes, .told = calloc(1, 1)};
    ck_assert_int_eq(world_compile(&world->memory, world_policy, &world->policy), SLA_OK);
    ck_assert_int_eq(world_compile(&world->memory, world_other_policy, &world->other), SLA_OK);
    world_empty(world);
}

void world_close(struct world *world)
{
    sla_engine_free(world->engine);
    sla_state_free(world->kept);
    sla_policy_unref(world->policy);
    sla_policy_unref(world->other);
    free(world->told);
    ck_assert_uint_eq(world->memory.blocks, 0);
    ck_assert_uint_eq(world->memory.bytes, 0);
    ck_assert_uint_eq(world->memory.wrong_size, 0);
}

static void write_clock(FILE *out, const sla_clock *clock)
{
    write_text(out, clock->incident);
    write_text(out, clock->metric);
    write_text(out, clock->agreement);
    write_text(out, clock->calendar);
    write_text(out, clock->severity);
    fprintf(out, " kind=%u cycle=%u state=%u flags=%u line=%u started=%" PRId64 " ended=%" PRId64
            " deadline=%" PRId64 " projected=%" PRId64 " budget=%" PRId64 " elapsed=%" PRId64
            " paused=%" PRId64 "\n",
            clock->kind, clock->cycle, clock->state, clock->flags, clock->line, clock->started,
            clock->ended, clock->deadline, clock->projected, clock->budget, clock->elapsed,
            clock->paused);
}

static void write_saved(FILE *out, const sla_engine *engine)
{
    const void *bytes;
    size_t size;
    sla_state *state = NULL;
    ck_assert_int_eq(sla_engine_save(engine, &state), SLA_OK);
    sla_state_bytes(state, &bytes, &size);
    write_bytes(out, bytes, size);
    sla_state_free(state);
}

char *world_text(struct world *world)
{
    char *text = NULL;
    size_t length = 0;
    uint64_t cursor = 0;
    sla_clock clock = {.size = sizeof clock};
    sla_event event = {.size = sizeof event};
    FILE *out = open_memstream(&text, &length);
    fprintf(out, "now=%" PRId64 " due=%" PRId64 " incidents=%" PRIu64 " told=%zu\n",
            sla_engine_now(world->engine), sla_engine_next_due(world->engine),
            sla_engine_incidents(world->engine), world->told_length);
    while (sla_engine_clocks(world->engine, &cursor, &clock) == SLA_OK)
        write_clock(out, &clock);
    if (sla_engine_next_event(world->engine, &event) == SLA_OK)
        write_event(out, &event);
    write_saved(out, world->engine);
    fclose(out);
    return text;
}

void world_take(struct world *world, unsigned most)
{
    sla_event event = {.size = sizeof event};
    for (unsigned i = 0; i < most && sla_engine_next_event(world->engine, &event) == SLA_OK; i++) {
        world_tell_event(world, &event);
        ck_assert_int_eq(sla_engine_event_done(world->engine), SLA_OK);
    }
}
