/* SPDX-License-Identifier: MIT */
/* The parts of the command calendar: pictures of a month and a year, and questions in batches. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include "calendar_span.h"

/* Pictures on the terminal. */
void print_month(const struct span *span);
void print_year(const struct span *span);

/* A month or a year as one JSON document, or as one SVG picture. */
void print_span_json(const struct span *span);
void print_span_svg(const struct span *span);

/* Answers questions from standard input, one JSON line each: EXIT_FINE, or EXIT_USAGE. */
int answer_batch(const sla_policy *policy);

#endif
