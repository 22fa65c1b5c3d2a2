/* SPDX-License-Identifier: MIT */
/* An event on its way into columns. */
#include "engine/event_row.h"

#include "base/hash.h"

static void find_indexes(const sla_policy *policy, const struct news *news, struct event_row *row)
{
    row->agreement = is_foreign(news->agreement) ? INDEX_NONE : news->agreement;
    row->severity = news->severity;
    if (news->written == NULL)
        return;
    row->agreement = policy_find_agreement(policy, row->event.agreement);
    row->severity = policy_find_severity(policy, text_table_find(&policy->literals,
                                                                 row->event.severity));
}

/* The hexadecimal digits of 32 bits, all eight at once: each in a byte of its own, the first one in
   the highest. */
static uint64_t digits_of(uint32_t word)
{
    uint64_t each = word, letters;
    each = (each << 16 | each) & 0x0000FFFF0000FFFF;
    each = (each << 8 | each) & 0x00FF00FF00FF00FF;
    each = (each << 4 | each) & 0x0F0F0F0F0F0F0F0F;
    letters = (each + 0x0606060606060606) >> 4 & 0x0101010101010101; /* digits above 9 */
    return each + 0x3030303030303030 + letters * ('a' - '9' - 1);
}

static void write_id_text(struct event_row *row)
{
    for (unsigned i = 0; i < 2; i++) {
        hash_put(row->digits + 16 * i, digits_of((uint32_t)(row->event.id[i] >> 32)));
        hash_put(row->digits + 16 * i + 8, digits_of((uint32_t)row->event.id[i]));
    }
    row->id = (sla_text){row->digits, EVENT_ROW_ID_DIGITS};
}

void event_row_read(struct event_row *row, const sla_engine *engine, const struct news *news,
                    unsigned wants)
{
    news_write(engine, news, &row->event);
    row->lists[0] = (struct text_list){row->event.notify, row->event.notify_count};
    row->lists[1] = (struct text_list){row->event.via, row->event.via_count};
    if ((wants & EVENT_ROW_INDEXES) != 0)
        find_indexes(engine->policy, news, row);
    if ((wants & EVENT_ROW_DIGITS) != 0)
        write_id_text(row);
}
