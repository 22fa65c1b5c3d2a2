/* SPDX-License-Identifier: MIT */
/* Explanations as text: what a service manager reads, word for word. */
#include "explain_case.h"

static const char policy_text[] =
    "sla: 1\n"
    "calendar: office\n"
    "holidays: {some: {through: 2027-12-31, closed: [{date: 2026-11-24, name: 建国日}],\n"
    "  workdays: [{date: 2026-11-28, like: fri}]}}\n"
    "calendars: {office: {hours: {mon-fri: [\"09:00-12:00\", \"13:00-18:00\"]}, holidays: some}}\n"
    "severities: [urgent, normal]\n"
    "classify:\n"
    "  region:\n"
    "    - {when: {city: [Beijing, 深圳]}, is: 城市}\n"
    "    - {is: remote}\n"
    "  severity:\n"
    "    - {when: {any: [{impact: outage}, {users: {min: 100}}]}, is: urgent}\n"
    "    - {is: normal}\n"
    "metrics:\n"
    "  answer: {start: opened, stop: answered}\n"
    "  solve:\n"
    "    start: opened\n"
    "    stop: solved\n"
    "    pause: {while: {status: waiting}, reason: customer}\n"
    "    reopen: resume\n"
    "targets:\n"
    "  - {when: {severity: urgent}, answer: 30m}\n"
    "  - {when: {severity: urgent}, solve: 4h}\n"
    "  - {name: the rest, answer: 1h, solve: {within: 2wd, grace: 1h}}\n";

static char *text;

static const char *text_of(uint32_t flags)
{
    size_t length = sla_explanation_text(explanation, flags, NULL, 0);
    free(text);
    text = malloc(length + 1);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(sla_explanation_text(explanation, flags, text, length + 1), length);
    ck_assert_uint_eq(strlen(text), length);
    return text;
}

static void finish(void)
{
    free(text);
    text = NULL;
    end();
}

static const char *line_with(const char *words)
{
    static char line[512];
    const char *found = strstr(text, words);
    if (found == NULL)
        return "";
    while (found > text && found[-1] != '\n')
        found--;
    snprintf(line, sizeof line, "%.*s", (int)strcspn(found, "\n"), found);
    return line;
}

/* Opened on Friday 17:50; day 0 is Friday, day 1 Monday, Tuesday is a holiday, day 2 Wednesday. */
START_TEST(explanation_of_a_start_reads_from_the_deadline_to_its_intervals)
{
    begin(policy_text);
    explain_at(at(20, 17, 50), 1, "city=深圳", "impact=slow", NULL);
    ck_assert_str_eq(
        text_of(0),
        "solve: due Wed 25 Nov 2026 17:50 +00:00\n"
        "  target     2wd, grace 1h, line 24\n"
        "  agreement  default\n"
        "  calendar   office, UTC\n"
        "  opened     Fri 20 Nov 2026 17:50 +00:00\n"
        "  breach     Thu 26 Nov 2026 09:50 +00:00\n"
        "\n"
        "What it is\n"
        "  city      深圳\n"
        "  impact    slow\n"
        "  region    城市 (derived)\n"
        "  severity  normal (derived)\n"
        "\n"
        "Why\n"
        "  line  9  region             城市           yes  city: [Beijing, 深圳]\n"
        "  line 12  severity           urgent         no   wants any: [{impact: outage}, "
        "{users: {min: 100}}]\n"
        "                                                  has impact: slow, no users\n"
        "  line 13  severity           normal         yes  no condition\n"
        "  line 22  agreement default                 yes  no condition\n"
        "  line 23  targets            4h             no   wants severity: urgent; "
        "has severity: normal\n"
        "  line 24  targets the rest   2wd, grace 1h  yes  no condition\n"
        "  and 1 row of targets that does not name solve\n"
        "\n"
        "How the time counts\n"
        "  Fri 20 Nov  17:50–18:00     10 min        day 0\n"
        "  Sat 21 Nov – Sun 22 Nov     closed\n"
        "  Mon 23 Nov  09:00–12:00     3 h           day 1\n"
        "  Mon 23 Nov  13:00–18:00     5 h\n"
        "  Tue 24 Nov                  holiday: 建国日\n"
        "  Wed 25 Nov  09:00–12:00     3 h           day 2\n"
        "  Wed 25 Nov  13:00–17:50     4 h 50 min\n"
        "  Wed 25 Nov  17:50           deadline\n");
}
END_TEST

