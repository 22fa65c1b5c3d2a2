/* SPDX-License-Identifier: MIT */
/* Eight threads behind one gate. */
#include "crew.h"

#include <pthread.h>
#include <stdlib.h>

struct member {
    pthread_t thread;
    pthread_barrier_t *gate;
    void (*work)(void *shared, unsigned number);
    void *shared;
    unsigned number;
};

static void *begin(void *argument)
{
    struct member *member = argument;
    pthread_barrier_wait(member->gate);
    member->work(member->shared, member->number);
    return NULL;
}

void crew_run(void (*work)(void *shared, unsigned number), void *shared)
{
    struct member members[CREW];
    pthread_barrier_t gate;
    if (pthread_barrier_init(&gate, NULL, CREW) != 0)
        abort();
    for (unsigned i = 0; i < CREW; i++) {
        members[i] = (struct member){.gate = &gate, .work = work, .shared = shared, .number = i};
        if (pthread_create(&members[i].thread, NULL, begin, &members[i]) != 0)
            abort();
    }
    for (unsigned i = 0; i < CREW; i++)
        pthread_join(members[i].thread, NULL);
    pthread_barrier_destroy(&gate);
}

static void *allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    struct crew_memory *memory = user;
    void *fresh = NULL;
    if (new_size == 0)
        free(block);
    else if ((fresh = realloc(block, new_size)) == NULL)
        return NULL;
    /* Relaxed, so that counting puts no order between threads that a race could hide behind. */
    atomic_fetch_add_explicit(&memory->blocks, (fresh != NULL) - (block != NULL),
                              memory_order_relaxed);
    atomic_fetch_add_explicit(&memory->bytes, (long long)new_size - (long long)old_size,
                              memory_order_relaxed);
    return fresh;
}

sla_allocator crew_allocator(struct crew_memory *memory)
{
    return (sla_allocator){.allocate = allocate, .user = memory};
}
