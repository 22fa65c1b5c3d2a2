/* SPDX-License-Identifier: MIT */
/* "did you mean": what a person would have meant, and nothing that makes them smile. */
#include "run_suite.h"

#include "policy/suggest.h"

#include <check.h>
#include <stdlib.h>

static struct build build;

static sla_text nearest(const char *wanted, const char *const *candidates)
{
    build = (struct build){.suggestions = SUGGESTIONS_MAX};
    build.allocator = memory_allocator(NULL);
    build.diags = diags_new(&build.allocator, 10);
    ck_assert_ptr_nonnull(build.diags);
    struct suggestion suggestion = suggestion_for(&build, text_of(wanted));
    for (size_t i = 0; candidates[i] != NULL; i++)
        suggestion_offer(&suggestion, text_of(candidates[i]));
    sla_diags_free(build.diags);
    return suggestion.best;
}

static void assert_nearest(const char *wanted, const char *const *candidates, const char *expected)
{
    sla_text best = nearest(wanted, candidates);
    ck_assert_msg(text_equal(best, text_of(expected)), "%s: %.*s instead of %s", wanted,
                  (int)best.length, best.data == NULL ? "" : best.data, expected);
}

static const char *const keys[] = {"when", "calendar", "name", "first_response", "next_response",
                                   "resolution", "onsite", "is", "by", NULL};

START_TEST(slips_of_the_finger_are_understood)
{
    static const char *const slips[][2] = {
        {"nmae", "name"},           {"wehn", "when"},         {"calender", "calendar"},
        {"resolutoin", "resolution"}, {"on_site", "onsite"},  {"first_respnse", "first_response"},
        {"names", "name"},          {"calendars", "calendar"},
    };
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
        assert_nearest(slips[i][0], keys, slips[i][1]);
}
END_TEST

START_TEST(case_joints_and_full_width_do_not_count)
{
    static const char *const ways[][2] = {
        {"CALENDAR", "calendar"},       {"firstResponse", "first_response"},
        {"First-Response", "first_response"}, {"first response", "first_response"},
        {"IS", "is"},
        {"\xEF\xBD\x8E\xEF\xBD\x81\xEF\xBD\x8D\xEF\xBD\x85", "name"}, /* ｎａｍｅ */
    };
    static const char *const calendars[] = {"24x7", "office", NULL};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        assert_nearest(ways[i][0], keys, ways[i][1]);
    assert_nearest("24\xC3\x97" "7", calendars, "24x7"); /* 24×7 */
    assert_nearest("24X7", calendars, "24x7");
}
END_TEST

START_TEST(a_chinese_character_is_one_character)
{
    static const char *const names[] = {"工作时间", "夜班", "法定节假日", NULL};
    assert_nearest("工作时问", names, "工作时间"); /* 问 for 间 */
    assert_nearest("法定假日", names, "法定节假日");
    assert_nearest("作工时间", names, "工作时间"); /* swapped */
    assert_nearest("上班时间", names, "");         /* two of four: another word */
    assert_nearest("白班", names, "");
}
END_TEST

START_TEST(names_that_differ_in_digits_are_other_names)
{
    static const char *const names[] = {"P1", "P2", "tier-10", "一级1", NULL};
    assert_nearest("P3", names, "");
    assert_nearest("tier-11", names, "");
    assert_nearest("tier-1", names, "");
    assert_nearest("一级2", names, "");
    assert_nearest("teir-10", names, "tier-10");
}
END_TEST

START_TEST(short_words_must_be_nearly_right)
{
    static const char *const words[] = {"is", "by", "at", "low", "high", NULL};
    assert_nearest("as", words, "");
    assert_nearest("it", words, "");
    assert_nearest("hot", words, "");
    assert_nearest("why", words, "");
    assert_nearest("hgih", words, "high");
    assert_nearest("x", words, "");
    assert_nearest("", words, "");
}
END_TEST

START_TEST(a_part_of_a_name_is_understood_if_it_is_a_part_of_one_only)
{
    static const char *const names[] = {"first_response", "resolution", "fri", NULL};
    assert_nearest("response", names, "first_response");
    assert_nearest("respnse", names, "first_response");
    assert_nearest("reso", names, "resolution");
    assert_nearest("friday", names, "fri");
    assert_nearest("fr", names, "fri");
    assert_nearest("response", keys, ""); /* the first or the next? */
    assert_nearest("solution_time", names, "");
}
END_TEST

START_TEST(a_list_of_choices_ends_before_it_is_too_long)
{
    struct hint hint = {.length = 0};
    size_t count = 0, taken = 0;
    while (hint_add_choice(&hint, &count, TEXT("name"), true))
        ck_assert_uint_lt(++taken, 100);
    ck_assert_uint_le(hint.length, sizeof hint.data);
    sla_text text = hint_text(&hint);
    ck_assert_int_eq(memcmp(text.data, "\"name\", \"name\"", 14), 0);
    ck_assert_int_eq(memcmp(text.data + text.length - 5, ", ...", 5), 0);
    size_t length = hint.length;
    ck_assert(!hint_add_choice(&hint, &count, TEXT("more"), true));
    ck_assert_uint_eq(hint.length, length);
}
END_TEST

START_TEST(signs_in_full_width_are_recognized)
{
    ck_assert_uint_gt(hint_full_width(TEXT("09\xEF\xBC\x9A" "00")).length, 0);
    ck_assert_uint_gt(hint_full_width(TEXT("09:00\xE2\x80\x93" "17:00")).length, 0);
    ck_assert_uint_eq(hint_full_width(TEXT("\xE5\xB7\xA5\xE4\xBD\x9C 09:00-17:00")).length, 0);
    ck_assert_uint_eq(hint_full_width(TEXT_NONE).length, 0);
}
END_TEST

START_TEST(characters_have_the_width_that_terminals_give_them)
{
    static const struct {
        uint32_t character;
        int width;
    } table[] = {
        {'a', 1},      {0xE9, 1},    {0x301, 0},   {0x4E2D, 2},  {0x3042, 2},  {0xAC00, 2},
        {0xFF21, 2},   {0xFF71, 1},  {0x200B, 0},  {0xFE0F, 0},  {0x1F525, 2}, {0x26A1, 2},
        {0x23F0, 2},   {0x2705, 2},  {0x2600, 1},  {0x2014, 1},  {0x939, 1},   {0x941, 0},
        {0x5D0, 1},    {0x64B, 0},   {0x1160, 0},  {0x20000, 2}, {0x10FFFF, 1}, {0x3000, 2},
        {0x2026, 1},   {0x201C, 1},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        ck_assert_msg(character_width(table[i].character) == table[i].width, "U+%04X",
                      (unsigned)table[i].character);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("suggest");
    TCase *tcase = tcase_create("suggest");
    tcase_add_test(tcase, slips_of_the_finger_are_understood);
    tcase_add_test(tcase, case_joints_and_full_width_do_not_count);
    tcase_add_test(tcase, a_chinese_character_is_one_character);
    tcase_add_test(tcase, names_that_differ_in_digits_are_other_names);
    tcase_add_test(tcase, short_words_must_be_nearly_right);
    tcase_add_test(tcase, a_part_of_a_name_is_understood_if_it_is_a_part_of_one_only);
    tcase_add_test(tcase, a_list_of_choices_ends_before_it_is_too_long);
    tcase_add_test(tcase, signs_in_full_width_are_recognized);
    tcase_add_test(tcase, characters_have_the_width_that_terminals_give_them);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
