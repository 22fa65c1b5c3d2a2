/* SPDX-License-Identifier: MIT */
/* Telling what the analysis found: places, second places, and witnesses in words. */
#ifndef POLICY_ANALYSE_REPORT_H
#define POLICY_ANALYSE_REPORT_H

#include "policy/analyse_space.h"

#define EARLIER_MAX 8u /* rows that are named as those that take everything */

/* A condition, or a part of it, that holds for no incident; `other` is the part that it excludes,
   or NULL. */
void tell_never_holds(struct analysis *analysis, const struct node *at, const struct node *other);

/* A value that the attribute never has. */
void tell_never_has(struct analysis *analysis, const struct space_slot *slot,
                    const struct text_field *value);

/* What stands before a row and takes incidents away from it. */
struct earlier {
    const struct node *at;
    uint32_t set; /* what it takes */
    const char *message;
};
struct takers {
    struct earlier items[EARLIER_MAX];
    size_t count;
};
/* Adds those that together take every incident of `wanted`: one if one does, else the first ones
   in order. */
void takers_find(struct analysis *analysis, uint32_t wanted, const struct earlier *earlier,
                 size_t count, struct takers *takers);
/* A row or the like is never reached; `takers` may be NULL. */
void tell_unreachable(struct analysis *analysis, enum diag_code code, const struct node *at,
                      sla_text a, const struct takers *takers);

/* An entry too large to be decided. */
void tell_undecided(struct analysis *analysis, const struct node *at, const char *what);

/* Adds 2026-12-31, and 23:59. */
void words_of_date(sla_date date, struct text_builder *out);
void words_of_time(int32_t second, struct text_builder *out);

/* Adds one incident of a set, as the host would give it: city=Oslo users=50. */
void words_of_incident(struct analysis *analysis, uint32_t set, struct text_builder *out);

/* Adds the combinations of a set in values of these slots: "severity=low, region=city|remote; ...".
   The set must hang on these slots alone. At most `limit`; then "; and others". */
void words_of_combinations(struct analysis *analysis, uint32_t set, const uint32_t *slots,
                           size_t count, size_t limit, struct text_builder *out);

#endif
