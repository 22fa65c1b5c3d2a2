/* SPDX-License-Identifier: MIT */
/* A million incidents: the policy, the ids and values, and the updates. */
#include "incidents.h"

#include "random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUES 100
#define VALUE_LENGTH 12

enum attribute { IMPACT, CITY, STATUS, PRODUCT, CHANNEL, REFERENCE };
static const char *const names[ATTRIBUTES] = {"impact",  "city",    "status",
                                              "product", "channel", "reference"};

/* With starts spread over Monday's 8 hours, of 100 urgent incidents Thursday (counted hours 24 to
   32) sees 75 %, due and 1 h after of the answer 25 + 100 + 87.5 times and 75 % of the solution
   100 times; of 100 important ones 62.5 + 50 + 37.5 and 34.4 times. 11 and 9 of 100 are such: in
   all 0.51 events an incident, less what pauses put off. The others come a week later. In the
   place of %s stands a row that asks for the other attributes. */
static const char policy_format[] =
    "sla: 1\n"
    "severities: [urgent, important, general]\n"
    "calendar: office\n"
    "calendars: {office: {hours: {mon-fri: [\"09:00-12:00\", \"13:00-18:00\"]}}}\n"
    "classify:\n"
    "  region:\n"
    "    - {when: {city: [city-00, city-01, city-02, city-03, city-04]}, is: city}\n"
    "    - {is: remote}\n"
    "  severity:\n"
    "%s"
    "    - when: {impact: [impact-00, impact-01, impact-02, impact-03, impact-04, impact-05,\n"
    "                      impact-06, impact-07, impact-08, impact-09, impact-10]}\n"
    "      is: urgent\n"
    "    - when: {impact: [impact-11, impact-12, impact-13, impact-14, impact-15, impact-16,\n"
    "                      impact-17, impact-18, impact-19]}\n"
    "      is: important\n"
    "    - {is: general}\n"
    "metrics:\n"
    "  answer: {start: opened, stop: [answered, solved]}\n"
    "  solve: {start: opened, stop: solved, pause: {while: {status: waiting}}}\n"
    "targets:\n"
    "  - {when: {severity: urgent}, answer: 24h, solve: 32h}\n"
    "  - {when: {severity: important}, answer: 28h, solve: 39h}\n"
    "  - {when: {region: city}, answer: 72h, solve: 144h}\n"
    "  - {answer: 80h, solve: 160h}\n"
    "escalations:\n"
    "  - steps: [{at: 75%%, notify: [owner]}, {at: due, notify: [owner, boss]}, {at: 1h after}]\n";
static const char ask_rest[] =
    "    - {when: {product: none, channel: none, reference: none}, is: urgent}\n";

static char values[ATTRIBUTES - 1][VALUES][VALUE_LENGTH];
static char hex[256][3];

static void must(int good, const char *what)
{
    if (!good) {
        fprintf(stderr, "%s went wrong\n", what);
        exit(1);
    }
}

static int32_t take(void *user, const sla_event *event)
{
    uint64_t *count = user;
    *count += event->type != 0; /* a host would look at it, too */
    return 0;
}

void incidents_begin(struct incidents *work, size_t count, int ask_all)
{
    char text[4096];
    *work = (struct incidents){.count = count, .seed = 20261122};
    snprintf(text, sizeof text, policy_format, ask_all ? ask_rest : "");
    must(sla_policy_compile(text, SLA_NUL_TERMINATED, NULL, &work->policy, NULL) == SLA_OK,
         "the policy");
    for (size_t i = 0; i < ATTRIBUTES; i++) {
        work->ids[i] = sla_policy_attribute(work->policy, names[i], SLA_NUL_TERMINATED);
        for (unsigned value = 0; value < VALUES && i != REFERENCE; value++)
            snprintf(values[i][value], VALUE_LENGTH, "%.8s-%02u", names[i], value);
    }
    for (unsigned byte = 0; byte < 256; byte++)
        snprintf(hex[byte], sizeof hex[byte], "%02x", byte);
    sla_allocator allocator = live_allocator(&work->memory);
    sla_engine_options options = {.size = sizeof options, .allocator = &allocator};
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = take, .user = &work->events};
    must(sla_engine_new(work->policy, &callbacks, &options, &work->engine) == SLA_OK,
         "the engine");
    work->order = malloc(count * sizeof *work->order);
    must(work->order != NULL, "memory");
    for (size_t i = 0; i < count; i++)
        work->order[i] = (uint32_t)i;
    incidents_shuffle(work, count);
}

void incidents_end(struct incidents *work)
{
    sla_engine_free(work->engine);
    sla_policy_unref(work->policy);
    free(work->order);
    must(work->memory.blocks == 0 && work->memory.bytes == 0, "giving memory back");
}

