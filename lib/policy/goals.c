/* SPDX-License-Identifier: MIT */
/* Goals: the rates that were promised, such as 95% of all first responses in a month. */
#include "policy/decode.h"

#include <sla/goal.h>

#define WHOLE SLA_GOAL_WHOLE
#define DECIMALS 4 /* of a percentage: a part of a million has no more */

/* "99.5%" as parts of a million; false: it is no percentage, or finer than can be kept. */
static bool parse_rate(sla_text text, int64_t *out)
{
    if (text.length < 2 || text.data[text.length - 1] != '%')
        return false;
    sla_text number = {text.data, text.length - 1};
    if (number.data[0] == '-' || number.data[0] == '+' || !text_is_decimal(number))
        return false;
    int64_t rate = 0;
    int decimals = -1; /* before the point */
    for (size_t i = 0; i < number.length; i++) {
        if (number.data[i] == '.') {
            decimals = 0;
            continue;
        }
        bool is_fraction = decimals >= 0;
        if (is_fraction && ++decimals > DECIMALS && number.data[i] != '0')
            return false;
        if (rate <= WHOLE && decimals <= DECIMALS)
            rate = rate * 10 + (number.data[i] - '0');
    }
    for (int i = decimals < 0 ? 0 : decimals; i < DECIMALS && rate <= WHOLE; i++)
        rate *= 10;
    *out = rate;
    return true;
}

static void decode_rate(struct build *build, const struct node *node, struct goal_model *out)
{
    int64_t rate;
    if (node == NULL)
        return;
    bool good = parse_rate(node->text, &rate);
    if (good && rate > 0 && rate <= WHOLE) {
        out->rate = (struct number_field){rate, node};
        return;
    }
    const char *help = "write more than 0% and at most 100%, with up to four decimals";
    if (!good && text_is_decimal(node->text))
        help = "write it in percent, such as 95%";
    report(build, CODE_BAD_RATE, node, node->text, TEXT_NONE, text_of(help));
}

static bool decode_goal(struct build *build, const struct node *node, struct goal_model *out)
{
    out->at = node;
    if (!keys_check(build, node, MAP_GOAL, NULL))
        return false;
    const struct node *name = keys_value(node, MAP_GOAL, "name");
    const struct node *per = keys_value(node, MAP_GOAL, "per");
    if (name != NULL)
        decode_name(build, name, "the name of a goal", &out->name);
    decode_scope(build, node, MAP_GOAL, &out->scope);
    decode_rate(build, keys_value(node, MAP_GOAL, "at_least"), out);
    if (per != NULL)
        decode_word(build, per, "per", value_words(VALUE_PERIOD), &out->period);
    return true;
}

void decode_goals(struct build *build, const struct node *node, struct model *model)
{
    if (node == NULL)
        return;
    model->goals = build_array(build, node->count, sizeof *model->goals);
    if (model->goals == NULL)
        return;
    for (const struct member *item = node->members; item != NULL; item = item->next)
        if (decode_goal(build, item->value, &model->goals[model->goal_count]))
            model->goal_count++;
    /* Names are for reports: two goals of one name could not be told apart. */
    if (model->goal_count > 0)
        decode_names_differ(build, &model->goals->name, model->goal_count, sizeof *model->goals);
}
