/* SPDX-License-Identifier: MIT */
/* The compiled policy: slots, literals, rows and inherited calendars, and the public questions. */
#include "run_suite.h"
#include "policy/compiled.h"
#include "policy_text.h"

#include <check.h>
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t literal(const sla_policy *policy, const char *text)
{
    return text_table_find(&policy->literals, (sla_text){text, strlen(text)});
}

static uint32_t attribute(const sla_policy *policy, const char *name)
{
    return sla_policy_attribute(policy, name, SLA_NUL_TERMINATED);
}

START_TEST(an_empty_policy_has_two_metrics_and_24x7)
{
    sla_policy *policy = compile("sla: 1\n");
    ck_assert_uint_eq(policy->metric_count, 2);
    const struct metric *response = &policy->metrics[0], *resolution = &policy->metrics[1];
    assert_text(response->name, "first_response");
    assert_text(resolution->name, "resolution");
    ck_assert_uint_eq(response->start.events.count, 1);
    ck_assert_uint_eq(policy->literal_lists[response->start.events.first],
                      policy->opened_literal);
    ck_assert_uint_eq(response->stop.events.count, 2); /* responded or resolved */
    ck_assert_uint_eq(policy->literal_lists[response->stop.events.first],
                      literal(policy, "responded"));
    ck_assert_uint_eq(policy->literal_lists[response->stop.events.first + 1],
                      literal(policy, "resolved"));
    ck_assert_uint_eq(response->reopen, REOPEN_IGNORE);
    ck_assert(!response->reopen_on.present);
    ck_assert_uint_eq(resolution->reopen, REOPEN_RESUME);
    ck_assert(resolution->reopen_on.present);
    ck_assert_uint_eq(policy->literal_lists[resolution->reopen_on.events.first],
                      literal(policy, "reopened"));
    ck_assert_uint_eq(policy->calendar_count, 1);
    ck_assert_ptr_eq(sla_policy_calendar(policy, "24x7", 4), sla_policy_calendar_at(policy, 0));
    ck_assert_ptr_null(sla_policy_calendar_at(policy, 1));
    ck_assert_uint_eq(policy->attribute_count, 0);
    ck_assert_uint_eq(policy->slot_count, 1);
    ck_assert_uint_eq(policy->severity_slot, 0);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(derived_slots_stand_behind_the_incoming_ones)
{
    sla_policy *policy = compile("sla: 1\n"
                                 "classify:\n"
                                 "  region: [{when: {city: [Rome]}, is: city}, {is: remote}]\n"
                                 "  team: {by: region, is: {city: a, remote: b}}\n"
                                 "targets: [{when: {team: a, plan: gold}, resolution: 1h}]\n");
    ck_assert_uint_eq(policy->attribute_count, 2); /* city, plan */
    ck_assert_uint_eq(attribute(policy, "city"), 1);
    ck_assert_uint_eq(attribute(policy, "plan"), 2);
    ck_assert_uint_eq(attribute(policy, "region"), 0); /* nobody asks for the host's own */
    ck_assert_uint_eq(policy->derivations[0].slot, 3);
    ck_assert_uint_eq(policy->derivations[1].slot, 4);
    ck_assert_uint_eq(policy->slot_count, 5);
    ck_assert_uint_eq(policy->derivations[1].table.slot, 3); /* by the derived region */
    const struct condition *when = &policy->conditions[policy->target_rows[0].condition];
    ck_assert_uint_eq(when->op, CONDITION_ALL);
    ck_assert_uint_eq(when->children.count, 2);
    const struct condition *team =
        &policy->conditions[policy->condition_children[when->children.first]];
    ck_assert_uint_eq(team->op, CONDITION_IN);
    ck_assert_uint_eq(team->slot, 4);
    ck_assert_uint_eq(policy->literal_lists[team->list.first], literal(policy, "a"));
    sla_policy_unref(policy);
}
END_TEST

START_TEST(rows_that_derive_an_attribute_see_the_incoming_one)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "severities: [urgent, general]\n"
        "classify:\n"
        "  severity: [{when: {severity: high}, is: urgent}, {is: general},\n"
        "             {raise: 1, when: {severity: odd}}, {raise: -1, when: {plan: free}}]\n"
        "targets: [{when: {severity: urgent}, resolution: 1h}]\n");
    uint32_t incoming = attribute(policy, "severity");
    ck_assert_uint_eq(incoming, 1);
    ck_assert_uint_eq(policy->severity_slot, 3);
    ck_assert_uint_eq(policy->visible_slots[incoming], 3);
    ck_assert_uint_eq(policy->visible_slots[2], 2); /* plan */
    const struct derivation *severity = &policy->derivations[0];
    ck_assert_uint_eq(severity->rows.count, 2);
    ck_assert_uint_eq(severity->raises.count, 2);
    const struct derivation_row *rows = &policy->derivation_rows[severity->rows.first];
    ck_assert_uint_eq(policy->conditions[rows[0].condition].slot, incoming);
    ck_assert_uint_eq(rows[0].literal, literal(policy, "urgent"));
    ck_assert_uint_eq(rows[1].condition, INDEX_NONE);
    const struct derivation_row *raises = &policy->derivation_rows[severity->raises.first];
    ck_assert_uint_eq(policy->conditions[raises[0].condition].slot, incoming);
    ck_assert_int_eq(raises[0].raise, 1);
    ck_assert_int_eq(raises[1].raise, -1);
    ck_assert_uint_eq(policy->conditions[policy->target_rows[0].condition].slot, 3);
    ck_assert_uint_eq(policy->severity_count, 2);
    ck_assert_uint_eq(policy->severities[1], literal(policy, "general"));
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_severity_that_is_not_derived_is_the_hosts)
{
    sla_policy *policy = compile("sla: 1\nseverities: [a, b]\n");
    ck_assert_uint_eq(attribute(policy, "severity"), 1);
    ck_assert_uint_eq(policy->severity_slot, 1);
    sla_text name;
    ck_assert_int_eq(sla_policy_severity_at(policy, 0, &name), 1);
    assert_text(name, "a");
    ck_assert_int_eq(sla_policy_severity_at(policy, 2, &name), 0);
    sla_policy_unref(policy);
}
END_TEST

