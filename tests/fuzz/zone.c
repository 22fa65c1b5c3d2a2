/* SPDX-License-Identifier: MIT */
/* libFuzzer's door to zone files: `meson setup -Dfuzz=true` with clang, then
 *
 *     build/fuzz/tests/fuzz/fuzz_zone SCRATCH tests/data/zoneinfo tests/data/zoneinfo-fat */
#include "zone_check.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    bool accepted;
    const char *broken = zone_check(bytes, length, &accepted);
    /* Compiling costs a hundred times as much: one zone in eight, chosen by its bytes. */
    if (broken == NULL && accepted && bytes[length / 2] % 8 == 0)
        broken = zone_check_policy(bytes, length);
    if (broken != NULL) {
        fprintf(stderr, "this does not hold: %s\n", broken);
        abort();
    }
    return 0;
}
