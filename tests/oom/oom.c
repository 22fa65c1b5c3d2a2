/* SPDX-License-Identifier: MIT */
/* Every allocation of every call fails in turn: a status, no leak, every object as it was.
 *
 * usage: oom ZONEINFO POLICY_FILE
 *        oom --list                prints the functions that are tested, one a line */
#include "suites.h"

#include "run_suite.h"

#include <string.h>

const char *oom_zoneinfo = "", *oom_policy_file = "";

int main(int count, char **arguments)
{
    int lists = count == 2 && strcmp(arguments[1], "--list") == 0;
    if (count != 3 && !lists)
        return 2;
    Suite *suite = suite_create("oom");
    TCase *cases = tcase_create("oom");
    tcase_set_timeout(cases, 0); /* Meson's own limit holds */
    add_call_tests(cases);
    if (lists) {
        print_known_calls();
    } else {
        oom_zoneinfo = arguments[1];
        oom_policy_file = arguments[2];
        add_policy_tests(cases);
        add_evaluate_tests(cases);
        add_engine_tests(cases);
        add_explain_tests(cases);
        add_policy_test_tests(cases);
    }
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
