/* SPDX-License-Identifier: MIT */
/* Sinks that are full. Only lengths are looked at before something is written, so that texts of
   gigabytes need no bytes. What is written: event_columns.c. */
#include "engine/sinks.h"

#include "run_suite.h"

#include <string.h>

#define MOST32 INT32_MAX

static char bytes[16];
static int64_t offsets[4], ends[4];
static struct text_sink sink;
static struct list_sink list;

static sla_text_sink text_sink(uint32_t width, uint64_t capacity)
{
    return (sla_text_sink){.size = sizeof(sla_text_sink), .width = width, .capacity = capacity,
                           .offsets = offsets, .bytes = bytes};
}

START_TEST(texts_end_where_their_offsets_do)
{
    sla_text texts[] = {{bytes, MOST32 - 1}, {bytes, 1}, {bytes, 1}};
    struct apart rows = {(const char *)texts, sizeof *texts};
    sla_text_sink narrow = text_sink(4, UINT64_MAX), wide = text_sink(8, UINT64_MAX);
    ck_assert(text_sink_open(&sink, &narrow));
    ck_assert_uint_eq(text_sink_fits(&sink, rows, 3), 2);
    ck_assert(text_sink_open(&sink, &wide));
    ck_assert_uint_eq(text_sink_fits(&sink, rows, 3), 3);
    narrow.capacity = MOST32;
    ck_assert(text_sink_open(&sink, &narrow));
    ck_assert_uint_eq(text_sink_fits(&sink, rows, 3), 2);
}
END_TEST

START_TEST(lists_end_where_their_offsets_do)
{
    sla_text text = {bytes, MOST32};
    struct text_list lists[] = {{&text, 1}, {&text, 1}, {NULL, 0}};
    struct apart rows = {(const char *)lists, sizeof *lists};
    sla_text_sink narrow = text_sink(4, UINT64_MAX), wide = text_sink(8, UINT64_MAX);
    sla_list_sink given = {.size = sizeof given, .width = 4, .capacity = UINT64_MAX,
                           .offsets = offsets, .texts = &narrow};
    ck_assert(list_sink_open(&list, &given));
    ck_assert_uint_eq(list.own.capacity, MOST32);
    ck_assert_uint_eq(list_sink_fits(&list, rows, 3), 1); /* the second one's text does not fit */
    given.texts = &wide;
    given.capacity = 1;
    ck_assert(list_sink_open(&list, &given));
    ck_assert_uint_eq(list_sink_fits(&list, rows, 3), 1); /* nor does its place in the list */
    given.capacity = 2;
    ck_assert(list_sink_open(&list, &given));
    ck_assert_uint_eq(list_sink_fits(&list, rows, 3), 3);
}
END_TEST

START_TEST(what_was_written_is_no_room)
{
    sla_text words[] = {{"four", 4}, {"four", 4}, {"", 0}};
    struct text_list lists[] = {{words, 2}, {words, 1}, {words + 2, 1}};
    struct apart rows = {(const char *)words, sizeof *words};
    struct apart list_rows = {(const char *)lists, sizeof *lists};
    struct apart last = {(const char *)(lists + 2), sizeof *lists};
    sla_text_sink given = text_sink(4, 11), of_list = text_sink(8, 11);
    ck_assert(text_sink_open(&sink, &given));
    ck_assert_uint_eq(text_sink_fits(&sink, rows, 2), 2);
    text_sink_write(&sink, rows, 0, 2);
    ck_assert_uint_eq(text_sink_fits(&sink, rows, 2), 0);
    sla_list_sink given_list = {.size = sizeof given_list, .width = 8, .capacity = 3,
                                .offsets = ends, .texts = &of_list};
    ck_assert(list_sink_open(&list, &given_list));
    ck_assert_uint_eq(list_sink_fits(&list, list_rows, 2), 1); /* twelve bytes for eleven */
    list_sink_write(&list, list_rows, 0, 1);
    ck_assert_uint_eq(list_sink_fits(&list, (struct apart){(const char *)(lists + 1), 0}, 1), 0);
    ck_assert_uint_eq(list_sink_fits(&list, last, 1), 1);
    list.own.used = 3; /* as if a third one had been written */
    ck_assert_uint_eq(list_sink_fits(&list, last, 1), 0);
}
END_TEST

/* Short ones are copied in pieces that overlap. */
START_TEST(texts_of_every_length_are_copied_whole_and_no_further)
{
    static const char source[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (size_t length = 0; length <= 50; length++) {
        char copy[60];
        sla_text text = {source + 1, length};
        sla_text_sink given = text_sink(4, length);
        given.bytes = copy;
        memset(copy, '.', sizeof copy);
        ck_assert(text_sink_open(&sink, &given));
        text_sink_write(&sink, (struct apart){(const char *)&text, 0}, 0, 1);
        text_sink_close(&sink);
        ck_assert_int_eq(memcmp(copy, source + 1, length), 0);
        ck_assert_int_eq(copy[length], '.');
        ck_assert_uint_eq(given.used, length);
        ck_assert_uint_eq(given.missing, length == 0);
    }
}
END_TEST

START_TEST(lists_have_texts)
{
    sla_list_sink given = {.size = sizeof given, .width = 4, .capacity = 1, .offsets = offsets};
    list = (struct list_sink){0};
    ck_assert(!list_sink_open(&list, &given));
    ck_assert(list_sink_open(&list, NULL)); /* not wanted at all */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sinks");
    TCase *cases = tcase_create("sinks");
    tcase_add_test(cases, texts_end_where_their_offsets_do);
    tcase_add_test(cases, lists_end_where_their_offsets_do);
    tcase_add_test(cases, what_was_written_is_no_room);
    tcase_add_test(cases, texts_of_every_length_are_copied_whole_and_no_further);
    tcase_add_test(cases, lists_have_texts);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
