/* SPDX-License-Identifier: MIT */
/* The frozen zones of tests/data, read by the library and, apart from it, as Python saw them. */
#ifndef SUPPORT_ZONE_FILES_H
#define SUPPORT_ZONE_FILES_H

#include "base/memory.h"
#include "base/text.h"
#include "time/zone.h"

/* Reads a whole file; ends the program if it cannot. The caller frees `data`. */
struct file_bytes {
    unsigned char *data;
    size_t length;
};
struct file_bytes file_read(const char *folder, const char *name);

/* Decodes folder/name with the library; ends the program if that fails. */
struct zone zone_from_file(struct arena *arena, const char *folder, const char *name);

/* A zone as tests/data/zone_changes.txt tells it. */
struct wall_change {
    int64_t at;
    int32_t offset;
};
struct wall_clock {
    char name[64];
    struct wall_change *changes; /* [0].at is INT64_MIN */
    size_t count;
};
struct wall_clocks {
    struct wall_clock *items;
    size_t count;
};
struct wall_clocks wall_clocks_read(const char *folder);
void wall_clocks_free(struct wall_clocks *clocks);
/* The change in force at an instant. */
size_t wall_change_at(const struct wall_clock *clock, int64_t at);

/* A program's own arena on malloc. */
void test_arena(struct arena *arena);

#endif
