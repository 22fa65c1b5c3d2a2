/* SPDX-License-Identifier: MIT */
/* Numbers and texts out of bytes, never past their end. */
#include "engine/pack.h"

uint64_t unpack_long_number(struct unpacker *unpacker)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && unpacker->at < unpacker->end; shift += 7) {
        unsigned char byte = *unpacker->at++;
        if (shift == 63 && byte > 1)
            break;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    unpacker->failed = true;
    unpacker->at = unpacker->end;
    return 0;
}

uint32_t unpack_fixed32(struct unpacker *unpacker)
{
    if (unpacker->end - unpacker->at < 4) {
        unpacker->failed = true;
        unpacker->at = unpacker->end;
        return 0;
    }
    unpacker->at += 4;
    return load32(unpacker->at - 4);
}

uint64_t unpack_fixed(struct unpacker *unpacker)
{
    if (unpacker->end - unpacker->at < 8) {
        unpacker->failed = true;
        unpacker->at = unpacker->end;
        return 0;
    }
    unpacker->at += 8;
    return load64(unpacker->at - 8);
}

int64_t unpack_signed(struct unpacker *unpacker)
{
    return (int64_t)unfold_sign(unpack_number(unpacker));
}

sla_text unpack_text(struct unpacker *unpacker)
{
    uint64_t length = unpack_number(unpacker);
    if (length > (uint64_t)(unpacker->end - unpacker->at)) {
        unpacker->failed = true;
        unpacker->at = unpacker->end;
        return TEXT_NONE;
    }
    sla_text text = {(const char *)unpacker->at, (size_t)length};
    unpacker->at += length;
    return text;
}

unsigned char *pack_text(unsigned char *at, sla_text text)
{
    at = pack_number(at, text.length);
    if (text.length > 0)
        memcpy(at, text.data, text.length);
    return at + text.length;
}
