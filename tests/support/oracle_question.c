/* SPDX-License-Identifier: MIT */
/* Questions put to the library, and questions as text. */
#include "oracle_question.h"

#include <stdio.h>

static int64_t by_status(sla_status status, const int64_t *value)
{
    return status == SLA_OK               ? *value
           : status == SLA_ERROR_RANGE    ? ORACLE_RANGE
           : status == SLA_ERROR_ARGUMENT ? ORACLE_ARGUMENT
                                          : ORACLE_OTHER;
}

static int64_t by_flag(int32_t answer)
{
    return answer >= 0 ? answer : by_status(answer, NULL);
}

static int64_t part_of_day(const sla_calendar *calendar, const struct oracle_question *question)
{
    sla_day day = {.size = sizeof day};
    sla_stretch stretches[32];
    sla_status status =
        sla_calendar_day(calendar, (sla_date)question->at, &day, stretches, 32);
    if (status != SLA_OK)
        return by_status(status, NULL);
    switch (question->with) {
    case ASK_DAY_OPEN:
        return day.open;
    case ASK_DAY_COUNT:
        return (int64_t)day.stretch_count;
    case ASK_DAY_LENGTH:
        return day.end - day.start;
    case ASK_DAY_START:
        return day.start;
    case ASK_DAY_KIND:
        return day.kind;
    default:
        break;
    }
    size_t k = (size_t)(question->with - ASK_DAY_STRETCH) / 2;
    if (k >= day.stretch_count)
        return ORACLE_UNKNOWN;
    return (question->with - ASK_DAY_STRETCH) % 2 == 0 ? stretches[k].open : stretches[k].close;
}

static int64_t add_workdays(const sla_calendar *calendar, const struct oracle_question *question)
{
    sla_date out = 0;
    sla_status status = sla_calendar_add_workdays(calendar, (sla_date)question->at, question->with,
                                                  &out);
    return by_status(status, &(int64_t){out});
}

int64_t oracle_library(const sla_calendar *calendar, const struct oracle_question *question)
{
    sla_time at = question->at;
    int64_t out = 0;
    sla_target target = {sizeof target,     0, question->unit, question->due, question->due_time,
                         question->cutoff, question->with, 0};
    switch (question->ask) {
    case ASK_ELAPSED:
        return by_status(sla_calendar_elapsed(calendar, at, question->with, &out), &out);
    case ASK_ADD:
        return by_status(sla_calendar_add(calendar, at, question->with, &out), &out);
    case ASK_IS_OPEN:
        return by_flag(sla_calendar_is_open(calendar, at));
    case ASK_NEXT_OPEN:
        return by_status(sla_calendar_next_open(calendar, at, &out), &out);
    case ASK_NEXT_CLOSE:
        return by_status(sla_calendar_next_close(calendar, at, &out), &out);
    case ASK_DUE:
        return by_status(sla_calendar_due(calendar, at, &target, &out), &out);
    case ASK_DAY:
        return part_of_day(calendar, question);
    case ASK_IS_WORKDAY:
        return by_flag(sla_calendar_is_workday(calendar, (sla_date)at));
    case ASK_WORKDAYS:
        return by_status(sla_calendar_workdays(calendar, (sla_date)at, (sla_date)question->with,
                                               &out),
                         &out);
    case ASK_ADD_WORKDAYS:
        return add_workdays(calendar, question);
    case ASK_PROVISIONAL:
        return by_flag(sla_calendar_is_provisional(calendar, at));
    default:
        return ORACLE_OTHER;
    }
}

static void write_instant(int64_t at, char *text)
{
    if (!oracle_in_range(at) || sla_calendar_format_time(NULL, at, text) < 0)
        snprintf(text, SLA_TIME_CAPACITY, "%lld", (long long)at);
}

static void write_date(int64_t date, char *text)
{
    int32_t year = 0, month = 0, day = 0;
    sla_date_to_civil((sla_date)date, &year, &month, &day);
    snprintf(text, SLA_TIME_CAPACITY, "%04d-%02d-%02d", year, month, day);
}

static void write_target(const struct oracle_question *question, char *text)
{
    static const char *const units[] = {"", "s", "wd", "d"};
    char due[20] = "", cutoff[30] = "";
    if (question->due == SLA_DUE_CLOSE)
        snprintf(due, sizeof due, " due close");
    if (question->due == SLA_DUE_TIME)
        snprintf(due, sizeof due, " due %02u:%02u:%02u", question->due_time / 3600 % 100,
                 question->due_time / 60 % 60, question->due_time % 60);
    if (question->cutoff != SLA_NO_CUTOFF)
        snprintf(cutoff, sizeof cutoff, " cutoff %02u:%02u:%02u", question->cutoff / 3600 % 100,
                 question->cutoff / 60 % 60, question->cutoff % 60);
    snprintf(text, 100, "%lld%s%s%s", (long long)question->with, units[question->unit % 4], due,
             cutoff);
}

void oracle_question_text(const struct oracle_question *question, char *text)
{
    static const char *const names[] = {"elapsed",    "add", "is_open", "next_open",
                                        "next_close", "due", "day",     "is_workday",
                                        "workdays",   "add_workdays", "is_provisional"};
    char at[SLA_TIME_CAPACITY], with[100] = "";
    write_instant(question->at, at);
    if (question->ask == ASK_ELAPSED)
        write_instant(question->with, with);
    if (question->ask == ASK_ADD)
        snprintf(with, sizeof with, "%lld s", (long long)question->with);
    if (question->ask == ASK_DUE)
        write_target(question, with);
    if (oracle_asks_date(question)) {
        write_date(question->at, at);
        snprintf(with, sizeof with, question->ask == ASK_DAY ? "part %lld" : "%lld",
                 (long long)question->with);
    }
    if (question->ask == ASK_WORKDAYS)
        write_date(question->with, with);
    snprintf(text, ORACLE_TEXT_CAPACITY, "%s(%s%s%s)", names[question->ask], at,
             with[0] == '\0' ? "" : ", ", with);
}

void oracle_answer_text(const struct oracle_question *question, int64_t answer, char *text)
{
    bool is_instant = question->ask == ASK_ADD || question->ask == ASK_NEXT_OPEN ||
                      question->ask == ASK_NEXT_CLOSE || question->ask == ASK_DUE ||
                      (question->ask == ASK_DAY && question->with >= ASK_DAY_START &&
                       question->with != ASK_DAY_KIND);
    if (answer == ORACLE_RANGE || answer == ORACLE_ARGUMENT)
        snprintf(text, SLA_TIME_CAPACITY, answer == ORACLE_RANGE ? "range" : "argument");
    else if (question->ask == ASK_ADD_WORKDAYS)
        write_date(answer, text);
    else if (is_instant)
        write_instant(answer, text);
    else
        snprintf(text, SLA_TIME_CAPACITY, "%lld", (long long)answer);
}
