/* SPDX-License-Identifier: MIT */
/* The registry of diagnostics: permanent numbers, messages, explanations. A number that was once
 * published is never given to another fault. The entries stand in the diag_codes_*.def files. */
#ifndef BASE_DIAG_CODES_H
#define BASE_DIAG_CODES_H

#include "base/text.h"

enum diag_code {
#define CODE(number, name, severity, message, explanation) CODE_##name = (number),
#include "base/diag_codes.def"
#undef CODE
};

struct diag_code_info {
    uint32_t number;
    uint32_t severity;       /* SLA_DIAG_ERROR or SLA_DIAG_WARNING */
    const char *name;        /* UNKNOWN_KEY */
    const char *message;     /* with {1} and {2} for what is told at the place */
    const char *explanation; /* what it means, the smallest policy that causes it, the repair */
};

const struct diag_code_info *diag_code_find(uint32_t number); /* NULL: no such code */
const struct diag_code_info *diag_code_at(size_t index);      /* ascending; NULL past the end */

#endif
