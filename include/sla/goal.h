/* SPDX-License-Identifier: MIT */
/* Goals: the rates that were promised, such as 95 % of all first responses in a month. */
#ifndef SLA_GOAL_H
#define SLA_GOAL_H

#include <sla/export.h>

SLA_BEGIN_DECLS

#define SLA_PERIOD_DAY 0u
#define SLA_PERIOD_WEEK 1u /* from Monday */
#define SLA_PERIOD_MONTH 2u
#define SLA_PERIOD_QUARTER 3u /* from 1 January, April, July and October */
#define SLA_PERIOD_YEAR 4u

#define SLA_GOAL_WHOLE 1000000 /* a rate of 100 % */

SLA_END_DECLS

#endif
