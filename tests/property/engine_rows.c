/* SPDX-License-Identifier: MIT */
/* Updates as columns: a log in pieces of any size, its attributes in columns of any form, does what
 * the same updates do one by one, to the last byte of the state. */
#include "engine_court.h"

#include <sla/update_columns.h>
#include <string.h>

#define NAMES 64
#define ROWS 80 /* of a piece, those without an update included */

/* What stands in a row; there is nothing where `data` is NULL. */
struct cells {
    sla_text rows[ROWS];
};

/* A column of texts in one of the forms. */
struct column {
    char bytes[ROWS * 48];
    int32_t offsets32[ROWS + 1];
    int64_t offsets64[ROWS + 1];
    uint8_t validity[ROWS / 8], indexes[ROWS];
    sla_texts texts;
};

struct piece {
    const struct log *log;
    const char *names[NAMES]; /* of the log's attributes, in the order of their columns */
    size_t name_count, rows;
    int32_t updates[ROWS]; /* by rows; -1: the row has none */
    struct cells incidents, events, values[NAMES];
    int64_t at[ROWS];
    uint64_t sequences[ROWS];
    uint32_t flags[NAMES]; /* SLA_ATTRIBUTE_REMOVE: what is missing is removed */
    bool is_used[NAMES];   /* the flag is settled */
    uint32_t ticks;
};

static void note_names(struct piece *piece)
{
    for (int32_t i = 0; i < piece->log->count; i++)
        for (int32_t k = 0; k < piece->log->updates[i].change_count; k++) {
            const char *name = piece->log->updates[i].changes[k].name;
            size_t at = 0;
            while (at < piece->name_count && strcmp(piece->names[at], name) != 0)
                at++;
            if (at == piece->name_count && at < NAMES)
                piece->names[piece->name_count++] = name;
        }
}

static const struct log_change *change_of(const struct log_update *update, const char *name)
{
    for (int32_t k = 0; k < update->change_count; k++)
        if (strcmp(update->changes[k].name, name) == 0)
            return &update->changes[k];
    return NULL;
}

/* The update with its attributes in the order of the columns. */
static sla_update update_of(const struct piece *piece, int32_t index, const sla_policy *policy,
                            sla_attribute *attributes)
{
    struct log_update sorted = piece->log->updates[index];
    sorted.change_count = 0;
    for (size_t n = 0; n < piece->name_count; n++) {
        const struct log_change *made = change_of(&piece->log->updates[index], piece->names[n]);
        if (made != NULL)
            sorted.changes[sorted.change_count++] = *made;
    }
    sla_update update = log_update_of(&sorted, policy, attributes);
    for (int32_t k = 0; k < sorted.change_count; k++) /* the copy ends here */
        if ((attributes[k].flags & SLA_ATTRIBUTE_REMOVE) != 0)
            attributes[k].value = (sla_text){NULL, 0};
        else
            attributes[k].value.data = change_of(&piece->log->updates[index],
                                                 sorted.changes[k].name)->value;
    return update;
}

/* Can the update stand among the rows? A column cannot remove in one row and leave in another. */
static bool takes(const struct piece *piece, const struct log_update *update)
{
    for (size_t n = 0; n < piece->name_count; n++) {
        const struct log_change *made = change_of(update, piece->names[n]);
        uint32_t flag = made != NULL && made->removed ? SLA_ATTRIBUTE_REMOVE : 0;
        if ((made == NULL || made->removed) && piece->is_used[n] && piece->flags[n] != flag)
            return false;
    }
    return piece->rows < ROWS;
}

static void add_row(struct piece *piece, int32_t index, int64_t fraction)
{
    const struct log_update *update = &piece->log->updates[index];
    size_t row = piece->rows++;
    piece->updates[row] = index;
    piece->incidents.rows[row] = log_incident(update->incident);
    piece->events.rows[row] = (sla_text){update->event, strlen(update->event)};
    piece->at[row] = update->at * piece->ticks + fraction;
    piece->sequences[row] = update->sequence;
    for (size_t n = 0; n < piece->name_count; n++) {
        const struct log_change *made = change_of(update, piece->names[n]);
        bool is_set = made != NULL && !made->removed;
        piece->values[n].rows[row] = is_set ? (sla_text){made->value, strlen(made->value)}
                                            : (sla_text){NULL, 0};
        if (!is_set) {
            piece->flags[n] = made != NULL ? SLA_ATTRIBUTE_REMOVE : 0;
            piece->is_used[n] = true;
        }
    }
}

/* A row that has no incident or no instant, and an attribute that nobody gets. */
static void add_gap(struct piece *piece, bool without_incident)
{
    size_t row = piece->rows;
    add_row(piece, 0, 0);
    piece->updates[row] = -1;
    if (without_incident)
        piece->incidents.rows[row] = (sla_text){NULL, 0};
    else
        piece->at[row] = INT64_MIN;
}

static const sla_texts *lay(struct column *column, const struct cells *cells, size_t rows,
                            struct random *random)
{
    int64_t form = random_between(random, 1, 3); /* the third: a dictionary, backwards */
    size_t used = 0;
    memset(column->validity, 0, sizeof column->validity);
    for (size_t i = 0; i < rows; i++) {
        size_t from = form == 3 ? rows - 1 - i : i;
        sla_text text = cells->rows[from];
        column->offsets32[i] = (int32_t)used;
        column->offsets64[i] = (int64_t)used;
        if (text.length > 0)
            memcpy(column->bytes + used, text.data, text.length);
        used += text.length;
        column->indexes[from] = (uint8_t)i;
        column->validity[from / 8] |= (uint8_t)((text.data != NULL) << from % 8);
    }
    column->offsets32[rows] = (int32_t)used;
    column->offsets64[rows] = (int64_t)used;
    column->texts = (sla_texts){.size = sizeof column->texts,
                                .form = form == 1 ? SLA_TEXTS_OFFSETS32 : SLA_TEXTS_OFFSETS64,
                                .count = rows,
                                .elements = column->offsets64,
                                .bytes = column->bytes,
                                .validity = column->validity};
    if (form == 1)
        column->texts.elements = column->offsets32;
    if (form == 3) {
        column->texts.index_width = 1;
        column->texts.indexes = column->indexes;
    }
    return &column->texts;
}

