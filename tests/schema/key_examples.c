/* SPDX-License-Identifier: MIT */
/* An example for every key of the language, shown by editors and compiled by a test. */
#include "schema_parts.h"

#define WHEN "{'severity': 'urgent'}"
#define WEEK "{'mon-fri': '09:00-12:00, 13:00-17:00'}"
#define ROW_VALUES "{'impact': ['high', 'low']}"
#define CELLS "[['P1', 'P2'], ['P2', 'P3']]"
#define PROMISE "'resolution': '8h'"

static const struct key_example examples[] = {
    {MAP_POLICY, "sla", "1", NULL, NULL},
    {MAP_POLICY, "name", "售后服务 after-sales service", NULL, NULL},
    {MAP_POLICY, "description", "What we promise to customers with a contract", NULL, NULL},
    {MAP_POLICY, "timezone", "Asia/Shanghai", NULL, "UTC"},
    {MAP_POLICY, "calendar", "24x7", NULL, NULL},
    {MAP_POLICY, "include", "['holidays/china.yaml']", NULL, NULL},
    {MAP_POLICY, "holidays", "{'china': {'through': '2026-12-31', 'closed': ['2026-10-01']}}", NULL,
     NULL},
    {MAP_POLICY, "calendars", "{'office': {'hours': " WEEK "}}", NULL, NULL},
    {MAP_POLICY, "severities", "['urgent', 'important', 'general']", NULL, NULL},
    {MAP_POLICY, "classify",
     "{'severity': [{'when': {'impact': 'outage'}, 'is': 'urgent'}, {'is': 'general'}]}", NULL,
     NULL},
    {MAP_POLICY, "metrics", "{'resolution': {'start': 'opened', 'stop': 'resolved'}}", NULL, NULL},
    {MAP_POLICY, "targets",
     "[{'when': {'severity': 'urgent'}, 'resolution': '4h'}, {'resolution': '8h'}]", NULL, NULL},
    {MAP_POLICY, "agreements", "[{'name': 'standard', 'targets': [{'resolution': '8h'}]}]", NULL,
     NULL},
    {MAP_POLICY, "escalations", "[{'steps': [{'at': '30m before', 'notify': ['owner']}]}]",
     "'targets': [{'resolution': '8h'}]", NULL},
    {MAP_POLICY, "goals", "[{'metrics': ['resolution'], 'at_least': '95%', 'per': 'month'}]",
     "'targets': [{'resolution': '8h'}]", NULL},
    {MAP_POLICY, "roll_deadlines", "true", NULL, "false"},
    {MAP_POLICY, "tests",
     "[{'name': '八小时解决', 'at': '2026-11-20T17:50', 'expect': {'resolution': "
     "'2026-11-21T01:50'}}]",
     "'targets': [{'resolution': '8h'}]", NULL},

    {MAP_INCLUDED, "sla", "1", NULL, NULL},
    {MAP_INCLUDED, "name", "Holidays of China", NULL, NULL},
    {MAP_INCLUDED, "description", "From the yearly notices", NULL, NULL},
    {MAP_INCLUDED, "timezone", "Asia/Shanghai", NULL, NULL},
    {MAP_INCLUDED, "include", "['china.yaml']", NULL, NULL},
    {MAP_INCLUDED, "holidays", "{'china': {'through': '2026-12-31', 'closed': ['2026-10-01']}}",
     NULL, NULL},
    {MAP_INCLUDED, "calendars", "{'office': {'hours': " WEEK "}}", NULL, NULL},

    {MAP_HOLIDAYS, "through", "2026-12-31", NULL, NULL},
    {MAP_HOLIDAYS, "closed",
     "['2026-04-05', {'date': '2026-02-15', 'to': '2026-02-23', 'name': '春节'}]", NULL, NULL},
    {MAP_HOLIDAYS, "workdays", "[{'date': '2026-02-14', 'like': 'fri'}]", NULL, NULL},

    {MAP_CLOSED, "date", "2026-02-15", NULL, NULL},
    {MAP_CLOSED, "to", "2026-02-23", "'date': '2026-02-15'", NULL},
    {MAP_CLOSED, "name", "春节 Spring Festival", "'date': '2026-02-15'", NULL},
    {MAP_CLOSED, "open_until", "12:00", "'yearly': '12-24'", NULL},
    {MAP_CLOSED, "yearly", "4th thu of nov", NULL, NULL},
    {MAP_CLOSED, "observed", "nearest weekday", "'yearly': '07-04'", NULL},
    {MAP_CLOSED, "since", "2021", "'yearly': '06-19'", NULL},
    {MAP_CLOSED, "until", "2030", "'yearly': '06-19'", NULL},
    {MAP_CLOSED, "except", "[2022, 2023]", "'yearly': '06-19'", NULL},

    {MAP_WORKDAY, "date", "2026-02-14", NULL, NULL},
    {MAP_WORKDAY, "to", "2026-02-15", NULL, NULL},
    {MAP_WORKDAY, "name", "调休 make-up day", NULL, NULL},
    {MAP_WORKDAY, "like", "fri", NULL, NULL},
    {MAP_WORKDAY, "hours", "09:00-12:00", NULL, NULL},

    {MAP_CALENDAR, "timezone", "Asia/Shanghai", "'hours': " WEEK, NULL},
    {MAP_CALENDAR, "hours", "{'mon-fri': ['09:00-12:00', '13:30-18:00'], 'sat': '09:00-12:00'}",
     NULL, NULL},
    {MAP_CALENDAR, "holidays", "['china']", "'hours': " WEEK, NULL},
    {MAP_CALENDAR, "special", "[{'date': '2026-12-31', 'hours': '09:00-12:00'}]",
     "'hours': " WEEK, NULL},
    {MAP_CALENDAR, "seasons", "[{'from': '06-01', 'to': '09-30', 'hours': " WEEK "}]",
     "'hours': " WEEK, NULL},
    {MAP_CALENDAR, "extends", "day", "'hours': {'daily': '08:00-20:00'}", NULL},
    {MAP_CALENDAR, "all_of", "['day', '24x7']", NULL, NULL},
    {MAP_CALENDAR, "any_of", "['day', 'late']", NULL, NULL},
    {MAP_CALENDAR, "none_of", "['day']", NULL, NULL},
    {MAP_CALENDAR, "name", "办公室 office", "'hours': " WEEK, NULL},
    {MAP_CALENDAR, "description", "The office in Shanghai", "'hours': " WEEK, NULL},

    {MAP_SEASON, "from", "06-01", NULL, NULL},
    {MAP_SEASON, "to", "09-30", NULL, NULL},
    {MAP_SEASON, "hours", "{'mon-fri': ['08:30-12:00', '14:30-18:00']}", NULL, NULL},
    {MAP_SEASON, "name", "夏季作息 summer hours", NULL, NULL},

    {MAP_SPECIAL, "date", "2026-12-31", NULL, NULL},
    {MAP_SPECIAL, "to", "2027-01-02", "'date': '2026-12-31'", NULL},
    {MAP_SPECIAL, "name", "盘点 stocktaking", "'date': '2026-12-31'", NULL},
    {MAP_SPECIAL, "hours", "09:00-12:00", "'date': '2026-12-31'", NULL},
    {MAP_SPECIAL, "from", "2026-08-01T14:00", "'to': '2026-08-03T09:00', 'hours': 'closed'", NULL},
    {MAP_SPECIAL, "yearly", "12-31", NULL, NULL},
    {MAP_SPECIAL, "observed", "next weekday", "'yearly': '12-31'", NULL},
    {MAP_SPECIAL, "since", "2024", "'yearly': '12-31'", NULL},
    {MAP_SPECIAL, "until", "2030", "'yearly': '12-31'", NULL},
    {MAP_SPECIAL, "except", "[2026]", "'yearly': '12-31'", NULL},

    {MAP_DERIVATION, "matrix",
     "{'rows': " ROW_VALUES ", 'columns': {'urgency': ['high', 'low']}, 'values': " CELLS "}", NULL,
     NULL},
    {MAP_DERIVATION, "by", "product", "'is': {'router': 'network'}", NULL},
    {MAP_DERIVATION, "is", "{'router': 'network', 'printer': 'desk'}", "'by': 'product'", NULL},
    {MAP_DERIVATION, "default", "desk", "'by': 'product', 'is': {'router': 'network'}", NULL},

    {MAP_MATRIX, "rows", ROW_VALUES, NULL, NULL},
    {MAP_MATRIX, "columns", "{'urgency': ['high', 'low']}", NULL, NULL},
    {MAP_MATRIX, "values", CELLS, NULL, NULL},

    {MAP_CLASSIFY_ROW, "when", "{'impact': 'outage'}", "'is': 'urgent'", NULL},
    {MAP_CLASSIFY_ROW, "is", "urgent", NULL, NULL},
    {MAP_CLASSIFY_ROW, "raise", "1", "'when': {'plan': 'vip'}", NULL},

    {MAP_COPY, "copy", "priority", NULL, NULL},

    {MAP_TABLE, "by", "team", NULL, NULL},
    {MAP_TABLE, "is", "{'tokyo': '1wd', 'london': '2wd'}", NULL, NULL},
    {MAP_TABLE, "default", "5wd", NULL, NULL},

    {MAP_TEST, "min", "100", NULL, NULL},
    {MAP_TEST, "max", "9.5", NULL, NULL},
    {MAP_TEST, "prefix", "EMEA-", NULL, NULL},
    {MAP_TEST, "contains", "打印机", NULL, NULL},
    {MAP_TEST, "exists", "true", NULL, NULL},
    {MAP_TEST, "not", "['bot', 'monitoring']", NULL, NULL},

    {MAP_METRIC, "start", "opened", NULL, NULL},
    {MAP_METRIC, "stop", "['responded', 'resolved']", NULL, NULL},
    {MAP_METRIC, "pause", "{'while': {'status': 'waiting_customer'}, 'reason': 'customer'}", NULL,
     NULL},
    {MAP_METRIC, "cancel", "['withdrawn', 'merged']", NULL, NULL},
    {MAP_METRIC, "reset", "{'changed': 'team'}", NULL, NULL},
    {MAP_METRIC, "reopen", "resume", NULL, "ignore"},
    {MAP_METRIC, "retarget", "restart", NULL, "keep"},
    {MAP_METRIC, "never_loosen", "true", NULL, "false"},
    {MAP_METRIC, "repeat", "true", NULL, "false"},
    {MAP_METRIC, "name", "首次响应 first response", NULL, NULL},
    {MAP_METRIC, "description", "Until a person has answered", NULL, NULL},

    {MAP_TRIGGER, "event", "['responded', 'resolved']", NULL, NULL},
    {MAP_TRIGGER, "changed", "team", NULL, NULL},
    {MAP_TRIGGER, "when", "{'actor': {'not': 'bot'}}", NULL, NULL},

    {MAP_PAUSE, "while", "{'status': 'waiting_customer'}", NULL, NULL},
    {MAP_PAUSE, "event", "hold", "'until': 'unhold'", NULL},
    {MAP_PAUSE, "until", "unhold", "'event': 'hold'", NULL},
    {MAP_PAUSE, "limit", "10wd", "'event': 'hold', 'until': 'unhold'", NULL},
    {MAP_PAUSE, "reason", "等待备件", "'event': 'hold', 'until': 'unhold'", NULL},

    {MAP_REOPEN, "event", "reopened", NULL, "reopened"},
    {MAP_REOPEN, "clock", "count", NULL, NULL},

    {MAP_TARGET_ROW, "when", WHEN, PROMISE, NULL},
    {MAP_TARGET_ROW, "calendar", "24x7", PROMISE, NULL},
    {MAP_TARGET_ROW, "name", "紧急 urgent", PROMISE, NULL},

    {MAP_TARGET, "within", "3wd", NULL, NULL},
    {MAP_TARGET, "due", "close", "'within': '3wd'", "same_time"},
    {MAP_TARGET, "cutoff", "16:00", "'within': '3wd'", NULL},
    {MAP_TARGET, "grace", "30m", "'within': '4h'", "0s"},
    {MAP_TARGET, "calendar", "24x7", "'within': '4h'", NULL},
    {MAP_TARGET, "agreed", "visit_at", NULL, NULL},
    {MAP_TARGET, "latest", "3wd", "'agreed': 'visit_at'", NULL},

    {MAP_AGREEMENT, "name", "gold", NULL, NULL},
    {MAP_AGREEMENT, "kind", "ola", NULL, "sla"},
    {MAP_AGREEMENT, "when", "{'plan': 'gold'}", NULL, NULL},
    {MAP_AGREEMENT, "from", "2026-01-01", NULL, NULL},
    {MAP_AGREEMENT, "until", "2026-12-31", NULL, NULL},
    {MAP_AGREEMENT, "calendar", "24x7", NULL, NULL},
    {MAP_AGREEMENT, "targets", "[{'resolution': '4h'}]", NULL, NULL},
    {MAP_AGREEMENT, "description", "For customers with a gold contract", NULL, NULL},

    {MAP_ESCALATION, "metrics", "['first_response', 'resolution']", NULL, NULL},
    {MAP_ESCALATION, "kinds", "['sla']", NULL, NULL},
    {MAP_ESCALATION, "agreements", "['default']", NULL, NULL},
    {MAP_ESCALATION, "when", WHEN, NULL, NULL},
    {MAP_ESCALATION, "steps", "[{'at': '30m before', 'notify': ['owner']}, {'at': 'due'}]", NULL,
     NULL},
    {MAP_ESCALATION, "name", "紧急 urgent", NULL, NULL},

    {MAP_STEP, "at", "30m before", NULL, NULL},
    {MAP_STEP, "notify", "['负责人', '主管']", NULL, NULL},
    {MAP_STEP, "via", "['email', 'sms']", NULL, NULL},
    {MAP_STEP, "level", "2", NULL, "0"},
    {MAP_STEP, "when", "{'acknowledged': {'not': true}}", NULL, NULL},
    {MAP_STEP, "repeat", "1h", "'at': '1h after', 'times': 3", NULL},
    {MAP_STEP, "times", "3", "'at': '1h after', 'repeat': '1h'", NULL},
    {MAP_STEP, "only_in", "day", NULL, NULL},
    {MAP_STEP, "late", "skip", NULL, NULL},
    {MAP_STEP, "calendar", "24x7", NULL, NULL},

    {MAP_GOAL, "name", "首次响应达标率", NULL, NULL},
    {MAP_GOAL, "description", "Promised in the contract of 2026", NULL, NULL},
    {MAP_GOAL, "metrics", "['first_response']", NULL, NULL},
    {MAP_GOAL, "kinds", "['sla']", NULL, NULL},
    {MAP_GOAL, "agreements", "['default']", NULL, NULL},
    {MAP_GOAL, "when", WHEN, NULL, NULL},
    {MAP_GOAL, "at_least", "95%", NULL, NULL},
    {MAP_GOAL, "per", "month", NULL, NULL},

    {MAP_TEST_CASE, "name", "周五晚上停机", NULL, NULL},
    {MAP_TEST_CASE, "description", "As agreed with the customer", NULL, NULL},
    {MAP_TEST_CASE, "at", "2026-11-20T17:50", NULL, NULL},
    {MAP_TEST_CASE, "incident", "{'impact': 'outage', 'users': '120'}", NULL, NULL},
    {MAP_TEST_CASE, "event", "responded", NULL, NULL},
    {MAP_TEST_CASE, "expect", "{'severity': 'urgent', 'resolution': '2026-11-21T01:50'}",
     "'incident': {'impact': 'outage'}", NULL},
    {MAP_TEST_CASE, "expect_events", "['started resolution']", NULL, NULL},
    {MAP_TEST_CASE, "expect_only_events", "['started first_response', 'started resolution']", NULL,
     NULL},
    {MAP_TEST_CASE, "expect_no_events", "['breach']", NULL, NULL},
    {MAP_TEST_CASE, "then", "[{'at': '2026-11-21T01:51', 'expect_events': ['breach resolution']}]",
     NULL, NULL},

    {MAP_TEST_STEP, "at", "2026-11-20T18:51", NULL, NULL},
    {MAP_TEST_STEP, "event", "responded", NULL, NULL},
    {MAP_TEST_STEP, "incident", "{'impact': {'exists': false}}", NULL, NULL},
    {MAP_TEST_STEP, "expect", "{'resolution': 'running'}", NULL, NULL},
    {MAP_TEST_STEP, "expect_events", "['met first_response']", "'event': 'responded'", NULL},
    {MAP_TEST_STEP, "expect_only_events", "[]", NULL, NULL},
    {MAP_TEST_STEP, "expect_no_events", "['breach', 'escalation']", NULL, NULL},
    {MAP_TEST_STEP, "description", "A person answers", NULL, NULL},

    {MAP_TEST_REMOVED, "exists", "false", NULL, NULL},

    {MAP_EXPECT, "agreement", "default", NULL, NULL},
    {MAP_EXPECT, "attributes", "{'severity': 'urgent'}", NULL, NULL},
    {MAP_EXPECT, "metrics", "{'resolution': '2026-11-21T01:50'}", NULL, NULL},

    {MAP_EXPECT_VALUE, "exists", "false", NULL, NULL},

    {MAP_EXPECT_CLOCK, "kind", "sla", NULL, NULL},
    {MAP_EXPECT_CLOCK, "agreement", "default", NULL, NULL},
    {MAP_EXPECT_CLOCK, "calendar", "24x7", NULL, NULL},
    {MAP_EXPECT_CLOCK, "state", "running", NULL, NULL},
    {MAP_EXPECT_CLOCK, "deadline", "2026-11-21T01:50", NULL, NULL},
    {MAP_EXPECT_CLOCK, "breached", "false", NULL, NULL},
    {MAP_EXPECT_CLOCK, "in_grace", "false", NULL, NULL},
    {MAP_EXPECT_CLOCK, "provisional", "true", NULL, NULL},
    {MAP_EXPECT_CLOCK, "cycle", "1", NULL, NULL},
    {MAP_EXPECT_CLOCK, "elapsed", "30m", NULL, NULL},
    {MAP_EXPECT_CLOCK, "remaining", "-30m", NULL, NULL},

    {MAP_EXPECT_EVENT, "type", "breach", NULL, NULL},
    {MAP_EXPECT_EVENT, "metric", "resolution", NULL, NULL},
    {MAP_EXPECT_EVENT, "kind", "sla", NULL, NULL},
    {MAP_EXPECT_EVENT, "agreement", "default", NULL, NULL},
    {MAP_EXPECT_EVENT, "at", "2026-11-21T01:50", NULL, NULL},
    {MAP_EXPECT_EVENT, "percent", "50%", NULL, NULL},
    {MAP_EXPECT_EVENT, "level", "2", NULL, NULL},
    {MAP_EXPECT_EVENT, "reason", "等客户", NULL, NULL},
    {MAP_EXPECT_EVENT, "notify", "['负责人', '主管']", NULL, NULL},
    {MAP_EXPECT_EVENT, "via", "['email', 'sms']", NULL, NULL},
};

const struct key_example *example_of(const struct key_rule *rule)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        if (examples[i].map == rule->map && strcmp(examples[i].key, rule->key) == 0)
            return &examples[i];
    return NULL;
}

json_t *plain_value(const char *text)
{
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
    if (value != NULL && (json_is_number(value) || json_is_boolean(value)))
        return value;
    json_decref(value);
    return text[0] == '{' || text[0] == '[' ? part(text) : json_string(text);
}
