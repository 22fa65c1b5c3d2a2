/* SPDX-License-Identifier: MIT */
/* Loans: memory lives until its last user is gone, whichever way that one goes. */
#include <sla/loan.h>

#include "base/arrow.h"
#include "run_suite.h"
#include "scarce_memory.h"

#include <check.h>
#include <string.h>

static struct scarce_memory memory;
static sla_allocator allocator;

static void set_up(void)
{
    memory = (struct scarce_memory){0};
    allocator = scarce_allocator(&memory);
}

static void tear_down(void)
{
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_uint_eq(memory.wrong_size, 0);
}

static sla_loan *lend(size_t bytes, sla_loan *behind, void **out_memory)
{
    sla_loan *loan;
    ck_assert_int_eq(sla_loan_new(bytes, behind, &allocator, &loan, out_memory), SLA_OK);
    return loan;
}

START_TEST(memory_is_aligned_and_freed_with_its_last_user)
{
    for (size_t bytes = 0; bytes < 300; bytes += 13) {
        void *given;
        sla_loan *loan = lend(bytes, NULL, &given);
        ck_assert_uint_eq((uintptr_t)given % 64, 0);
        memset(given, 0xff, bytes);
        ck_assert_ptr_eq(sla_loan_ref(loan), loan);
        sla_loan_unref(loan);
        ck_assert_uint_eq(memory.blocks, 1);
        sla_loan_unref(loan);
        ck_assert_uint_eq(memory.blocks, 0);
    }
    sla_loan_unref(NULL);
    ck_assert_ptr_null(sla_loan_ref(NULL));
}
END_TEST

START_TEST(a_loan_keeps_the_one_behind_it)
{
    void *given;
    sla_loan *first = lend(8, NULL, &given);
    sla_loan *second = lend(8, first, &given);
    sla_loan *third = lend(8, second, &given);
    sla_loan_unref(first);
    sla_loan_unref(second);
    ck_assert_uint_eq(memory.blocks, 3);
    sla_loan_unref(third);
}
END_TEST

START_TEST(what_cannot_be_is_refused)
{
    sla_loan *loan;
    void *given;
    ck_assert_int_eq(sla_loan_new(8, NULL, NULL, NULL, &given), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_loan_new(8, NULL, NULL, &loan, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_loan_new(UINT64_MAX, NULL, NULL, &loan, &given), SLA_ERROR_LIMIT);
    ck_assert_int_eq(sla_loan_new(UINT64_MAX / 2, NULL, NULL, &loan, &given), SLA_ERROR_LIMIT);
    sla_loan_release_schema(NULL);
    sla_loan_release_array(NULL);
}
END_TEST

/* A struct of two columns, the second with a dictionary, as a binding lays it out. */
struct table {
    struct ArrowSchema schemas[3];
    struct ArrowSchema *schema_children[2];
    struct ArrowArray arrays[3];
    struct ArrowArray *array_children[2];
    struct ArrowSchema schema; /* where a capsule would point */
    struct ArrowArray array;
};

static struct table *make_table(sla_loan **out_loan)
{
    void *given;
    sla_loan *loan = lend(sizeof(struct table), NULL, &given);
    struct table *table = given;
    *table = (struct table){.schema = {.format = "+s", .n_children = 2},
                            .array = {.length = 5, .n_children = 2}};
    for (int i = 0; i < 3; i++) {
        table->schemas[i] = (struct ArrowSchema){
            .format = i == 2 ? "u" : "i", .name = "", .release = sla_loan_release_schema,
            .private_data = sla_loan_ref(loan)};
        table->arrays[i] = (struct ArrowArray){.length = 5, .release = sla_loan_release_array,
                                               .private_data = sla_loan_ref(loan)};
    }
    for (int i = 0; i < 2; i++) {
        table->schema_children[i] = &table->schemas[i];
        table->array_children[i] = &table->arrays[i];
    }
    table->schemas[1].dictionary = &table->schemas[2];
    table->arrays[1].dictionary = &table->arrays[2];
    table->schema.children = table->schema_children;
    table->array.children = table->array_children;
    table->schema.release = sla_loan_release_schema;
    table->schema.private_data = sla_loan_ref(loan);
    table->array.release = sla_loan_release_array;
    table->array.private_data = sla_loan_ref(loan);
    *out_loan = loan;
    return table;
}

START_TEST(release_gives_back_the_whole_tree)
{
    sla_loan *loan;
    struct table *table = make_table(&loan);
    sla_loan_unref(loan);
    struct ArrowSchema schema = table->schema;
    struct ArrowArray array = table->array;
    schema.release(&schema);
    ck_assert(schema.release == NULL);
    ck_assert(table->schemas[2].release == NULL);
    sla_loan_release_schema(&schema); /* a second time does nothing */
    ck_assert_uint_eq(memory.blocks, 1);
    array.release(&array);
    ck_assert(array.release == NULL);
}
END_TEST

START_TEST(a_child_that_was_moved_away_lives_on)
{
    sla_loan *loan;
    struct table *table = make_table(&loan);
    sla_loan_unref(loan);
    struct ArrowArray moved = *table->array.children[1];
    table->array.children[1]->release = NULL;
    table->schema.release(&table->schema);
    table->array.release(&table->array);
    ck_assert_uint_eq(memory.blocks, 1);
    ck_assert_int_eq(moved.dictionary->length, 5);
    moved.release(&moved);
}
END_TEST

static struct ArrowArrayStream make_stream(void)
{
    sla_loan *loan;
    struct table *table = make_table(&loan);
    struct ArrowArrayStream stream;
    ck_assert_int_eq(sla_loan_stream(&table->schema, &table->array, &allocator, &stream), SLA_OK);
    ck_assert(table->schema.release == NULL && table->array.release == NULL);
    sla_loan_unref(loan);
    return stream;
}

START_TEST(a_stream_shows_its_schema_again_and_gives_its_array_once)
{
    struct ArrowArrayStream stream = make_stream();
    struct ArrowSchema schemas[2];
    struct ArrowArray array, none;
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(stream.get_schema(&stream, &schemas[i]), 0);
        ck_assert_str_eq(schemas[i].format, "+s");
        ck_assert_int_eq(schemas[i].n_children, 2);
        ck_assert_str_eq(schemas[i].children[1]->dictionary->format, "u");
    }
    ck_assert_ptr_ne(schemas[0].children[0], schemas[1].children[0]);
    ck_assert_int_eq(stream.get_next(&stream, &array), 0);
    ck_assert(array.release != NULL && array.length == 5);
    ck_assert_int_eq(stream.get_next(&stream, &none), 0);
    ck_assert(none.release == NULL);
    schemas[0].release(&schemas[0]);
    stream.release(&stream);
    ck_assert(stream.release == NULL);
    ck_assert_str_eq(schemas[1].children[1]->dictionary->format, "u");
    schemas[1].release(&schemas[1]);
    array.release(&array);
}
END_TEST

