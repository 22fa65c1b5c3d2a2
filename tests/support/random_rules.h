/* SPDX-License-Identifier: MIT */
/* Random policies of rules: every operator, derivations of every kind, agreements, tables. */
#ifndef SUPPORT_RANDOM_RULES_H
#define SUPPORT_RANDOM_RULES_H

#include "random.h"

#include <stddef.h>

#define RULES_ATTRIBUTES 10 /* a0 .. a9, and "visit" for agreed instants */
#define RULES_METRICS 4     /* m0 .. m3 */

struct random_rules {
    struct random random;
    char *text; /* the policy, of `capacity` bytes */
    size_t used, capacity;
    int32_t attributes; /* how many of them conditions look at */
    int32_t values;     /* how many different ones they name */
    int32_t derived;    /* d0 .. are in scope */
    int32_t has_severities, severity_in_scope;
    int32_t wide; /* lists of rows may have hundreds */
    int32_t metrics;
};

/* Writes a policy without faults into `rules->text`. */
void random_rules_write(struct random_rules *rules);

/* A value that a policy may name, or `fresh` ones that it does not; into 64 bytes. */
void random_rules_value(struct random *random, int32_t values, int fresh, char *out);

#endif
