/* SPDX-License-Identifier: MIT */
/* Classification: which incidents get which value of a derived attribute, and the rows, entries and
 * raises that no incident ever gets to. */
#include "policy/analyse.h"
#include "policy/analyse_report.h"

static void add_text(struct analysis *analysis, struct space_slot *slot, sla_text text,
                     uint32_t set)
{
    if (set == SET_NONE)
        return;
    space_add(analysis, slot,
              (struct space_value){.kind = SPACE_LISTED, .text = text, .set = set});
}

static void add_absent(struct analysis *analysis, struct space_slot *slot, uint32_t set)
{
    space_add(analysis, slot, (struct space_value){.kind = SPACE_ABSENT, .set = set});
}

static void add_copy(struct analysis *analysis, struct space_slot *slot,
                     const struct space_slot *from, uint32_t set)
{
    if (from->lost)
        slot->lost = true;
    for (size_t i = 0; i < from->values.count && !from->lost; i++) {
        struct space_value value = from->values.items[i];
        value.set = sets_and(&analysis->sets, value.set, set);
        if (value.set != SET_NONE)
            space_add(analysis, slot, value);
    }
}

static void derive_rows(struct analysis *analysis, const struct derivation_model *derivation,
                        struct space_slot *slot)
{
    struct sets *sets = &analysis->sets;
    struct earlier *earlier =
        build_array(analysis->build, derivation->row_count, sizeof *earlier);
    uint32_t taken = SET_NONE;
    size_t count = 0;
    for (size_t i = 0; earlier != NULL && i < derivation->row_count; i++) {
        const struct row_model *row = &derivation->rows[i];
        if (row->raise.at != NULL)
            continue;
        uint32_t holds = condition_set(analysis, row->when, true);
        uint32_t here = sets_minus(sets, holds, taken);
        taken = sets_or(sets, taken, holds);
        if (set_is_none(here) && !set_is_none(holds)) {
            struct takers takers = {.count = 0};
            takers_find(analysis, holds, earlier, count, &takers);
            tell_unreachable(analysis, CODE_ROW_UNREACHABLE, row->at, TEXT_NONE, &takers);
        }
        earlier[count++] = (struct earlier){row->at, holds, "this row takes what it would match"};
        if (row->copy.at != NULL)
            add_copy(analysis, slot, &analysis->slots[space_find(analysis, &row->copy)], here);
        else
            add_text(analysis, slot, row->is.value, here);
    }
}

static void derive_table(struct analysis *analysis, const struct table_model *table,
                         struct space_slot *slot)
{
    const struct space_slot *by = &analysis->slots[space_find(analysis, &table->by)];
    uint32_t taken = SET_NONE;
    for (size_t i = 0; i < table->count; i++) {
        uint32_t equal = space_equal(by, table->entries[i].key.value);
        if (set_is_none(equal))
            tell_never_has(analysis, by, &table->entries[i].key);
        taken = sets_or(&analysis->sets, taken, equal);
        add_text(analysis, slot, table->entries[i].value, equal);
    }
    uint32_t rest = sets_minus(&analysis->sets, SET_ALL, taken);
    if (table->otherwise.at != NULL)
        add_text(analysis, slot, table->otherwise.value, rest);
    else
        add_absent(analysis, slot, rest);
}

/* The sets of an axis, whose values differ. */
static uint32_t *axis_sets(struct analysis *analysis, const struct space_slot *by,
                           const struct text_list *values)
{
    uint32_t *found = build_array(analysis->build, values->count, sizeof *found);
    for (size_t i = 0; found != NULL && i < values->count; i++) {
        found[i] = space_equal(by, values->items[i].value);
        if (set_is_none(found[i]))
            tell_never_has(analysis, by, &values->items[i]);
    }
    return found;
}

static void derive_matrix(struct analysis *analysis, const struct matrix_model *matrix,
                          struct space_slot *slot)
{
    struct sets *sets = &analysis->sets;
    const struct space_slot *row_by = &analysis->slots[space_find(analysis, &matrix->row_by)];
    const struct space_slot *column_by =
        &analysis->slots[space_find(analysis, &matrix->column_by)];
    const uint32_t *rows = axis_sets(analysis, row_by, &matrix->rows);
    const uint32_t *columns = axis_sets(analysis, column_by, &matrix->columns);
    uint32_t taken = SET_NONE;
    size_t width = matrix->columns.count;
    for (size_t i = 0; rows && columns && i < matrix->rows.count * width; i++) {
        const struct text_field *cell = &matrix->cells[i];
        uint32_t row = rows[i / width], column = columns[i % width];
        uint32_t here = sets_and(sets, row, column);
        taken = sets_or(sets, taken, here);
        if (set_is_none(here) && !set_is_none(row) && !set_is_none(column))
            tell_unreachable(analysis, CODE_ENTRY_UNREACHABLE, cell->at, cell->value, NULL);
        add_text(analysis, slot, cell->value, here);
    }
    uint32_t rest = sets_minus(sets, SET_ALL, taken);
    if (matrix->otherwise.at != NULL)
        add_text(analysis, slot, matrix->otherwise.value, rest);
    else
        add_absent(analysis, slot, rest);
}

