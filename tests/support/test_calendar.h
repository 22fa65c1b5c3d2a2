/* SPDX-License-Identifier: MIT */
/* Calendars for unit tests, from a few words, and instants as text. */
#ifndef SUPPORT_TEST_CALENDAR_H
#define SUPPORT_TEST_CALENDAR_H

#include "time/calendar.h"
#include "zone_files.h"

/* An exception: "2026-06-17" and what is done. `hours` of a holiday is its `open_until`. */
struct test_exception {
    const char *date;
    uint32_t kind; /* EXCEPTION_*; 0 ends the list */
    int32_t like;  /* of a make-up day: 0..6, LIKE_NONE with `hours`, LIKE_FIRST_OPEN */
    const char *hours;
    const char *name;
};

struct test_calendar {
    struct arena arena;
    struct zone *zone; /* in the arena */
    sla_calendar *calendar;
    sla_status status;
};

/* The folder of frozen zones; set by main(). */
extern const char *test_zoneinfo;

/* Compiles a calendar. `week` has the hours of Monday to Sunday as "09:00-12:00,13:00-18:00", NULL
   for none; NULL for `week` itself: 24 hours, every day. */
struct test_calendar test_calendar_make(const char *zone, const char *const week[7],
                                        const struct test_exception *exceptions);
void test_calendar_free(struct test_calendar *made);

/* An instant from text in the calendar's zone; the program ends if it cannot be read. */
sla_time test_at(const struct test_calendar *made, const char *text);
/* An instant as text, in one of a few buffers that take turns. */
const char *test_text(const struct test_calendar *made, sla_time at);

#endif
