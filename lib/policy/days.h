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

#endif
