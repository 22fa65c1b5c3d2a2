/* SPDX-License-Identifier: MIT */
/* Holiday lists: dates without work, dates worked instead, and how far the list reaches (C10). */
#include "policy/days.h"

static void decode_list(struct build *build, const struct member *member,
                        struct holidays_model *out)
{
    out->name = (struct text_field){member->key->text, member->key};
    decode_name(build, member->key, "the name of a holiday list", &out->name);
    if (!keys_check(build, member->value, MAP_HOLIDAYS, NULL))
        return;
    const struct node *through = keys_value(member->value, MAP_HOLIDAYS, "through");
    if (through != NULL)
        decode_date(build, through, &out->through);
    decode_days(build, keys_value(member->value, MAP_HOLIDAYS, "closed"), MAP_CLOSED,
                &out->closed);
    decode_days(build, keys_value(member->value, MAP_HOLIDAYS, "workdays"), MAP_WORKDAY,
                &out->workdays);
}

void decode_holidays(struct build *build, const struct node *node, struct model *model)
{
    if (node == NULL)
        return;
    size_t count = model->holidays_count; /* of the files before */
    struct holidays_model *all = build_array(build, count + node->count, sizeof *all);
    if (all == NULL)
        return;
    if (count > 0)
        memcpy(all, model->holidays, count * sizeof *all);
    model->holidays = all;
    for (const struct member *member = node->members; member != NULL; member = member->next)
        if (!keys_is_own(member->key->text))
            decode_list(build, member, &model->holidays[model->holidays_count++]);
}
