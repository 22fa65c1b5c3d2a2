/* SPDX-License-Identifier: MIT */
/* libFuzzer's door to saved state: `meson setup -Dfuzz=true` with clang, then, with a folder that
 * `fuzz_state_mutations tests/data/state --write SCRATCH` filled:
 *
 *     SLA_STATE_DATA=tests/data/state build/fuzz/tests/fuzz/fuzz_state SCRATCH */
#include "state_check.h"
#include "state_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    const char *data = getenv("SLA_STATE_DATA");
    (void)count;
    (void)arguments;
    if (data == NULL)
        data = "tests/data/state";
    state_check_begin(state_policy(data, "desk.yaml"), state_policy(data, "desk-2.yaml"));
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static uint8_t copy[1 << 16];
    bool accepted;
    if (length < 80 || length > sizeof copy)
        return 0;
    memcpy(copy, bytes, length);
    state_repair(copy, length);
    const char *broken = state_check(copy, length, &accepted);
    if (broken != NULL) {
        fprintf(stderr, "this does not hold: %s\n", broken);
        abort();
    }
    return 0;
}
