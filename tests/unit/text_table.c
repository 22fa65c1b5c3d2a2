/* SPDX-License-Identifier: MIT */
/* The table of texts: every length around those that its places hold whole. */
#include "base/text.h"
#include "run_suite.h"

#include <stdio.h>

#define LONGEST 40

static sla_allocator allocator;
static struct text_table table;

static void set_up(void)
{
    allocator = memory_allocator(NULL);
    text_table_init(&table, &allocator);
}

static void tear_down(void)
{
    text_table_free(&table);
}

START_TEST(texts_that_differ_in_one_byte_are_different)
{
    static char texts[LONGEST + 1][LONGEST + 1][LONGEST];
    uint32_t count = 0;
    for (size_t length = 0; length <= LONGEST; length++)
        for (size_t place = 0; place <= length; place++) { /* the last: no byte is changed */
            char *text = texts[length][place];
            memset(text, 'a', LONGEST);
            if (place < length)
                text[place] = 'b';
            ck_assert_uint_eq(text_table_find(&table, (sla_text){text, length}), 0);
            ck_assert_uint_eq(text_table_add(&table, (sla_text){text, length}), ++count);
            ck_assert_uint_eq(text_table_add(&table, (sla_text){text, length}), count);
        }
    count = 0;
    for (size_t length = 0; length <= LONGEST; length++)
        for (size_t place = 0; place <= length; place++) {
            char copy[LONGEST]; /* found by what it says, not by where it stands */
            memcpy(copy, texts[length][place], LONGEST);
            ck_assert_uint_eq(text_table_find(&table, (sla_text){copy, length}), ++count);
        }
}
END_TEST

START_TEST(many_texts_with_one_beginning_are_different)
{
    static char texts[10000][16];
    for (int i = 0; i < 10000; i++) {
        snprintf(texts[i], sizeof texts[i], "customer-%05d", i);
        ck_assert_uint_eq(text_table_add(&table, (sla_text){texts[i], 14}), i + 1);
    }
    for (int i = 0; i < 10000; i++)
        ck_assert_uint_eq(text_table_find(&table, (sla_text){texts[i], 14}), i + 1);
    ck_assert_uint_eq(text_table_find(&table, TEXT("customer-10000")), 0);
}
END_TEST

START_TEST(empty_text_is_a_text_like_others)
{
    ck_assert_uint_eq(text_table_find(&table, TEXT_NONE), 0);
    ck_assert_uint_eq(text_table_add(&table, TEXT("x")), 1);
    ck_assert_uint_eq(text_table_find(&table, TEXT("")), 0);
    ck_assert_uint_eq(text_table_add(&table, TEXT("")), 2);
    ck_assert_uint_eq(text_table_find(&table, TEXT_NONE), 2);
}
END_TEST

START_TEST(nul_bytes_count)
{
    ck_assert_uint_eq(text_table_add(&table, (sla_text){"a", 1}), 1);
    ck_assert_uint_eq(text_table_add(&table, (sla_text){"a\0", 2}), 2);
    ck_assert_uint_eq(text_table_add(&table, (sla_text){"\0", 1}), 3);
    ck_assert_uint_eq(text_table_add(&table, (sla_text){"\0\0\0\0\0\0\0\0\0", 9}), 4);
    ck_assert_uint_eq(text_table_find(&table, (sla_text){"a", 1}), 1);
    ck_assert_uint_eq(text_table_find(&table, (sla_text){"\0\0", 2}), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text_table");
    TCase *cases = tcase_create("text_table");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, texts_that_differ_in_one_byte_are_different);
    tcase_add_test(cases, many_texts_with_one_beginning_are_different);
    tcase_add_test(cases, empty_text_is_a_text_like_others);
    tcase_add_test(cases, nul_bytes_count);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
