/* SPDX-License-Identifier: MIT */
/* Explanations as JSON: the whole of what the library tells. */
#include "explain_json.h"

#include "words.h"

#include <stdlib.h>

/* Texts that may be empty are left out when they are. */
static void set_text(json_t *item, const char *key, sla_text text)
{
    if (text.length > 0)
        json_object_set_new(item, key, json_from_text(text));
}

static void set_flag(json_t *item, const char *key, bool is_set)
{
    if (is_set)
        json_object_set_new(item, key, json_true());
}

json_t *explained_attributes(const sla_explanation *explanation)
{
    json_t *given = json_object(), *derived = json_object();
    sla_explained_attribute attribute = {.size = sizeof attribute};
    for (size_t i = 0; sla_explanation_attribute(explanation, i, &attribute); i++) {
        char *key = copy_text(attribute.name.data, attribute.name.length);
        bool is_derived = (attribute.flags & SLA_ATTRIBUTE_DERIVED) != 0;
        json_object_set_new(is_derived ? derived : given, key, json_from_text(attribute.value));
        free(key);
    }
    return json_pack("{s:o, s:o}", "given", given, "derived", derived);
}

static const char *what_word(uint32_t what)
{
    static const char *const words[] = {
        [SLA_VERDICT_CHOICE] = "row",
        [SLA_VERDICT_MATRIX] = "matrix",
        [SLA_VERDICT_TABLE] = "table",
        [SLA_VERDICT_RAISE] = "raise",
        [SLA_VERDICT_AGREEMENT] = "agreement",
        [SLA_VERDICT_TARGET] = "targets",
        [SLA_VERDICT_TARGET_TABLE] = "target table",
        [SLA_VERDICT_CALENDAR_TABLE] = "calendar table",
        [SLA_VERDICT_ESCALATION] = "escalation",
    };
    return what < sizeof words / sizeof *words && words[what] != NULL ? words[what] : "other";
}

static const char *reason_word(uint32_t reason)
{
    static const char *const words[] = {
        [SLA_REASON_CONDITION] = "condition", [SLA_REASON_DATES] = "dates",
        [SLA_REASON_METRIC] = "metric",       [SLA_REASON_KIND] = "kind",
        [SLA_REASON_AGREEMENT] = "agreement",
    };
    return reason < sizeof words / sizeof *words && words[reason] != NULL ? words[reason] : "other";
}

static json_t *verdict_json(const sla_explained_verdict *verdict)
{
    bool matched = (verdict->flags & SLA_VERDICT_MATCHED) != 0;
    json_t *item = json_pack("{s:s, s:I, s:b}", "what", what_word(verdict->what), "line",
                             (json_int_t)verdict->line, "matched", (int)matched);
    set_text(item, "name", verdict->name);
    set_text(item, "gives", verdict->gives);
    set_text(item, "condition", verdict->condition);
    if (matched)
        return item;
    json_object_set_new(item, "reason", json_string(reason_word(verdict->reason)));
    if (verdict->failed_line > 0)
        json_object_set_new(item, "failed_line", json_integer(verdict->failed_line));
    set_text(item, "wanted", verdict->wanted);
    set_text(item, "has", verdict->has);
    set_text(item, "attribute", verdict->attribute);
    if (verdict->attribute.length > 0)
        json_object_set_new(item, "value", (verdict->flags & SLA_VERDICT_ABSENT) != 0
                                               ? json_null()
                                               : json_from_text(verdict->value));
    return item;
}

static json_t *verdicts(const sla_explanation *explanation, bool of_classify)
{
    json_t *list = json_array();
    sla_explained_verdict verdict = {.size = sizeof verdict};
    for (size_t i = 0; sla_explanation_verdict(explanation, i, &verdict); i++)
        if ((verdict.what <= SLA_VERDICT_RAISE) == of_classify)
            json_array_append_new(list, verdict_json(&verdict));
    return list;
}

json_t *explained_classify(const sla_explanation *explanation)
{
    return verdicts(explanation, true);
}

static json_t *part_json(const sla_explained_part *part)
{
    static const char *const words[] = {[SLA_PART_COUNTED] = "counted",
                                        [SLA_PART_CLOSED] = "closed",
                                        [SLA_PART_PAUSED] = "paused",
                                        [SLA_PART_STOPPED] = "stopped"};
    static const char *const days[] = {[SLA_DAY_HOLIDAY] = "holiday",
                                       [SLA_DAY_WORKDAY] = "workday",
                                       [SLA_DAY_SPECIAL] = "special",
                                       [SLA_DAY_CLOSURE] = "closure"};
    json_t *item =
        json_pack("{s:s, s:o, s:o, s:I}", "what", words[part->what], "from",
                  json_from_time(part->from), "to", json_from_time(part->to), "seconds",
                  (json_int_t)part->counted);
    if (part->day != SLA_DAY_REGULAR && part->day < sizeof days / sizeof *days)
        json_object_set_new(item, "day", json_string(days[part->day]));
    set_text(item, "name", part->name);
    set_flag(item, "clocks_change", (part->flags & SLA_PART_SHIFTED) != 0);
    return item;
}

static void set_target(json_t *item, const sla_explained_clock *clock)
{
    set_text(item, "agreement", clock->agreement);
    set_text(item, "row", clock->row);
    set_text(item, "calendar", clock->calendar);
    json_object_set_new(item, "line", json_integer(clock->line));
    if (clock->row_line > 0)
        json_object_set_new(item, "row_line", json_integer(clock->row_line));
    if (clock->status != SLA_OK) {
        json_object_set_new(item, "error", json_string(sla_status_text(clock->status)));
        return;
    }
    json_object_set_new(item, "deadline", json_from_time(clock->deadline));
    json_object_set_new(item, "budget", json_integer(clock->budget));
    if (clock->grace > 0)
        json_object_set_new(item, "breach_after", json_from_time(clock->breach_at));
    json_object_set_new(item, "provisional",
                        json_boolean((clock->flags & SLA_EXPLAINED_PROVISIONAL) != 0));
    set_flag(item, "rolled", (clock->flags & SLA_EXPLAINED_ROLLED) != 0);
    set_flag(item, "agreed", (clock->flags & SLA_EXPLAINED_AGREED) != 0);
}

json_t *explained_clock(const sla_explanation *explanation)
{
    sla_explained_clock clock = {.size = sizeof clock};
    sla_explanation_clock(explanation, &clock);
    bool has_target = (clock.flags & SLA_EXPLAINED_TARGET) != 0;
    json_t *item = json_pack("{s:o, s:s, s:b}", "metric", json_from_text(clock.metric), "kind",
                             sla_kind_name(clock.kind), "promised", (int)has_target);
    if (has_target)
        set_target(item, &clock);
    json_object_set_new(item, "why", verdicts(explanation, false));
    json_t *parts = json_array();
    sla_explained_part part = {.size = sizeof part};
    for (uint64_t cursor = 0; sla_explanation_part(explanation, &cursor, &part);)
        json_array_append_new(parts, part_json(&part));
    json_object_set_new(item, "parts", parts);
    return item;
}
