/* SPDX-License-Identifier: MIT */
/* Deadlines for a column of tickets in one call, hours worked on them as a data frame keeps them,
 * and working days counted between dates.
 *
 *     columns POLICY.yaml [FOLDER OF ZONE FILES]
 *
 * The policy is two-continents.yaml: it includes the holidays of China and Germany.
 */
#include <sla/sla.h>
#include <stdio.h>

#define ROWS 5

/* When five tickets were opened; the third never was. */
static const char *const opened[ROWS] = {
    "2026-11-20T16:00", "2026-12-24T10:00", NULL, "2026-07-06T01:00", "2026-12-31T16:00",
};

static sla_status show_deadlines(const sla_calendar *calendar)
{
    sla_time from[ROWS], by[ROWS];
    sla_status statuses[ROWS];
    const sla_duration eight_hours = 8 * 3600;

    for (size_t i = 0; i < ROWS; i++) {
        from[i] = SLA_TIME_NONE;
        if (opened[i] != NULL)
            sla_calendar_parse_time(calendar, opened[i], SLA_NUL_TERMINATED, &from[i]);
    }
    /* Every row of `from`, and one value of `counted` for all of them: a step of 0. */
    sla_status status = sla_calendar_add_many(calendar, ROWS, from, 1, &eight_hours, 0, by,
                                              statuses);
    if (status != SLA_OK && status != SLA_ROWS_FAILED)
        return status;
    for (size_t i = 0; i < ROWS; i++) {
        char text[SLA_TIME_CAPACITY] = "no answer";
        if (statuses[i] == SLA_OK)
            sla_calendar_format_time(calendar, by[i], text);
        printf("%-16s  %-25s  %s%s\n", opened[i] == NULL ? "-" : opened[i], text,
               sla_status_name(statuses[i]),
               sla_calendar_is_provisional(calendar, by[i]) ? ", provisional" : "");
    }
    return SLA_OK;
}

/* Columns as data frames keep them: milliseconds, and a bit for each row that has a value. */
static sla_status show_worked(const sla_calendar *calendar)
{
    const char *begins[3] = {"2026-11-20T16:00", "2026-12-22T16:00", "2026-12-23T11:00"};
    const char *ends[3] = {"2026-11-23T09:30", NULL, "2026-12-28T08:30"};
    int64_t begun[3], ended[3] = {0}, worked[3];
    uint8_t has_ended = 0;
    for (int i = 0; i < 3; i++) {
        sla_calendar_parse_time(calendar, begins[i], SLA_NUL_TERMINATED, &begun[i]);
        if (ends[i] != NULL)
            sla_calendar_parse_time(calendar, ends[i], SLA_NUL_TERMINATED, &ended[i]);
        has_ended |= (uint8_t)((ends[i] != NULL) << i);
        begun[i] = begun[i] * 1000 + 999; /* what is finer than a second is cut */
        ended[i] *= 1000;
    }
    sla_numbers from = {.size = sizeof from, .width = 8, .ticks = 1000, .stride = 8,
                        .values = begun};
    sla_numbers to = {.size = sizeof to, .width = 8, .ticks = 1000, .stride = 8, .values = ended,
                      .validity = &has_ended};
    sla_answers out = {.size = sizeof out, .width = 8, .ticks = 1000, .values = worked};
    sla_status status = sla_calendar_elapsed_columns(calendar, 3, &from, &to, &out);
    for (int i = 0; status == SLA_OK && i < 3; i++)
        if (worked[i] == INT64_MIN)
            printf("%s  still open\n", begins[i]);
        else
            printf("%s  %d ms\n", begins[i], (int)worked[i]);
    return status;
}

static sla_status show_february(const sla_policy *policy, const char *name)
{
    const sla_calendar *calendar = sla_policy_calendar(policy, name, SLA_NUL_TERMINATED);
    sla_date first, behind;
    int64_t days;
    sla_status status = sla_date_from_civil(2026, 2, 1, &first);
    if (status == SLA_OK)
        status = sla_date_from_civil(2026, 3, 1, &behind);
    if (status == SLA_OK)
        status = sla_calendar_workdays(calendar, first, behind, &days);
    if (status == SLA_OK)
        printf("%s works on %d days of February 2026\n", name, (int)days);
    return status;
}

int main(int argc, char **argv)
{
    sla_policy_options options = {.size = sizeof options};
    if (argc < 2) {
        fprintf(stderr, "usage: columns POLICY.yaml [FOLDER OF ZONE FILES]\n");
        return 2;
    }
    if (argc > 2) {
        options.zoneinfo.data = argv[2];
        options.zoneinfo.length = SLA_NUL_TERMINATED;
    }
    sla_policy *policy;
    sla_status status = sla_policy_load(argv[1], &options, &policy, NULL);
    if (status != SLA_OK) {
        fprintf(stderr, "columns: %s: %s\n", argv[1], sla_status_text(status));
        return 1;
    }
    puts("8 hours on the calendar anyone, in Berlin's time:");
    status = show_deadlines(sla_policy_calendar(policy, "anyone", SLA_NUL_TERMINATED));
    puts("worked on in Berlin:");
    if (status == SLA_OK)
        status = show_worked(sla_policy_calendar(policy, "berlin", SLA_NUL_TERMINATED));
    if (status == SLA_OK)
        status = show_february(policy, "berlin");
    if (status == SLA_OK)
        status = show_february(policy, "shanghai");
    sla_policy_unref(policy);
    if (status != SLA_OK)
        fprintf(stderr, "columns: %s\n", sla_status_text(status));
    return status == SLA_OK ? 0 : 1;
}
