/* SPDX-License-Identifier: MIT */
/* The words for kinds of agreements, states of clocks and types of events, by their numbers. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/text.h"

#include <sla/engine.h>

extern const char *const kind_words[SLA_KIND_UC + 2];         /* NULL at the end */
extern const char *const state_words[SLA_CLOCK_EXEMPT + 2];   /* NULL at the end */
/* [0] is NULL: no type; NULL at the end, too */
extern const char *const event_type_words[SLA_EVENT_TYPE_COUNT + 1];

#endif
