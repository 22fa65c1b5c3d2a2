/* SPDX-License-Identifier: MIT */
/* Prints what the library makes of zone files: reads names from standard input, one a line, and
 * writes a line for each: name, first offset, then instant:offset for every change; or the name
 * and "refused: " with the reason. Argument: the folder of TZif files. */
#include "zone_files.h"

#include <stdio.h>
#include <stdlib.h>

static void print_zone(const struct zone *zone)
{
    printf("%s %d", zone->name.data, zone->changes[0].offset);
    for (size_t i = 1; i < zone->change_count; i++)
        printf(" %lld:%d", (long long)zone->changes[i].at, zone->changes[i].offset);
    printf("\n");
}

int main(int count, char **arguments)
{
    char name[256];
    if (count != 2)
        return 2;
    while (fgets(name, sizeof name, stdin) != NULL) {
        name[strcspn(name, "\n")] = '\0';
        struct file_bytes bytes = file_read(arguments[1], name);
        struct arena arena;
        struct zone zone;
        const char *problem = "no memory";
        test_arena(&arena);
        if (zone_decode(&arena, (sla_text){name, strlen(name)}, bytes.data, bytes.length, &zone,
                        &problem) == SLA_OK)
            print_zone(&zone);
        else
            printf("%s refused: %s\n", name, problem);
        arena_free(&arena);
        free(bytes.data);
    }
    return 0;
}
