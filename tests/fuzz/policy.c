/* SPDX-License-Identifier: MIT */
/* libFuzzer's door to policies; tests/fuzz/README.md says how it is run. Half of the changes are
 * libFuzzer's own, half know what a policy looks like. */
#include "policy_changes.h"
#include "policy_check.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size, const uint8_t *other,
                                 size_t other_size, uint8_t *out, size_t room, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t room);

static const char *variable(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value == NULL ? otherwise : value;
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count;
    (void)arguments;
    policy_check_begin(variable("SLA_ZONES", "tests/data/zoneinfo"),
                       variable("SLA_INCLUDED", "examples"));
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    bool accepted;
    /* Compiling is what costs: twice for some, chosen by what stays the same in every run. */
    bool twice = length % 4 == 0;
    const char *broken = policy_check((const char *)bytes, length, twice, &accepted);
    if (broken != NULL) {
        fprintf(stderr, "this does not hold: %s\n", broken);
        abort();
    }
    return 0;
}

static struct changed_text text;

static size_t change(const uint8_t *bytes, size_t size, const char *other, size_t other_size,
                     size_t room, unsigned seed)
{
    struct random random = {seed};
    text.limit = room < CHANGES_BYTES_MAX ? room : CHANGES_BYTES_MAX;
    text.size = size < text.limit ? size : text.limit;
    if (text.size > 0)
        memcpy(text.data, bytes, text.size);
    for (int64_t n = random_between(&random, 1, 3); n > 0; n--)
        changes_make(&text, &random, other, other_size);
    return text.size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned seed)
{
    if (seed % 2 == 0)
        return LLVMFuzzerMutate(bytes, size, room);
    size_t made = change(bytes, size, NULL, 0, room, seed);
    memcpy(bytes, text.data, made);
    return made;
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size, const uint8_t *other,
                                 size_t other_size, uint8_t *out, size_t room, unsigned seed)
{
    size_t made = change(one, one_size, (const char *)other, other_size, room, seed);
    memcpy(out, text.data, made);
    return made;
}
