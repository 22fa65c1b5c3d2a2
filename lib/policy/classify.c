/* SPDX-License-Identifier: MIT */
/* Classification: how attributes are derived, by rows, by a matrix or by a one-key table. */
#include "policy/decode.h"

static void decode_is(struct build *build, const struct node *node, struct row_model *out)
{
    if (node->type == NODE_TEXT) {
        decode_text(build, node, "is", &out->is);
        return;
    }
    if (!keys_check(build, node, MAP_COPY, NULL))
        return;
    const struct node *copy = keys_value(node, MAP_COPY, "copy");
    if (copy != NULL)
        decode_name(build, copy, "copy", &out->copy);
}

static void decode_raise(struct build *build, const struct node *node, sla_text name,
                         struct row_model *out)
{
    bool is_severity = text_equal(name, TEXT("severity"));
    if (!is_severity) { /* once for all rows of the attribute */
        if (!report_again(build, CODE_RAISE_NOT_SEVERITY, node->key, name))
            report(build, CODE_RAISE_NOT_SEVERITY, node->key, TEXT_NONE, TEXT_NONE, TEXT_NONE);
        return;
    }
    if (!decode_whole(build, node, -VALUE_TIERS_MAX, VALUE_TIERS_MAX, &out->raise))
        return;
    if (out->raise.value == 0)
        report(build, CODE_RAISE_ZERO, node, TEXT_NONE, TEXT_NONE, TEXT_NONE);
}

static bool decode_row(struct build *build, const struct node *node, sla_text name,
                       struct row_model *out)
{
    out->at = node;
    if (!keys_check(build, node, MAP_CLASSIFY_ROW, NULL))
        return false;
    const struct node *when = keys_value(node, MAP_CLASSIFY_ROW, "when");
    const struct node *is = keys_value(node, MAP_CLASSIFY_ROW, "is");
    const struct node *raise = keys_value(node, MAP_CLASSIFY_ROW, "raise");
    if (when != NULL)
        out->when = decode_condition(build, when);
    if (decode_exclusive(build, node, "is", "raise"))
        return true;
    if (is != NULL)
        decode_is(build, is, out);
    else if (raise != NULL)
        decode_raise(build, raise, name, out);
    else if (node_get(node, "is") == NULL && node_get(node, "raise") == NULL)
        keys_missing(build, node, MAP_CLASSIFY_ROW, "a row of a classification", "is");
    return true;
}

/* The first matching row wins: the last choice must need no condition. */
static void check_default(struct build *build, const struct node *list)
{
    const struct node *last = NULL;
    for (const struct member *item = list->members; item != NULL; item = item->next) {
        const struct node *row = item->value;
        if (keys_is_doubtful(row, MAP_CLASSIFY_ROW, NULL) ||
            (node_get(row, "is") != NULL && node_get(row, "raise") != NULL))
            return; /* it may have meant anything */
        if (node_get(item->value, "raise") != NULL)
            continue;
        if (node_get(item->value, "when") == NULL)
            return; /* the analysis tells what stands behind it */
        last = item->value;
    }
    const struct node *at = last == NULL ? list : node_get(last, "when");
    report(build, CODE_NO_DEFAULT, at, TEXT_NONE, TEXT_NONE,
           TEXT("end the list with a row that has no \"when\""));
}

static void decode_rows(struct build *build, const struct node *list,
                        struct derivation_model *out)
{
    out->kind = DERIVE_ROWS;
    if (decode_is_empty_list(build, list, "a classification"))
        return;
    out->rows = build_array(build, list->count, sizeof *out->rows);
    if (out->rows == NULL)
        return;
    for (const struct member *item = list->members; item != NULL; item = item->next)
        if (decode_row(build, item->value, out->name.value, &out->rows[out->row_count]))
            out->row_count++;
    check_default(build, list);
}

/* rows: {impact: [high, medium, low]} */
static bool decode_axis(struct build *build, const struct node *node, const char *what,
                        struct text_field *by, struct text_list *values)
{
    if (node == NULL)
        return false;
    if (node->count != 1) {
        if (!node->damaged)
            report(build, CODE_MATRIX_AXIS, node, text_of(what), TEXT_NONE, TEXT_NONE);
        return false;
    }
    bool good = decode_name(build, node->members->key, what, by);
    /* Without all of them the matrix has no shape to be held against. */
    return decode_names(build, node->members->value, what, values) && good &&
           decode_no_twice(build, values);
}

