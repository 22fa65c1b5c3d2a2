/* SPDX-License-Identifier: MIT */
/* Held attributes: found and changed among their bytes. */
#include "engine/held.h"

void held_clear(struct held *held)
{
    held->bytes = NULL;
    held->size = held->count = 0;
    held->seen = 0;
}

void held_borrow(struct held *held, struct unpacker *unpacker)
{
    uint64_t count = unpack_number(unpacker), size = unpack_number(unpacker);
    if (size > (uint64_t)(unpacker->end - unpacker->at) || count > size) {
        unpacker->failed = true;
        count = size = 0;
    }
    held->bytes = unpacker->at;
    held->size = (size_t)size;
    held->count = (size_t)count;
    held->seen = UINT64_MAX; /* nobody has looked */
    unpacker->at += size;
}

unsigned char *pack_held(unsigned char *at, const struct held *held)
{
    at = pack_number(at, held->count);
    at = pack_number(at, held->size);
    if (held->size > 0)
        memcpy(at, held->bytes, held->size);
    return at + held->size;
}

bool held_next(struct unpacker *unpacker, struct held_attribute *out)
{
    if (unpacker->at == unpacker->end)
        return false;
    *out = (struct held_attribute){.slot = unpack_u32(unpacker)};
    if (out->slot == 0)
        out->name = unpack_text(unpacker);
    out->literal = unpack_u32(unpacker);
    if (out->literal == 0)
        out->value = unpack_text(unpacker);
    return true;
}

static uint64_t bit_of(uint32_t slot, sla_text name)
{
    if (slot == 0 && name.length > 0) /* mostly there are few, of other lengths */
        slot = (uint32_t)name.length * 8 + (unsigned char)name.data[0];
    return UINT64_C(1) << (slot & 63);
}

bool held_find(const struct held *held, uint32_t slot, sla_text name, struct held_attribute *out,
               struct held_place *out_place)
{
    *out_place = (struct held_place){held->size, held->size};
    if ((held->seen & bit_of(slot, name)) == 0)
        return false;
    struct unpacker unpacker = held_begin(held);
    const unsigned char *from = unpacker.at;
    while (held_next(&unpacker, out)) {
        if (out->slot == slot && (slot != 0 || text_equal(out->name, name))) {
            *out_place = (struct held_place){(size_t)(from - held->bytes),
                                             (size_t)(unpacker.at - held->bytes)};
            return true;
        }
        from = unpacker.at;
    }
    return false;
}

static size_t size_of(const struct held_attribute *attribute)
{
    size_t size = 2 * PACKED_NUMBER_MAX;
    if (attribute->slot == 0)
        size += attribute->name.length + PACKED_NUMBER_MAX;
    if (attribute->literal == 0)
        size += attribute->value.length + PACKED_NUMBER_MAX;
    return size;
}

static unsigned char *pack_attribute(unsigned char *at, const struct held_attribute *attribute)
{
    at = pack_number(at, attribute->slot);
    if (attribute->slot == 0)
        at = pack_text(at, attribute->name);
    at = pack_number(at, attribute->literal);
    return attribute->literal == 0 ? pack_text(at, attribute->value) : at;
}

/* Makes the bytes its own, with room for so many more. False: no memory. */
static bool own_bytes(struct held *held, const sla_allocator *allocator, size_t more)
{
    bool is_own = held->size == 0 || held->bytes == held->own.items;
    held->own.count = is_own ? held->size : 0;
    if (!array_reserve(allocator, &held->own, (is_own ? 0 : held->size) + more))
        return false;
    if (!is_own)
        memcpy(held->own.items, held->bytes, held->size);
    held->bytes = held->own.items;
    return true;
}

bool held_add(struct held *held, const sla_allocator *allocator,
              const struct held_attribute *attribute)
{
    if (!own_bytes(held, allocator, size_of(attribute)))
        return false;
    unsigned char *end = pack_attribute(held->own.items + held->size, attribute);
    held->size = (size_t)(end - held->own.items);
    held->count++;
    held->seen |= bit_of(attribute->slot, attribute->name);
    return true;
}

/* Puts `size` bytes that lie behind all others in the place of some. */
static void put_there(struct held *held, struct held_place place, const unsigned char *fresh,
                      size_t size)
{
    unsigned char *bytes = held->own.items;
    size_t behind = held->size - place.to;
    if (place.to - place.from != size)
        memmove(bytes + place.from + size, bytes + place.to, behind);
    memmove(bytes + place.from, fresh, size);
    held->size = place.from + size + behind;
}

bool held_replace(struct held *held, const sla_allocator *allocator, struct held_place place,
                  const struct held_attribute *attribute)
{
    size_t more = size_of(attribute);
    if (!own_bytes(held, allocator, 2 * more))
        return false;
    /* where moving the others does not reach */
    unsigned char *fresh = held->own.items + held->size + more;
    put_there(held, place, fresh, (size_t)(pack_attribute(fresh, attribute) - fresh));
    return true;
}

bool held_remove(struct held *held, const sla_allocator *allocator, struct held_place place)
{
    struct unpacker unpacker = held_begin(held);
    struct held_attribute attribute;
    size_t last = 0;
    while (unpacker.at < unpacker.end) {
        last = (size_t)(unpacker.at - held->bytes);
        held_next(&unpacker, &attribute);
    }
    size_t size = held->size - last;
    if (!own_bytes(held, allocator, 2 * size))
        return false;
    if (place.from != last) {
        unsigned char *fresh = held->own.items + held->size + size;
        memcpy(fresh, held->own.items + last, size);
        put_there(held, place, fresh, size);
    }
    held->size -= size;
    held->count--;
    return true;
}
