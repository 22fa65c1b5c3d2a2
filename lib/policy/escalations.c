/* SPDX-License-Identifier: MIT */
/* Escalations: steps before, at and after a deadline. */
#include "policy/decode.h"

#include "base/words.h"

/* Cuts a word off the end of a text: "30m before". */
static bool cut_word(sla_text text, const char *word, sla_text *out)
{
    size_t length = strlen(word);
    if (text.length <= length + 1 ||
        memcmp(text.data + text.length - length, word, length) != 0 ||
        text.data[text.length - length - 1] != ' ')
        return false;
    *out = (sla_text){text.data, text.length - length - 1};
    while (out->length > 0 && out->data[out->length - 1] == ' ')
        out->length--;
    return true;
}

static bool parse_percent(sla_text text, uint32_t *out)
{
    uint64_t percent;
    if (text.length < 2 || text.data[text.length - 1] != '%' ||
        !text_to_u64((sla_text){text.data, text.length - 1}, VALUE_PERCENT_MAX, &percent))
        return false;
    *out = (uint32_t)percent;
    return true;
}

void decode_percent(struct build *build, const struct node *node, struct number_field *out)
{
    uint32_t percent;
    if (parse_percent(node->text, &percent))
        *out = (struct number_field){percent, node};
    else
        report(build, CODE_BAD_AT, node, node->text, TEXT_NONE, TEXT("write such as 50%"));
}

static bool decode_at(struct build *build, const struct node *node, struct step_model *out)
{
    sla_text amount;
    sla_target offset;
    if (node == NULL)
        return false;
    if (node_is_word(node, "due")) {
        out->type = STEP_DUE;
        return true;
    }
    if (parse_percent(node->text, &out->percent)) {
        out->type = out->percent == 100 ? STEP_DUE : STEP_PERCENT; /* D5 */
        return true;
    }
    bool before = cut_word(node->text, "before", &amount);
    if (!before && !cut_word(node->text, "after", &amount)) {
        report(build, CODE_BAD_AT, node, node->text, TEXT_NONE,
               TEXT("write 50%, 30m before, due, 1h after or 120%"));
        return false;
    }
    if (!decode_amount(build, node, amount, "write 90s, 30m or 1h30m", &offset))
        return false;
    if (offset.unit != SLA_UNIT_SECONDS) {
        report(build, CODE_DURATION_UNIT, node, amount, TEXT("s, m and h"), TEXT_NONE);
        return false;
    }
    out->type = before ? STEP_BEFORE : STEP_AFTER;
    out->offset = offset.amount;
    return true;
}

static bool may_repeat(const struct step_model *step)
{
    return step->type == STEP_DUE || step->type == STEP_AFTER ||
           (step->type == STEP_PERCENT && step->percent > 100);
}

/* What makes no sense beside this `at`. */
static void check_combination(struct build *build, const struct node *node,
                              const struct step_model *step)
{
    const struct node *repeat = node_get_key(node, "repeat"), *times = node_get_key(node, "times");
    const struct node *at = node_get(node, "at");
    const struct node *calendar = node_get_key(node, "calendar");
    const struct node *due_keys[] = {node_get_key(node, "only_in"), node_get_key(node, "late")};
    for (size_t i = 0; i < 2 && step->type == STEP_DUE; i++)
        if (due_keys[i] != NULL)
            report_related(build, CODE_NOT_ON_DUE, due_keys[i], due_keys[i]->text, TEXT_NONE,
                           TEXT_NONE, at, TEXT("the step is at the deadline"));
    bool doubtful = keys_is_doubtful(node, MAP_STEP, NULL);
    if (repeat != NULL && !may_repeat(step))
        report_related(build, CODE_REPEAT_EARLY, repeat, TEXT_NONE, TEXT_NONE, TEXT_NONE, at,
                       TEXT("the step is before the deadline"));
    else if (repeat != NULL && times == NULL && !doubtful)
        report(build, CODE_REPEAT_TIMES, repeat, TEXT("repeat"), TEXT("times"), TEXT_NONE);
    else if (repeat == NULL && times != NULL && !doubtful)
        report(build, CODE_REPEAT_TIMES, times, TEXT("times"), TEXT("repeat"), TEXT_NONE);
    if (calendar != NULL && step->type != STEP_BEFORE && step->type != STEP_AFTER)
        report_related(build, CODE_STEP_CALENDAR, calendar, TEXT_NONE, TEXT_NONE, TEXT_NONE, at,
                       step->type == STEP_DUE ? TEXT("the step is at the deadline")
                                              : TEXT("the step is at a percentage"));
}

