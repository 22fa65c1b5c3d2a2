/* SPDX-License-Identifier: MIT */
/* Explanations as data: what became of each row of the policy, and why. */
#include "explain_case.h"

START_TEST(verdicts_tell_the_first_part_that_does_not_hold)
{
    begin("sla: 1\n"
          "targets:\n"
          "  - when: {impact: outage,\n"
          "           city: [Rome, Oslo], users: {min: 100}}\n"
          "    resolution: 1h\n"
          "  - {when: {any: [{impact: fire}, {plan: gold}]}, resolution: 2h}\n"
          "  - {first_response: 1h}\n"
          "  - {resolution: 3h}\n"
          "  - {resolution: 4h}\n");
    explain_at(at(20, 9, 0), 1, "impact=outage", "city=Bern", NULL);
    const sla_explained_verdict *row = verdict(0);
    ck_assert_uint_eq(row->what, SLA_VERDICT_AGREEMENT);
    assert_text(row->name, "default");
    row = verdict(1);
    ck_assert_uint_eq(row->what, SLA_VERDICT_TARGET);
    ck_assert_uint_eq(row->line, 3);
    ck_assert_uint_eq(row->flags, 0);
    ck_assert_uint_eq(row->reason, SLA_REASON_CONDITION);
    ck_assert_uint_eq(row->failed_line, 4);
    assert_text(row->wanted, "city: [Rome, Oslo]");
    assert_text(row->attribute, "city");
    assert_text(row->value, "Bern");
    assert_text(row->has, "city: Bern");
    assert_text(row->condition, "impact: outage, city: [Rome, Oslo], users: {min: 100}");
    assert_text(row->gives, "1h");
    row = verdict(2); /* of alternatives none holds, so that all of them are wanted */
    assert_text(row->wanted, "any: [{impact: fire}, {plan: gold}]");
    assert_text(row->has, "impact: outage, no plan");
    assert_text(row->attribute, "");
    row = verdict(3);
    ck_assert_uint_eq(row->reason, SLA_REASON_METRIC);
    ck_assert_uint_eq(row->line, 7);
    row = verdict(4);
    ck_assert_uint_eq(row->flags, SLA_VERDICT_MATCHED);
    ck_assert_uint_eq(row->line, 8);
    ck_assert_uint_eq(row->reason, 0);
    ck_assert_ptr_null(verdict(5)); /* the row behind it was not asked */
    ck_assert_uint_eq(told.line, 8);
}
END_TEST

START_TEST(attribute_of_several_alternatives_is_told_once)
{
    begin("sla: 1\ntargets:\n"
          "  - {when: {any: [{impact: fire}, {impact: flood, city: Rome}]}, resolution: 1h}\n");
    explain_at(at(20, 9, 0), 1, "impact=slow", NULL);
    assert_text(verdict(1)->has, "impact: slow, no city");
}
END_TEST

START_TEST(absent_attribute_is_told_as_absent)
{
    begin("sla: 1\ntargets: [{when: {users: {min: 3}}, resolution: 1h}, {resolution: 2h}]\n");
    explain_at(at(20, 9, 0), 1, NULL);
    const sla_explained_verdict *row = verdict(1);
    ck_assert_uint_eq(row->flags, SLA_VERDICT_ABSENT);
    assert_text(row->has, "no users");
    assert_text(row->attribute, "users");
    assert_text(row->value, "");
}
END_TEST