static const struct target_rule *target_of(const sla_policy *policy, size_t row, size_t which)
{
    const struct target_row *source = &policy->target_rows[row];
    return &policy->target_rules[policy->row_targets[source->targets.first + which].target];
}

static const char *calendar_of(const sla_policy *policy, const struct target_rule *rule)
{
    const struct calendar_choice *choice = &policy->calendar_choices[rule->calendar_choice];
    ck_assert(!choice->is_table);
    sla_text name;
    sla_calendar_name(policy->calendars[choice->calendar], &name);
    static char copy[100];
    snprintf(copy, sizeof copy, "%.*s", (int)name.length, name.data);
    return copy;
}

START_TEST(the_nearest_calendar_counts)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendar: top\n"
        "calendars: {top: {hours: always}, agreed: {hours: always}, row: {hours: always},\n"
        "            own: {hours: always}}\n"
        "agreements:\n"
        "  - name: one\n"
        "    calendar: agreed\n"
        "    targets:\n"
        "      - calendar: row\n"
        "        first_response: {within: 1h, calendar: own}\n"
        "        resolution: 2h\n"
        "      - {resolution: 3h}\n"
        "  - {name: two, kind: ola, targets: [{resolution: 4h, first_response: none}]}\n");
    ck_assert_str_eq(calendar_of(policy, target_of(policy, 0, 0)), "own");
    ck_assert_str_eq(calendar_of(policy, target_of(policy, 0, 1)), "row");
    ck_assert_str_eq(calendar_of(policy, target_of(policy, 1, 0)), "agreed");
    ck_assert_str_eq(calendar_of(policy, target_of(policy, 2, 0)), "top");
    ck_assert_uint_eq(target_of(policy, 2, 1)->type, TARGET_NONE);
    ck_assert_uint_eq(target_of(policy, 2, 1)->calendar_choice, INDEX_NONE);
    ck_assert_uint_eq(policy->agreements[1].kind, SLA_KIND_OLA);
    sla_policy_unref(policy);
    policy = compile("sla: 1\ntargets: [{resolution: 3d}]\n");
    ck_assert_str_eq(calendar_of(policy, target_of(policy, 0, 0)), "24x7");
    sla_policy_unref(policy);
}
END_TEST

