/* SPDX-License-Identifier: MIT */
/* Lists of dates: closed days, make-up working days, special days. */
#ifndef POLICY_DAYS_H
#define POLICY_DAYS_H

#include "policy/decode.h"

/* A range is told when it is longer than this; it is a slip of the year, not a holiday. */
#define DAYS_IN_RANGE_MAX 3660

/* `kind` is MAP_CLOSED, MAP_WORKDAY or MAP_SPECIAL. False: something was told. */
bool decode_days(struct build *build, const struct node *list, enum map_kind kind,
                 struct day_list *out);

/* The ranges of dates that a day stands for, one after the other: start with *at = 0. */
bool day_next_range(const struct day_model *day, int32_t *at, sla_date *out_from, sla_date *out_to);

/* `yearly` and what belongs to it; false: something was told. */
bool decode_yearly(struct build *build, const struct node *map, enum map_kind kind,
                   struct day_model *out);

#endif
