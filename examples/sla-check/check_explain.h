/* SPDX-License-Identifier: MIT */
/* check --explain: what codes mean. */
#ifndef CHECK_EXPLAIN_H
#define CHECK_EXPLAIN_H

#include "tool.h"

/* Prints what a word asks for: a code ("SLA-231", "sla231", "231"), several with commas, "list" for
   a line on each code, or "all" for all explanations. False after a complaint. */
bool explain_codes(const char *words);

#endif
