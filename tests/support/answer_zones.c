/* SPDX-License-Identifier: MIT */
/* Answers what the library makes of zone files, for tests in other languages. A question is a line
 * on standard input, a word, a number N and the path of a TZif file; all numbers behind it and all
 * answers are 64 bits in the machine's order:
 *
 *   changes 0 PATH    answer: two numbers of fingerprint, a count (0: refused, the reason is on
 *                     standard error), then instant and offset of every change
 *   instants N PATH   and N local times (seconds since 1970-01-01T00:00:00 local) behind the line;
 *                     answer: N instants */
#include "zone_files.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void put(int64_t value)
{
    fwrite(&value, sizeof value, 1, stdout);
}

static void put_changes(const struct zone *zone)
{
    put((int64_t)zone->fingerprint[0]);
    put((int64_t)zone->fingerprint[1]);
    put((int64_t)zone->change_count);
    for (size_t i = 0; i < zone->change_count; i++) {
        put(zone->changes[i].at);
        put(zone->changes[i].offset);
    }
}

static void put_instants(const struct zone *zone, const int64_t *locals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int64_t second = locals[i] % SECONDS_PER_DAY;
        second += second < 0 ? SECONDS_PER_DAY : 0;
        put(zone_instant(zone, (sla_date)((locals[i] - second) / SECONDS_PER_DAY),
                         (int32_t)second));
    }
}

int main(void)
{
    char line[4200], word[16];
    size_t count;
    int path;
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (sscanf(line, "%15s %zu %n", word, &count, &path) != 2)
            return 2;
        int64_t *locals = calloc(count + 1, sizeof *locals);
        if (locals == NULL || fread(locals, sizeof *locals, count, stdin) != count)
            return 2;
        struct file_bytes bytes = file_read("", line + path);
        struct arena arena;
        struct zone zone;
        const char *problem = "no memory";
        test_arena(&arena);
        sla_status status =
            zone_decode(&arena, TEXT("X"), bytes.data, bytes.length, &zone, &problem);
        if (status != SLA_OK) {
            fprintf(stderr, "%s: %s\n", line + path, problem);
            zone = (struct zone){.change_count = 0};
        }
        if (word[0] == 'c')
            put_changes(&zone);
        else if (status == SLA_OK)
            put_instants(&zone, locals, count);
        fflush(stdout);
        arena_free(&arena);
        free(bytes.data);
        free(locals);
    }
    return 0;
}
