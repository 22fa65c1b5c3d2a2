/* SPDX-License-Identifier: MIT */
/* libsla: promises to customers, kept by calculation. This header includes the others. */
#ifndef SLA_SLA_H
#define SLA_SLA_H

#include <sla/calendar.h>
#include <sla/classify.h>
#include <sla/column.h>
#include <sla/diag.h>
#include <sla/dump.h>
#include <sla/engine.h>
#include <sla/evaluate.h>
#include <sla/event.h>
#include <sla/event_columns.h>
#include <sla/explain.h>
#include <sla/export.h>
#include <sla/goal.h>
#include <sla/loan.h>
#include <sla/policy.h>
#include <sla/policy_test.h>
#include <sla/state.h>
#include <sla/types.h>
#include <sla/update_columns.h>
#include <sla/version.h>

#endif
