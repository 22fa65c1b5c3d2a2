/* SPDX-License-Identifier: MIT */
/* What the lines of the log do: each deed is one call, or a few that change nothing. */
#include "log.h"

#include <check.h>
#include <string.h>

#define ATTRIBUTES_MOST 8

static const char *const functions[] = {
    "sla_engine_update", "sla_engine_advance", "sla_engine_deliver",     "sla_engine_event_done",
    "sla_engine_clock",  "sla_engine_clocks",  "sla_engine_find_clocks", "sla_engine_next_event",
    "sla_engine_forget", "sla_engine_save",    "sla_engine_save_incident", "sla_engine_load",
    "sla_engine_rebuild", "sla_engine_bind", "sla_policy_step",      "sla_engine_explain",
    "sla_policy_explain", "sla_engine_update_many",
    "sla_engine_update_columns",
};

const char *log_function(unsigned index)
{
    return index < sizeof functions / sizeof *functions ? functions[index] : NULL;
}

static sla_text text_until(const char **words, char end)
{
    const char *begin = *words, *stop = strchr(begin, end);
    size_t length = stop == NULL ? strlen(begin) : (size_t)(stop - begin);
    *words = begin + length + (stop != NULL);
    return (sla_text){begin, length};
}

static size_t read_attributes(const char *words, sla_attribute *attributes)
{
    size_t count = 0;
    while (words != NULL && *words != '\0') {
        ck_assert_uint_lt(count, ATTRIBUTES_MOST);
        sla_attribute *attribute = &attributes[count++];
        *attribute = (sla_attribute){.flags = *words == '-' ? SLA_ATTRIBUTE_REMOVE : 0};
        if (*words == '-') {
            words++;
            attribute->name = text_until(&words, ',');
        } else {
            attribute->name = text_until(&words, '=');
            attribute->value = text_until(&words, ',');
        }
    }
    return count;
}

static sla_update update_of(const struct line *line, sla_attribute *attributes)
{
    sla_update update = {.size = sizeof update,
                         .incident = {line->incident, SLA_NUL_TERMINATED},
                         .event = {line->event, SLA_NUL_TERMINATED},
                         .attributes = attributes,
                         .at = MONDAY + line->at};
    update.attribute_count = read_attributes(line->attributes, attributes);
    return update;
}

/* The same as a table of one row: each attribute is a column. */
static sla_status tell_as_columns(struct world *world, const sla_update *update)
{
    int64_t ends[2] = {0, (int64_t)strlen(update->incident.data)};
    int64_t event_ends[2] = {0, (int64_t)strlen(update->event.data)};
    sla_texts incidents = {.size = sizeof incidents, .form = SLA_TEXTS_OFFSETS64, .count = 1,
                           .elements = ends, .bytes = update->incident.data};
    sla_texts events = {.size = sizeof events, .form = SLA_TEXTS_OFFSETS64, .count = 1,
                        .elements = event_ends, .bytes = update->event.data};
    sla_numbers at = {.size = sizeof at, .width = 8, .ticks = 1, .values = &update->at};
    sla_column columns[ATTRIBUTES_MOST];
    sla_status status = SLA_OK;
    sla_update_columns table = {.size = sizeof table, .rows = 1, .incidents = &incidents,
                                .at = &at, .events = &events, .columns = columns,
                                .column_count = update->attribute_count, .statuses = &status};
    for (size_t i = 0; i < update->attribute_count; i++)
        columns[i] = (sla_column){.name = update->attributes[i].name,
                                  .flags = update->attributes[i].flags,
                                  .values = &update->attributes[i].value};
    sla_status all = sla_engine_update_columns(world->engine, &table, NULL);
    return all == SLA_OK || all == SLA_ROWS_FAILED ? status : all;
}

static sla_status tell(struct world *world, const struct line *line)
{
    sla_attribute attributes[ATTRIBUTES_MOST];
    sla_update update = update_of(line, attributes);
    sla_status status;
    if (world->is_other && update.attribute_count > 0)
        return tell_as_columns(world, &update);
    if (world->is_other) /* the call for many is another way to the same */
        return sla_engine_update_many(world->engine, &update, 1, &status, NULL) == SLA_ROWS_FAILED
                   ? status : status;
    return sla_engine_update(world->engine, &update);
}

int line_goes_on(const struct line *line)
{
    return line->deed == ADVANCE || line->deed == LEAP;
}

static sla_status deliver(struct world *world)
{
    sla_status status;
    while ((status = sla_engine_deliver(world->engine)) == SLA_DELIVERY_REFUSED)
        continue;
    return status;
}

static void keep(struct world *world, sla_state *state)
{
    sla_state_free(world->kept);
    world->kept = state;
}

void line_prepare(struct world *world, const struct line *line)
{
    sla_state *state = NULL;
    if (line->deed == UPDATE) /* nothing to fire and nothing to deliver is left for it */
        ck_assert_int_ge(sla_engine_advance(world->engine, MONDAY + line->at), SLA_OK);
    if (!line_goes_on(line))
        ck_assert_int_eq(deliver(world), SLA_OK);
    if (line->deed == RESTART || line->deed == REBIND) {
        ck_assert_int_eq(sla_engine_save(world->engine, &state), SLA_OK);
        keep(world, state);
        world->is_other ^= line->deed == REBIND;
        world_empty(world);
    }
}