static bool apply(struct court *court, struct piece *piece, sla_engine *engine, struct run *run)
{
    static struct column incidents, events, values[NAMES];
    static const struct cells none;
    sla_column columns[NAMES] = {{{0}, 0, 0, 0, 0, 0, 0}};
    sla_status statuses[ROWS];
    sla_numbers at = {.size = sizeof at, .width = 8, .ticks = piece->ticks, .stride = 8,
                      .values = piece->at};
    sla_update_columns rows = {.size = sizeof rows, .rows = piece->rows, .at = &at,
                               .incidents = lay(&incidents, &piece->incidents, piece->rows,
                                                &court->random),
                               .events = lay(&events, &piece->events, piece->rows,
                                             &court->random),
                               .sequences = piece->sequences, .columns = columns,
                               .column_count = piece->name_count, .statuses = statuses};
    for (size_t n = 0; n < piece->name_count; n++) {
        columns[n].name = (sla_text){piece->names[n], strlen(piece->names[n])};
        columns[n].flags = piece->flags[n];
        columns[n].step = 1;
        if (court_chance(court, 30))
            columns[n].values = piece->values[n].rows;
        else
            columns[n].texts = lay(&values[n], &piece->values[n], piece->rows, &court->random);
    }
    if (court_chance(court, 20)) /* an attribute of which nothing is said */
        columns[rows.column_count++] = (sla_column){.name = {"nobody", 6}, .values = none.rows,
                                                    .step = 1};
    size_t done = 0;
    sla_status all = sla_engine_update_columns(engine, &rows, &done);
    bool good = done == piece->rows && (all == SLA_OK || all == SLA_ROWS_FAILED);
    for (size_t row = 0; row < done && good; row++)
        if (piece->updates[row] >= 0)
            run->statuses[piece->updates[row]] = statuses[row];
        else
            good = statuses[row] == SLA_MISSING;
    return good;
}

static void begin_piece(struct court *court, struct piece *piece)
{
    static const uint32_t ticks[] = {1, 1000, 1000000, 1000000000};
    piece->rows = 0;
    piece->ticks = ticks[random_between(&court->random, 0, 3)];
    memset(piece->is_used, 0, sizeof piece->is_used);
    memset(piece->flags, 0, sizeof piece->flags);
}

static bool apply_all(struct court *court, struct piece *piece, struct drive *many)
{
    bool good = true;
    begin_piece(court, piece);
    for (int32_t i = 0; i < piece->log->count && good; i++) {
        if (piece->rows > 0 &&
            (court_chance(court, 6) || !takes(piece, &piece->log->updates[i]))) {
            good = apply(court, piece, many->engine, many->run);
            begin_piece(court, piece);
        }
        add_row(piece, i, random_between(&court->random, 0, piece->ticks - 1));
        if (court_chance(court, 10) && takes(piece, &piece->log->updates[0]))
            add_gap(piece, court_chance(court, 50));
    }
    return good && apply(court, piece, many->engine, many->run);
}

static bool same_bytes(const sla_engine *a, const sla_engine *b)
{
    sla_state *states[2] = {NULL, NULL};
    const void *bytes[2] = {NULL, NULL};
    size_t sizes[2] = {0, 1};
    if (sla_engine_save(a, &states[0]) == SLA_OK && sla_engine_save(b, &states[1]) == SLA_OK)
        for (int i = 0; i < 2; i++)
            sla_state_bytes(states[i], &bytes[i], &sizes[i]);
    bool same = sizes[0] == sizes[1] && memcmp(bytes[0], bytes[1], sizes[0]) == 0;
    sla_state_free(states[0]);
    sla_state_free(states[1]);
    return same;
}

static bool holds_rows(struct court *court, const struct log *log)
{
    static struct piece piece;
    struct drive one = {.pulls = true, .is_lazy = true}, many = one;
    memset(&piece, 0, sizeof piece);
    piece.log = log;
    note_names(&piece);
    run_clear(&court->part);
    drive_open(&one, court, log, &court->part);
    drive_open(&many, court, log, &court->got);
    for (int32_t i = 0; i < log->count; i++) {
        sla_attribute attributes[LOG_CHANGES];
        sla_update update = update_of(&piece, i, court->policy, attributes);
        court->part.statuses[i] = sla_engine_update(one.engine, &update);
    }
    bool good = apply_all(court, &piece, &many) ||
                court_fail(court, "as columns: a piece ended early, or a gap was no gap");
    good = good && (same_bytes(one.engine, many.engine) ||
                    court_fail(court, "as columns: the state has other bytes"));
    drive_finish(&one);
    drive_finish(&many);
    court->wanted = &court->part;
    return good && court_agrees(court, "given as columns");
}

const struct law row_laws[] = {
    {"updates_as_columns_do_what_they_do_one_by_one", LAW_ORDERED | LAW_LATE, 1, holds_rows},
};
const int row_law_count = sizeof row_laws / sizeof row_laws[0];
