/* SPDX-License-Identifier: MIT */
/* Between building the shapes of a calendar and laying them into its tables. */
#ifndef TIME_TABLES_BUILD_H
#define TIME_TABLES_BUILD_H

#include "time/open_source.h"

#define DAY_CELLS (sizeof(struct day_shape) / CELL_SIZE)

struct built_day {
    uint32_t first, count; /* in `spans` */
    uint32_t open;         /* seconds */
};

/* Every different day, week and page once; parts are numbers in these lists. */
struct built_shapes {
    struct span_list spans; /* of all days, one behind the other */
    ARRAY(struct built_day) days;
    ARRAY(struct group_shape) weeks;
    ARRAY(struct group_shape) pages;
};

/* `pages` has the open seconds before each page << 16 | the number of its shape, and becomes part
   of the tables. SLA_OK, SLA_ERROR_MEMORY, SLA_ERROR_RANGE (never open), SLA_ERROR_LIMIT. */
sla_status tables_lay(struct arena *arena, const struct built_shapes *built, uint64_t *pages,
                      int64_t shift, struct calendar_tables *out_tables);

#endif
