/* SPDX-License-Identifier: MIT */
/* A log for `sla-check replay`, read into memory as updates that can be given to an engine again
   and again. For the project's own logs: no quotes, attributes bound to the policy's ids. */
#ifndef SUPPORT_LOG_ROWS_H
#define SUPPORT_LOG_ROWS_H

#include <sla/sla.h>

struct log_rows {
    sla_update *updates;
    size_t count;
    sla_attribute *attributes;
    char *text;
};

/* Reads a log; columns that the policy never looks at are left out. Ends the program with a message
   when the log cannot be read. To be freed with log_rows_free(). */
struct log_rows log_rows_read(const sla_policy *policy, const char *path);

void log_rows_free(struct log_rows *rows);

#endif
