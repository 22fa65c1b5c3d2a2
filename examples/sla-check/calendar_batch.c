/* SPDX-License-Identifier: MIT */
/* Questions about calendars, one JSON line each, and their answers. */
#include "calendar.h"
#include "calendar_question.h"
#include "words.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *error_name(sla_status status)
{
    switch (status) {
    case SLA_ERROR_RANGE:
        return "range";
    case SLA_ERROR_SYNTAX:
        return "syntax";
    case SLA_ERROR_NOT_FOUND:
        return "not_found";
    default:
        return "argument";
    }
}

void question_fail(struct question *question, sla_status status, const char *format, ...)
{
    if (question->failed)
        return;
    va_list arguments;
    va_start(arguments, format);
    json_t *message = json_vsprintf(format, arguments);
    va_end(arguments);
    question->failed = true;
    /* A text that was cut inside a character is no UTF-8 any more. */
    if (message == NULL)
        message = json_string(sla_status_text(status));
    question->answer = json_pack("{s:s, s:o}", "error", error_name(status), "message", message);
}

static void note_instant(struct question *question, sla_time at)
{
    if (question->latest == SLA_TIME_NONE || at > question->latest)
        question->latest = at;
}

static const json_t *need(struct question *question, const char *key)
{
    const json_t *value = json_object_get(question->body, key);
    if (value == NULL)
        question_fail(question, SLA_ERROR_ARGUMENT, "\"%s\" is missing", key);
    return value;
}

static sla_time read_time(struct question *question, const char *key)
{
    const json_t *value = need(question, key);
    sla_status status = SLA_ERROR_ARGUMENT;
    sla_time at = 0;
    if (value == NULL || question->failed)
        return 0;
    if (json_is_real(value)) {
        status = read_seconds(json_real_value(value), &at);
    } else if (json_is_integer(value)) {
        at = json_integer_value(value);
        status = at >= SLA_TIME_MIN && at <= SLA_TIME_MAX ? SLA_OK : SLA_ERROR_RANGE;
    } else if (json_is_string(value)) {
        status = read_instant(question->calendar, json_string_value(value),
                              json_string_length(value), &at);
    }
    if (status != SLA_OK)
        question_fail(question, status, "\"%s\": %s; %s", key, sla_status_text(status),
                      INSTANT_HELP);
    else
        note_instant(question, at);
    return at;
}

static void answer_time(struct question *question, sla_status status, sla_time at)
{
    if (question->failed)
        return;
    if (status != SLA_OK) {
        question_fail(question, status, "%s", sla_status_text(status));
        return;
    }
    note_instant(question, at);
    question->answer = json_pack("{s:o}", "result", json_from_time(at));
}

static void answer_add(struct question *question)
{
    sla_time at = read_time(question, "at"), result = 0;
    const json_t *seconds = need(question, "seconds");
    if (question->failed)
        return;
    if (!json_is_integer(seconds)) {
        question_fail(question, SLA_ERROR_ARGUMENT, "\"seconds\" must be a whole number");
        return;
    }
    sla_status status =
        sla_calendar_add(question->calendar, at, json_integer_value(seconds), &result);
    answer_time(question, status, result);
}

static void answer_elapsed(struct question *question)
{
    sla_time from = read_time(question, "from"), to = read_time(question, "to");
    sla_duration counted = 0;
    if (question->failed)
        return;
    sla_status status = sla_calendar_elapsed(question->calendar, from, to, &counted);
    if (status != SLA_OK)
        question_fail(question, status, "%s", sla_status_text(status));
    else
        question->answer = json_pack("{s:I}", "result", (json_int_t)counted);
}

static void answer_is_open(struct question *question)
{
    sla_time at = read_time(question, "at");
    if (question->failed)
        return;
    int32_t open = sla_calendar_is_open(question->calendar, at);
    if (open < 0)
        question_fail(question, open, "%s", sla_status_text(open));
    else
        question->answer = json_pack("{s:b}", "result", (int)open);
}

static void answer_next_open(struct question *question)
{
    sla_time at = read_time(question, "at"), result = 0;
    if (question->failed)
        return;
    sla_status status = sla_calendar_next_open(question->calendar, at, &result);
    answer_time(question, status, result);
}

