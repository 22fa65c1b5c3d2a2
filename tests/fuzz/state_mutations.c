/* SPDX-License-Identifier: MIT */
/* Saved state that somebody changed who knows how the hash is made: always the same changes.
 *
 *     fuzz_state_mutations FOLDER [THOUSANDS [SEED [ONLY]]] | FOLDER --write CORPUS
 *
 * ONLY is the number of the one change to try, as a report names it. */
#include "state_check.h"
#include "state_log.h"

#include "random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BYTES_MAX 65536u
#define CORPUS_MAX 512u

struct bytes {
    uint8_t *data;
    size_t size;
};
static struct bytes corpus[CORPUS_MAX];
static size_t corpus_count;
static uint8_t bytes[BYTES_MAX];
static size_t size;

static uint64_t load(const uint8_t *at)
{
    uint64_t number = 0;
    for (int i = 7; i >= 0; i--)
        number = number << 8 | at[i];
    return number;
}

static void store(uint8_t *at, uint64_t number, int width)
{
    for (int i = 0; i < width; i++)
        at[i] = (uint8_t)(number >> 8 * i);
}

static void keep(sla_state *state)
{
    const void *data;
    sla_state_bytes(state, &data, &size);
    if (corpus_count == CORPUS_MAX || size > BYTES_MAX / 2)
        exit(2);
    uint8_t *copy = malloc(size);
    if (copy == NULL)
        exit(2);
    memcpy(copy, data, size);
    corpus[corpus_count++] = (struct bytes){copy, size};
    sla_state_free(state);
}

/* The engine and each of its incidents after every line of the log. */
static void make_corpus(const char *folder, sla_policy *policy)
{
    static const char *const ids[] = {"A", "B", "C", "D", "E"};
    struct state_log log;
    int line = 0;
    state_log_open(&log, folder, "desk.log", policy);
    while (state_log_step(&log)) {
        sla_state *state;
        if (line++ % 3 == 0 && sla_engine_save(log.engine, &state) == SLA_OK)
            keep(state);
        for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
            sla_text id = {ids[i], 1};
            if (sla_engine_save_incident(log.engine, &id, &state) == SLA_OK)
                keep(state);
        }
    }
    state_log_close(&log);
}

static const uint64_t extremes[] = {0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff,
                                    0x80000000, 0xfffffffe, 0xffffffff, 0x7fffffffffffffff,
                                    0x8000000000000000, 0xffffffffffffffff, 7258118399,
                                    7258118400, 0xfffffffe4f61a881, 1780272000};
#define EXTREMES (sizeof extremes / sizeof *extremes)

/* Makes `cut` bytes at `at` another number of bytes; the header is told where the names are. */
static void make_room(size_t at, size_t cut, size_t more)
{
    if (at + cut > size - 8)
        cut = size - 8 - at;
    if (size - cut + more > BYTES_MAX)
        return;
    memmove(bytes + at + more, bytes + at + cut, size - at - cut);
    uint64_t names = load(bytes + 40);
    if (at < names)
        store(bytes + 40, names + more - cut, 8);
    size += more - cut;
}

static void change_once(struct random *random)
{
    size_t at = (size_t)random_between(random, 8, (int64_t)size - 17);
    uint64_t extreme = extremes[random_next(random) % EXTREMES];
    const struct bytes *other = &corpus[random_next(random) % corpus_count];
    size_t from = (size_t)random_between(random, 64, (int64_t)other->size - 9);
    size_t length = (size_t)random_between(random, 1, 24);
    if (length > other->size - from)
        length = other->size - from;
    if (at < 64 && random_next(random) % 8 != 0)
        at = (size_t)random_between(random, 64, (int64_t)size - 17);
    switch (random_next(random) % 9) {
    case 0: bytes[at] ^= (uint8_t)(1u << random_next(random) % 8); break;
    case 1: bytes[at] = (uint8_t)random_next(random); break;
    case 2: bytes[at] = (uint8_t)(bytes[at] + random_between(random, -3, 3)); break;
    case 3: store(bytes + at, extreme, 4); break;
    case 4: store(bytes + at, extreme, 8); break;
    case 5:
        make_room(at, length % 9, 0);
        break;
    case 6:
        make_room(at, random_next(random) % 2 * length, length);
        memcpy(bytes + at, other->data + from, length);
        break;
    case 7: /* a number of seven bits a byte */
        make_room(at, 1, 10);
        for (int i = 0; i < 9; i++)
            bytes[at + (size_t)i] = (uint8_t)(0x80 | (extreme >> 7 * i & 0x7f));
        bytes[at + 9] = (uint8_t)(extreme >> 63);
        break;
    case 8: /* another step near by */
        store(bytes + at, load(bytes + at) + (uint64_t)random_between(random, -100000, 100000), 4);
        break;
    }
}

