/* SPDX-License-Identifier: MIT */
/* A day that comes every year: 12-25, 4th thu of nov, last mon of may, easter + 1, and
 * wed before 11-23. How it is written, and which date it is in a year. */
#ifndef POLICY_YEAR_DAY_H
#define POLICY_YEAR_DAY_H

#include "policy/decode.h"

/* Reads the text of a node; false: told. */
bool year_day_decode(struct build *build, const struct node *node, struct year_day *out);

/* The day's date in a year; false: that year has no such day (02-29, 5th mon of feb). It may lie in
   another year when an offset takes it there. */
bool year_day_in(const struct year_day *day, int32_t year, sla_date *out);

#endif
