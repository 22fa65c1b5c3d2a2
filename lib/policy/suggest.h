/* SPDX-License-Identifier: MIT */
/* Hints: what was probably meant, or what is possible at a place. */
#ifndef POLICY_SUGGEST_H
#define POLICY_SUGGEST_H

#include "policy/build.h"

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
    bool is_part; /* the best is a part of what is wanted, or the other way about */
    uint32_t *budget;
};
struct suggestion suggestion_for(struct build *build, sla_text wanted);
void suggestion_offer(struct suggestion *suggestion, sla_text candidate);

/* A hint in the making: one buffer for the short sentences that carry a name. */
struct hint {
    char data[400];
    size_t length;
};
sla_text hint_text(const struct hint *hint);
void hint_add(struct hint *hint, const char *text); /* all of it or nothing */
void hint_add_name(struct hint *hint, sla_text name); /* in quotes; long ones are cut */
/* did you mean "x"? ; empty if nothing is near */
sla_text suggestion_hint(const struct suggestion *suggestion, struct hint *hint);

/* One of the things that are possible where nothing is near; `*count` of them stand there already.
   What has no room becomes "...": false, and nothing more is taken. */
bool hint_add_choice(struct hint *hint, size_t *count, sla_text name, bool in_quotes);

/* How times of day are written, or what is wrong with the signs of this one. */
sla_text hint_time(sla_text text);

/* did you mean "8h"? for 8 h, 8 hours, 8小时; TEXT_NONE if it is nothing like a duration. */
sla_text hint_duration(sla_text text, struct hint *hint);

/* A hint for a text with full-width signs, which Chinese keyboards write and the language does not
   read; TEXT_NONE if it has none. */
sla_text hint_full_width(sla_text text);

#endif
