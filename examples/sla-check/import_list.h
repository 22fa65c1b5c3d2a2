/* SPDX-License-Identifier: MIT */
/* A holiday list while it is imported, and the YAML that it becomes. */
#ifndef IMPORT_LIST_H
#define IMPORT_LIST_H

#include "tool.h"

#define YEAR_FIRST 1970 /* T1 */
#define YEAR_LAST 2199

/* Dates of one year, or a range that comes every year. */
struct holiday {
    sla_date from, to; /* inclusive; not for yearly ones */
    bool yearly, workday;
    bool endless; /* from a rule without an end: the feed does not say how far it speaks */
    int32_t month, day, to_month, to_day; /* of yearly ones */
    int32_t nth, weekday;                 /* nth != 0: the nth, or with -1 the last, weekday of
                                             the month; 0 is Monday */
    int32_t since, until;                 /* years; 0: no such limit */
    int32_t *except;                      /* years left out, in order; owned */
    size_t except_count;
    char *name; /* owned; "" when there is none */
};

struct holiday_list {
    struct holiday *items;
    size_t count, capacity;
};

/* Takes what the holiday owns. */
void list_add(struct holiday_list *list, struct holiday holiday);

/* Puts the list in order; what is there twice, or goes on the next day, becomes one. */
void list_merge(struct holiday_list *list);

/* Leaves only what has to do with these years (0: no limit). */
void list_keep_years(struct holiday_list *list, int32_t first, int32_t last);

/* The last date that does not come from a rule without an end; false when there is none. */
bool list_last_date(const struct holiday_list *list, sla_date *out_date);

void list_free(struct holiday_list *list);

/* Prints a complete include file. `through` may be NULL. */
void list_print(const struct holiday_list *list, const char *file, const char *name,
                const sla_date *through);

/* A name as a policy may have it: without control characters and line ends, blanks made one. To be
   freed. */
char *clean_name(const char *text) __attribute__((returns_nonnull));

#endif