/* Tells that a list of the matrix is longer or shorter than its axis. */
static bool has_size(struct build *build, const struct node *list, const struct text_list *axis,
                     const char *what)
{
    size_t wanted = axis->count;
    if (list->count == wanted)
        return true;
    struct text_builder counts;
    builder_init(&counts, &build->allocator);
    builder_add_number(&counts, (int64_t)list->count);
    builder_add_c(&counts, " where there must be ");
    builder_add_number(&counts, (int64_t)wanted);
    if (counts.failed)
        build_fail(build, SLA_ERROR_MEMORY);
    else
        report_related(build, CODE_MATRIX_SHAPE, list, text_of(what), builder_text(&counts),
                       TEXT_NONE, axis->at, TEXT("their values are here"));
    builder_free(&counts);
    return false;
}

/* A row that has another length than the first one, or the right one: NULL says that the columns
   are wrong, and not the rows, which is one fault. */
static const struct member *find_uneven(const struct node *values, size_t wanted)
{
    const struct member *row = values->members;
    while (row != NULL && row->value->type == NODE_LIST && row->value->count != wanted &&
           row->value->count == values->members->value->count)
        row = row->next;
    return row;
}

static void decode_cells(struct build *build, const struct node *values, struct matrix_model *out)
{
    if (!has_size(build, values, &out->rows, "rows"))
        return;
    const struct member *uneven = find_uneven(values, out->columns.count);
    out->cells = build_array(build, out->rows.count * out->columns.count, sizeof *out->cells);
    if (out->cells == NULL)
        return;
    struct text_field *cell = out->cells;
    for (const struct member *row = values->members; row != NULL; row = row->next) {
        bool is_told = uneven == NULL && row != values->members && row->value->type == NODE_LIST;
        if (!keys_expect(build, row->value, "a row of a matrix", NODE_LIST) ||
            (row->value->count != out->columns.count && is_told) ||
            !has_size(build, row->value, &out->columns, "values")) {
            cell += out->columns.count;
            continue;
        }
        for (const struct member *item = row->value->members; item != NULL; item = item->next)
            decode_text(build, item->value, "a value", cell++);
    }
}

static void decode_matrix(struct build *build, const struct node *node, struct matrix_model *out)
{
    if (!keys_check(build, node, MAP_MATRIX, NULL))
        return;
    const struct node *values = keys_value(node, MAP_MATRIX, "values");
    bool good = decode_axis(build, keys_value(node, MAP_MATRIX, "rows"), "rows", &out->row_by,
                            &out->rows);
    good = decode_axis(build, keys_value(node, MAP_MATRIX, "columns"), "columns", &out->column_by,
                       &out->columns) &&
           good;
    /* a bound against sizes that multiply: cells are nodes, so there cannot be more of them */
    if (good && values != NULL && out->rows.count <= build->options.max_nodes / out->columns.count)
        decode_cells(build, values, out);
    else if (good && values != NULL)
        has_size(build, values, &out->rows, "rows");
}

static void decode_map(struct build *build, const struct node *node, struct derivation_model *out)
{
    if (!keys_check(build, node, MAP_DERIVATION, NULL) ||
        decode_exclusive(build, node, "matrix", "by") ||
        decode_exclusive(build, node, "matrix", "is"))
        return;
    const struct node *matrix = keys_value(node, MAP_DERIVATION, "matrix");
    const struct node *otherwise = keys_value(node, MAP_DERIVATION, "default");
    if (matrix != NULL) {
        out->kind = DERIVE_MATRIX;
        decode_matrix(build, matrix, &out->matrix);
        if (otherwise != NULL)
            decode_text(build, otherwise, "default", &out->matrix.otherwise);
        return;
    }
    out->kind = DERIVE_TABLE;
    if (node_get(node, "matrix") != NULL) /* told: it is no mapping */
        return;
    if (node_get(node, "by") == NULL)
        keys_missing(build, node, MAP_DERIVATION, "a table", "by");
    else if (node_get(node, "is") == NULL)
        keys_missing(build, node, MAP_DERIVATION, "a table", "is");
    else
        decode_table(build, node, MAP_DERIVATION, "a value", &out->table);
}

static void decode_derivation(struct build *build, const struct member *member,
                              struct derivation_model *out)
{
    out->name = (struct text_field){member->key->text, member->key};
    decode_name(build, member->key, "the name of an attribute", &out->name);
    if (!keys_expect(build, member->value, "a classification", NODE_LIST | NODE_MAP))
        return;
    if (member->value->type == NODE_LIST)
        decode_rows(build, member->value, out);
    else
        decode_map(build, member->value, out);
}

void decode_classify(struct build *build, const struct node *node, struct model *model)
{
    if (node == NULL)
        return;
    model->derivations = build_array(build, node->count, sizeof *model->derivations);
    if (model->derivations == NULL)
        return;
    for (const struct member *member = node->members; member != NULL; member = member->next)
        if (!keys_is_own(member->key->text))
            decode_derivation(build, member, &model->derivations[model->derivation_count++]);
}
