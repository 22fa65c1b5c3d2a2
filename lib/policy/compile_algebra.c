/* SPDX-License-Identifier: MIT */
/* Calendars that are made of others (C9): names become calendars, and members are compiled before
 * what is made of them. */
#include "policy/compile.h"

/* What a member costs, in the measure of dates_cost(): its tables are read part by part. */
#define MEMBER_COST 2000u

/* The members' numbers, 24x7 being 0; names without a calendar are told and left out. */
static bool resolve(struct compile *compile, struct calendar_model *calendar)
{
    const struct text_list *lists[] = {&calendar->all_of, &calendar->any_of, &calendar->none_of};
    size_t count = lists[0]->count + lists[1]->count + lists[2]->count;
    calendar->members = build_array(compile->build, count, sizeof *calendar->members);
    for (size_t l = 0; calendar->members != NULL && l < 3; l++) {
        for (size_t i = 0; i < lists[l]->count; i++) {
            const struct text_field *name = &lists[l]->items[i];
            uint32_t index = compile_calendar_name(compile, name->at, name->value);
            if (index == INDEX_NONE)
                calendar->broken = true;
            calendar->members[calendar->member_count++] = index;
        }
    }
    return calendar->members != NULL;
}

/* Where a calendar names its member number `index`. */
static const struct node *member_at(const struct calendar_model *calendar, size_t index)
{
    const struct text_list *lists[] = {&calendar->all_of, &calendar->any_of, &calendar->none_of};
    size_t list = 0;
    while (index >= lists[list]->count)
        index -= lists[list++]->count;
    return lists[list]->items[index].at;
}

/* A calendar that waits for its members, and which of them is looked at. */
struct visit {
    uint32_t calendar;
    size_t member;
};

/* Goes down to members first. The chain may be as long as the list, so it is walked and not
   called. */
static void visit_from(struct compile *compile, uint32_t first, struct visit *stack,
                       uint32_t *order, size_t *count)
{
    struct calendar_model *calendars = compile->model->calendars;
    size_t depth = 0;
    stack[depth++] = (struct visit){first, 0};
    calendars[first].visit = VISIT_BEGUN;
    while (depth > 0) {
        struct visit *top = &stack[depth - 1];
        struct calendar_model *calendar = &calendars[top->calendar];
        if (top->member == calendar->member_count) {
            calendar->visit = VISIT_DONE;
            order[(*count)++] = top->calendar;
            depth--;
            continue;
        }
        uint32_t index = calendar->members[top->member++];
        if (index == 0 || index == INDEX_NONE)
            continue;
        struct calendar_model *member = &calendars[index - 1];
        if (member->visit == VISIT_BEGUN) {
            report_related(compile->build, CODE_MADE_OF_ITSELF,
                           member_at(calendar, top->member - 1), member->name.value, TEXT_NONE,
                           TEXT_NONE, member->name.at, TEXT("it is defined here"));
            calendar->broken = true;
        } else if (member->visit == VISIT_NONE) {
            member->visit = VISIT_BEGUN;
            stack[depth++] = (struct visit){index - 1, 0};
        }
    }
}

const uint32_t *compile_member_order(struct compile *compile)
{
    struct model *model = compile->model;
    uint32_t *order = build_array(compile->build, model->calendar_count, sizeof *order);
    struct visit *stack = build_array(compile->build, model->calendar_count, sizeof *stack);
    size_t count = 0;
    if (order == NULL || stack == NULL)
        return NULL;
    for (size_t i = 0; i < model->calendar_count; i++)
        if (!resolve(compile, &model->calendars[i]))
            return NULL;
    for (size_t i = 0; i < model->calendar_count; i++)
        if (model->calendars[i].visit == VISIT_NONE)
            visit_from(compile, (uint32_t)i, stack, order, &count);
    return order;
}

bool compile_algebra(struct compile *compile, const struct calendar_model *calendar,
                     struct calendar_algebra *out)
{
    const sla_calendar **members =
        build_array(compile->build, calendar->member_count, sizeof *members);
    compile->dates_cost += CALENDAR_COST + MEMBER_COST * calendar->member_count;
    for (size_t i = 0; members != NULL && i < calendar->member_count; i++) {
        uint32_t index = calendar->members[i];
        if (index == INDEX_NONE || compile->calendars.items[index] == NULL)
            return false; /* told where it was compiled */
        members[i] = compile->calendars.items[index];
    }
    size_t all = calendar->all_of.count, any = calendar->any_of.count;
    *out = (struct calendar_algebra){{members, all},
                                     {members + all, any},
                                     {members + all + any, calendar->none_of.count}};
    return members != NULL;
}
