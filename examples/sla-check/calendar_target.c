/* SPDX-License-Identifier: MIT */
/* A target in a question: a text such as "5wd", or an object as in a policy. */
#include "calendar_question.h"
#include "words.h"

#include <ctype.h>
#include <string.h>

#define DAYS_MAX 84006 /* from 1970 to 2199, as policies have it */

/* Cuts two digits off the text: false when there are none. */
static bool take_two(const char **text, uint32_t *out)
{
    const char *at = *text;
    if (!isdigit((unsigned char)at[0]) || !isdigit((unsigned char)at[1]))
        return false;
    *out = (uint32_t)(at[0] - '0') * 10 + (uint32_t)(at[1] - '0');
    *text = at + 2;
    return true;
}

/* "16:00" or "16:00:30", up to "24:00", as in a policy: seconds of the day. */
static bool read_clock(const char *text, uint32_t *out_seconds)
{
    uint32_t hour, minute, second = 0;
    if (!take_two(&text, &hour) || *text++ != ':' || !take_two(&text, &minute))
        return false;
    if (*text == ':') {
        text++;
        if (!take_two(&text, &second))
            return false;
    }
    *out_seconds = hour * 3600 + minute * 60 + second;
    return *text == '\0' && minute < 60 && second < 60 && *out_seconds <= 86400;
}

static void read_due(struct question *question, const char *text, sla_target *target)
{
    if (text != NULL && strcmp(text, "same_time") == 0)
        target->due = SLA_DUE_SAME_TIME;
    else if (text != NULL && strcmp(text, "close") == 0)
        target->due = SLA_DUE_CLOSE;
    else if (text != NULL && read_clock(text, &target->due_time))
        target->due = SLA_DUE_TIME;
    else
        question_fail(question, SLA_ERROR_SYNTAX,
                      "\"due\" must be same_time, close or a time as 16:00");
}

static void read_within(struct question *question, const char *key, const json_t *value,
                        sla_target *target)
{
    if (!json_is_string(value)) {
        question_fail(question, SLA_ERROR_ARGUMENT,
                      "\"%s\" must be a text such as \"1h30m\" or \"5wd\"", key);
        return;
    }
    sla_status status =
        sla_target_parse(json_string_value(value), json_string_length(value), target);
    bool in_seconds = target->unit == SLA_UNIT_SECONDS;
    if (status == SLA_OK && target->amount > (in_seconds ? SLA_TIME_MAX : DAYS_MAX))
        status = SLA_ERROR_RANGE;
    if (status == SLA_ERROR_RANGE)
        question_fail(question, status,
                      "\"%s\": \"%.80s\" is longer than 1970 to 2199, which is all the time that "
                      "libsla knows",
                      key, json_string_value(value));
    else if (status != SLA_OK)
        question_fail(question, status,
                      "\"%s\": cannot read \"%.80s\": write 30m, 1h30m, 5wd or 3d", key,
                      json_string_value(value));
}

/* The target's own calendar counts, as in a policy. */
static void read_calendar(struct question *question, const json_t *value)
{
    if (!json_is_string(value)) {
        question_fail(question, SLA_ERROR_ARGUMENT, "\"calendar\" must be a name");
        return;
    }
    const sla_calendar *calendar = sla_policy_calendar(
        question->policy, json_string_value(value), json_string_length(value));
    if (calendar == NULL)
        question_fail(question, SLA_ERROR_NOT_FOUND, "the policy has no calendar \"%.200s\"",
                      json_string_value(value));
    else
        question->calendar = calendar;
}

/* Tables and agreed instants look at an incident, and a question has none. */
static bool needs_an_incident(struct question *question, const json_t *target)
{
    static const char *const keys[] = {"by", "agreed"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (json_object_get(target, keys[i]) == NULL)
            continue;
        question_fail(question, SLA_ERROR_ARGUMENT,
                      "a target with \"%s\" needs the attributes of an incident, which a question "
                      "does not have; " PROGRAM " classify takes them",
                      keys[i]);
        return true;
    }
    return false;
}

/* A target as in a policy: {within, due, cutoff, grace, calendar}. */
void question_read_target(struct question *question, const json_t *value, sla_target *target)
{
    static const char *const keys[] = {"within", "due", "cutoff", "grace", "calendar", NULL};
    const char *key;
    json_t *part;
    if (!json_is_object(value)) {
        read_within(question, "within", value, target);
        return;
    }
    if (needs_an_incident(question, value))
        return;
    json_object_foreach((json_t *)(uintptr_t)value, key, part)
    {
        if (find_word(key, strlen(key), keys) == NO_CHOICE)
            question_fail(question, SLA_ERROR_ARGUMENT,
                          "a target has no \"%.80s\" here: within, due, cutoff, grace, calendar",
                          key);
    }
    part = json_object_get(value, "within");
    if (part == NULL)
        question_fail(question, SLA_ERROR_ARGUMENT, "the target has no \"within\"");
    else
        read_within(question, "within", part, target);
    part = json_object_get(value, "calendar");
    if (part != NULL)
        read_calendar(question, part);
    part = json_object_get(value, "due");
    if (part != NULL)
        read_due(question, json_string_value(part), target);
    part = json_object_get(value, "cutoff");
    if (part != NULL &&
        (!json_is_string(part) || !read_clock(json_string_value(part), &target->cutoff)))
        question_fail(question, SLA_ERROR_SYNTAX, "\"cutoff\" must be a time as 16:00");
    part = json_object_get(value, "grace");
    if (part != NULL) {
        sla_target grace = {.size = sizeof grace};
        read_within(question, "grace", part, &grace);
        if (!question->failed && grace.unit != SLA_UNIT_SECONDS)
            question_fail(question, SLA_ERROR_ARGUMENT,
                          "\"grace\" must be counted time such as 1h");
        target->grace = grace.amount;
    }
    if (!question->failed && target->unit != SLA_UNIT_WORKDAYS &&
        (target->due != SLA_DUE_SAME_TIME || target->cutoff != SLA_NO_CUTOFF))
        question_fail(question, SLA_ERROR_ARGUMENT,
                      "due and cutoff are for working days, such as 5wd");
}