START_TEST(explanation_of_a_paused_clock_tells_the_projection)
{
    begin(policy_text);
    tell("INC-7", at(20, 9, 0), NULL, "users=100");
    tell("INC-7", at(20, 10, 0), NULL, "status=waiting");
    tell("INC-7", at(20, 11, 0), NULL, "status=working");
    tell("INC-7", at(20, 16, 30), NULL, "status=waiting");
    sla_engine_advance(engine, at(20, 17, 30));
    explain_clock("INC-7", 1, 0);
    /* 1 h, then 1 h until noon and 3.5 h: 5.5 h of 4 h are used; due 15:00 after the first pause */
    ck_assert_str_eq(
        text_of(SLA_TEXT_CLOCK_ALONE),
        "solve of INC-7: paused and breached; it was due Fri 20 Nov 2026 15:00 +00:00\n"
        "  target     4h, line 23\n"
        "  agreement  default\n"
        "  calendar   office, UTC\n"
        "  opened     Fri 20 Nov 2026 09:00 +00:00\n"
        "  used       5 h 30 min of 4 h, 1 h 30 min over\n"
        "  paused     2 h of counted time, which moved the deadline by 1 h\n"
        "\n"
        "Why\n"
        "  line 22  agreement default      yes  no condition\n"
        "  line 23  targets            4h  yes  severity: urgent\n"
        "  and 1 row of targets that does not name solve\n"
        "\n"
        "What happened\n"
        "  Fri 20 Nov 2026 09:00     started\n"
        "  Fri 20 Nov 2026 10:00     paused (customer) until Fri 20 Nov 2026 11:00: 1 h did not "
        "count, line 19\n"
        "  Fri 20 Nov 2026 16:30     paused (customer): 1 h did not count, line 19\n"
        "\n"
        "How the time counts\n"
        "  Fri 20 Nov  09:00–10:00     1 h\n"
        "  Fri 20 Nov  10:00–11:00     paused: customer (1 h not counted)\n"
        "  Fri 20 Nov  11:00–12:00     1 h\n"
        "  Fri 20 Nov  13:00–15:00     2 h\n"
        "  Fri 20 Nov  15:00           deadline\n"
        "  Fri 20 Nov  15:00–16:30     1 h 30 min\n"
        "  Fri 20 Nov  16:30–17:30     paused: customer (1 h not counted)\n"
        "  Fri 20 Nov  17:30           now\n");
    tell("INC-8", at(20, 17, 30), NULL, "users=100");
    tell("INC-8", at(20, 17, 40), NULL, "status=waiting");
    sla_engine_advance(engine, at(20, 17, 50));
    explain_clock("INC-8", 1, 0); /* 3 h 50 min are left: 10 min today, 3 h and 40 min on Monday */
    text_of(SLA_TEXT_CLOCK_ALONE);
    ck_assert_str_eq(line_with("INC-8"), "solve of INC-8: paused, due Mon 23 Nov 2026 13:40 "
                                         "+00:00 if it goes on now");
    ck_assert_str_eq(line_with("  now\n"), "  Fri 20 Nov  17:50           now");
    ck_assert_str_eq(line_with("deadline\n"), "  Mon 23 Nov  13:40           deadline");
}
END_TEST

