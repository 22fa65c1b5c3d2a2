/* SPDX-License-Identifier: MIT */
/* Random questions, near the instants where answers go wrong. */
#ifndef SUPPORT_ORACLE_ASK_H
#define SUPPORT_ORACLE_ASK_H

#include "oracle_days.h"

/* An instant near an opening or closing, a change of the clocks, a closure's end, New Year, an end
   of the range, or anywhere. Rarely outside of 1970..2199. */
int64_t oracle_moment(const struct oracle_days *days, int32_t center, struct random *random);

struct oracle_question oracle_ask(const struct oracle_days *days, int32_t center,
                                  struct random *random);

#endif