START_TEST(a_stream_that_nobody_reads_gives_everything_back)
{
    struct ArrowArrayStream stream = make_stream();
    stream.release(&stream);
}
END_TEST

START_TEST(a_stream_takes_only_what_a_loan_releases)
{
    sla_loan *loan;
    struct table *table = make_table(&loan);
    struct ArrowArrayStream stream;
    struct ArrowSchema released = table->schema;
    released.release = NULL;
    ck_assert_int_eq(sla_loan_stream(&released, &table->array, &allocator, &stream),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_loan_stream(&table->schema, NULL, &allocator, &stream),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_loan_stream(&table->schema, &table->array, &allocator, NULL),
                     SLA_ERROR_ARGUMENT);
    table->schema.release(&table->schema);
    table->array.release(&table->array);
    sla_loan_unref(loan);
}
END_TEST

START_TEST(without_memory_everything_stays_where_it_was)
{
    sla_loan *loan, *more;
    void *given;
    struct table *table = make_table(&loan);
    struct ArrowArrayStream stream = {.private_data = NULL};
    struct ArrowSchema schema;
    scarce_reset(&memory);
    memory.fail_at = 1;
    ck_assert_int_eq(sla_loan_new(8, NULL, &allocator, &more, &given), SLA_ERROR_MEMORY);
    scarce_reset(&memory);
    memory.fail_at = 1;
    ck_assert_int_eq(sla_loan_stream(&table->schema, &table->array, &allocator, &stream),
                     SLA_ERROR_MEMORY);
    ck_assert(table->schema.release != NULL && table->array.release != NULL);
    ck_assert_int_eq(sla_loan_stream(&table->schema, &table->array, &allocator, &stream), SLA_OK);
    scarce_reset(&memory);
    memory.fail_at = 1;
    ck_assert_int_ne(stream.get_schema(&stream, &schema), 0);
    ck_assert_str_eq(stream.get_last_error(&stream), "out of memory");
    ck_assert_int_eq(stream.get_schema(&stream, &schema), 0);
    schema.release(&schema);
    stream.release(&stream);
    sla_loan_unref(loan);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("loan");
    TCase *cases = tcase_create("loan");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, memory_is_aligned_and_freed_with_its_last_user);
    tcase_add_test(cases, a_loan_keeps_the_one_behind_it);
    tcase_add_test(cases, what_cannot_be_is_refused);
    tcase_add_test(cases, release_gives_back_the_whole_tree);
    tcase_add_test(cases, a_child_that_was_moved_away_lives_on);
    tcase_add_test(cases, a_stream_shows_its_schema_again_and_gives_its_array_once);
    tcase_add_test(cases, a_stream_that_nobody_reads_gives_everything_back);
    tcase_add_test(cases, a_stream_takes_only_what_a_loan_releases);
    tcase_add_test(cases, without_memory_everything_stays_where_it_was);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