START_TEST(targets_carry_every_key)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendar: office\n"
        "calendars: {office: {hours: {mon-fri: \"09:00-17:00\"}}}\n"
        "targets:\n"
        "  - first_response: {within: 2wd, due: \"12:00\", cutoff: \"16:00\", grace: 30m}\n"
        "    resolution: {agreed: visit_at, latest: 3wd, due: close}\n"
        "  - resolution: {by: type, is: {b: 2h, a: {agreed: visit_at}}, default: none}\n");
    const sla_target *target = &target_of(policy, 0, 0)->target;
    ck_assert_uint_eq(target->unit, SLA_UNIT_WORKDAYS);
    ck_assert_int_eq(target->amount, 2);
    ck_assert_uint_eq(target->due, SLA_DUE_TIME);
    ck_assert_uint_eq(target->due_time, 12 * 3600);
    ck_assert_uint_eq(target->cutoff, 16 * 3600);
    ck_assert_int_eq(target->grace, 1800);
    ck_assert_uint_eq(target_of(policy, 0, 0)->line, 5);
    const struct target_rule *visit = target_of(policy, 0, 1);
    ck_assert_uint_eq(visit->type, TARGET_AGREED);
    ck_assert_uint_eq(visit->agreed_slot, attribute(policy, "visit_at"));
    ck_assert(visit->has_latest);
    ck_assert_uint_eq(visit->target.due, SLA_DUE_CLOSE);
    ck_assert_uint_eq(visit->target.cutoff, SLA_NO_CUTOFF);
    const struct target_rule *table = target_of(policy, 1, 0);
    ck_assert_uint_eq(table->type, TARGET_TABLE);
    ck_assert_uint_eq(table->table.slot, attribute(policy, "type"));
    const struct table_entry *entries = &policy->table_entries[table->table.entries.first];
    ck_assert_uint_eq(table->table.entries.count, 2);
    ck_assert_uint_lt(entries[0].literal, entries[1].literal);
    for (int i = 0; i < 2; i++) {
        const struct target_rule *rule = &policy->target_rules[entries[i].value];
        bool is_b = entries[i].literal == literal(policy, "b");
        ck_assert_uint_eq(rule->type, is_b ? TARGET_FIXED : TARGET_AGREED);
        ck_assert_int_eq(rule->target.amount, is_b ? 7200 : 0);
        ck_assert_str_eq(calendar_of(policy, rule), "office");
    }
    ck_assert_uint_eq(policy->target_rules[table->table.otherwise].type, TARGET_NONE);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(triggers_pauses_and_limits_are_kept)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "metrics:\n"
        "  m:\n"
        "    start: {changed: team, when: {team: desk}}\n"
        "    stop: [done, closed]\n"
        "    cancel: withdrawn\n"
        "    reset: {event: again}\n"
        "    pause: [{while: {status: waiting}, reason: customer, limit: 10wd},\n"
        "            {event: hold, until: [unhold, done]}]\n"
        "    reopen: {event: back, clock: cycle}\n"
        "    retarget: restart\n"
        "    never_loosen: true\n"
        "    repeat: true\n");
    const struct metric *metric = &policy->metrics[0];
    ck_assert_uint_eq(metric->start.events.count, 0);
    ck_assert_uint_eq(metric->start.changed_slot, attribute(policy, "team"));
    ck_assert_uint_ne(metric->start.condition, INDEX_NONE);
    ck_assert_uint_eq(metric->stop.events.count, 2);
    ck_assert_uint_eq(metric->stop.condition, INDEX_NONE);
    ck_assert(metric->cancel.present && metric->reset.present);
    ck_assert_uint_eq(metric->reopen, REOPEN_CYCLE);
    ck_assert_uint_eq(policy->literal_lists[metric->reopen_on.events.first],
                      literal(policy, "back"));
    ck_assert_uint_eq(metric->retarget, RETARGET_RESTART);
    ck_assert(metric->never_loosen && metric->repeat);
    ck_assert_uint_eq(metric->pauses.count, 2);
    const struct pause *pauses = &policy->pauses[metric->pauses.first];
    ck_assert_uint_ne(pauses[0].condition, INDEX_NONE);
    ck_assert(!pauses[0].from.present && pauses[0].limited);
    ck_assert_uint_eq(pauses[0].limit.unit, SLA_UNIT_WORKDAYS);
    ck_assert_int_eq(pauses[0].limit.amount, 10);
    assert_text(pauses[0].reason, "customer");
    ck_assert_uint_eq(pauses[1].condition, INDEX_NONE);
    ck_assert(pauses[1].from.present && pauses[1].until.present && !pauses[1].limited);
    ck_assert_uint_eq(pauses[1].until.events.count, 2);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(steps_carry_every_form)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "escalations:\n"
        "  - {metrics: resolution, kinds: [ola, uc], steps: [{at: 50%}]}\n"
        "  - steps:\n"
        "      - {at: 30m before, notify: [a, b], via: sms, calendar: 24x7, late: skip}\n"
        "      - {at: 100%, notify: c}\n"
        "      - {at: 1h after, repeat: 10m, times: 300, level: -20, only_in: 24x7}\n"
        "      - {at: 120%}\n");
    ck_assert_uint_eq(policy->escalations[0].metrics.count, 1);
    ck_assert_uint_eq(policy->index_lists[policy->escalations[0].metrics.first], 1);
    ck_assert_uint_eq(policy->escalations[0].kinds, 1u << SLA_KIND_OLA | 1u << SLA_KIND_UC);
    ck_assert_uint_eq(policy->escalations[1].metrics.count, 0);
    const struct step *steps = &policy->steps[policy->escalations[1].steps.first];
    ck_assert_uint_eq(policy->escalations[1].steps.count, 4);
    ck_assert_uint_eq(steps[0].type, STEP_BEFORE);
    ck_assert_int_eq(steps[0].offset, 1800);
    ck_assert_uint_eq(steps[0].calendar, 0);
    ck_assert(steps[0].skip_late);
    ck_assert_uint_eq(steps[0].notify.count, 2);
    assert_text(policy->word_lists[steps[0].notify.first + 1], "b");
    assert_text(policy->word_lists[steps[0].via.first], "sms");
    ck_assert_uint_eq(steps[0].times, 1);
    ck_assert_int_eq(steps[0].level, SLA_NO_NUMBER);
    ck_assert_uint_eq(steps[1].type, STEP_DUE); /* D5: 100% is due */
    ck_assert_uint_eq(steps[2].type, STEP_AFTER);
    ck_assert_int_eq(steps[2].repeat, 600);
    ck_assert_uint_eq(steps[2].times, 300);
    ck_assert_int_eq(steps[2].level, -20);
    ck_assert_uint_eq(steps[2].only_in, 0);
    ck_assert_uint_eq(steps[3].type, STEP_PERCENT);
    ck_assert_uint_eq(steps[3].percent, 120);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_matrix_is_laid_out_row_by_row)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "classify:\n"
        "  priority:\n"
        "    matrix: {rows: {impact: [high, low]}, columns: {urgency: [now, soon, later]},\n"
        "             values: [[P1, P2, P3], [P2, P3, P4]]}\n"
        "    default: P5\n");
    const struct derivation *priority = &policy->derivations[0];
    ck_assert_uint_eq(priority->kind, DERIVE_MATRIX);
    ck_assert_uint_eq(priority->cells.count, 6);
    ck_assert_uint_eq(priority->row_slot, attribute(policy, "impact"));
    ck_assert_uint_eq(priority->column_slot, attribute(policy, "urgency"));
    const uint32_t *cells = &policy->literal_lists[priority->cells.first];
    ck_assert_uint_eq(cells[1 * 3 + 2], literal(policy, "P4"));
    ck_assert_uint_eq(cells[0 * 3 + 2], literal(policy, "P3"));
    ck_assert_uint_eq(priority->otherwise, literal(policy, "P5"));
    sla_policy_unref(policy);
}
END_TEST

