/* SPDX-License-Identifier: MIT */
/* Property: random policies classify random incidents as the plain way does, one by one and row by
 * row, with attributes bound and by name, values bound and as texts.
 * Arguments: the folder of test data (not read), a seed, a number of policies. */
#include "plain_rules.h"
#include "random_rules.h"

#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>

#define INCIDENTS 10
#define COLUMNS (RULES_ATTRIBUTES + 1)
#define YEAR ((sla_time)1767225600) /* 2026-01-01T00:00:00Z */

static long compared, wrong, long_lists, patched, sure_rows, asked_rows, unknown, without_target;
static uint64_t seed_of_policy;

static void check(bool fine, const char *what, size_t incident)
{
    compared++;
    if (!fine && wrong++ < 10)
        printf("# policy %llu, incident %zu: %s\n", (unsigned long long)seed_of_policy, incident,
               what);
}

/* What a row of columns has, and the same as attributes. */
struct case_data {
    char texts[COLUMNS][INCIDENTS][64];
    sla_text values[COLUMNS][INCIDENTS];
    uint32_t value_ids[COLUMNS][INCIDENTS];
    sla_time at[INCIDENTS];
    sla_column columns[COLUMNS];
    char names[COLUMNS][24];
};

static void draw(struct case_data *data, const sla_policy *policy, struct random *random,
                 int32_t values)
{
    bool with_ids = random_between(random, 0, 1) == 1;
    memset(data, 0, sizeof *data);
    for (size_t k = 0; k < COLUMNS; k++) {
        snprintf(data->names[k], sizeof data->names[k], k < RULES_ATTRIBUTES ? "a%zu" : "visit",
                 k);
        sla_column *column = &data->columns[k];
        column->name = (sla_text){data->names[k], SLA_NUL_TERMINATED};
        if (random_between(random, 0, 1) == 1)
            column->id = sla_policy_attribute(policy, data->names[k], SLA_NUL_TERMINATED);
        column->values = data->values[k];
        column->value_ids = with_ids ? data->value_ids[k] : NULL;
        column->step = 1;
        for (size_t i = 0; i < INCIDENTS; i++) {
            int64_t form = random_between(random, 0, 9);
            char *text = data->texts[k][i];
            if (form < 2)
                continue; /* absent */
            random_rules_value(random, values, form == 2, text);
            if (k == RULES_ATTRIBUTES)
                snprintf(text, 64, form < 5 ? "soon" : "2026-0%lld-11T10:00",
                         (long long)form);
            if (k == 0 && form == 3)
                snprintf(text, 64, "s%d", (int)random_between(random, 0, 3));
            data->values[k][i] = (sla_text){text, SLA_NUL_TERMINATED};
            if (form > 4)
                data->value_ids[k][i] = sla_policy_value(policy, text, SLA_NUL_TERMINATED);
        }
    }
    for (size_t i = 0; i < INCIDENTS; i++) {
        data->at[i] = YEAR + random_between(random, 0, 365 * 86400 - 1);
        if (i % 3 == 0) /* on a last day of agreements, 8 hours before and at 17:00 */
            data->at[i] = YEAR + (282 + 31 * random_between(random, 0, 1)) * 86400 +
                          random_between(random, 1, 2) * 8 * 3600 + 3600;
    }
}

static struct plain_incident plain_of(const sla_policy *policy, const struct case_data *data,
                                      size_t incident)
{
    struct plain_incident plain = {.policy = policy, .at = data->at[incident]};
    for (size_t k = 0; k < COLUMNS; k++) {
        uint32_t id = sla_policy_attribute(policy, data->names[k], SLA_NUL_TERMINATED);
        sla_text value = data->values[k][incident];
        if (id != 0 && value.data != NULL)
            plain.slots[id] = (struct plain_value){true, {value.data, strlen(value.data)}};
    }
    plain_classify(&plain);
    return plain;
}

