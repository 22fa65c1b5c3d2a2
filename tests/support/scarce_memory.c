/* SPDX-License-Identifier: MIT */
/* An allocator for tests: it fails when told to, and notices leaks and wrong old sizes. */
#include "scarce_memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* In front of every block; as wide as the strictest alignment. */
union head {
    size_t size;
    max_align_t align;
};

static bool fails(struct scarce_memory *memory)
{
    memory->calls++;
    if (memory->fail_at == 0)
        return false;
    return memory->fail_on ? memory->calls >= memory->fail_at : memory->calls == memory->fail_at;
}

static void *allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    struct scarce_memory *memory = user;
    union head *old = block == NULL ? NULL : (union head *)block - 1;
    if ((old == NULL ? 0 : old->size) != old_size)
        memory->wrong_size++;
    union head *fresh = NULL;
    if (new_size > 0) {
        if (fails(memory))
            return NULL;
        fresh = malloc(sizeof *fresh + new_size);
        if (fresh == NULL)
            return NULL;
        fresh->size = new_size;
        memset(fresh + 1, 0xA5, new_size); /* nobody may count on zeros */
        if (old != NULL)
            memcpy(fresh + 1, block, old->size < new_size ? old->size : new_size);
        memory->blocks++;
        memory->bytes += new_size;
    }
    if (old != NULL) {
        memory->blocks--;
        memory->bytes -= old->size;
        memset(old, 0xDD, sizeof *old + old->size);
        free(old);
    }
    return fresh == NULL ? NULL : fresh + 1;
}

sla_allocator scarce_allocator(struct scarce_memory *memory)
{
    return (sla_allocator){.allocate = allocate, .user = memory};
}

void scarce_reset(struct scarce_memory *memory)
{
    memory->calls = memory->fail_at = 0;
    memory->fail_on = 0;
}
