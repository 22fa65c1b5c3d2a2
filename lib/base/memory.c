/* SPDX-License-Identifier: MIT */
/* Memory: the only file that knows malloc. */
#include "base/memory.h"

#include "base/checked.h"

#include <stdlib.h>
#include <string.h>

#define ARENA_CHUNK ((size_t)16384)
#define ARENA_ALIGN ((size_t)16)

struct arena_chunk {
    struct arena_chunk *next;
    size_t size; /* of the whole chunk, this header included */
};

#define CHUNK_HEADER ((sizeof(struct arena_chunk) + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1))

static void *default_allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return block == NULL ? malloc(new_size) : realloc(block, new_size);
}

sla_allocator memory_allocator(const sla_allocator *wanted)
{
    if (wanted != NULL && wanted->allocate != NULL)
        return *wanted;
    return (sla_allocator){default_allocate, NULL};
}

void *memory_new(const sla_allocator *allocator, size_t size)
{
    return allocator->allocate(allocator->user, NULL, 0, size == 0 ? 1 : size);
}

void *memory_zero(const sla_allocator *allocator, size_t size)
{
    void *block = memory_new(allocator, size);
    if (block != NULL)
        memset(block, 0, size);
    return block;
}

void memory_free(const sla_allocator *allocator, void *block, size_t size)
{
    if (block != NULL)
        allocator->allocate(allocator->user, block, size == 0 ? 1 : size, 0);
}

bool memory_grow(const sla_allocator *allocator, void *array_pointer, size_t *capacity,
                 size_t needed, size_t width)
{
    if (needed <= *capacity)
        return true;
    size_t wanted;
    if (ckd_add(&wanted, *capacity, *capacity / 2) || wanted < needed)
        wanted = needed;
    if (wanted < 4)
        wanted = 4;
    size_t bytes;
    if (ckd_mul(&bytes, wanted, width))
        return false;
    void *block; /* the array's pointer, whatever type it has */
    memcpy(&block, array_pointer, sizeof block);
    block = allocator->allocate(allocator->user, block, *capacity * width, bytes);
    if (block == NULL)
        return false;
    memcpy(array_pointer, &block, sizeof block);
    *capacity = wanted;
    return true;
}

void arena_init(struct arena *arena, const sla_allocator *allocator)
{
    *arena = (struct arena){.allocator = *allocator};
}

void arena_free(struct arena *arena)
{
    /* The arena struct may lie in one of its own chunks. */
    sla_allocator allocator = arena->allocator;
    struct arena_chunk *chunk = arena->chunks;
    arena->chunks = NULL;
    while (chunk != NULL) {
        struct arena_chunk *next = chunk->next;
        memory_free(&allocator, chunk, chunk->size);
        chunk = next;
    }
}

void *arena_new(struct arena *arena, size_t size)
{
    size_t rounded;
    if (ckd_add(&rounded, size == 0 ? 1 : size, ARENA_ALIGN - 1))
        return NULL;
    rounded &= ~(ARENA_ALIGN - 1);
    if (arena->chunks == NULL || rounded > arena->chunks->size - arena->used) {
        size_t wanted = rounded > ARENA_CHUNK / 4 ? rounded : ARENA_CHUNK - CHUNK_HEADER;
        if (ckd_add(&wanted, wanted, CHUNK_HEADER))
            return NULL;
        struct arena_chunk *chunk = memory_new(&arena->allocator, wanted);
        if (chunk == NULL)
            return NULL;
        chunk->size = wanted;
        arena->total += wanted;
        if (arena->chunks != NULL && rounded > ARENA_CHUNK / 4) {
            /* A large piece has a chunk of its own, behind the one that still has room. */
            chunk->next = arena->chunks->next;
            arena->chunks->next = chunk;
            return memset((char *)chunk + CHUNK_HEADER, 0, size);
        }
        chunk->next = arena->chunks;
        arena->chunks = chunk;
        arena->used = CHUNK_HEADER;
    }
    void *piece = (char *)arena->chunks + arena->used;
    arena->used += rounded;
    return memset(piece, 0, size);
}

void *arena_copy(struct arena *arena, const void *from, size_t size)
{
    void *copy = arena_new(arena, size);
    if (copy != NULL && size > 0)
        memcpy(copy, from, size);
    return copy;
}

sla_text arena_text(struct arena *arena, sla_text text)
{
    size_t size;
    if (ckd_add(&size, text.length, (size_t)1))
        return (sla_text){NULL, 0};
    char *copy = arena_new(arena, size);
    if (copy == NULL)
        return (sla_text){NULL, 0};
    if (text.length > 0)
        memcpy(copy, text.data, text.length);
    return (sla_text){copy, text.length};
}
