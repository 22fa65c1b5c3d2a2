/* SPDX-License-Identifier: MIT */
/* Updates as columns: rows become updates a few places ahead of the one that is applied. */
#include "base/checked.h"
#include "base/structs.h"
#include "engine/evaluate.h"
#include "engine/update_many.h"

#include <sla/update_columns.h>

/* Where the text of a number lies as long as its update is needed. */
struct digits {
    char at[TEXT_DIGITS];
};

struct update_rows {
    struct update_source source;
    const sla_policy *policy;
    sla_update_columns given;
    struct texts incidents, events;
    struct numbers at;
    struct value_column *columns;
    sla_update updates[UPDATES_AHEAD];
    sla_attribute *attributes; /* of each of those, as many as there are columns */
    struct digits *digits;     /* of each of those, one a column and two more */
};

static enum texts_found read_text(struct texts *texts, size_t row, struct digits *digits,
                                  sla_text *out_text)
{
    uint32_t form = texts->given->form;
    enum texts_found found = texts_at(texts, row, out_text);
    if (found == TEXTS_PRESENT && (form == SLA_TEXTS_NUMBERS || form == SLA_TEXTS_UNSIGNED)) {
        memcpy(digits->at, out_text->data, out_text->length);
        out_text->data = digits->at;
    }
    return found;
}

static enum texts_found read_value(const struct update_rows *rows, struct value_column *column,
                                   size_t row, struct digits *digits, sla_text *out_value)
{
    const sla_column *given = column->given;
    size_t at = row * given->step;
    if (given->texts != NULL)
        return read_text(&column->texts, at, digits, out_value);
    uint32_t number = given->value_ids == NULL ? 0 : given->value_ids[at];
    if (number > rows->policy->literals.texts.count)
        return TEXTS_WRONG;
    *out_value = number != 0              ? text_table_at(&rows->policy->literals, number)
                 : given->values != NULL ? given->values[at]
                                         : TEXT_NONE;
    return out_value->data == NULL ? TEXTS_ABSENT : TEXTS_PRESENT;
}

/* The attributes that a row says something of. False: a value cannot be right. */
static bool read_attributes(const struct update_rows *rows, size_t row, sla_attribute *attributes,
                            struct digits *digits, size_t *out_count)
{
    *out_count = 0;
    for (size_t i = 0; i < rows->given.column_count; i++) {
        struct value_column *column = &rows->columns[i];
        sla_attribute attribute = {.name = column->given->name, .id = column->slot};
        enum texts_found found = read_value(rows, column, row, &digits[i], &attribute.value);
        if (found == TEXTS_WRONG)
            return false;
        if (found == TEXTS_ABSENT && column->given->flags == 0)
            continue;
        if (found == TEXTS_ABSENT) {
            attribute.value = TEXT_NONE;
            attribute.flags = SLA_ATTRIBUTE_REMOVE;
        }
        attributes[(*out_count)++] = attribute;
    }
    return true;
}

static sla_status read_row(struct update_source *source, size_t row,
                           const sla_update **out_update)
{
    struct update_rows *rows = (struct update_rows *)source;
    size_t slot = row % UPDATES_AHEAD, columns = rows->given.column_count;
    struct digits *digits = rows->digits + slot * (columns + 2);
    sla_update *update = &rows->updates[slot];
    *update = (sla_update){.size = sizeof *update,
                           .at = numbers_at(&rows->at, row),
                           .attributes = rows->attributes + slot * columns};
    enum texts_found found = read_text(&rows->incidents, row, &digits[columns], &update->incident);
    if (found == TEXTS_WRONG ||
        !read_attributes(rows, row, rows->attributes + slot * columns, digits,
                         &update->attribute_count) ||
        (rows->given.events != NULL && read_text(&rows->events, row, &digits[columns + 1],
                                                 &update->event) == TEXTS_WRONG))
        return SLA_ERROR_ARGUMENT;
    if (found == TEXTS_ABSENT || update->at == NUMBER_NONE)
        return SLA_MISSING;
    if (rows->given.sequences != NULL)
        update->sequence = rows->given.sequences[row];
    *out_update = update;
    return SLA_OK;
}

static bool column_is_right(const sla_policy *policy, const sla_column *given, size_t row_count)
{
    sla_column column = *given;
    size_t literals = 0;
    column.flags &= ~SLA_ATTRIBUTE_REMOVE;
    return value_column_is_right(policy, &column, row_count, &literals);
}

static bool open_rows(struct update_rows *rows, const sla_update_columns *given)
{
    sla_update_columns *own = &rows->given;
    if (!struct_read(given, own, sizeof *own) || own->flags != 0 || own->reserved != NULL ||
        own->rows > SIZE_MAX || own->first > own->rows ||
        (own->columns == NULL && own->column_count > 0))
        return false;
    size_t count = (size_t)own->rows;
    if (!texts_open(&rows->incidents, own->incidents, count) ||
        !numbers_open(&rows->at, own->at, count) ||
        (own->events != NULL && !texts_open(&rows->events, own->events, count)))
        return false;
    for (size_t i = 0; i < own->column_count; i++)
        if (!column_is_right(rows->policy, &own->columns[i], count))
            return false;
    return true;
}

/* Bytes of everything that there is one of for each column; false: more than there can be. */
static bool size_of_scratch(size_t columns, size_t *out_size)
{
    size_t each = sizeof(struct value_column) +
                  UPDATES_AHEAD * (sizeof(sla_attribute) + sizeof(struct digits));
    return !ckd_mul(out_size, columns, each) &&
           !ckd_add(out_size, *out_size, UPDATES_AHEAD * 2 * sizeof(struct digits));
}

sla_status sla_engine_update_columns(sla_engine *engine, const sla_update_columns *columns,
                                     size_t *out_done)
{
    struct update_rows rows = {.source = {read_row}};
    size_t size, done = 0;
    if (out_done != NULL)
        *out_done = 0;
    if (engine == NULL || columns == NULL)
        return SLA_ERROR_ARGUMENT;
    rows.policy = engine->policy;
    if (!open_rows(&rows, columns))
        return SLA_ERROR_ARGUMENT;
    if (engine->busy)
        return SLA_ERROR_BUSY;
    size_t count = rows.given.column_count;
    void *scratch = size_of_scratch(count, &size) ? memory_new(&engine->allocator, size) : NULL;
    if (scratch == NULL)
        return SLA_ERROR_MEMORY;
    rows.columns = scratch;
    rows.attributes = (void *)(rows.columns + count);
    rows.digits = (void *)(rows.attributes + UPDATES_AHEAD * count);
    for (size_t i = 0; i < count; i++)
        value_column_open(&rows.columns[i], rows.policy, &rows.given.columns[i],
                          (size_t)rows.given.rows, NULL);
    sla_status status = updates_apply(engine, &rows.source, (size_t)rows.given.first,
                                      (size_t)rows.given.rows, rows.given.statuses, &done);
    memory_free(&engine->allocator, scratch, size);
    if (out_done != NULL)
        *out_done = done;
    return status;
}
