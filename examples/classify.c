/* SPDX-License-Identifier: MIT */
/* Classifies one incident: how urgent it is, what was promised, and by when.
 *
 *     classify [FOLDER OF ZONE FILES]
 */
#include <sla/sla.h>
#include <stdio.h>

static const char policy_text[] =
    "sla: 1\n"
    "timezone: Asia/Shanghai\n"
    "calendar: office\n"
    "calendars:\n"
    "  office: {hours: {mon-fri: [\"09:00-12:00\", \"13:30-18:00\"]}}\n"
    "severities: [urgent, important, general]\n"
    "classify:\n"
    "  severity:\n"
    "    - {when: {impact: outage}, is: urgent}\n"
    "    - {when: {impact: broken}, is: important}\n"
    "    - {is: general}\n"
    "targets:\n"
    "  - {name: round the clock, when: {severity: urgent}, calendar: 24x7,\n"
    "     first_response: 1h, resolution: 8h}\n"
    "  - {name: in working hours, first_response: 2h, resolution: 3wd}\n";

static sla_text text(const char *words)
{
    sla_text result = {words, SLA_NUL_TERMINATED};
    return result;
}

/* Prints one incident's severity and, for each metric, the deadline and where it comes from. */
static sla_status show(const sla_policy *policy, sla_time at, const char *impact)
{
    sla_attribute attribute = {.name = text("impact"), .value = text(impact)};
    sla_classification *found;
    sla_status status = sla_policy_classify(policy, at, &attribute, 1, &found);
    if (status < 0)
        return status;

    sla_text severity;
    sla_classification_severity(found, &severity);
    printf("impact %s: %.*s\n", impact, (int)severity.length, severity.data);

    sla_classified_clock clock = {.size = sizeof clock};
    for (size_t i = 0; sla_classification_clock(found, i, &clock); i++) {
        char deadline[SLA_TIME_CAPACITY];
        if (clock.status != SLA_OK ||
            sla_calendar_format_time(clock.calendar_handle, clock.deadline, deadline) < 0)
            continue; /* the deadline would lie behind the year 2199 */
        printf("  %-14.*s by %s   %.*s, line %u\n", (int)clock.metric.length, clock.metric.data,
               deadline, (int)clock.row.length, clock.row.data, (unsigned)clock.line);
    }
    sla_classification_free(found);
    return SLA_OK;
}

int main(int argc, char **argv)
{
    sla_policy_options options = {.size = sizeof options, .file_name = text("promises")};
    if (argc > 1)
        options.zoneinfo = text(argv[1]);

    /* A policy has faults or it compiles; the list of diagnostics comes in both cases. */
    sla_policy *policy;
    sla_diags *diags;
    sla_status status =
        sla_policy_compile(policy_text, SLA_NUL_TERMINATED, &options, &policy, &diags);
    for (size_t i = 0; i < sla_diags_count(diags); i++) {
        char line[1000];
        sla_diag_format(sla_diags_at(diags, i), line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    sla_diags_free(diags);
    if (status != SLA_OK) {
        fprintf(stderr, "classify: %s\n", sla_status_text(status));
        return 1;
    }

    /* Friday evening, ten minutes before closing time. Without an offset it is Shanghai's time. */
    sla_time at;
    const sla_calendar *office = sla_policy_calendar(policy, "office", SLA_NUL_TERMINATED);
    status = sla_calendar_parse_time(office, "2026-11-20T17:50:00", SLA_NUL_TERMINATED, &at);

    const char *impacts[] = {"outage", "broken", "question"};
    for (size_t i = 0; i < 3 && status == SLA_OK; i++)
        status = show(policy, at, impacts[i]);

    sla_policy_unref(policy);
    if (status != SLA_OK)
        fprintf(stderr, "classify: %s\n", sla_status_text(status));
    return status == SLA_OK ? 0 : 1;
}
