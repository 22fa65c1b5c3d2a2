/* SPDX-License-Identifier: MIT */
/* Memory: the allocator that an object carries, arrays that grow, and arenas that end at once. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <sla/types.h>
#include <stdbool.h>

/* The caller's allocator, or the default one (malloc) when `wanted` is NULL. */
sla_allocator memory_allocator(const sla_allocator *wanted);

void *memory_new(const sla_allocator *allocator, size_t size);  /* not zeroed; NULL: none */
void *memory_zero(const sla_allocator *allocator, size_t size); /* zeroed */
void memory_free(const sla_allocator *allocator, void *block, size_t size);

/* Asks the processor to fetch what will be read soon; never wrong, only of no use. GCC takes a
   function that does nothing else for one without effect and leaves out its calls: the empty
   statement, which it must keep, prevents that. */
#if defined(__GNUC__)
#define memory_prefetch(address) \
    __extension__({ __builtin_prefetch(address); __asm__ volatile(""); })
#else
#define memory_prefetch(address) ((void)(address))
#endif

/* Makes room for `needed` elements of `width` bytes in an array; the array is untouched when there
   is no memory. New elements are not initialised. Growth is by half, so that pushing is O(1). */
bool memory_grow(const sla_allocator *allocator, void *array_pointer, size_t *capacity,
                 size_t needed, size_t width);

/* A growing array of T: struct { T *items; size_t count, capacity; } */
#define ARRAY(T)                 \
    struct {                     \
        T *items;                \
        size_t count, capacity;  \
    }
#define array_reserve(allocator, array, more)                                              \
    ((array)->capacity - (array)->count >= (more) ||                                       \
     memory_grow((allocator), &(array)->items, &(array)->capacity, (array)->count + (more), \
                 sizeof *(array)->items))
/* Adds one element; false: no memory, and nothing has changed. */
#define array_push(allocator, array, value)                                        \
    (array_reserve((allocator), (array), 1)                                        \
         ? ((array)->items[(array)->count++] = (value), true) : false)
#define array_free(allocator, array)                                                          \
    (memory_free((allocator), (array)->items, (array)->capacity * sizeof *(array)->items), \
     (array)->items = NULL, (array)->count = (array)->capacity = 0)

/* An arena: many small pieces, one end. Everything in it lives until arena_free(). */
struct arena {
    sla_allocator allocator;
    struct arena_chunk *chunks; /* the newest first */
    size_t used;                /* in the newest */
    size_t total;               /* bytes of all chunks */
};

void arena_init(struct arena *arena, const sla_allocator *allocator);
void arena_free(struct arena *arena);
void *arena_new(struct arena *arena, size_t size);          /* zeroed, aligned for any type */
void *arena_copy(struct arena *arena, const void *from, size_t size);
/* Copies a text and adds a NUL behind it. `.data` is NULL when there is no memory. */
sla_text arena_text(struct arena *arena, sla_text text);

#endif
