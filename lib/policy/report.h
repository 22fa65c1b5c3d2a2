/* SPDX-License-Identifier: MIT */
/* Telling faults: code, place, what stands there, and how to repair it. */
#ifndef POLICY_REPORT_H
#define POLICY_REPORT_H

#include "policy/suggest.h"

/* A fault at a node. `a` and `b` replace {1} and {2} in the code's message; `hint` may be
   TEXT_NONE. All are borrowed for the call; what is not printable in them is replaced. */
void report(struct build *build, enum diag_code code, const struct node *at, sla_text a,
            sla_text b, sla_text hint);

/* The same with a second place. */
void report_related(struct build *build, enum diag_code code, const struct node *at, sla_text a,
                    sla_text b, sla_text hint, const struct node *place, sla_text place_message);

/* A name that nothing bears is told where it stands first; where it stands again, that place is
   added to what was told, and this is true. */
bool report_again(struct build *build, enum diag_code code, const struct node *at, sla_text name);

/* Adds a place to the diagnostic number `index` of this compilation. */
void report_place(struct build *build, size_t index, const struct node *at, sla_text message);
/* The same with several second places. */
struct related_place {
    const struct node *at;
    const char *message;
};
void report_places(struct build *build, enum diag_code code, const struct node *at, sla_text a,
                   sla_text b, sla_text hint, const struct related_place *places, size_t count);

/* A fault at a bare place, while there is no tree yet. `related` may be NULL. */
void report_span(struct build *build, enum diag_code code, struct span span, sla_text a, sla_text b,
                 sla_text hint, const sla_diag_place *related);

/* Adds a text as one line that a terminal can show: control characters are replaced, and what is
   longer than a line is cut. */
void builder_add_visible(struct text_builder *builder, sla_text text);

#endif
