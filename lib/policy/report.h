/* SPDX-License-Identifier: MIT */
/* Telling faults: code, place, what stands there, and how to repair it. */
#ifndef POLICY_REPORT_H
#define POLICY_REPORT_H

#include "policy/build.h"

/* A fault at a node. `a` and `b` replace {1} and {2} in the code's message; `hint` may be
   TEXT_NONE. All are borrowed for the call; what is not printable in them is replaced. */
void report(struct build *build, enum diag_code code, const struct node *at, sla_text a,
            sla_text b, sla_text hint);

/* The same with a second place. */
void report_related(struct build *build, enum diag_code code, const struct node *at, sla_text a,
                    sla_text b, sla_text hint, const struct node *place, sla_text place_message);

/* A fault at a bare place, while there is no tree yet. `related` may be NULL. */
void report_span(struct build *build, enum diag_code code, struct span span, sla_text a, sla_text b,
                 sla_text hint, const sla_diag_place *related);

/* Adds a text as one line that a terminal can show: control characters are replaced, and what is
   longer than a line is cut. */
void builder_add_visible(struct text_builder *builder, sla_text text);

/* C strings are the usual arguments. */
static inline sla_text text_of(const char *text)
{
    return (sla_text){text, text == NULL ? 0 : strlen(text)};
}

/* Looks for the nearest of several candidates: "did you mean ...?". */
struct suggestion {
    sla_text wanted;
    sla_text best;
    int distance; /* of the best; a candidate must be nearer than this */
    uint32_t *budget;
};
struct suggestion suggestion_for(struct build *build, sla_text wanted);
void suggestion_offer(struct suggestion *suggestion, sla_text candidate);

/* A hint in the making: one buffer for the short sentences that carry a name. */
struct hint {
    char data[200];
    size_t length;
};
sla_text hint_text(const struct hint *hint);
void hint_add(struct hint *hint, const char *text);
void hint_add_name(struct hint *hint, sla_text name); /* in quotes; long ones are cut */
/* did you mean "x"? ; empty if nothing is near */
sla_text suggestion_hint(const struct suggestion *suggestion, struct hint *hint);

#endif