static bool same_text(sla_text a, sla_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* The deadline and budget that a promise of the plain way means. */
static sla_status plain_deadline(const struct plain_incident *plain,
                                 const struct plain_promise *promise, sla_time *out_deadline,
                                 sla_duration *out_budget)
{
    const sla_policy *policy = plain->policy;
    const sla_calendar *calendar = sla_policy_calendar_at(policy, promise->calendar);
    sla_target target = policy->target_rules[promise->rule].target;
    target.size = sizeof target;
    *out_deadline = promise->agreed_at;
    sla_status status = promise->agreed
                            ? SLA_OK
                            : sla_calendar_due(calendar, plain->at, &target, out_deadline);
    *out_budget = SLA_DURATION_NONE;
    if (status == SLA_OK)
        status = sla_calendar_elapsed(calendar, plain->at, *out_deadline, out_budget);
    if (status == SLA_OK && policy->roll_deadlines && !promise->agreed &&
        target.unit == SLA_UNIT_SECONDS)
        status = sla_calendar_next_open(calendar, *out_deadline, out_deadline);
    if (status != SLA_OK)
        *out_deadline = SLA_TIME_NONE;
    return status;
}

/* sla_policy_classify() against the plain way. */
static void compare_single(const struct plain_incident *plain, const struct case_data *data,
                           size_t incident)
{
    const sla_policy *policy = plain->policy;
    sla_attribute attributes[COLUMNS + 1];
    sla_classification *made = NULL;
    sla_text text = {NULL, 0}, name;
    size_t count = 0, clock = 0;
    for (size_t k = 0; k < COLUMNS; k++)
        if (data->values[k][incident].data != NULL)
            attributes[count++] = (sla_attribute){data->columns[k].name,
                                                  data->values[k][incident],
                                                  data->columns[k].id, 0};
    attributes[count++] = (sla_attribute){{"unheard", 7}, {"of", 2}, 0, 0};
    sla_status status =
        sla_policy_classify(policy, data->at[incident], attributes, count, &made);
    check(status == (plain->severity_known ? SLA_OK : SLA_UNKNOWN_SEVERITY), "status", incident);
    unknown += status == SLA_UNKNOWN_SEVERITY;
    sla_classification_severity(made, &text);
    check(plain->severity == UINT32_MAX
              ? text.length == 0
              : same_text(text, text_table_at(&policy->literals,
                                              policy->severities[plain->severity])),
          "severity", incident);
    for (uint32_t i = 0; i < policy->derivation_count; i++) {
        const struct plain_value *value = &plain->slots[policy->derivations[i].slot];
        sla_classification_derived(made, i, &name, &text);
        check((text.data != NULL) == value->present && same_text(text, value->text), "derived",
              incident);
    }
    check(sla_classification_attribute(made, "unheard", 7, &text) == 1 && text.length == 2,
          "an attribute that nobody asks for", incident);
    for (uint32_t m = 0; m < policy->metric_count; m++)
        for (uint32_t kind = 0; kind < PLAIN_KINDS; kind++) {
            const struct plain_promise *promise = &plain->promises[m][kind];
            sla_classified_clock got = {.size = sizeof got};
            sla_time deadline;
            sla_duration budget;
            if (!promise->found)
                continue;
            bool told = sla_classification_clock(made, clock++, &got) == 1;
            status = plain_deadline(plain, promise, &deadline, &budget);
            check(told && got.kind == kind && same_text(got.metric, policy->metrics[m].name) &&
                      got.line == policy->target_rules[promise->rule].line &&
                      got.calendar_handle == policy->calendars[promise->calendar] &&
                      same_text(got.agreement, policy->agreements[promise->agreement].name) &&
                      same_text(got.row, policy->target_rows[promise->row].name) &&
                      got.status == status && got.deadline == deadline && got.budget == budget,
                  "clock", incident);
        }
    sla_classified_clock more = {.size = sizeof more};
    check(sla_classification_clock(made, clock, &more) == 0, "a clock too many", incident);
    sla_classification_free(made);
}

struct answers {
    sla_time deadlines[INCIDENTS];
    sla_duration budgets[INCIDENTS];
    sla_status statuses[INCIDENTS];
    uint32_t agreements[INCIDENTS], calendars[INCIDENTS], lines[INCIDENTS];
};

/* sla_policy_evaluate_many() against the plain way. */
static void compare_rows(const struct plain_incident *plain, const struct case_data *data)
{
    static struct answers answers[RULES_METRICS * PLAIN_KINDS];
    const sla_policy *policy = plain->policy;
    sla_clock_columns clocks[RULES_METRICS * PLAIN_KINDS];
    uint32_t severities[INCIDENTS], pairs = policy->metric_count * PLAIN_KINDS;
    sla_status statuses[INCIDENTS], whole = SLA_OK;
    for (uint32_t i = 0; i < pairs; i++)
        clocks[i] = (sla_clock_columns){
            .size = sizeof *clocks, .metric = i / PLAIN_KINDS, .kind = i % PLAIN_KINDS,
            .deadlines = answers[i].deadlines, .budgets = answers[i].budgets,
            .statuses = answers[i].statuses, .agreements = answers[i].agreements,
            .calendars = answers[i].calendars, .lines = answers[i].lines};
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = INCIDENTS, .at = data->at,
                                 .at_step = 1, .columns = data->columns,
                                 .column_count = COLUMNS, .clocks = clocks, .clock_count = pairs,
                                 .severities = severities, .statuses = statuses};
    sla_status status = sla_policy_evaluate_many(policy, &evaluation);
    for (size_t row = 0; row < INCIDENTS; row++) {
        check(severities[row] == plain[row].severity, "row: severity", row);
        check(statuses[row] == (plain[row].severity_known ? SLA_OK : SLA_UNKNOWN_SEVERITY),
              "row: status", row);
        if (whole == SLA_OK && !plain[row].severity_known)
            whole = SLA_UNKNOWN_SEVERITY;
        for (uint32_t i = 0; i < pairs; i++) {
            const struct plain_promise *promise =
                &plain[row].promises[i / PLAIN_KINDS][i % PLAIN_KINDS];
            sla_time deadline = SLA_TIME_NONE;
            sla_duration budget = SLA_DURATION_NONE;
            sla_status wanted = SLA_OK;
            if (promise->found)
                wanted = plain_deadline(&plain[row], promise, &deadline, &budget);
            if (wanted != SLA_OK)
                whole = SLA_ROWS_FAILED;
            without_target += !promise->found;
            check(answers[i].deadlines[row] == deadline && answers[i].budgets[row] == budget &&
                      answers[i].statuses[row] == wanted,
                  "row: deadline", row);
            check(answers[i].agreements[row] ==
                          (promise->found ? promise->agreement : SLA_NO_INDEX) &&
                      answers[i].calendars[row] ==
                          (promise->found ? promise->calendar : SLA_NO_INDEX) &&
                      answers[i].lines[row] ==
                          (promise->found ? policy->target_rules[promise->rule].line : 0),
                  "row: promise", row);
        }
    }
    check(status == whole, "rows: status", 0);
}

