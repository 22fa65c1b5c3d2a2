/* SPDX-License-Identifier: MIT */
/* Loans: memory that goes out through the Arrow C data interface.
 *
 * Who takes an ArrowArray gives it back by its `release`, at any time and from any thread: one that
 * the lender's language does not know, or when that language has already ended in this process. A
 * binding must therefore not lend with callbacks of its own language. It lays buffers and structs
 * into the memory of a loan and puts the functions below into them: they touch that memory alone.
 * All functions are for any thread. Since 0.5. */
#ifndef SLA_LOAN_H
#define SLA_LOAN_H

#include <sla/types.h>

SLA_BEGIN_DECLS

/* As the Arrow C data and stream interfaces define them. */
struct ArrowSchema;
struct ArrowArray;
struct ArrowArrayStream;

/* Memory with a count of its users. */
typedef struct sla_loan sla_loan;

/* New memory of `bytes` bytes at a multiple of 64, not initialised, with one user: the caller.
   `behind` (or NULL) is another loan that must live as long as this one, which becomes a user of
   it. `allocator` may be NULL: malloc; it is copied.
   `*out_memory` is borrowed until the loan's last user is gone.
   SLA_OK, SLA_ERROR_ARGUMENT, SLA_ERROR_MEMORY; SLA_ERROR_LIMIT: more than can be addressed. */
SLA_API sla_status sla_loan_new(uint64_t bytes, sla_loan *behind, const sla_allocator *allocator,
                                sla_loan **out_loan, void **out_memory);

/* One more user; returns its argument. */
SLA_API sla_loan *sla_loan_ref(sla_loan *loan);

/* One user less; the last frees the memory. NULL is allowed. */
SLA_API void sla_loan_unref(sla_loan *loan);

/* `release` of a struct whose `private_data` is a loan that it uses: releases the children and the
   dictionary that nobody moved away, marks the struct as released, and is one user less. Children
   and dictionaries are such structs too, each a user of a loan on its own. */
SLA_API void sla_loan_release_schema(struct ArrowSchema *schema);
SLA_API void sla_loan_release_array(struct ArrowArray *array);

/* Makes a stream of one array. Both structs, which the functions above release, are moved into it:
   their `release` becomes NULL. The array belongs to who takes it first, the schema is answered
   with copies, any number of times.
   SLA_OK; SLA_ERROR_ARGUMENT: a NULL, or a struct with another `release`; SLA_ERROR_MEMORY. */
SLA_API sla_status sla_loan_stream(struct ArrowSchema *schema, struct ArrowArray *array,
                                   const sla_allocator *allocator,
                                   struct ArrowArrayStream *out_stream);

SLA_END_DECLS

#endif
