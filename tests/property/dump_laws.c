/* SPDX-License-Identifier: MIT */
/* The laws of canonical texts: dump(compile(dump(p))) = dump(p) byte for byte, and the policy of a
   dump has the fingerprint of p, in YAML and in JSON. Asked of files, of random policies, and of
   texts from standard input.

   usage: dump_laws DATA SEED COUNT [FILE... | -]     texts on standard input end with a NUL */
#include "dump_case.h"
#include "engine_author.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char zoneinfo[4096];
static unsigned long asked, refused, broken;

static sla_policy_options options(void)
{
    return (sla_policy_options){.size = sizeof(sla_policy_options),
                                .flags = SLA_POLICY_KEEP_DUMP,
                                .zoneinfo = {zoneinfo, SLA_NUL_TERMINATED}};
}

static void ask(sla_policy *policy, const char *name)
{
    const char *wrong = policy == NULL ? NULL : dump_is_broken(policy, zoneinfo);
    refused += policy == NULL;
    asked += policy != NULL;
    broken += wrong != NULL;
    if (wrong != NULL && broken <= 5)
        printf("# %s: %s\n", name, wrong);
    sla_policy_unref(policy);
}

static void ask_text(const char *text, size_t length, const char *name)
{
    sla_policy_options with_dump = options();
    sla_policy *policy = NULL;
    unsigned long before = broken;
    sla_policy_compile(text, length, &with_dump, &policy, NULL);
    ask(policy, name);
    if (broken > before && broken <= 5)
        printf("%.*s\n", (int)length, text);
}

static void ask_file(const char *path)
{
    sla_policy_options with_dump = options();
    sla_policy *policy = NULL;
    sla_policy_load(path, &with_dump, &policy, NULL);
    ask(policy, path);
}

static void ask_stream(void)
{
    char *text = NULL;
    size_t capacity = 0;
    ssize_t length;
    while ((length = getdelim(&text, &capacity, '\0', stdin)) > 0)
        ask_text(text, (size_t)length - (text[length - 1] == '\0'), "standard input");
    free(text);
}

static void ask_author(const char *data, uint64_t seed, long count)
{
    static struct author author;
    struct wall_clocks clocks = wall_clocks_read(data);
    author.random.state = seed;
    for (long i = 0; i < count; i++) {
        author_write(&author, &clocks);
        ask_text(author.text, author.length, "a random policy");
    }
    author_free(&author);
    wall_clocks_free(&clocks);
}

int main(int count, char **arguments)
{
    const char *data = count > 1 ? arguments[1] : ".";
    uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 20261127;
    long policies = count > 3 ? strtol(arguments[3], NULL, 10) : 1000;
    snprintf(zoneinfo, sizeof zoneinfo, "%s/zoneinfo", data);
    ask_author(data, seed, policies);
    bool enough = asked * 2 >= (unsigned long)policies;
    for (int i = 4; i < count; i++) {
        unsigned long before = refused;
        if (strcmp(arguments[i], "-") == 0) {
            ask_stream();
            continue;
        }
        ask_file(arguments[i]);
        enough = enough && refused == before;
        if (refused > before)
            printf("# %s does not compile\n", arguments[i]);
    }
    printf("# seed %llu: %lu policies, %lu refused\n", (unsigned long long)seed, asked, refused);
    printf("1..2\n%sok 1 - policies_compile\n", enough ? "" : "not ");
    printf("%sok 2 - dumps_say_the_same_in_the_same_words\n", broken == 0 ? "" : "not ");
    return enough && broken == 0 ? 0 : 1;
}
