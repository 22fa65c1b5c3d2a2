/* SPDX-License-Identifier: MIT */
/* Diagnostics in the forms that people, programs, code scanning and workflows read. */
#ifndef CHECK_OUTPUT_H
#define CHECK_OUTPUT_H

#include "tool.h"

/* In the order of the names in check.c. */
enum check_format { CHECK_TEXT, CHECK_JSON, CHECK_JSONL, CHECK_SARIF, CHECK_GITHUB };

struct check_report;

struct check_report *check_report_new(enum check_format format);

/* The diagnostics of one policy; borrowed for the call. */
void check_report_add(struct check_report *report, const char *policy, const sla_diags *diags);

/* Prints what must come at the end, and frees the report. */
void check_report_end(struct check_report *report);

#endif