void incidents_let_wait(struct incidents *work)
{
    sla_engine_free(work->engine);
    must(sla_engine_new(work->policy, NULL, NULL, &work->engine) == SLA_OK, "the engine");
}

void incidents_shuffle(struct incidents *work, size_t some)
{
    struct random random = {work->seed++};
    for (size_t i = some; i > 1; i--) {
        size_t j = (size_t)(random_next(&random) % i);
        uint32_t kept = work->order[i - 1];
        work->order[i - 1] = work->order[j];
        work->order[j] = kept;
    }
}

static uint64_t mixed(uint64_t number)
{
    struct random random = {number};
    return random_next(&random);
}

static void begin(struct told *told, uint32_t number, sla_time at, const char *event)
{
    memcpy(told->id, "INC-2026-00000000000", sizeof told->id);
    for (size_t i = sizeof told->id; number > 0; number /= 10)
        told->id[--i] = (char)('0' + number % 10);
    told->update = (sla_update){.size = sizeof told->update,
                                .incident = {told->id, sizeof told->id},
                                .event = {event, strlen(event)},
                                .attributes = told->attributes,
                                .at = at};
}

static void add(const struct incidents *work, struct told *told, enum attribute which,
                const char *value, size_t length)
{
    sla_attribute *attribute = &told->attributes[told->update.attribute_count++];
    *attribute = (sla_attribute){.id = work->ids[which], .value = {value, length}};
    if (attribute->id == 0)
        attribute->name = (sla_text){names[which], strlen(names[which])};
}

static void add_value(const struct incidents *work, struct told *told, enum attribute which,
                      uint64_t value)
{
    const char *text = values[which][value % VALUES];
    add(work, told, which, text, strlen(text));
}

void incidents_make_opening(const struct incidents *work, struct told *told, uint32_t number,
                            sla_time at)
{
    uint64_t random = mixed(number); /* another for each number: splitmix64 is a bijection */
    begin(told, number, at, "");
    add_value(work, told, IMPACT, number); /* so that exactly 11 of 100 are urgent */
    add_value(work, told, CITY, random);
    add_value(work, told, STATUS, random >> 8);
    add_value(work, told, PRODUCT, random >> 16);
    add_value(work, told, CHANNEL, random >> 24);
    memcpy(told->reference, "REF-0000", 8);
    for (size_t i = 0; i < 8; i++)
        memcpy(told->reference + 8 + 2 * i, hex[random >> (8 * i) & 255], 2);
    add(work, told, REFERENCE, told->reference, sizeof told->reference);
}

void incidents_make_impact(const struct incidents *work, struct told *told, uint32_t number,
                           sla_time at, uint32_t value)
{
    begin(told, number, at, "");
    add_value(work, told, IMPACT, value == IMPACT_OWN ? number : value);
}

void incidents_make_waiting(const struct incidents *work, struct told *told, uint32_t number,
                            sla_time at, int waiting)
{
    begin(told, number, at, "");
    if (waiting)
        add(work, told, STATUS, "waiting", 7);
    else
        add_value(work, told, STATUS, number);
}

void incidents_make_closing(const struct incidents *work, struct told *told, uint32_t number,
                            sla_time at)
{
    (void)work;
    begin(told, number, at, "solved");
}

static void tell_one(struct incidents *work, const sla_update *update)
{
    sla_status status = sla_engine_update(work->engine, update);
    if (status != SLA_OK)
        must(0, sla_status_name(status));
}

void incidents_tell_rest(struct incidents *work)
{
    sla_status status =
        sla_engine_update_many(work->engine, work->updates, work->waiting, NULL, NULL);
    if (status != SLA_OK)
        must(0, sla_status_name(status));
    work->waiting = 0;
}

void incidents_tell(struct incidents *work, const struct told *told)
{
    if (!work->at_once) {
        tell_one(work, &told->update);
        return;
    }
    struct told *copy = &work->batch[work->waiting];
    sla_update *update = &work->updates[work->waiting++];
    *copy = *told;
    *update = told->update;
    update->incident.data = copy->id;
    update->attributes = copy->attributes;
    for (size_t i = 0; i < update->attribute_count; i++)
        if (copy->attributes[i].value.data == told->reference)
            copy->attributes[i].value.data = copy->reference;
    if (work->waiting == BATCH)
        incidents_tell_rest(work);
}

void incidents_advance(struct incidents *work, sla_time now)
{
    must(sla_engine_advance(work->engine, now) == SLA_OK, "advance");
}

void incidents_open_all(struct incidents *work)
{
    struct told told;
    for (size_t i = 0; i < work->count; i++) {
        sla_time second = (sla_time)(i * 28800 / work->count);
        second += second < HOUR_OF(3) ? HOUR_OF(9) : HOUR_OF(10); /* the break at noon */
        incidents_make_opening(work, &told, work->order[i], MONDAY + second);
        incidents_tell(work, &told);
    }
    incidents_tell_rest(work);
}