START_TEST(explanation_of_a_reopened_clock_tells_both_verdicts)
{
    begin(policy_text);
    tell("INC-7", at(20, 9, 0), NULL, "users=100");
    tell("INC-7", at(20, 11, 0), "solved", NULL);
    tell("INC-7", at(20, 14, 0), "reopened", NULL);
    tell("INC-7", at(20, 17, 30), "solved", NULL);
    explain_clock("INC-7", 1, 0);
    text_of(0);
    /* 2 h, then 3.5 h: 4 h were used at 16:00 */
    ck_assert_str_eq(line_with("INC-7"), "solve of INC-7: missed Fri 20 Nov 2026 17:30 +00:00; "
                                         "it was due Fri 20 Nov 2026 16:00 +00:00");
    ck_assert_str_eq(line_with("reopened"),
                     "  Fri 20 Nov 2026 11:00     met, reopened Fri 20 Nov 2026 14:00: 2 h did not "
                     "count");
    ck_assert_str_eq(line_with("stopped"),
                     "  Fri 20 Nov  11:00–14:00     stopped (2 h not counted)");
    ck_assert_str_eq(line_with("17:30     missed"), "  Fri 20 Nov 2026 17:30     missed");
}
END_TEST

START_TEST(nothing_promised_and_not_started_are_told_in_words)
{
    begin("sla: 1\nmetrics: {late: {start: go, stop: done}, none: {start: opened, stop: done}}\n"
          "targets: [{when: {vip: true}, none: 1h}, {late: 1h}]\n");
    tell("a", at(20, 9, 0), NULL, NULL);
    explain_clock("a", 0, 0);
    text_of(0);
    ck_assert_str_eq(line_with("late of"), "late of a: not started");
    ck_assert_str_eq(line_with("target "), "  target     1h, line 3");
    ck_assert_ptr_null(strstr(text, "How the time"));
    explain_clock("a", 1, 0);
    text_of(0);
    ck_assert_str_eq(line_with("none of"), "none of a: nothing is promised");
    ck_assert_str_eq(line_with("vip"), "  line 3  targets            1h  no   wants vip: true; "
                                       "has no vip");
    explain_at(at(20, 9, 0), 1, NULL);
    ck_assert_str_eq(text_of(SLA_TEXT_CLOCK_ALONE),
                     "none: nothing is promised\n"
                     "  opened     Fri 20 Nov 2026 09:00 +00:00\n"
                     "\n"
                     "Why\n"
                     "  line 3  agreement default      yes  no condition\n"
                     "  line 3  targets            1h  no   wants vip: true; has no vip\n"
                     "  and 1 row of targets that does not name none\n");
}
END_TEST

START_TEST(end_and_deadline_stand_in_order_of_time)
{
    begin(policy_text);
    tell("a", at(20, 9, 0), NULL, "users=100");
    tell("a", at(20, 10, 0), NULL, "status=waiting");
    tell("a", at(20, 11, 0), "solved", NULL);
    explain_clock("a", 1, 0); /* stopped in its pause: 4 h from 9:00 are 14:00, lunch between */
    text_of(0);
    const char *met = strstr(text, "11:00           met: not used any more\n");
    const char *due = strstr(text, "14:00           deadline\n");
    ck_assert(met != NULL && due != NULL && met < due);
}
END_TEST

START_TEST(long_names_are_cut_where_their_columns_end)
{
    begin("sla: 1\ntargets:\n"
          "  - {name: 一二三四五六七八九十一二三四五六, when: {a: b}, resolution: 1h}\n"
          "  - {name: 一二三四五六七八九十一二三四五六七, resolution: 2h}\n");
    explain_at(at(20, 9, 0), 1, NULL);
    text_of(0); /* 16 wide characters take the 32 columns; of 17 fit 15 and the ellipsis */
    ck_assert_ptr_nonnull(strstr(text, "一二三四五六七八九十一二三四五六  1h"));
    ck_assert_ptr_nonnull(strstr(text, "一二三四五六七八九十一二三四五…   2h"));
}
END_TEST

