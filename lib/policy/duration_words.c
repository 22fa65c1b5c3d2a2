/* SPDX-License-Identifier: MIT */
/* Durations as people write them elsewhere: 8 h, 2 hours, 30分钟. */
#include "policy/suggest.h"

#include <sla/calendar.h>

/* Longer words first: "minutes" begins with "min". */
static const char *const words[][2] = {
    {"business days", "wd"}, {"working days", "wd"}, {"workdays", "wd"}, {"workday", "wd"},
    {"个工作日", "wd"},      {"工作日", "wd"},       {"minutes", "m"},   {"minute", "m"},
    {"seconds", "s"},        {"second", "s"},        {"hours", "h"},     {"hour", "h"},
    {"mins", "m"},           {"min", "m"},           {"secs", "s"},      {"sec", "s"},
    {"hrs", "h"},            {"hr", "h"},            {"days", "d"},      {"day", "d"},
    {"个小时", "h"},         {"小时", "h"},          {"分钟", "m"},      {"分", "m"},
    {"秒", "s"},             {"天", "d"},            {"日", "d"},        {"H", "h"},
    {"M", "m"},              {"D", "d"},             {"WD", "wd"},       {" ", ""},
};

sla_text hint_duration(sla_text text, struct hint *hint)
{
    char meant[64];
    size_t length = 0;
    for (size_t at = 0; at < text.length;) {
        sla_text rest = {text.data + at, text.length - at};
        const char *by = NULL;
        for (size_t i = 0; i < sizeof words / sizeof *words && by == NULL; i++) {
            if (!text_starts_with(rest, text_of(words[i][0])))
                continue;
            by = words[i][1];
            at += strlen(words[i][0]);
        }
        size_t width = by == NULL ? 1 : strlen(by);
        if (length + width > sizeof meant)
            return TEXT_NONE;
        memcpy(meant + length, by == NULL ? rest.data : by, width);
        length += width;
        at += by == NULL;
    }
    sla_target target = {.size = sizeof target};
    if (sla_target_parse(meant, length, &target) != SLA_OK)
        return TEXT_NONE;
    hint->length = 0;
    hint_add(hint, "did you mean ");
    hint_add_name(hint, (sla_text){meant, length});
    hint_add(hint, "?");
    return hint_text(hint);
}