static void answer_next_close(struct question *question)
{
    sla_time at = read_time(question, "at"), result = 0;
    if (question->failed)
        return;
    sla_status status = sla_calendar_next_close(question->calendar, at, &result);
    answer_time(question, status, result);
}

static void answer_due(struct question *question)
{
    sla_time at = read_time(question, "at"), result = 0;
    const json_t *within = need(question, "within");
    sla_target target = {.size = sizeof target, .cutoff = SLA_NO_CUTOFF};
    if (question->failed)
        return;
    if (json_is_string(within) && strcmp(json_string_value(within), "none") == 0) {
        question->answer = json_pack("{s:n}", "result"); /* nothing is promised */
        return;
    }
    question_read_target(question, within, &target);
    if (question->failed)
        return;
    sla_status status = sla_calendar_due(question->calendar, at, &target, &result);
    if (status == SLA_ERROR_ARGUMENT && target.unit == SLA_UNIT_DAYS)
        question_fail(
            question, status,
            "calendar days (3d) need a calendar that is always open; write working days (3wd) "
            "or hours (72h)");
    answer_time(question, status, result);
}

static void find_calendar(struct question *question)
{
    const json_t *name = need(question, "calendar");
    if (name == NULL)
        return;
    if (!json_is_string(name)) {
        question_fail(question, SLA_ERROR_ARGUMENT, "\"calendar\" must be a name");
        return;
    }
    question->calendar =
        sla_policy_calendar(question->policy, json_string_value(name), json_string_length(name));
    if (question->calendar == NULL)
        question_fail(question, SLA_ERROR_NOT_FOUND, "the policy has no calendar \"%.200s\"",
                      json_string_value(name));
}

static void answer(struct question *question)
{
    static const char *const ops[] = {"add",        "elapsed", "is_open", "next_open",
                                      "next_close", "due",     NULL};
    static void (*const answers[])(struct question *) = {
        answer_add, answer_elapsed, answer_is_open, answer_next_open, answer_next_close, answer_due,
    };
    find_calendar(question);
    if (question->failed)
        return;
    const json_t *op = need(question, "op");
    if (op == NULL)
        return;
    const char *word = json_is_string(op) ? json_string_value(op) : "";
    size_t choice = find_word(word, strlen(word), ops);
    if (choice == NO_CHOICE) {
        question_fail(question, SLA_ERROR_ARGUMENT,
                      "no op \"%.80s\": add, elapsed, is_open, next_open, next_close or due", word);
        return;
    }
    answers[choice](question);
}

static void answer_line(const sla_policy *policy, const char *line, size_t length)
{
    json_error_t error;
    json_t *body = json_loadb(line, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    struct question question = {.policy = policy, .body = body, .latest = SLA_TIME_NONE};
    if (body == NULL && json_error_code(&error) == json_error_numeric_overflow)
        question_fail(&question, SLA_ERROR_RANGE, "a number is too large: %s", error.text);
    else if (body == NULL)
        question_fail(&question, SLA_ERROR_SYNTAX, "no JSON: %s", error.text);
    else if (!json_is_object(body))
        question_fail(&question, SLA_ERROR_ARGUMENT, "a question is a JSON object");
    else
        answer(&question);
    if (!question.failed && question.latest != SLA_TIME_NONE &&
        sla_calendar_is_provisional(question.calendar, question.latest) == 1)
        json_object_set_new(question.answer, "provisional", json_true());
    print_json_line(question.answer);
    json_decref(body);
}

int answer_batch(const sla_policy *policy)
{
    struct stat about;
    bool is_file = fstat(STDIN_FILENO, &about) == 0 && S_ISREG(about.st_mode);
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    while (!output_failed() && (length = getline(&line, &capacity, stdin)) >= 0) {
        if (strspn(line, " \t\r\n") == (size_t)length)
            continue;
        answer_line(policy, line, (size_t)length);
        /* Who asks through a pipe waits for the answer before the next question. */
        if (!is_file)
            fflush(stdout);
    }
    bool failed = ferror(stdin) != 0;
    free(line);
    if (failed) {
        complain("cannot read the questions from standard input");
        return EXIT_USAGE;
    }
    return EXIT_FINE;
}
