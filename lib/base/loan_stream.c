/* SPDX-License-Identifier: MIT */
/* A stream of one array, as some readers of the Arrow C data interface take nothing else. */
#include <sla/loan.h>

#include "base/arrow.h"
#include "base/memory.h"

#define NO_MEMORY 12 /* ENOMEM of every system that Arrow knows; streams answer with errno values */

/* Lies in the loan that is the stream's private data. */
struct loan_stream {
    struct ArrowSchema schema;
    struct ArrowArray array; /* `release` NULL: given away */
    sla_loan *loan;
    sla_allocator allocator;
};

static size_t count_schemas(const struct ArrowSchema *schema)
{
    size_t count = 1;
    for (int64_t i = 0; i < schema->n_children; i++)
        count += count_schemas(schema->children[i]);
    return schema->dictionary == NULL ? count : count + count_schemas(schema->dictionary);
}

/* Where the next structs and the next pointers of a copy go. */
struct copy {
    struct ArrowSchema *schemas;
    struct ArrowSchema **pointers;
    sla_loan *loan;
};

static void copy_schema(struct copy *to, const struct ArrowSchema *from, struct ArrowSchema *out)
{
    *out = *from;
    out->release = sla_loan_release_schema;
    out->private_data = sla_loan_ref(to->loan);
    out->children = to->pointers;
    to->pointers += from->n_children;
    for (int64_t i = 0; i < from->n_children; i++) {
        out->children[i] = to->schemas++;
        copy_schema(to, from->children[i], out->children[i]);
    }
    if (from->dictionary != NULL) {
        out->dictionary = to->schemas++;
        copy_schema(to, from->dictionary, out->dictionary);
    }
}

/* The copy keeps the schema's own loan, and so its texts, as long as it lives. */
static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    struct loan_stream *own = stream->private_data;
    size_t count = count_schemas(&own->schema);
    void *memory;
    struct copy to;
    if (sla_loan_new(count * (sizeof *to.schemas + sizeof(void *)), own->schema.private_data,
                     &own->allocator, &to.loan, &memory) != SLA_OK)
        return NO_MEMORY;
    to.schemas = memory;
    to.pointers = (struct ArrowSchema **)(void *)(to.schemas + count);
    copy_schema(&to, &own->schema, out);
    sla_loan_unref(to.loan); /* its users are the structs now */
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    struct loan_stream *own = stream->private_data;
    *out = own->array;
    own->array.release = NULL;
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return "out of memory"; /* the only thing that can go wrong */
}

static void release_stream(struct ArrowArrayStream *stream)
{
    struct loan_stream *own = stream->private_data;
    sla_loan_release_array(&own->array);
    sla_loan_release_schema(&own->schema);
    stream->release = NULL;
    sla_loan_unref(own->loan);
}

sla_status sla_loan_stream(struct ArrowSchema *schema, struct ArrowArray *array,
                           const sla_allocator *allocator, struct ArrowArrayStream *out_stream)
{
    if (out_stream == NULL || schema == NULL || schema->release != sla_loan_release_schema ||
        array == NULL || array->release != sla_loan_release_array)
        return SLA_ERROR_ARGUMENT;
    sla_loan *loan;
    void *memory;
    sla_status status = sla_loan_new(sizeof(struct loan_stream), NULL, allocator, &loan, &memory);
    if (status != SLA_OK)
        return status;
    struct loan_stream *own = memory;
    *own = (struct loan_stream){*schema, *array, loan, memory_allocator(allocator)};
    schema->release = NULL;
    array->release = NULL;
    *out_stream = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream,
                                            own};
    return SLA_OK;
}
