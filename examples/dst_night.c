/* SPDX-License-Identifier: MIT */
/* A deadline across the nights in which the clocks change.
 *
 *     dst_night [FOLDER OF ZONE FILES]
 *
 * A calendar is open or closed by what the local clock on the wall shows. So an hour that is
 * skipped in spring counts nothing, and an hour that is repeated in autumn counts twice.
 */
#include <sla/sla.h>
#include <stdio.h>

static const char policy_text[] =
    "sla: 1\n"
    "timezone: Europe/Berlin\n"
    "calendar: night\n"
    "calendars:\n"
    "  night: {hours: {daily: \"22:00-06:00\"}}\n"
    "targets: [{resolution: 8h}]\n";

/* Prints how long the night is that begins at `evening`, and where 8 counted hours end. */
static sla_status show_night(const sla_calendar *night, const char *evening, const char *morning)
{
    sla_time from, to, deadline;
    sla_duration counted;
    char text[SLA_TIME_CAPACITY];

    sla_status status = sla_calendar_parse_time(night, evening, SLA_NUL_TERMINATED, &from);
    if (status == SLA_OK)
        status = sla_calendar_parse_time(night, morning, SLA_NUL_TERMINATED, &to);
    if (status == SLA_OK)
        status = sla_calendar_elapsed(night, from, to, &counted);
    if (status == SLA_OK)
        status = sla_calendar_add(night, from, 8 * 3600, &deadline);
    if (status != SLA_OK)
        return status;
    sla_calendar_format_time(night, deadline, text);
    printf("the night of %.10s has %d hours; 8 h end at %s\n", evening, (int)(counted / 3600),
           text);
    return SLA_OK;
}

/* Prints a target that starts at `start`: "24h" is counted time, "1d" is the same wall time one
   date later. They differ by the hour that the night lost or gained. */
static sla_status show_target(const sla_calendar *always, const char *start, const char *within)
{
    sla_time at, deadline;
    sla_target target = {.size = sizeof target};
    char text[SLA_TIME_CAPACITY];

    sla_status status = sla_calendar_parse_time(always, start, SLA_NUL_TERMINATED, &at);
    if (status == SLA_OK)
        status = sla_target_parse(within, SLA_NUL_TERMINATED, &target);
    if (status == SLA_OK)
        status = sla_calendar_due(always, at, &target, &deadline);
    if (status != SLA_OK)
        return status;
    sla_calendar_format_time(always, deadline, text);
    printf("%3s from %s: %s\n", within, start, text);
    return SLA_OK;
}

int main(int argc, char **argv)
{
    sla_policy_options options = {.size = sizeof options};
    if (argc > 1) {
        options.zoneinfo.data = argv[1];
        options.zoneinfo.length = SLA_NUL_TERMINATED;
    }
    sla_policy *policy;
    sla_status status =
        sla_policy_compile(policy_text, SLA_NUL_TERMINATED, &options, &policy, NULL);
    if (status != SLA_OK) {
        fprintf(stderr, "dst_night: %s\n", sla_status_text(status));
        return 1;
    }

    const sla_calendar *night = sla_policy_calendar(policy, "night", SLA_NUL_TERMINATED);
    const char *nights[][2] = {
        {"2026-03-21T22:00:00", "2026-03-22T06:00:00"}, /* an ordinary one */
        {"2026-03-28T22:00:00", "2026-03-29T06:00:00"}, /* 02:00 becomes 03:00 */
        {"2026-10-24T22:00:00", "2026-10-25T06:00:00"}, /* 03:00 becomes 02:00 */
    };
    for (size_t i = 0; i < 3 && status == SLA_OK; i++)
        status = show_night(night, nights[i][0], nights[i][1]);

    /* "24x7" is always defined, in the policy's zone. */
    const sla_calendar *always = sla_policy_calendar(policy, "24x7", SLA_NUL_TERMINATED);
    const char *targets[][2] = {
        {"2026-03-28T18:00:00", "24h"},
        {"2026-03-28T18:00:00", "1d"},
        {"2026-03-28T02:30:00", "1d"}, /* on 29 March no clock shows 02:30: an hour later */
        {"2026-10-24T18:00:00", "24h"},
        {"2026-10-24T18:00:00", "1d"},
    };
    for (size_t i = 0; i < 5 && status == SLA_OK; i++)
        status = show_target(always, targets[i][0], targets[i][1]);

    sla_policy_unref(policy);
    if (status != SLA_OK)
        fprintf(stderr, "dst_night: %s\n", sla_status_text(status));
    return status == SLA_OK ? 0 : 1;
}
