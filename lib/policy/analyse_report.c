/* SPDX-License-Identifier: MIT */
/* Telling what the analysis found. */
#include "policy/analyse_report.h"

void tell_never_holds(struct analysis *analysis, const struct node *at, const struct node *other)
{
    if (other == NULL || other == at)
        report(analysis->build, CODE_NEVER_HOLDS, at, TEXT_NONE, TEXT_NONE, TEXT_NONE);
    else
        report_related(analysis->build, CODE_NEVER_HOLDS, at, TEXT_NONE, TEXT_NONE, TEXT_NONE,
                       other, TEXT("it cannot hold together with this"));
}

void tell_never_has(struct analysis *analysis, const struct space_slot *slot,
                    const struct text_field *value)
{
    struct suggestion suggestion = suggestion_for(analysis->build, value->value);
    struct hint hint;
    for (size_t i = 1; i < slot->values.count && *suggestion.budget > 0; i++)
        if (slot->values.items[i].kind == SPACE_LISTED && set_has_some(slot->values.items[i].set))
            suggestion_offer(&suggestion, slot->values.items[i].text);
    report(analysis->build, CODE_NEVER_HAS, value->at, slot->name, value->value,
           suggestion_hint(&suggestion, &hint));
}

static bool is_there(const struct takers *takers, const struct node *at)
{
    for (size_t i = 0; i < takers->count; i++)
        if (takers->items[i].at == at)
            return true;
    return false;
}

static void add_taker(struct takers *takers, const struct earlier *earlier)
{
    if (takers->count < EARLIER_MAX && !is_there(takers, earlier->at))
        takers->items[takers->count++] = *earlier;
}

void takers_find(struct analysis *analysis, uint32_t wanted, const struct earlier *earlier,
                 size_t count, struct takers *takers)
{
    struct sets *sets = &analysis->sets;
    if (set_is_none(wanted) ||
        analysis->build->diags->items.count >= analysis->build->diags->limit)
        return; /* nobody will read it */
    for (size_t i = 0; i < count; i++)
        if (set_is_none(sets_minus(sets, wanted, earlier[i].set))) {
            add_taker(takers, &earlier[i]);
            return;
        }
    for (size_t i = 0; i < count && set_has_some(wanted); i++) {
        if (!set_has_some(sets_and(sets, wanted, earlier[i].set)))
            continue;
        add_taker(takers, &earlier[i]);
        wanted = sets_minus(sets, wanted, earlier[i].set);
    }
}

void tell_unreachable(struct analysis *analysis, enum diag_code code, const struct node *at,
                      sla_text a, const struct takers *takers)
{
    struct related_place places[EARLIER_MAX];
    size_t count = takers == NULL ? 0 : takers->count;
    if (count == 1 && takers->items[0].set == SET_ALL) { /* all behind it are lost: one fault */
        if (analysis->told_taker == takers->items[0].at)
            return;
        analysis->told_taker = takers->items[0].at;
    }
    for (size_t i = 0; i < count; i++)
        places[i] = (struct related_place){takers->items[i].at, takers->items[i].message};
    report_places(analysis->build, code, at, a, TEXT_NONE, TEXT_NONE, places, count);
}

void tell_undecided(struct analysis *analysis, const struct node *at, const char *what)
{
    analysis->told_undecided++;
    report(analysis->build, CODE_NOT_DECIDED, at, text_of(what), TEXT_NONE, TEXT_NONE);
}