/* Lines of the counting: those that begin with a day. */
static unsigned count_lines(const char *words)
{
    unsigned count = 0;
    for (const char *found = text; (found = strstr(found, words)) != NULL; found++)
        count++;
    return count;
}

START_TEST(middle_of_a_long_target_is_summed_up_and_never_dropped)
{
    begin("sla: 1\ncalendar: day\ncalendars: {day: {hours: {mon-fri: \"09:00-17:00\"}}}\n"
          "targets: [{resolution: 400h}]\n");
    explain_at(at(20, 9, 0), 1, NULL); /* 50 days of 8 h and the ten weekends between them */
    text_of(0);
    ck_assert_uint_eq(count_lines("–17:00"), 50 - 20);
    /* 24 lines at the front: Friday, three weeks with a weekend before each, one more and 4 days;
       12 at the end: 1 day, a weekend, 5 days, a weekend, 4 days. 20 days, 4 weekends are left */
    ck_assert_str_eq(line_with("..."), "  ... 20 more intervals with 160 h, 4 closures and pauses "
                                       "between them ...");
    text_of(SLA_TEXT_ALL_PARTS);
    ck_assert_uint_eq(count_lines("–17:00"), 50);
    ck_assert_ptr_null(strstr(text, "..."));
    /* it goes over New Year, so that every date has its year; a weekend takes 35 columns */
    ck_assert_str_eq(line_with("deadline\n"),
                     "  Thu 28 Jan 2027  17:00              deadline");
}
END_TEST

START_TEST(text_of_others_cannot_steer_a_terminal_or_forge_a_line)
{
    begin("sla: 1\ntargets: [{when: {note: \"a\\nb\"}, resolution: 1h}, {resolution: 2h}]\n");
    explain_at(at(20, 9, 0), 1, "note=\033[31mred\nWhy\n\302\233x\376", NULL);
    text_of(0);
    ck_assert_str_eq(line_with("  note"), "  note  \\x1B[31mred\\x0AWhy\\x0A\\xC2\\x9Bx\\xFE");
    ck_assert_ptr_nonnull(strstr(text, "wants note: \"a\\x0Ab\""));
    ck_assert_ptr_null(strchr(text, '\033'));
}
END_TEST

START_TEST(buffer_that_is_too_small_gets_what_fits)
{
    begin(policy_text);
    explain_at(at(20, 17, 50), 1, NULL);
    size_t length = sla_explanation_text(explanation, 0, NULL, 0);
    char small[8] = "0123456";
    ck_assert_uint_eq(sla_explanation_text(explanation, 0, small, sizeof small), length);
    ck_assert_str_eq(small, "solve: ");
    ck_assert_uint_eq(sla_explanation_text(explanation, 0, small, 1), length);
    ck_assert_str_eq(small, "");
    ck_assert_uint_eq(sla_explanation_text(NULL, 0, small, sizeof small), 0);
    ck_assert_str_eq(small, "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("explain_text");
    TCase *cases = tcase_create("explain_text");
    tcase_add_checked_fixture(cases, NULL, finish);
    tcase_add_test(cases, explanation_of_a_start_reads_from_the_deadline_to_its_intervals);
    tcase_add_test(cases, explanation_of_a_paused_clock_tells_the_projection);
    tcase_add_test(cases, explanation_of_a_reopened_clock_tells_both_verdicts);
    tcase_add_test(cases, nothing_promised_and_not_started_are_told_in_words);
    tcase_add_test(cases, middle_of_a_long_target_is_summed_up_and_never_dropped);
    tcase_add_test(cases, text_of_others_cannot_steer_a_terminal_or_forge_a_line);
    tcase_add_test(cases, end_and_deadline_stand_in_order_of_time);
    tcase_add_test(cases, long_names_are_cut_where_their_columns_end);
    tcase_add_test(cases, buffer_that_is_too_small_gets_what_fits);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
