/* SPDX-License-Identifier: MIT */
/* The outbox, and the writing out of events with their ids. */
#include "engine/outbox.h"

void outbox_free(struct outbox *outbox)
{
    outbox_take_back(outbox, outbox->delivered);
    array_free(outbox->allocator, &outbox->news);
    outbox->delivered = 0;
}

void outbox_tidy(struct outbox *outbox)
{
    if (outbox->delivered <= outbox->news.count / 2)
        return;
    outbox->news.count -= outbox->delivered;
    memmove(outbox->news.items, outbox->news.items + outbox->delivered,
            outbox->news.count * sizeof *outbox->news.items);
    outbox->delivered = 0;
}

bool outbox_add(struct outbox *outbox, const struct news *news)
{
    return array_push(outbox->allocator, &outbox->news, *news);
}

bool outbox_insert(struct outbox *outbox, size_t place, const struct news *news)
{
    if (!array_push(outbox->allocator, &outbox->news, *news))
        return false;
    memmove(outbox->news.items + place + 1, outbox->news.items + place,
            (outbox->news.count - 1 - place) * sizeof *news);
    outbox->news.items[place] = *news;
    return true;
}

/* An outbox that has been this large gives its memory back when it is empty. */
#define OUTBOX_KEPT 1024u

void outbox_drop_first(struct outbox *outbox, size_t count)
{
    for (size_t end = outbox->delivered + count; outbox->delivered < end; outbox->delivered++)
        written_free(outbox->news.items[outbox->delivered].written, outbox->allocator);
    if (outbox->delivered < outbox->news.count)
        return;
    outbox->delivered = outbox->news.count = 0;
    if (outbox->news.capacity > OUTBOX_KEPT)
        array_free(outbox->allocator, &outbox->news);
}

void outbox_take_back(struct outbox *outbox, size_t count)
{
    for (size_t i = count; i < outbox->news.count; i++)
        written_free(outbox->news.items[i].written, outbox->allocator);
    outbox->news.count = count;
}

void event_identify(const struct event_identity *identity, uint64_t out_id[2])
{
    struct digest digest;
    digest_init(&digest, 2);
    digest_text(&digest, identity->incident);
    digest_text(&digest, identity->metric);
    digest_number(&digest, (uint64_t)identity->kind << 32 | identity->cycle);
    digest_number(&digest, identity->type);
    digest_number(&digest, identity->place);
    digest_number(&digest, (uint64_t)identity->round << 32 | identity->repetition);
    digest_finish(&digest, out_id);
}
