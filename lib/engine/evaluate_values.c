/* SPDX-License-Identifier: MIT */
/* Columns of attributes: arrays of texts, numbers of the policy's texts, columns as data frames
 * keep them. */
#include "base/checked.h"
#include "engine/evaluate.h"

/* The rows of its own that a column needs. */
static bool rows_of(const sla_column *given, size_t rows, size_t *out_rows)
{
    *out_rows = rows;
    return rows == 0 || (!ckd_mul(out_rows, rows - 1, given->step) &&
                         !ckd_add(out_rows, *out_rows, 1));
}

/* Remembering pays only where a text is likely to come again. */
static size_t literals_of(const sla_texts *texts, size_t rows)
{
    bool pays = texts != NULL && texts->index_width != 0 && texts->count <= rows;
    return pays ? (size_t)texts->count : 0;
}

bool value_column_is_right(const sla_policy *policy, const sla_column *given, size_t rows,
                           size_t *literals)
{
    struct texts texts;
    sla_text name;
    size_t own_rows;
    if (given->flags != 0 || given->id > policy->attribute_count ||
        (given->id == 0 &&
         (!text_from_api(given->name.data, given->name.length, &name) || name.length == 0)))
        return false;
    if (given->texts == NULL)
        return rows == 0 || given->values != NULL || given->value_ids != NULL;
    return given->values == NULL && rows_of(given, rows, &own_rows) &&
           texts_open(&texts, given->texts, own_rows) &&
           !ckd_add(literals, *literals, literals_of(given->texts, rows));
}

void value_column_open(struct value_column *column, const sla_policy *policy,
                       const sla_column *given, size_t rows, uint32_t **literals)
{
    sla_text name;
    size_t own_rows;
    column->given = given;
    column->slot = given->id;
    if (given->id == 0 && text_from_api(given->name.data, given->name.length, &name))
        column->slot = text_table_find(&policy->attributes, name);
    if (given->texts != NULL && rows_of(given, rows, &own_rows))
        texts_open(&column->texts, given->texts, own_rows);
    column->literal_count = literals == NULL ? 0 : literals_of(given->texts, rows);
    column->literals = literals == NULL ? NULL : *literals;
    if (literals != NULL)
        *literals += column->literal_count;
}

/* The policy's number of a word of the dictionary that was met before, or 0. Such a text is the
   policy's, too, and need not be read again. */
static uint32_t known_literal(const struct value_column *column, uint64_t element)
{
    uint32_t literal = element < column->literal_count ? column->literals[element] : 0;
    return literal == 0 ? 0 : literal - 1;
}

bool value_column_take_text(struct value_column *column, const sla_policy *policy, size_t at,
                            struct slot *slot)
{
    uint64_t element;
    sla_text text;
    enum texts_found found = texts_element(&column->texts, at, &element);
    uint32_t literal = found == TEXTS_PRESENT ? known_literal(column, element) : 0;
    if (literal != 0) {
        slot_set(slot, text_table_at(&policy->literals, literal), literal);
        return true;
    }
    if (found == TEXTS_PRESENT)
        found = texts_read(&column->texts, element, &text);
    if (found != TEXTS_PRESENT) {
        *slot = (struct slot){TEXT_NONE, 0, 0};
        return found == TEXTS_ABSENT;
    }
    if (element >= column->literal_count) {
        slot_set(slot, text, text_table_find(&policy->literals, text));
        return true;
    }
    if (column->literals[element] == 0)
        column->literals[element] = text_table_find(&policy->literals, text) + 1;
    slot_set(slot, text, column->literals[element] - 1);
    return true;
}
