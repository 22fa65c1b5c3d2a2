/* SPDX-License-Identifier: MIT */
/* Diagnostics as SARIF 2.1.0, the form that code scanning reads. */
#ifndef CHECK_SARIF_H
#define CHECK_SARIF_H

#include "tool.h"

#include <jansson.h>

struct sarif;

struct sarif *sarif_new(void);
void sarif_add(struct sarif *sarif, const sla_diag *diag);

/* The whole log; `complete` says that every policy could be read. A new reference. */
json_t *sarif_document(const struct sarif *sarif, bool complete);
void sarif_free(struct sarif *sarif);

#endif
