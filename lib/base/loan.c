/* SPDX-License-Identifier: MIT */
/* Memory that is lent through the Arrow C data interface, and what gives it back. */
#include <sla/loan.h>

#include "base/arrow.h"
#include "base/checked.h"
#include "base/memory.h"

#include <stdatomic.h>

#define LOAN_ALIGN ((size_t)64) /* what Arrow recommends */

struct sla_loan {
    atomic_uint users;
    sla_loan *behind;
    sla_allocator allocator;
    void *block; /* what was allocated; this struct lies in it, the memory behind */
    size_t block_size;
};

#define LOAN_HEADER ((sizeof(struct sla_loan) + LOAN_ALIGN - 1) & ~(LOAN_ALIGN - 1))

sla_status sla_loan_new(uint64_t bytes, sla_loan *behind, const sla_allocator *allocator,
                        sla_loan **out_loan, void **out_memory)
{
    if (out_loan == NULL || out_memory == NULL)
        return SLA_ERROR_ARGUMENT;
    size_t size;
    if (ckd_add(&size, bytes, LOAN_HEADER + LOAN_ALIGN - 1) || size > PTRDIFF_MAX)
        return SLA_ERROR_LIMIT;
    sla_allocator used = memory_allocator(allocator);
    char *block = memory_new(&used, size);
    if (block == NULL)
        return SLA_ERROR_MEMORY;
    size_t over = (uintptr_t)block % LOAN_ALIGN;
    struct sla_loan *loan = (struct sla_loan *)(void *)(block + (over ? LOAN_ALIGN - over : 0));
    atomic_init(&loan->users, 1);
    loan->behind = sla_loan_ref(behind);
    loan->allocator = used;
    loan->block = block;
    loan->block_size = size;
    *out_loan = loan;
    *out_memory = (char *)loan + LOAN_HEADER;
    return SLA_OK;
}

sla_loan *sla_loan_ref(sla_loan *loan)
{
    if (loan != NULL)
        atomic_fetch_add_explicit(&loan->users, 1, memory_order_relaxed);
    return loan;
}

void sla_loan_unref(sla_loan *loan)
{
    /* A loop, as a loan may be the last user of the one behind it, and that of the next. */
    while (loan != NULL &&
           atomic_fetch_sub_explicit(&loan->users, 1, memory_order_acq_rel) == 1) {
        sla_loan *behind = loan->behind;
        sla_allocator allocator = loan->allocator; /* the loan itself lies in the block */
        memory_free(&allocator, loan->block, loan->block_size);
        loan = behind;
    }
}

void sla_loan_release_schema(struct ArrowSchema *schema)
{
    if (schema == NULL || schema->release == NULL)
        return;
    sla_loan *loan = schema->private_data;
    for (int64_t i = 0; i < schema->n_children; i++)
        sla_loan_release_schema(schema->children[i]);
    sla_loan_release_schema(schema->dictionary);
    schema->release = NULL;
    sla_loan_unref(loan); /* the last act: the struct itself may lie in the loan */
}

void sla_loan_release_array(struct ArrowArray *array)
{
    if (array == NULL || array->release == NULL)
        return;
    sla_loan *loan = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++)
        sla_loan_release_array(array->children[i]);
    sla_loan_release_array(array->dictionary);
    array->release = NULL;
    sla_loan_unref(loan);
}