static void decode_repeat(struct build *build, const struct node *node, struct step_model *out)
{
    const struct node *repeat = keys_value(node, MAP_STEP, "repeat");
    const struct node *times = keys_value(node, MAP_STEP, "times");
    if (repeat != NULL && decode_duration(build, repeat, &out->repeat) && out->repeat.value == 0)
        report(build, CODE_BAD_DURATION, repeat, repeat->text, TEXT_NONE,
               TEXT("a repetition needs time between"));
    if (times != NULL)
        decode_whole(build, times, 1, VALUE_TIMES_MAX, &out->times);
}

static bool decode_step(struct build *build, const struct node *node, struct step_model *out)
{
    out->at = node;
    if (!keys_check(build, node, MAP_STEP, NULL))
        return false;
    const struct node *notify = keys_value(node, MAP_STEP, "notify");
    const struct node *via = keys_value(node, MAP_STEP, "via");
    const struct node *level = keys_value(node, MAP_STEP, "level");
    const struct node *when = keys_value(node, MAP_STEP, "when");
    const struct node *late = keys_value(node, MAP_STEP, "late");
    const struct node *calendar = keys_value(node, MAP_STEP, "calendar");
    const struct node *only_in = keys_value(node, MAP_STEP, "only_in");
    uint32_t word;
    if (notify != NULL)
        decode_names(build, notify, "notify", &out->notify);
    if (via != NULL)
        decode_names(build, via, "via", &out->via);
    if (level != NULL)
        decode_whole(build, level, -INT32_MAX, INT32_MAX, &out->level);
    if (when != NULL)
        out->when = decode_condition(build, when);
    if (late != NULL)
        out->skip_late = decode_word(build, late, "late", value_words(VALUE_LATE), &word);
    if (calendar != NULL)
        decode_name(build, calendar, "a calendar's name", &out->calendar);
    if (only_in != NULL)
        decode_name(build, only_in, "a calendar's name", &out->only_in);
    decode_repeat(build, node, out);
    if (!decode_at(build, keys_value(node, MAP_STEP, "at"), out))
        return false;
    check_combination(build, node, out);
    return true;
}

static void decode_steps(struct build *build, const struct node *list,
                         struct escalation_model *out)
{
    if (list == NULL || decode_is_empty_list(build, list, "steps"))
        return;
    const struct node *due = NULL;
    out->steps = build_array(build, list->count, sizeof *out->steps);
    if (out->steps == NULL)
        return;
    for (const struct member *item = list->members; item != NULL; item = item->next) {
        struct step_model *step = &out->steps[out->count];
        if (!decode_step(build, item->value, step))
            continue;
        out->count++;
        if (step->type == STEP_DUE && due != NULL)
            report_related(build, CODE_TWO_DUE_STEPS, node_get(item->value, "at"), TEXT_NONE,
                           TEXT_NONE, TEXT_NONE, due, TEXT("the first one is here"));
        else if (step->type == STEP_DUE)
            due = node_get(item->value, "at");
    }
}

static void decode_kinds(struct build *build, const struct node *node, uint32_t *out)
{
    uint32_t kind;
    if (node->type == NODE_TEXT) {
        if (decode_word(build, node, "kinds", kind_words, &kind))
            *out |= 1u << kind;
        return;
    }
    if (decode_is_empty_list(build, node, "kinds"))
        return;
    for (const struct member *item = node->members; item != NULL; item = item->next)
        if (decode_word(build, item->value, "kinds", kind_words, &kind))
            *out |= 1u << kind;
}

void decode_scope(struct build *build, const struct node *node, enum map_kind kind,
                  struct scope_model *out)
{
    const struct node *metrics = keys_value(node, kind, "metrics");
    const struct node *kinds = keys_value(node, kind, "kinds");
    const struct node *agreements = keys_value(node, kind, "agreements");
    const struct node *when = keys_value(node, kind, "when");
    if (metrics != NULL)
        decode_names(build, metrics, "metrics", &out->metrics);
    if (kinds != NULL)
        decode_kinds(build, kinds, &out->kinds);
    if (agreements != NULL)
        decode_names(build, agreements, "agreements", &out->agreements);
    if (when != NULL)
        out->when = decode_condition(build, when);
}

static bool decode_escalation(struct build *build, const struct node *node,
                              struct escalation_model *out)
{
    out->at = node;
    if (!keys_check(build, node, MAP_ESCALATION, NULL))
        return false;
    decode_scope(build, node, MAP_ESCALATION, &out->scope);
    decode_steps(build, keys_value(node, MAP_ESCALATION, "steps"), out);
    return true;
}

void decode_escalations(struct build *build, const struct node *node, struct model *model)
{
    if (node == NULL)
        return;
    model->escalations = build_array(build, node->count, sizeof *model->escalations);
    if (model->escalations == NULL)
        return;
    for (const struct member *item = node->members; item != NULL; item = item->next)
        if (decode_escalation(build, item->value,
                              &model->escalations[model->escalation_count]))
            model->escalation_count++;
}
