/* SPDX-License-Identifier: MIT */
/* Reading the frozen zones. */
#include "zone_files.h"

#include <stdio.h>
#include <stdlib.h>

static void fail(const char *what, const char *name)
{
    printf("Bail out! %s: %s\n", what, name);
    exit(2);
}

struct file_bytes file_read(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail("cannot open", path);
    struct file_bytes bytes = {NULL, 0};
    size_t got;
    do {
        bytes.data = realloc(bytes.data, bytes.length + 65536);
        if (bytes.data == NULL)
            fail("no memory for", path);
        got = fread(bytes.data + bytes.length, 1, 65536, file);
        bytes.length += got;
    } while (got > 0);
    fclose(file);
    return bytes;
}

struct zone zone_from_file(struct arena *arena, const char *folder, const char *name)
{
    struct file_bytes bytes = file_read(folder, name);
    struct zone zone;
    const char *problem = "no memory";
    sla_text text = {name, strlen(name)};
    if (zone_decode(arena, text, bytes.data, bytes.length, &zone, &problem) != SLA_OK)
        fail(problem, name);
    free(bytes.data);
    return zone;
}

static char *next_word(char **at)
{
    char *word = *at;
    char *end = word + strcspn(word, " \n");
    if (*word == '\0')
        return NULL;
    *at = *end == '\0' ? end : end + 1;
    *end = '\0';
    return word;
}

struct wall_clocks wall_clocks_read(const char *folder)
{
    struct file_bytes bytes = file_read(folder, "zone_changes.txt");
    struct wall_clocks clocks = {NULL, 0};
    bytes.data = realloc(bytes.data, bytes.length + 1);
    clocks.items = calloc(1000, sizeof *clocks.items);
    if (bytes.data == NULL || clocks.items == NULL)
        fail("no memory for", folder);
    bytes.data[bytes.length] = '\0';
    char *line = (char *)bytes.data;
    while (*line != '\0' && clocks.count < 1000) {
        char *end = line + strcspn(line, "\n");
        char *rest = *end == '\0' ? end : end + 1;
        *end = '\0';
        struct wall_clock *clock = &clocks.items[clocks.count++];
        clock->changes = calloc(600, sizeof *clock->changes);
        snprintf(clock->name, sizeof clock->name, "%s", next_word(&line));
        clock->changes[0].at = INT64_MIN;
        clock->changes[0].offset = atoi(next_word(&line));
        clock->count = 1;
        for (char *word; (word = next_word(&line)) != NULL && clock->count < 600;) {
            struct wall_change *change = &clock->changes[clock->count++];
            change->at = strtoll(word, &word, 10);
            change->offset = atoi(word + 1);
        }
        line = rest;
    }
    free(bytes.data);
    return clocks;
}

void wall_clocks_free(struct wall_clocks *clocks)
{
    for (size_t i = 0; i < clocks->count; i++)
        free(clocks->items[i].changes);
    free(clocks->items);
}

size_t wall_change_at(const struct wall_clock *clock, int64_t at)
{
    size_t low = 0;
    size_t high = clock->count - 1;
    while (low < high) {
        size_t middle = (low + high + 1) / 2;
        if (clock->changes[middle].at <= at)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

void test_arena(struct arena *arena)
{
    sla_allocator allocator = memory_allocator(NULL);
    arena_init(arena, &allocator);
}
