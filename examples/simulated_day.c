/* SPDX-License-Identifier: MIT */
/* A day at a help desk, simulated: updates come in, warnings and breaches come out.
 *
 *     simulated_day [FOLDER OF ZONE FILES]
 *
 * The engine has no clock of its own: it believes the time that it is given. So a whole day runs
 * in a moment, and every run prints the same.
 */
#include <sla/sla.h>
#include <stdio.h>

static const char policy_text[] =
    "sla: 1\n"
    "timezone: Europe/Berlin\n"
    "calendar: office\n"
    "calendars:\n"
    "  office: {hours: {mon-fri: [\"09:00-12:00\", \"13:00-17:00\"]}}\n"
    "severities: [urgent, normal]\n"
    "classify:\n"
    "  severity: [{when: {impact: outage}, is: urgent}, {is: normal}]\n"
    "metrics:\n"
    "  first_response: {start: opened, stop: responded}\n"
    "  resolution:\n"
    "    start: opened\n"
    "    stop: resolved\n"
    "    pause: {while: {status: waiting}, reason: customer}\n"
    "targets:\n"
    "  - {when: {severity: urgent}, calendar: 24x7, first_response: 1h, resolution: 4h}\n"
    "  - {first_response: 2h, resolution: 5h}\n"
    "escalations:\n"
    "  - metrics: [resolution]\n"
    "    steps:\n"
    "      - {at: 30m before, notify: [owner]}\n"
    "      - {at: due, notify: [owner, manager]}\n"
    "      - {at: 1h after, repeat: 1h, times: 2, level: 2, notify: [director]}\n";

/* What happened, in order: local time, incident, event, an attribute and its value. */
static const char *const day[][5] = {
    {"2026-11-20T09:00:00", "printer", "opened", "impact", "one desk"},
    {"2026-11-20T09:40:00", "network", "opened", "impact", "outage"},
    {"2026-11-20T10:30:00", "network", "responded", NULL, NULL},
    {"2026-11-20T10:45:00", "printer", "responded", NULL, NULL},
    {"2026-11-20T11:00:00", "printer", "asked", "status", "waiting"},
    {"2026-11-20T14:00:00", "printer", "told", "status", "open"},
    {"2026-11-20T15:20:00", "network", "resolved", NULL, NULL},
    {"2026-11-20T16:50:00", "printer", "resolved", NULL, NULL},
};

static sla_text text(const char *words)
{
    sla_text result = {words, SLA_NUL_TERMINATED};
    return result;
}

/* The host's side: here the mails would be sent. The event is borrowed until this returns. */
static int32_t print_event(void *user, const sla_event *event)
{
    char at[SLA_TIME_CAPACITY];
    sla_calendar_format_time(user, event->at, at);
    printf("%.16s  %-10s %.*s %.*s", at, sla_event_type_name(event->type),
           (int)event->incident.length, event->incident.data, (int)event->metric.length,
           event->metric.data);
    for (size_t i = 0; i < event->notify_count; i++)
        printf("%s%.*s", i == 0 ? ", tell " : " and ", (int)event->notify[i].length,
               event->notify[i].data);
    printf("\n");
    return 0; /* taken */
}

static sla_status run_day(sla_engine *engine, const sla_calendar *office)
{
    for (size_t i = 0; i < sizeof day / sizeof day[0]; i++) {
        sla_attribute attribute = {0};
        sla_update update = {.size = sizeof update, .incident = text(day[i][1]),
                             .event = text(day[i][2])};
        if (day[i][3] != NULL) {
            attribute.name = text(day[i][3]);
            attribute.value = text(day[i][4]);
            update.attributes = &attribute;
            update.attribute_count = 1;
        }
        sla_status status =
            sla_calendar_parse_time(office, day[i][0], SLA_NUL_TERMINATED, &update.at);
        /* An update later than the engine's time moves the time forward first. */
        if (status == SLA_OK)
            status = sla_engine_update(engine, &update);
        if (status < 0)
            return status;
    }
    return SLA_OK;
}

int main(int argc, char **argv)
{
    sla_policy_options options = {.size = sizeof options};
    if (argc > 1)
        options.zoneinfo = text(argv[1]);
    sla_policy *policy = NULL;
    sla_engine *engine = NULL;
    sla_status status =
        sla_policy_compile(policy_text, SLA_NUL_TERMINATED, &options, &policy, NULL);
    if (status == SLA_OK) {
        const sla_calendar *office = sla_policy_calendar(policy, "office", SLA_NUL_TERMINATED);
        sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = print_event,
                                   .user = (void *)(uintptr_t)office};
        status = sla_engine_new(policy, &callbacks, NULL, &engine);
        if (status == SLA_OK)
            status = run_day(engine, office);
    }
    if (status != SLA_OK)
        fprintf(stderr, "simulated_day: %s\n", sla_status_text(status));
    sla_engine_free(engine);
    sla_policy_unref(policy);
    return status == SLA_OK ? 0 : 1;
}