START_TEST(conditions_keep_bounds_texts_and_negations)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "targets:\n"
        "  - {when: {users: {min: 3, max: 9.5}}, resolution: 1h}\n"
        "  - {when: {subject: {prefix: \"[P\", contains: down}}, resolution: 1h}\n"
        "  - {when: {attribute: {not: true}, plan: {exists: false}}, resolution: 1h}\n"
        "  - {when: {opened_outside: 24x7}, resolution: 1h}\n"
        "  - {when: {}, resolution: 1h}\n");
    const struct condition *users = &policy->conditions[policy->target_rows[0].condition];
    ck_assert_uint_eq(users->op, CONDITION_BETWEEN);
    assert_text(users->min, "3");
    assert_text(users->max, "9.5");
    const struct condition *subject = &policy->conditions[policy->target_rows[1].condition];
    ck_assert_uint_eq(subject->op, CONDITION_ALL);
    const uint32_t *children = &policy->condition_children[subject->children.first];
    ck_assert_uint_eq(policy->conditions[children[0]].op, CONDITION_PREFIX);
    assert_text(policy->conditions[children[0]].text, "[P");
    ck_assert_uint_eq(policy->conditions[children[1]].op, CONDITION_CONTAINS);
    const struct condition *both = &policy->conditions[policy->target_rows[2].condition];
    children = &policy->condition_children[both->children.first];
    ck_assert_uint_eq(policy->conditions[children[0]].slot, attribute(policy, "not"));
    ck_assert_uint_eq(policy->conditions[children[1]].op, CONDITION_NOT);
    const struct condition *outside = &policy->conditions[policy->target_rows[3].condition];
    ck_assert_uint_eq(outside->op, CONDITION_NOT);
    const struct condition *opened =
        &policy->conditions[policy->condition_children[outside->children.first]];
    ck_assert_uint_eq(opened->op, CONDITION_OPENED_IN);
    ck_assert_uint_eq(opened->calendar, 0);
    const struct condition *nothing = &policy->conditions[policy->target_rows[4].condition];
    ck_assert_uint_eq(nothing->op, CONDITION_ALL);
    ck_assert_uint_eq(nothing->children.count, 0);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(scalars_mean_what_their_place_says)
{
    sla_policy *policy = compile("sla: 1\n"
                                 "name: no\n"
                                 "targets: [{when: {zip: 0123, ok: yes, at: 09:00}, resolution: "
                                 "1h}]\n");
    sla_text name;
    sla_policy_name(policy, &name);
    assert_text(name, "no");
    ck_assert_uint_ne(literal(policy, "0123"), 0);
    ck_assert_uint_ne(literal(policy, "yes"), 0);
    ck_assert_uint_ne(literal(policy, "09:00"), 0);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(tables_are_sorted_by_literal)
{
    sla_policy *policy = compile("sla: 1\n"
                                 "classify: {a: [{when: {k: z}, is: x}, {is: y}]}\n"
                                 "targets: [{resolution: {by: k, is: {w: 1h, z: 2h, v: 3h}}}]\n");
    const struct table *table = &target_of(policy, 0, 0)->table;
    const struct table_entry *entries = &policy->table_entries[table->entries.first];
    ck_assert_uint_eq(table->entries.count, 3);
    ck_assert_uint_eq(entries[0].literal, literal(policy, "z")); /* seen first, above */
    ck_assert_int_eq(policy->target_rules[entries[0].value].target.amount, 7200);
    ck_assert_uint_lt(entries[1].literal, entries[2].literal);
    ck_assert_uint_eq(table->otherwise, INDEX_NONE);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(reopen_ignore_has_no_trigger)
{
    sla_policy *policy = compile("sla: 1\n"
                                 "metrics: {m: {start: a, stop: b, reopen: ignore}}\n");
    ck_assert(!policy->metrics[0].reopen_on.present);
    sla_policy_unref(policy);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    policy_text_zones(argv[1]);
    Suite *suite = suite_create("policy");
    TCase *tcase = tcase_create("policy");
    tcase_add_test(tcase, an_empty_policy_has_two_metrics_and_24x7);
    tcase_add_test(tcase, derived_slots_stand_behind_the_incoming_ones);
    tcase_add_test(tcase, rows_that_derive_an_attribute_see_the_incoming_one);
    tcase_add_test(tcase, a_severity_that_is_not_derived_is_the_hosts);
    tcase_add_test(tcase, the_nearest_calendar_counts);
    tcase_add_test(tcase, targets_carry_every_key);
    tcase_add_test(tcase, triggers_pauses_and_limits_are_kept);
    tcase_add_test(tcase, steps_carry_every_form);
    tcase_add_test(tcase, a_matrix_is_laid_out_row_by_row);
    tcase_add_test(tcase, conditions_keep_bounds_texts_and_negations);
    tcase_add_test(tcase, scalars_mean_what_their_place_says);
    tcase_add_test(tcase, tables_are_sorted_by_literal);
    tcase_add_test(tcase, reopen_ignore_has_no_trigger);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
