/* SPDX-License-Identifier: MIT */
/* Columns of texts, as far as their struct can be wrong and their memory lead astray. What they say
   of rows: text_columns.c. */
#include "base/texts.h"

#include "run_suite.h"

#define ROWS 4

static const char bytes[] = "outage" "disk" "" "outage";
static const int32_t offsets[] = {0, 6, 10, 10, 16};
static const uint8_t indexes[] = {0, 1, 2, 3}, all_valid[] = {0xFF};
static const int64_t sizes[] = {16};
static sla_texts plain, dictionary;
static struct texts opened;

static void set_up(void)
{
    plain = (sla_texts){.size = sizeof plain, .form = SLA_TEXTS_OFFSETS32, .count = ROWS,
                        .elements = offsets, .bytes = bytes};
    dictionary = plain;
    dictionary.index_width = 1;
    dictionary.indexes = indexes;
}

/* Each of them is right but for one thing, which belongs to another form or leads too far. */
static void sizes_without_views(void) { plain.buffer_sizes = sizes; }
static void element_first(void) { plain.count = 5, plain.element_first = 1; }
static void element_validity(void) { plain.element_validity = all_valid; }
static void indexes_of_nobody(void) { plain.indexes = indexes; }
static void views_without_buffers(void)
{
    plain.form = SLA_TEXTS_VIEWS;
    plain.buffers = 1;
    plain.bytes = NULL;
}
static void last_wraps(void) { dictionary.element_first = UINT64_MAX; } /* ROWS - 1 with count */
static void last_too_far(void)
{
    dictionary.form = SLA_TEXTS_VIEWS; /* 16 bytes each: the last lies beyond all memory */
    dictionary.element_first = UINT64_MAX / 16 - ROWS + 1;
}
static void end_too_far(void) { dictionary.first = UINT64_MAX / 16 - ROWS + 1; }
static void end_wraps(void) { dictionary.first = UINT64_MAX; }
static void (*const faults[])(void) = {
    sizes_without_views, element_first, element_validity, indexes_of_nobody, views_without_buffers,
    last_wraps, last_too_far, end_too_far, end_wraps,
};

START_TEST(what_belongs_elsewhere_or_leads_too_far_is_refused)
{
    ck_assert(texts_open(&opened, &plain, ROWS));
    ck_assert(texts_open(&opened, &dictionary, ROWS));
    faults[_i]();
    ck_assert(!texts_open(&opened, &plain, ROWS) || !texts_open(&opened, &dictionary, ROWS));
}
END_TEST

START_TEST(what_lies_as_far_as_can_be_is_taken)
{
    dictionary.form = SLA_TEXTS_BOOLEANS;
    dictionary.bytes = NULL;
    dictionary.element_first = UINT64_MAX / 16 - ROWS;
    dictionary.first = UINT64_MAX / 16 - ROWS;
    ck_assert(texts_open(&opened, &dictionary, ROWS));
}
END_TEST

/* Behind the dictionary more elements lie, which are not its own. */
START_TEST(the_number_of_words_is_none_of_the_words)
{
    uint64_t element;
    dictionary.count = ROWS - 1;
    ck_assert(texts_open(&opened, &dictionary, ROWS));
    ck_assert_int_eq(texts_element(&opened, ROWS - 2, &element), TEXTS_PRESENT);
    ck_assert_uint_eq(element, ROWS - 2);
    ck_assert_int_eq(texts_element(&opened, ROWS - 1, &element), TEXTS_WRONG);
}
END_TEST

START_TEST(the_number_of_buffers_is_none_of_the_buffers)
{
    static const char *const buffers[] = {"0123456789abcdef", "0123456789abcdef"};
    struct {
        int32_t length;
        char prefix[4];
        int32_t buffer, offset;
    } views[] = {{16, "0123", 0, 0}, {16, "0123", 1, 0}};
    sla_text text;
    plain = (sla_texts){.size = sizeof plain, .form = SLA_TEXTS_VIEWS, .count = 2,
                        .elements = views, .bytes = buffers, .buffers = 1};
    ck_assert(texts_open(&opened, &plain, 2));
    ck_assert_int_eq(texts_read(&opened, 0, &text), TEXTS_PRESENT);
    ck_assert_uint_eq(text.length, 16);
    ck_assert_int_eq(texts_read(&opened, 1, &text), TEXTS_WRONG);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("texts");
    TCase *cases = tcase_create("texts");
    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_loop_test(cases, what_belongs_elsewhere_or_leads_too_far_is_refused, 0,
                        (int)(sizeof faults / sizeof *faults));
    tcase_add_test(cases, what_lies_as_far_as_can_be_is_taken);
    tcase_add_test(cases, the_number_of_words_is_none_of_the_words);
    tcase_add_test(cases, the_number_of_buffers_is_none_of_the_buffers);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
