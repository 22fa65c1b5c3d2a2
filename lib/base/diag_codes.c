/* SPDX-License-Identifier: MIT */
/* The registry of diagnostics as a table. */
#include "base/diag_codes.h"

#include <sla/diag.h>

static const struct diag_code_info codes[] = {
#define CODE(number, name, severity, message, explanation) \
    {(number), SLA_DIAG_##severity, #name, message, explanation},
#include "base/diag_codes.def"
#undef CODE
};

#define CODE_COUNT (sizeof codes / sizeof codes[0])

const struct diag_code_info *diag_code_find(uint32_t number)
{
    size_t low = 0, high = CODE_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (codes[middle].number == number)
            return &codes[middle];
        if (codes[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct diag_code_info *diag_code_at(size_t index)
{
    return index < CODE_COUNT ? &codes[index] : NULL;
}
