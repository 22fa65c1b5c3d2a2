/* SPDX-License-Identifier: MIT */
/* Public structs of other versions: shorter ones are filled up, longer ones accepted iff what we do
   not know is zero; and never more is written than the caller has room for. */
#include "base/structs.h"
#include "run_suite.h"

#include <string.h>

struct ours {
    uint32_t size, flags;
    uint64_t number;
};
struct older {
    uint32_t size, flags;
};
struct newer {
    uint32_t size, flags;
    uint64_t number, unheard_of;
};

START_TEST(an_older_struct_is_filled_up_with_zeros)
{
    struct older given = {sizeof given, 3};
    struct ours read = {1, 1, 1};
    ck_assert(struct_read(&given, &read, sizeof read));
    ck_assert_uint_eq(read.size, sizeof read);
    ck_assert_uint_eq(read.flags, 3);
    ck_assert_uint_eq(read.number, 0);
}
END_TEST

START_TEST(a_newer_struct_is_read_iff_its_unknown_part_is_zero)
{
    struct newer given = {sizeof given, 3, 7, 0};
    struct ours read;
    ck_assert(struct_read(&given, &read, sizeof read));
    ck_assert_uint_eq(read.number, 7);
    given.unheard_of = 1;
    ck_assert(!struct_read(&given, &read, sizeof read));
}
END_TEST

START_TEST(a_size_too_small_for_a_head_is_refused)
{
    struct older given = {sizeof given - 1, 0};
    struct ours read = {0};
    ck_assert(!struct_read(&given, &read, sizeof read));
    ck_assert(!struct_write(&given, &read, sizeof read));
}
END_TEST

START_TEST(writing_keeps_within_the_callers_size)
{
    const struct ours made = {sizeof made, 5, 9};
    struct {
        struct older given;
        uint64_t behind;
    } old = {{sizeof old.given, 0}, 42};
    ck_assert(struct_write(&old.given, &made, sizeof made));
    ck_assert_uint_eq(old.given.size, sizeof old.given);
    ck_assert_uint_eq(old.given.flags, 5);
    ck_assert_uint_eq(old.behind, 42);
    struct newer newer;
    memset(&newer, 0xFF, sizeof newer);
    newer.size = sizeof newer;
    ck_assert(struct_write(&newer, &made, sizeof made));
    ck_assert_uint_eq(newer.size, sizeof newer);
    ck_assert_uint_eq(newer.number, 9);
    ck_assert_uint_eq(newer.unheard_of, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("structs");
    TCase *tests = tcase_create("structs");
    tcase_add_test(tests, an_older_struct_is_filled_up_with_zeros);
    tcase_add_test(tests, a_newer_struct_is_read_iff_its_unknown_part_is_zero);
    tcase_add_test(tests, a_size_too_small_for_a_head_is_refused);
    tcase_add_test(tests, writing_keeps_within_the_callers_size);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