START_TEST(derived_attributes_are_explained_row_by_row)
{
    begin("sla: 1\n"
          "severities: [urgent, high, low]\n"
          "classify:\n"
          "  severity:\n"
          "    - {when: {impact: outage}, is: urgent}\n"
          "    - {when: {severity: {exists: true}}, is: {copy: severity}}\n"
          "    - {is: low}\n"
          "    - {raise: 1, when: {plan: vip}}\n"
          "    - {raise: -1, when: {plan: basic}}\n"
          "  team: {by: product, is: {router: network}, default: desk}\n"
          "  rank: {matrix: {rows: {severity: [urgent, high]}, columns: {plan: [vip, basic]},\n"
          "         values: [[A, B], [C, D]]}, default: E}\n"
          "targets: [{resolution: 1h}]\n");
    explain_at(at(20, 9, 0), 1, "severity=low", "plan=vip", "product=router", NULL);
    assert_text(verdict(0)->has, "no impact");
    assert_text(verdict(1)->gives, "low");
    ck_assert_uint_eq(verdict(1)->flags, SLA_VERDICT_MATCHED);
    assert_text(verdict(1)->condition, "severity: {exists: true}");
    assert_text(verdict(2)->gives, "+1");
    ck_assert_uint_eq(verdict(2)->flags, SLA_VERDICT_MATCHED);
    ck_assert_uint_eq(verdict(2)->line, 8);
    assert_text(verdict(3)->gives, "-1");
    ck_assert_uint_eq(verdict(3)->flags, 0);
    ck_assert_uint_eq(verdict(4)->what, SLA_VERDICT_TABLE);
    assert_text(verdict(4)->condition, "product: router");
    assert_text(verdict(4)->gives, "network");
    ck_assert_uint_eq(verdict(5)->what, SLA_VERDICT_MATRIX);
    assert_text(verdict(5)->condition, "severity: high, plan: vip"); /* raised by one */
    assert_text(verdict(5)->gives, "C");
    assert_text(told.severity, "high");
    ck_assert_str_eq(attributes(), "severity=low plan=vip product=router "
                                   "severity*=high team*=network rank*=C ");
}
END_TEST

START_TEST(given_severity_that_is_not_listed_is_told)
{
    begin("sla: 1\nseverities: [high, low]\n"
          "classify: {odd: [{when: {severity: {prefix: b}}, is: yes!}, {is: no!}]}\n"
          "targets: [{when: {severity: low}, resolution: 1h}]\n");
    ck_assert_int_eq(explain_at(at(20, 9, 0), 1, "severity=bad", NULL), SLA_UNKNOWN_SEVERITY);
    ck_assert_uint_eq(told.flags, SLA_EXPLAINED_TARGET | SLA_EXPLAINED_UNKNOWN_SEVERITY);
    ck_assert_uint_eq(verdict(0)->flags, SLA_VERDICT_MATCHED); /* rows see the incoming one */
    assert_text(told.severity, "low");
}
END_TEST

START_TEST(agreements_tables_and_escalations_have_verdicts)
{
    begin("sla: 1\n"
          "calendar: 24x7\n"
          "agreements:\n"
          "  - {name: old, until: 2026-11-19, targets: [{resolution: 1h}]}\n"
          "  - {name: field, kind: ola, targets: [{resolution: 1h}]}\n"
          "  - {name: now, from: 2026-11-20, calendar: {by: team, is: {a: 24x7}, default: day},\n"
          "     targets: [{resolution: {by: type, is: {hole: 2h, tree: none}, default: 3h}}]}\n"
          "calendars: {day: {hours: {daily: \"08:00-20:00\"}}}\n"
          "escalations:\n"
          "  - {metrics: [first_response], steps: [{at: due}]}\n"
          "  - {kinds: [ola], steps: [{at: due}]}\n"
          "  - {agreements: [old], steps: [{at: due}]}\n"
          "  - {when: {type: tree}, steps: [{at: due}]}\n"
          "  - {steps: [{at: due}]}\n");
    explain_at(at(20, 9, 0), 1, "type=hole", NULL);
    ck_assert_uint_eq(verdict(0)->reason, SLA_REASON_DATES);
    assert_text(verdict(0)->wanted, "until: 2026-11-19");
    assert_text(verdict(0)->has, "opened Fri 20 Nov 2026 09:00 +00:00");
    assert_text(verdict(1)->name, "now"); /* the ola's agreement is of another kind */
    ck_assert_uint_eq(verdict(2)->what, SLA_VERDICT_TARGET);
    ck_assert_uint_eq(verdict(3)->what, SLA_VERDICT_TARGET_TABLE);
    assert_text(verdict(3)->condition, "type: hole");
    assert_text(verdict(3)->gives, "2h");
    ck_assert_uint_eq(verdict(4)->what, SLA_VERDICT_CALENDAR_TABLE);
    assert_text(verdict(4)->condition, "no team");
    assert_text(verdict(4)->gives, "day");
    const uint32_t reasons[] = {SLA_REASON_METRIC, SLA_REASON_KIND, SLA_REASON_AGREEMENT,
                                SLA_REASON_CONDITION, 0};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_uint_eq(verdict(5 + i)->what, SLA_VERDICT_ESCALATION);
        ck_assert_uint_eq(verdict(5 + i)->reason, reasons[i]);
    }
    explain_at(at(20, 9, 0), 1, "type=tree", NULL);
    assert_text(verdict(3)->gives, "none");
    ck_assert_uint_eq(told.flags, 0);
    ck_assert_ptr_null(verdict(4));
}
END_TEST

