/* SPDX-License-Identifier: MIT */
/* The words that a policy, a log and a message share. */
#include "base/words.h"

const char *const kind_words[] = {
    [SLA_KIND_SLA] = "sla", [SLA_KIND_OLA] = "ola", [SLA_KIND_UC] = "uc", NULL};

const char *const state_words[] = {
    [SLA_CLOCK_NONE] = "none",         [SLA_CLOCK_RUNNING] = "running",
    [SLA_CLOCK_PAUSED] = "paused",     [SLA_CLOCK_MET] = "met",
    [SLA_CLOCK_MISSED] = "missed",     [SLA_CLOCK_CANCELLED] = "cancelled",
    [SLA_CLOCK_EXEMPT] = "exempt",     NULL};

const char *const event_type_words[] = {
    [SLA_EVENT_STARTED] = "started",
    [SLA_EVENT_PAUSED] = "paused",
    [SLA_EVENT_RESUMED] = "resumed",
    [SLA_EVENT_RETARGETED] = "retargeted",
    [SLA_EVENT_REOPENED] = "reopened",
    [SLA_EVENT_EXTENDED] = "extended",
    [SLA_EVENT_CANCELLED] = "cancelled",
    [SLA_EVENT_EXEMPTED] = "exempted",
    [SLA_EVENT_WARNING] = "warning",
    [SLA_EVENT_BREACH] = "breach",
    [SLA_EVENT_BREACH_RETRACTED] = "breach_retracted",
    [SLA_EVENT_ESCALATION] = "escalation",
    [SLA_EVENT_MET] = "met",
    [SLA_EVENT_MISSED] = "missed",
    NULL,
};
