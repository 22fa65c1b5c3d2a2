/* SPDX-License-Identifier: MIT */
/* Scenario files: a policy, a log, and the events that every line of the log must bring.
 *
 *   # comments, with the derivation by hand
 *   --- policy
 *   sla: 1
 *   ...
 *   --- log
 *   2026-11-20T09:00 INC-1 opened impact=outage city="New York" -plan
 *     2026-11-20T09:00:00+08:00 started INC-1 resolution deadline=... elapsed=0s remaining=8h
 *   2026-11-20T17:00 advance
 *   2026-11-20T17:00 due                  prints next_due
 *   2026-11-20T17:00 clock INC-1 resolution   prints the clock at the engine's now
 *   2026-11-20T17:00 INC-1 @7 solved      @7 is the update's sequence
 *   2026-11-20T17:00 refuse               from now on the callback refuses events (E6) ...
 *   2026-11-20T17:00 take                 ... until it is offered them again
 *
 * `--- log short` prints times as people write them: without the offset, without seconds that are
 * 0, and deadlines of the same day without their date. The scenario blocks of the pages are such
 * logs.
 *
 * Lines that begin with two spaces are expected output; every other line is input. Running a
 * scenario gives the same text with the output that really came. */
#ifndef SUPPORT_SCENARIO_H
#define SUPPORT_SCENARIO_H

#include <stddef.h>

/* Runs a scenario; `zoneinfo` is the folder of zone files. Returns the text with actual output, to
   be freed by the caller; NULL when the file itself is wrong, with `*out_problem` set. */
char *scenario_run(const char *text, const char *zoneinfo, const char **out_problem);

#endif