/* Conditions come back as they are written in policies. */
static const char *const conditions[] = {
    "impact: outage",
    "impact: [outage, fire]",
    "users: {min: 3}",
    "users: {max: 9.5}",
    "users: {min: 3, max: 9}",
    "host: {prefix: db-}",
    "host: {contains: \"a, b\"}",
    "impact: {exists: true}",
    "impact: {exists: false}",
    "impact: {not: outage}",
    "impact: {not: [outage, fire]}",
    "users: {not: {min: 3}}",
    "impact: outage, city: 深圳",
    "any: [{impact: outage}, {users: {min: 3}, city: Rome}]",
    "all: [{impact: outage}, {users: {min: 3}}]",
    "not: {impact: outage, city: Rome}",
    "not: {any: [{impact: outage}, {city: Rome}]}",
    "opened_in: day",
    "opened_outside: day",
    "attribute: {not: x}",
    "attribute: {any: {not: x}}",
    "impact: \"\"",
    "\"odd: key\": \"say \\\"so\\\"\"",
    "users: {prefix: \"1\", not: \"12\"}",
};

START_TEST(conditions_are_told_in_the_words_of_the_policy)
{
    const char *wanted = conditions[_i];
    /* a list within `all` is the mapping itself, and so are several tests of one attribute */
    if (strstr(wanted, "all: ") == wanted)
        wanted = "impact: outage, users: {min: 3}";
    if (strstr(wanted, "users: {prefix") == wanted)
        wanted = "users: {prefix: 1}, users: {not: 12}";
    if (strstr(wanted, "host: {prefix") == wanted)
        wanted = "host: {prefix: \"db-\"}";
    char policy_text[512];
    snprintf(policy_text, sizeof policy_text,
             "sla: 1\ncalendars: {day: {hours: {daily: \"08:00-20:00\"}}}\ncalendar: 24x7\n"
             "targets: [{when: {%s}, resolution: 1h}, {resolution: 2h}]\n", conditions[_i]);
    begin(policy_text);
    explain_at(at(20, 9, 0), 1, NULL);
    assert_text(verdict(1)->condition, wanted);
    /* and what is told reads back as the same condition */
    snprintf(policy_text, sizeof policy_text,
             "sla: 1\ncalendars: {day: {hours: {daily: \"08:00-20:00\"}}}\ncalendar: 24x7\n"
             "targets: [{when: {all: [{%s}]}, resolution: 1h}, {resolution: 2h}]\n", wanted);
    if (strstr(wanted, "users: {prefix") == NULL) { /* a key twice is two mappings */
        end();
        begin(policy_text);
        explain_at(at(20, 9, 0), 1, NULL);
        assert_text(verdict(1)->condition, wanted);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("explain_rows");
    TCase *cases = tcase_create("explain_rows");
    tcase_add_checked_fixture(cases, NULL, end);
    tcase_add_test(cases, verdicts_tell_the_first_part_that_does_not_hold);
    tcase_add_test(cases, attribute_of_several_alternatives_is_told_once);
    tcase_add_test(cases, absent_attribute_is_told_as_absent);
    tcase_add_test(cases, derived_attributes_are_explained_row_by_row);
    tcase_add_test(cases, given_severity_that_is_not_listed_is_told);
    tcase_add_test(cases, agreements_tables_and_escalations_have_verdicts);
    tcase_add_loop_test(cases, conditions_are_told_in_the_words_of_the_policy, 0,
                        (int)(sizeof conditions / sizeof *conditions));
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