static sla_status ask_clocks(struct world *world, const char *id)
{
    sla_text incident = {id, SLA_NUL_TERMINATED}, metric;
    sla_clock clock = {.size = sizeof clock};
    for (uint32_t m = 0; sla_policy_metric_at(world->policy, m, &metric); m++) {
        sla_status status =
            sla_engine_clock(world->engine, &incident, SLA_KIND_SLA, m, &clock);
        if (status != SLA_OK && status != SLA_ERROR_NOT_FOUND)
            return status;
    }
    return SLA_OK;
}

static sla_status find_clocks(struct world *world)
{
    sla_clock clock = {.size = sizeof clock};
    sla_clock_filter filter = {.size = sizeof filter, .states = 1u << SLA_CLOCK_RUNNING};
    uint64_t cursor = 0;
    sla_status status;
    while ((status = sla_engine_find_clocks(world->engine, &filter, &cursor, &clock)) == SLA_OK)
        continue;
    return status == SLA_EMPTY ? SLA_OK : status;
}

static sla_status rebuild(struct world *world, const struct line *line)
{
    sla_attribute attributes[ATTRIBUTES_MOST];
    sla_update updates[2] = {update_of(line, attributes), update_of(line, attributes)};
    updates[0].event = (sla_text){"opened", SLA_NUL_TERMINATED};
    updates[1].at += HOURS(1);
    return sla_engine_rebuild(world->engine, &updates[0].incident, updates, 2);
}

static void tell_explanation(struct world *world, const sla_explanation *explanation)
{
    static char text[20000];
    size_t length = sla_explanation_text(explanation, SLA_TEXT_ALL_PARTS, text, sizeof text);
    ck_assert_uint_gt(length, 0);
    ck_assert_uint_lt(length, sizeof text);
    world_tell_bytes(world, text, length);
}

static sla_status explain(struct world *world, const struct line *line)
{
    const uint32_t resolution = 4;
    sla_attribute attributes[ATTRIBUTES_MOST];
    sla_text incident = {line->incident, SLA_NUL_TERMINATED};
    sla_explanation *of_engine = NULL, *of_policy = NULL;
    size_t count = read_attributes(line->attributes, attributes);
    sla_status status = sla_engine_explain(world->engine, &incident, SLA_KIND_SLA, resolution, 1,
                                           &of_engine);
    if (status == SLA_OK)
        status = sla_policy_explain(world_bound(world), MONDAY, attributes, count, SLA_KIND_SLA,
                                    resolution, &of_policy);
    if (status == SLA_OK) {
        tell_explanation(world, of_engine);
        tell_explanation(world, of_policy);
    }
    sla_explanation_free(of_engine);
    sla_explanation_free(of_policy);
    return status;
}

static sla_status save(struct world *world, const struct line *line)
{
    sla_text incident = {line->incident, SLA_NUL_TERMINATED};
    sla_state *state = NULL;
    sla_status status = line->deed == SAVE
                            ? sla_engine_save(world->engine, &state)
                            : sla_engine_save_incident(world->engine, &incident, &state);
    if (line->deed == KEEP && status == SLA_OK)
        keep(world, state);
    else
        sla_state_free(state);
    return status;
}

static sla_status load(struct world *world, const struct line *line)
{
    const void *bytes;
    size_t size;
    sla_moves *moves = NULL;
    int binds = line->deed == REBIND;
    sla_state_bytes(world->kept, &bytes, &size);
    sla_status status = sla_engine_load(world->engine, bytes, size, binds ? SLA_LOAD_REBIND : 0,
                                        binds ? &moves : NULL);
    sla_moves_free(moves);
    return status;
}

static sla_status bind(struct world *world)
{
    sla_moves *moves = NULL;
    sla_policy *policy = world->is_other ? world->policy : world->other;
    sla_status status = sla_engine_bind(world->engine, policy, &moves);
    if (status >= SLA_OK)
        world->is_other ^= 1;
    sla_moves_free(moves);
    return status;
}

static sla_status step(struct world *world, const struct line *line)
{
    const void *bytes;
    size_t size;
    sla_attribute attributes[ATTRIBUTES_MOST];
    sla_update update = update_of(line, attributes);
    sla_event event = {.size = sizeof event};
    sla_step *taken = NULL;
    sla_state_bytes(world->kept, &bytes, &size);
    sla_status status = sla_policy_step(world_bound(world), bytes, size, &update, SLA_TIME_NONE,
                                        SLA_LOAD_REBIND, &taken);
    if (status < SLA_OK)
        return status;
    for (size_t i = 0; sla_step_event(taken, i, &event); i++)
        world_tell_event(world, &event);
    sla_step_state(taken, &bytes, &size);
    world_tell_bytes(world, bytes, size);
    sla_step_free(taken);
    return status;
}

sla_status line_do(struct world *world, const struct line *line)
{
    switch (line->deed) {
    case UPDATE:
    case LEAP:
        return tell(world, line);
    case ADVANCE:
        return sla_engine_advance(world->engine, MONDAY + line->at);
    case DELIVER:
        return deliver(world);
    case CLOCK:
        return ask_clocks(world, line->incident);
    case FIND:
        return find_clocks(world);
    case EXPLAIN:
        return explain(world, line);
    case REBUILD:
        return rebuild(world, line);
    case FORGET: {
        sla_text incident = {line->incident, SLA_NUL_TERMINATED};
        return sla_engine_forget(world->engine, &incident);
    }
    case SAVE:
    case SAVE_ONE:
    case KEEP:
        return save(world, line);
    case RESTART:
    case REBIND:
    case LOAD_ONE:
        return load(world, line);
    case BIND:
        return bind(world);
    case STEP:
        return step(world, line);
    case TAKE:
        if (!world->pushes)
            world_take(world, UINT32_MAX);
        return SLA_OK;
    }
    return SLA_ERROR_ARGUMENT;
}