/* Counts what indexes have, so that a test that never meets one is seen. */
static void look_at(const struct match_index *index)
{
    if (index == NULL)
        return;
    long_lists += index->line > 1;
    for (uint32_t row = 0; row < index->row_count; row++)
        *((index->sure[row / 64] >> row % 64 & 1) != 0 ? &sure_rows : &asked_rows) += 1;
    for (uint32_t i = 0; i < index->slot_count; i++)
        for (uint32_t k = 0; k <= index->slots[i].value_mask; k++)
            patched += index->slots[i].values[k].patches > 0;
}

static void try_policy(struct random_rules *rules)
{
    static struct case_data data;
    static struct plain_incident plain[INCIDENTS];
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    seed_of_policy = rules->random.state;
    random_rules_write(rules);
    sla_status status = sla_policy_compile(rules->text, rules->used, NULL, &policy, &diags);
    check(status == SLA_OK, "does not compile", 0);
    if (status != SLA_OK && wrong < 3) {
        char problem[500];
        sla_diag_format(sla_diags_at(diags, 0), problem, sizeof problem);
        printf("# %s\n", problem);
    }
    sla_diags_free(diags);
    if (status != SLA_OK)
        return;
    look_at(policy->agreement_index);
    for (uint32_t i = 0; i < policy->derivation_count; i++)
        look_at(policy->derivations[i].index);
    for (uint32_t i = 0; i < policy->agreement_count; i++)
        look_at(policy->agreements[i].index);
    draw(&data, policy, &rules->random, rules->values);
    for (size_t i = 0; i < INCIDENTS; i++) {
        plain[i] = plain_of(policy, &data, i);
        compare_single(&plain[i], &data, i);
    }
    compare_rows(plain, &data);
    sla_policy_unref(policy);
}

int main(int count, char **arguments)
{
    static struct random_rules rules = {.capacity = 4000000};
    rules.random.state = count > 2 ? strtoull(arguments[2], NULL, 10) : 20261127;
    long policies = count > 3 ? strtol(arguments[3], NULL, 10) : 5000;
    if (getenv("SLA_VALGRIND") != NULL)
        policies /= 50;
    rules.text = malloc(rules.capacity);
    printf("1..2\n");
    for (long i = 0; i < policies; i++)
        try_policy(&rules);
    free(rules.text);
    printf("# %ld comparisons, %ld wrong; %ld long lists, %ld patched values, %ld rows sure and "
           "%ld asked, %ld unknown severities, %ld metrics without a target\n",
           compared, wrong, long_lists, patched, sure_rows, asked_rows, unknown, without_target);
    printf("%s 1 - every_incident_is_classified_as_the_plain_way_does\n",
           wrong == 0 ? "ok" : "not ok");
    bool met = long_lists > policies / 100 && patched > policies / 10 && sure_rows > policies &&
               asked_rows > policies && unknown > policies / 10 && without_target > policies;
    printf("%s 2 - all_that_makes_it_fast_was_met\n", met ? "ok" : "not ok");
    return wrong == 0 && met ? 0 : 1;
}
