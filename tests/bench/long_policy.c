/* SPDX-License-Identifier: MIT */
/* A head of fixed size, then holidays, classification, agreements and escalations that grow with
 * the number of customers. */
#include "long_policy.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES 100 /* on average: more than any of these lines has */
#define CUSTOMER_LINES 20
#define OTHER_LINES 12 /* beside the head: keys of sections, the first calendar */
#define CUSTOMERS_A_CALENDAR 50 /* 1,000 lines bring one calendar more */

struct text {
    char *data;
    size_t length, room;
    uint32_t lines;
};

static void line(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    size_t left = text->room - text->length;
    int length = vsnprintf(text->data + text->length, left, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= left - 1)
        abort();
    text->length += (size_t)length;
    text->data[text->length++] = '\n';
    text->lines++;
}

static const char head[] =
    "sla: 1\n"
    "timezone: UTC\n" /* so that the machine's zone files do not matter */
    "calendar: hours_0\n"
    "severities: [critical, major, minor]\n"
    "metrics:\n"
    "  first_response: {start: opened, stop: [responded, resolved], cancel: withdrawn}\n"
    "  restoration:\n"
    "    start: opened\n"
    "    stop: [restored, resolved]\n"
    "    pause: {while: {status: waiting_customer}, reason: customer, limit: 10wd}\n"
    "    reopen: resume\n"
    "classify:\n"
    "  severity:\n"
    "    - {when: {impact: site}, is: critical}\n"
    "    - {when: {impact: team}, is: major}\n"
    "    - {is: minor}\n";
#define HEAD_LINES 16

static void add_calendars(struct text *text, uint32_t customers)
{
    line(text, "calendars:");
    for (uint32_t i = 0; i * CUSTOMERS_A_CALENDAR <= customers; i++)
        line(text, "  hours_%u: {hours: {mon-fri: \"%02u:%02u-17:00\"}, holidays: [days]}", i,
             6 + i % 5, i / 5 % 60);
    line(text, "holidays:");
    line(text, "  days:");
    line(text, "    closed:");
    line(text, "      - {yearly: 12-25, name: Christmas}");
}

static void add_customer(struct text *text, uint32_t number)
{
    line(text, "  - name: customer %u", number);
    line(text, "    kind: sla");
    line(text, "    when: {customer: customer-%u}", number);
    line(text, "    calendar: hours_%u", number / CUSTOMERS_A_CALENDAR);
    line(text, "    targets:");
    line(text, "      - name: critical for customer %u", number);
    line(text, "        when: {severity: critical, site: [S%u-1, S%u-2, S%u-3]}", number, number,
         number);
    line(text, "        calendar: 24x7");
    line(text, "        first_response: %um", 5 + number % 50);
    line(text, "        restoration: {within: %uh, grace: 15m}", 2 + number % 20);
    line(text, "      - when: {severity: [critical, major], users: {min: %u}}", number % 90 + 10);
    line(text, "        first_response: %um", 30 + number % 60);
    line(text, "        restoration: 8h");
    line(text, "      - when: {severity: major}");
    line(text, "        first_response: 2h # by whoever is there");
    line(text, "        restoration: {by: product, is: {p%u: 1wd, p%u: 2wd}, default: 3wd}",
         number % 30, number % 30 + 30);
    line(text, "      - first_response: 4h");
    line(text, "        restoration: {within: 5wd, due: close, cutoff: \"16:00\"}");
}

static void add_escalation(struct text *text, uint32_t number)
{
    line(text, "  - {agreements: [customer %u], metrics: [restoration], steps: [{at: 50%%, notify: "
               "owner %u}]}", number, number);
}

char *long_policy(uint32_t lines, size_t *out_length)
{
    struct text text = {.room = (size_t)lines * LINE_BYTES + 4096};
    text.data = malloc(text.room);
    if (text.data == NULL)
        return NULL;
    memcpy(text.data, head, sizeof head - 1);
    text.length = sizeof head - 1;
    text.lines = HEAD_LINES;
    uint32_t customers = (lines - HEAD_LINES - OTHER_LINES) * CUSTOMERS_A_CALENDAR /
                         (CUSTOMERS_A_CALENDAR * CUSTOMER_LINES + 1);
    line(&text, "  account:");
    line(&text, "    by: customer");
    line(&text, "    is:");
    for (uint32_t i = 0; i < customers; i++)
        line(&text, "      customer-%u: account manager %u", i, i % 40);
    line(&text, "    default: nobody");
    line(&text, "agreements:");
    for (uint32_t i = 0; i < customers; i++)
        add_customer(&text, i);
    line(&text, "escalations:");
    for (uint32_t i = 0; i < customers; i++)
        add_escalation(&text, i);
    add_calendars(&text, customers);
    while (text.lines < lines)
        line(&text, "# %u lines", lines);
    text.data[text.length] = '\0';
    *out_length = text.length;
    return text.data;
}

sla_policy_options long_policy_options(const char *zoneinfo)
{
    sla_policy_options options = {.size = sizeof options};
    options.zoneinfo = (sla_text){zoneinfo, SLA_NUL_TERMINATED};
    options.max_bytes = 100000000;
    options.max_nodes = 10000000;
    return options;
}
