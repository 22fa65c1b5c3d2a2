/* SPDX-License-Identifier: MIT */
/* Holiday lists that end soon: the warnings of check --horizon. */
#include "horizon.h"

#include "output.h"

#include <stdlib.h>
#include <string.h>

#define CODE_HOLIDAYS_END 315 /* as in the library's registry, so that --explain knows it */

bool read_horizon(const char *text, sla_duration *out_seconds)
{
    sla_target target = {.size = sizeof target};
    if (sla_target_parse(text, strlen(text), &target) != SLA_OK ||
        target.unit == SLA_UNIT_WORKDAYS)
        return false;
    int64_t unit = target.unit == SLA_UNIT_DAYS ? 86400 : 1;
    *out_seconds = target.amount > SLA_TIME_MAX / unit ? SLA_TIME_MAX : target.amount * unit;
    return true;
}

/* The last local date that the lists speak for: answers turn provisional once and stay so (C10). */
static void write_last_date(const sla_calendar *calendar, sla_time late, char text[16])
{
    sla_time known = SLA_TIME_MIN;
    sla_date date = 0;
    int32_t year = 0, month = 0, day = 0;
    while (late - known > 1) {
        sla_time middle = known + (late - known) / 2;
        if (sla_calendar_is_provisional(calendar, middle) == 1)
            late = middle;
        else
            known = middle;
    }
    if (sla_calendar_date(calendar, known, &date) == SLA_OK)
        sla_date_to_civil(date, &year, &month, &day);
    snprintf(text, 16, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
}

void warn_of_horizon(const sla_policy *policy, const char *file, sla_time now, sla_time until,
                     void (*take)(void *user, const sla_diag *warning), void *user)
{
    static const char hint[] = "add the dates that follow, and move `through`";
    const sla_calendar *calendar;
    for (size_t i = 0; (calendar = sla_policy_calendar_at(policy, i)) != NULL; i++) {
        char date[16], *message = NULL;
        sla_text name;
        if (sla_calendar_is_provisional(calendar, until) != 1)
            continue;
        const char *verb = sla_calendar_is_provisional(calendar, now) == 1 ? "ended" : "end";
        sla_calendar_name(calendar, &name);
        write_last_date(calendar, until, date);
        int length = asprintf(&message, "the holiday lists of calendar \"%.*s\" %s on %s",
                              (int)name.length, name.data, verb, date);
        if (length < 0) {
            complain("out of memory");
            exit(EXIT_USAGE);
        }
        take(user, &(sla_diag){
                       .size = sizeof(sla_diag),
                       .code = CODE_HOLIDAYS_END,
                       .severity = SLA_DIAG_WARNING,
                       .file = {file, strlen(file)},
                       .message = {message, (size_t)length},
                       .hint = {hint, sizeof hint - 1},
                   });
        free(message);
    }
}
