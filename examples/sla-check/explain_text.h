/* SPDX-License-Identifier: MIT */
/* An explanation on the screen. */
#ifndef EXPLAIN_TEXT_H
#define EXPLAIN_TEXT_H

#include "tool.h"

/* Prints an explanation; `flags` are those of sla_explanation_text(), and every line begins so many
   columns from the margin. */
void print_explanation(const sla_explanation *explanation, uint32_t flags, int indent);

#endif
