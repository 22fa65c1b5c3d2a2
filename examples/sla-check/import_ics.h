/* SPDX-License-Identifier: MIT */
/* Reading holiday feeds (RFC 5545) with libical. */
#ifndef IMPORT_ICS_H
#define IMPORT_ICS_H

#include "import_list.h"

struct import_options {
    const char *file;              /* for messages */
    int32_t first_year, last_year; /* 0: no limit */
    const char *workdays;          /* what the summary of a make-up day contains, or NULL */
};

/* Reads the events of a feed into `list`. EXIT_FINE, or EXIT_USAGE after a complaint. What is left
   out is told on standard error. */
int import_ics(const char *text, const struct import_options *options, struct holiday_list *list);

/* Are the lines those of a whole feed? EXIT_FINE, or EXIT_USAGE after a complaint with the line. */
int check_ics(const char *text, size_t length, const char *file);

#endif
