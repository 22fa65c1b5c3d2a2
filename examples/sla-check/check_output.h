/* SPDX-License-Identifier: MIT */
/* Diagnostics in the forms that people, programs, code scanning and workflows read. */
#ifndef CHECK_OUTPUT_H
#define CHECK_OUTPUT_H

#include "tool.h"

/* In the order of the names in check.c. */
enum check_format { CHECK_TEXT, CHECK_JSON, CHECK_JSONL, CHECK_SARIF, CHECK_GITHUB };

struct check_report;

/* Of each policy the first `limit` diagnostics are shown (0: all), and how many there are more. */
struct check_report *check_report_new(enum check_format format, size_t limit);

/* One diagnostic of the policy at hand, in order of place; borrowed for the call. */
void check_report_add(struct check_report *report, const sla_diag *diag);

/* The policy at hand is over: `errors` were found in it, of which a list may keep only the first.
   Returns how many warnings there were. */
size_t check_report_close(struct check_report *report, const char *policy, size_t errors);

/* Prints what must come at the end, and frees the report. `complete`: every policy was read. */
void check_report_end(struct check_report *report, bool complete);

#define CHECK_CODE_CAPACITY 16

/* "SLA-231", and "error" or "warning". */
const char *check_code(uint32_t code, char buffer[CHECK_CODE_CAPACITY]);
const char *check_severity(const sla_diag *diag);

#endif
