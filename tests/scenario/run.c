/* SPDX-License-Identifier: MIT */
/* Runs scenario files and compares what came with what they say: TAP, a line a file.
   With --print the actual text goes to standard output instead, to be read and checked by hand. */
#define _GNU_SOURCE
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0, got;
    char buffer[4096];
    if (file == NULL)
        return NULL;
    FILE *memory = open_memstream(&text, &size);
    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0)
        fwrite(buffer, 1, got, memory);
    fclose(memory);
    fclose(file);
    return text;
}

static void show_difference(const char *expected, const char *actual)
{
    int line = 1;
    const char *a = expected, *b = actual;
    while (*a != '\0' && *a == *b) {
        if (*a == '\n') {
            line++;
            expected = a + 1;
            actual = b + 1;
        }
        a++;
        b++;
    }
    printf("# line %d\n# expected: %.*s\n# actual:   %.*s\n", line,
           (int)(strchrnul(expected, '\n') - expected), expected,
           (int)(strchrnul(actual, '\n') - actual), actual);
}

int main(int argc, char **argv)
{
    int failed = 0, print = argc > 2 && strcmp(argv[1], "--print") == 0, first = print ? 3 : 2;
    if (argc < first + 1) {
        fprintf(stderr, "usage: %s [--print] ZONEINFO FILE...\n", argv[0]);
        return 2;
    }
    if (!print)
        printf("1..%d\n", argc - first);
    for (int i = first; i < argc; i++) {
        const char *slash = strrchr(argv[i], '/'), *problem = "it cannot be read";
        const char *name = slash == NULL ? argv[i] : slash + 1;
        char *expected = read_file(argv[i]);
        char *actual = expected == NULL ? NULL : scenario_run(expected, argv[first - 1], &problem);
        int is_same = actual != NULL && strcmp(expected, actual) == 0;
        if (print) {
            fputs(actual == NULL ? problem : actual, stdout);
        } else {
            printf("%sok %d - %s\n", is_same ? "" : "not ", i - first + 1, name);
            if (actual == NULL)
                printf("# %s\n", problem);
            else if (!is_same)
                show_difference(expected, actual);
        }
        failed += !is_same;
        free(expected);
        free(actual);
    }
    return !print && failed != 0;
}
