/* SPDX-License-Identifier: MIT */
/* The analysis for its comparison with enumeration: one process for any number of policies. Called
 * with the folder of zones. On standard input `policy BYTES` and so many bytes of YAML; for each,
 * on standard output, one line a diagnostic, its fields parted by tabs (code, line, column,
 * message, hint, lines of related places), and a line with a dot. */
#include <sla/sla.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_diag(const sla_diag *diag)
{
    printf("%" PRIu32 "\t%" PRIu32 "\t%" PRIu32 "\t%s\t%s\t", diag->code, diag->line,
           diag->column, diag->message.data, diag->hint.data);
    for (size_t i = 0; i < diag->related_count; i++)
        printf("%s%" PRIu32, i == 0 ? "" : ",", diag->related[i].line);
    putchar('\n');
}

static void answer(const char *text, size_t length, const char *zoneinfo)
{
    sla_policy_options options = {.size = sizeof options, .flags = SLA_POLICY_ANALYSE};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    options.zoneinfo = (sla_text){zoneinfo, strlen(zoneinfo)};
    sla_policy_compile(text, length, &options, &policy, &diags);
    for (size_t i = 0; i < sla_diags_count(diags); i++)
        print_diag(sla_diags_at(diags, i));
    puts(".");
    fflush(stdout);
    sla_diags_free(diags);
    sla_policy_unref(policy);
}

int main(int argc, char **argv)
{
    char line[64];
    if (argc != 2)
        return 2;
    while (fgets(line, sizeof line, stdin) != NULL) {
        size_t length = strncmp(line, "policy ", 7) == 0 ? (size_t)strtoul(line + 7, NULL, 10) : 0;
        char *text = malloc(length + 1);
        if (text == NULL || fread(text, 1, length, stdin) != length)
            return 2;
        answer(text, length, argv[1]);
        free(text);
    }
    return 0;
}
