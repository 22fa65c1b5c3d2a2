/* SPDX-License-Identifier: MIT */
/* Explanations as JSON: the whole of what the library tells. */
#ifndef EXPLAIN_JSON_H
#define EXPLAIN_JSON_H

#include "output.h"

/* The attributes, and the verdicts of `classify`: the same for every clock of an incident. */
json_t *explained_attributes(const sla_explanation *explanation);
json_t *explained_classify(const sla_explanation *explanation);

/* One clock: its target, its other verdicts, its parts. */
json_t *explained_clock(const sla_explanation *explanation);

#endif