static void write_corpus(const char *folder)
{
    for (size_t i = 0; i < corpus_count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%zu", folder, i);
        FILE *file = fopen(path, "wb");
        if (file == NULL || fwrite(corpus[i].data, 1, corpus[i].size, file) != corpus[i].size)
            exit(2);
        fclose(file);
    }
}

static void report(int number, const char *name, const char *broken)
{
    printf("%sok %d - %s%s%s\n", broken == NULL ? "" : "not ", number, name,
           broken == NULL ? "" : " # ", broken == NULL ? "" : broken);
}

/* The corpus itself is taken. */
static const char *check_corpus(void)
{
    for (size_t i = 0; i < corpus_count; i++) {
        bool accepted;
        const char *broken = state_check(corpus[i].data, corpus[i].size, &accepted);
        if (broken != NULL || !accepted)
            return broken != NULL ? broken : "what was saved is taken";
    }
    return NULL;
}

static const char *mutate(uint64_t seed, long first, long end, long *out_accepted)
{
    for (long round = first; round < end; round++) {
        struct random random = {seed + (uint64_t)round * 0x51ed27};
        const struct bytes *base = &corpus[random_next(&random) % corpus_count];
        size = base->size;
        memcpy(bytes, base->data, size);
        for (int64_t n = random_between(&random, 1, 3); n > 0; n--)
            change_once(&random);
        state_repair(bytes, size);
        bool accepted;
        clock_t begin = clock();
        const char *broken = state_check(bytes, size, &accepted);
        *out_accepted += accepted;
        if (broken == NULL && clock() - begin > 5 * CLOCKS_PER_SEC)
            broken = "it takes no time";
        if (broken != NULL) {
            printf("# change %ld\n", round);
            return broken;
        }
        if (getenv("SLA_FUZZ_SAYS") != NULL) {
            printf("# %ld\n", round);
            fflush(stdout);
        }
    }
    return NULL;
}

int main(int count, char **arguments)
{
    if (count < 2)
        return 2;
    sla_policy *policy = state_policy(arguments[1], "desk.yaml");
    sla_policy *other = state_policy(arguments[1], "desk-2.yaml");
    make_corpus(arguments[1], policy);
    state_check_begin(policy, other);
    if (count > 3 && strcmp(arguments[2], "--write") == 0) {
        write_corpus(arguments[3]);
        return 0;
    }
    long rounds = 1000 * (count > 2 ? strtol(arguments[2], NULL, 10) : 3), accepted = 0;
    uint64_t seed = count > 3 ? strtoull(arguments[3], NULL, 10) : 9636;
    long only = count > 4 ? strtol(arguments[4], NULL, 10) : -1;
    const char *broken = check_corpus();
    report(1, "every_state_that_was_saved_is_taken_under_both_policies", broken);
    const char *changed = only < 0 ? mutate(seed, 0, rounds, &accepted)
                                   : mutate(seed, only, only + 1, &accepted);
    report(2, "changed_bytes_with_a_right_hash_are_refused_or_give_a_usable_engine", changed);
    printf("# %zu states, %ld changes, %ld taken\n1..2\n", corpus_count, rounds, accepted);
    for (size_t i = 0; i < corpus_count; i++)
        free(corpus[i].data);
    sla_policy_unref(policy);
    sla_policy_unref(other);
    return broken == NULL && changed == NULL ? 0 : 1;
}