/* A raise moves the incidents of each severity; told is one that moves none. */
static void move_tiers(struct analysis *analysis, const struct row_model *row, uint32_t *tiers,
                       size_t count)
{
    struct sets *sets = &analysis->sets;
    uint32_t holds = condition_set(analysis, row->when, true);
    uint32_t *moved = build_array(analysis->build, count, sizeof *moved);
    bool changes = false;
    for (size_t i = 0; moved != NULL && i < count; i++) {
        int64_t tier = (int64_t)i - row->raise.value, last = (int64_t)count - 1;
        tier = tier < 0 ? 0 : tier > last ? last : tier;
        uint32_t those = sets_and(sets, tiers[i], holds);
        changes = changes || ((size_t)tier != i && !set_is_none(those));
        moved[tier] = sets_or(sets, moved[tier], those);
        moved[i] = sets_or(sets, moved[i], sets_minus(sets, tiers[i], holds));
    }
    if (moved == NULL)
        return;
    if (!changes && !set_is_none(holds))
        report(analysis->build, CODE_RAISE_WITHOUT_EFFECT, row->at, TEXT_NONE, TEXT_NONE,
               TEXT_NONE);
    memcpy(tiers, moved, count * sizeof *moved);
}

/* The severity in force: one of the list; what is not listed counts as the last one. */
static void settle(struct analysis *analysis, const struct space_slot *from,
                   const struct derivation_model *derivation, struct space_slot *to)
{
    struct sets *sets = &analysis->sets;
    const struct text_list *severities = &analysis->compile->model->severities;
    size_t count = severities->count;
    uint32_t *tiers = build_array(analysis->build, count, sizeof *tiers), listed = SET_NONE;
    if (tiers == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        tiers[i] = space_equal(from, severities->items[i].value);
        listed = sets_or(sets, listed, tiers[i]);
    }
    tiers[count - 1] = sets_or(sets, tiers[count - 1], sets_minus(sets, SET_ALL, listed));
    for (size_t i = 0; derivation != NULL && i < derivation->row_count; i++)
        if (derivation->rows[i].raise.at != NULL)
            move_tiers(analysis, &derivation->rows[i], tiers, count);
    for (size_t i = 0; i < to->values.count; i++)
        to->values.items[i].set = to->lost ? SET_LOST : SET_NONE;
    for (size_t i = 0; i < count; i++)
        add_text(analysis, to, severities->items[i].value, tiers[i]);
}

static void ask(struct analysis *analysis, const struct derivation_model *derivation)
{
    for (size_t i = 0; i < derivation->row_count; i++) {
        space_ask(analysis, derivation->rows[i].when);
        if (derivation->rows[i].copy.at != NULL)
            space_ask_slot(analysis, space_find(analysis, &derivation->rows[i].copy));
    }
    if (derivation->kind == DERIVE_TABLE)
        space_ask_slot(analysis, space_find(analysis, &derivation->table.by));
    if (derivation->kind == DERIVE_MATRIX) {
        space_ask_slot(analysis, space_find(analysis, &derivation->matrix.row_by));
        space_ask_slot(analysis, space_find(analysis, &derivation->matrix.column_by));
    }
}

static bool is_undecided(const struct space_slot *slot)
{
    bool undecided = slot->lost;
    for (size_t i = 0; i < slot->values.count; i++)
        undecided = undecided || slot->values.items[i].set == SET_LOST;
    return undecided;
}

static void derive(struct analysis *analysis, size_t number)
{
    const struct model *model = analysis->compile->model;
    const struct derivation_model *derivation = &model->derivations[number];
    struct space_slot *slot = &analysis->slots[analysis->attribute_count + 1 + number];
    analysis->compile->deriving = number;
    space_begin(analysis);
    ask(analysis, derivation);
    space_work(analysis);
    memcpy(slot->support, analysis->support, analysis->support_words * sizeof *slot->support);
    if (derivation->kind == DERIVE_ROWS)
        derive_rows(analysis, derivation, slot);
    else if (derivation->kind == DERIVE_TABLE)
        derive_table(analysis, &derivation->table, slot);
    else
        derive_matrix(analysis, &derivation->matrix, slot);
    if (model->severities.count > 0 && text_equal(derivation->name.value, TEXT("severity")))
        settle(analysis, slot, derivation, slot);
    if (is_undecided(slot))
        tell_undecided(analysis, derivation->name.at, "which of these rows are reached");
}

void analyse_derivations(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    for (size_t i = 0; i < model->derivation_count; i++)
        derive(analysis, i);
    analysis->compile->deriving = AFTER_ALL;
    if (analysis->settled == 0)
        return;
    struct space_slot *settled = &analysis->slots[analysis->settled];
    const struct space_slot *given = &analysis->slots[compile_slot_as_given(
        analysis->compile, &(struct text_field){TEXT("severity"), NULL})];
    memcpy(settled->support, given->support, analysis->support_words * sizeof *given->support);
    sets_begin(&analysis->sets, UINT64_MAX);
    settle(analysis, given, NULL, settled);
}
