/* SPDX-License-Identifier: MIT */
/* The one calendar that a unit test asks: made at its beginning, freed by the test case. */
#ifndef SUPPORT_ONE_CALENDAR_H
#define SUPPORT_ONE_CALENDAR_H

#include "test_calendar.h"

#include <check.h>

static struct test_calendar made;

static void tear_down(void)
{
    test_calendar_free(&made);
}

static void make(const char *zone, const char *const week[7],
                 const struct test_exception *exceptions)
{
    made = test_calendar_make(zone, week, exceptions);
    ck_assert_int_eq(made.status, SLA_OK);
}

#endif
