/* SPDX-License-Identifier: MIT */
/* The severity in which each clock was judged: a table of places, at most two thirds full. */
#include "replay_verdicts.h"

#include <stdlib.h>
#include <string.h>

static uint64_t hash_of(const struct verdict *verdict)
{
    uint64_t hash = 0xCBF29CE484222325u; /* FNV-1a, then what the low bits need */
    for (size_t i = 0; i < verdict->incident.length; i++)
        hash = (hash ^ (unsigned char)verdict->incident.data[i]) * 0x100000001B3u;
    hash ^= (uint64_t)verdict->metric << 40 ^ (uint64_t)verdict->kind << 56 ^ verdict->cycle;
    hash *= 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static bool is_same(const struct verdict *a, const struct verdict *b)
{
    return a->metric == b->metric && a->kind == b->kind && a->cycle == b->cycle &&
           a->incident.length == b->incident.length &&
           memcmp(a->incident.data, b->incident.data, a->incident.length) == 0;
}

/* The place of a clock, or the free place where it belongs. */
static struct verdict **find_place(const struct verdicts *verdicts, const struct verdict *clock)
{
    size_t place = hash_of(clock) & (verdicts->capacity - 1);
    while (verdicts->places[place] != NULL && !is_same(verdicts->places[place], clock))
        place = (place + 1) & (verdicts->capacity - 1);
    return &verdicts->places[place];
}

static void grow(struct verdicts *verdicts)
{
    struct verdicts larger = {.capacity = verdicts->capacity == 0 ? 1024 : verdicts->capacity * 2};
    larger.places = get_memory(NULL, larger.capacity * sizeof *larger.places);
    for (size_t i = 0; i < larger.capacity; i++)
        larger.places[i] = NULL;
    for (size_t i = 0; i < verdicts->capacity; i++)
        if (verdicts->places[i] != NULL)
            *find_place(&larger, verdicts->places[i]) = verdicts->places[i];
    larger.count = verdicts->count;
    free(verdicts->places);
    *verdicts = larger;
}

void verdicts_set(struct verdicts *verdicts, const struct verdict *verdict)
{
    if (verdicts->count >= verdicts->capacity / 3 * 2)
        grow(verdicts);
    struct verdict **place = find_place(verdicts, verdict);
    if (*place != NULL) {
        (*place)->severity = verdict->severity;
        (*place)->goals = verdict->goals;
        return;
    }
    struct verdict *copy = get_memory(NULL, sizeof *copy + verdict->incident.length);
    char *incident = (char *)(copy + 1);
    *copy = *verdict;
    memcpy(incident, verdict->incident.data, verdict->incident.length);
    copy->incident.data = incident;
    *place = copy;
    verdicts->count++;
}

const struct verdict *verdicts_find(const struct verdicts *verdicts, const struct verdict *clock)
{
    return verdicts->count > 0 ? *find_place(verdicts, clock) : NULL;
}

void verdicts_free(struct verdicts *verdicts)
{
    for (size_t i = 0; i < verdicts->capacity; i++)
        free(verdicts->places[i]);
    free(verdicts->places);
    *verdicts = (struct verdicts){.places = NULL};
}
