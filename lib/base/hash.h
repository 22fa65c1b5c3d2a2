/* SPDX-License-Identifier: MIT */
/* Hashes that are the same on every machine: 64 bits for tables, 128 bits for identities (event
   ids, fingerprints). Not for secrets. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <sla/types.h>

uint64_t hash_bytes(const void *data, size_t length);

/* A 128-bit hash of a sequence of numbers and texts; the lengths of texts are part of it. */
struct digest {
    uint64_t a, b;
};
void digest_init(struct digest *digest, uint64_t seed);
void digest_number(struct digest *digest, uint64_t number);
void digest_text(struct digest *digest, sla_text text);
void digest_finish(const struct digest *digest, uint64_t out[2]);

#endif
