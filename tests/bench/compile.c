/* SPDX-License-Identifier: MIT */
/* How long a policy takes to compile: the example of a thousand lines, and texts of 1,000 to
 * 100,000 lines; beside each what libyaml takes to read the same text and forget it.
 *
 * usage: compile ZONEINFO POLICY */
#include "long_policy.h"
#include "meter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define RUNS_MAX 400

static void must(int good, const char *what)
{
    if (!good) {
        fprintf(stderr, "%s went wrong\n", what);
        exit(1);
    }
}

static void parse(const char *text, size_t length)
{
    yaml_parser_t parser;
    must(yaml_parser_initialize(&parser), "libyaml");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    for (int done = 0; !done;) {
        yaml_event_t event;
        must(yaml_parser_parse(&parser, &event), "reading with libyaml");
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static void compile(const char *text, size_t length, const sla_policy_options *options)
{
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    if (sla_policy_compile(text, length, options, &policy, &diags) != SLA_OK) {
        char line[1000] = "nothing was said";
        if (sla_diags_count(diags) > 0)
            sla_diag_format(sla_diags_at(diags, 0), line, sizeof line);
        fprintf(stderr, "%s\n", line);
        exit(1);
    }
    sla_diags_free(diags);
    sla_policy_unref(policy);
}

static int by_size(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

/* The least and the middle of many runs, in milliseconds; instructions of the last. */
struct figures {
    double least, middle;
    uint64_t instructions;
};

static struct figures measure(int runs, const char *text, size_t length,
                              const sla_policy_options *options)
{
    static double seconds[RUNS_MAX];
    struct figures figures = {0};
    for (int i = 0; i < runs; i++) {
        struct cost begin = meter_now();
        if (options == NULL)
            parse(text, length);
        else
            compile(text, length, options);
        struct cost cost = meter_since(begin);
        seconds[i] = cost.seconds;
        figures.instructions = cost.instructions;
    }
    qsort(seconds, (size_t)runs, sizeof *seconds, by_size);
    figures.least = seconds[0] * 1e3;
    figures.middle = seconds[runs / 2] * 1e3;
    return figures;
}

/* What a line takes, beside what it takes in the first text that is measured so. */
static void tell(const char *name, uint32_t lines, int runs, const char *text, size_t length,
                 const sla_policy_options *options)
{
    static struct figures first;
    static uint32_t first_lines;
    struct figures own = measure(runs, text, length, options);
    struct figures yaml = measure(runs, text, length, NULL);
    struct live_memory memory = {0};
    sla_allocator allocator = live_allocator(&memory);
    sla_policy_options counted = *options;
    counted.allocator = &allocator;
    compile(text, length, &counted);
    printf("%-18s %8u %9.1f %9.3f %9.3f %9.3f %8.2f %9.2f", name, lines, (double)length / 1024,
           own.least, own.middle, yaml.least, own.least / yaml.least, own.least * 1e3 / lines);
    if (own.instructions > 0)
        printf(" %9.0f", (double)own.instructions / lines);
    else
        printf(" %9s", "-");
    printf(" %9.1f", (double)memory.peak / 1048576);
    if (first_lines > 0 && strcmp(name, "made") == 0)
        printf("   time %.2f", own.least / lines / (first.least / first_lines));
    if (first_lines > 0 && strcmp(name, "made") == 0 && own.instructions > 0)
        printf(", instructions %.2f", (double)own.instructions / lines /
                                          ((double)first.instructions / first_lines));
    printf("\n");
    fflush(stdout);
    if (first_lines == 0 && strcmp(name, "made") == 0) {
        first = own;
        first_lines = lines;
    }
}

static char *read_file(const char *path, size_t *out_length, uint32_t *out_lines)
{
    FILE *file = fopen(path, "rb");
    char *text = malloc(1 << 20);
    must(file != NULL && text != NULL, path);
    *out_length = fread(text, 1, (1 << 20) - 1, file);
    fclose(file);
    *out_lines = 0;
    for (size_t i = 0; i < *out_length; i++)
        *out_lines += text[i] == '\n';
    return text;
}

/* What the analysis adds to a compilation; both are measured in one run. */
static void tell_analysis(const char *name, int runs, const char *text, size_t length,
                          const sla_policy_options *options)
{
    sla_policy_options asked = *options;
    asked.flags |= SLA_POLICY_ANALYSE;
    struct figures plain = measure(runs, text, length, options);
    struct figures all = measure(runs, text, length, &asked);
    printf("%-18s the analysis takes %.3f ms (middle %.3f); with it compiling takes %.2f times "
           "as long", name, all.least - plain.least, all.middle - plain.middle,
           all.least / plain.least);
    if (all.instructions > 0)
        printf(", instructions %.2f", (double)all.instructions / (double)plain.instructions);
    printf("\n");
    fflush(stdout);
}

int main(int count, char **arguments)
{
    must(count == 3, "usage: compile ZONEINFO POLICY:");
    meter_open();
    if (meter_refusal() != NULL)
        printf("instructions are not counted: %s\n", meter_refusal());
    printf("%-18s %8s %9s %9s %9s %9s %8s %9s %9s %9s   a line against 1,000 lines\n", "policy",
           "lines", "KiB", "least ms", "middle", "libyaml", "times", "us a line", "instr.",
           "peak MiB");
    sla_policy_options options = long_policy_options(arguments[1]);
    size_t length;
    uint32_t lines;
    char *text = read_file(arguments[2], &length, &lines);
    tell("managed-services", lines, 200, text, length, &options);
    tell_analysis("managed-services", 200, text, length, &options);
    free(text);
    static const uint32_t sizes[] = {1000, 10000, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        text = long_policy(sizes[i], &length);
        must(text != NULL, "memory");
        tell("made", sizes[i], (int)(RUNS_MAX * 1000 / sizes[i]) / 2 + 3, text, length, &options);
        free(text);
    }
    return 0;
}
