/* SPDX-License-Identifier: MIT */
/* The default loader. The only file of the library that opens files. */
#define _XOPEN_SOURCE 700 /* realpath() */
#include "policy/loader.h"

#include "base/text.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

#define FIRST_READ 4096u
#define ZONE_BYTES_MAX 1048576u /* the largest zone file there is has about 4 KiB */

/* Reads all of a file, and one byte more than `max` if it is longer: the reader then says so. */
static sla_status read_all(FILE *file, const sla_allocator *allocator, uint64_t max,
                           sla_text *out_bytes)
{
    char *data = NULL;
    size_t capacity = 0, count = 0;
    for (;;) {
        if (count == capacity &&
            !memory_grow(allocator, &data, &capacity, count + FIRST_READ, 1)) {
            memory_free(allocator, data, capacity);
            return SLA_ERROR_MEMORY;
        }
        size_t got = fread(data + count, 1, capacity - count, file);
        count += got;
        if (got == 0 || count > max)
            break;
    }
    if (ferror(file)) {
        memory_free(allocator, data, capacity);
        return SLA_ERROR_NOT_FOUND;
    }
    /* what is given back has the length that was asked for, so that release() knows it */
    char *exact = memory_new(allocator, count + 1);
    if (exact != NULL) {
        memcpy(exact, data, count);
        exact[count] = '\0';
        *out_bytes = (sla_text){exact, count};
    }
    memory_free(allocator, data, capacity);
    return exact == NULL ? SLA_ERROR_MEMORY : SLA_OK;
}

/* A file that a policy names must be one: opening a pipe would wait for ever for a writer, and a
   device might never end. (A policy itself may come through a pipe: its path is the host's.) */
static bool is_plain_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && (status.st_mode & S_IFMT) == S_IFREG;
}

static sla_status open_and_read(const struct file_loader *files, uint32_t kind, const char *path,
                                sla_text *out_bytes)
{
    uint64_t max = kind == SLA_FILE_ZONE ? ZONE_BYTES_MAX : files->max_bytes;
    if (kind != SLA_FILE_POLICY && !is_plain_file(path))
        return SLA_ERROR_NOT_FOUND;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return errno == ENOMEM ? SLA_ERROR_MEMORY : SLA_ERROR_NOT_FOUND;
    sla_status status = read_all(file, &files->allocator, max, out_bytes);
    fclose(file);
    return status;
}

/* Does a path, links followed, lead to something in the folder or below it? Both end with a NUL.
   Where there are no links, the check of the path itself was enough. */
static bool is_inside(const char *folder, const char *path)
{
#if defined(_WIN32)
    (void)folder;
    (void)path;
    return true;
#else
    char real_folder[PATH_MAX];
    char real_path[PATH_MAX];
    if (realpath(folder, real_folder) == NULL || realpath(path, real_path) == NULL)
        return false;
    size_t length = strlen(real_folder);
    if (length > 0 && real_folder[length - 1] == '/') /* the root: everything is below it */
        length--;
    return strncmp(real_path, real_folder, length) == 0 && real_path[length] == '/';
#endif
}

/* The path of an included file, from the policy's folder on. */
static sla_status load_include(const struct file_loader *files, const char *path,
                               sla_text *out_bytes)
{
    struct text_builder folder;
    builder_init(&folder, &files->allocator);
    builder_add(&folder, files->folder.length > 0 ? files->folder : TEXT("./"));
    builder_add(&folder, (sla_text){"", 1});
    sla_status status = SLA_ERROR_MEMORY;
    if (!folder.failed)
        status = is_inside(folder.data, path)
                     ? open_and_read(files, SLA_FILE_INCLUDE, path, out_bytes)
                     : SLA_ERROR_NOT_FOUND;
    builder_free(&folder);
    return status;
}

static sla_status load(void *user, uint32_t kind, const sla_text *name, sla_text *out_bytes)
{
    const struct file_loader *files = user;
    struct text_builder path;
    builder_init(&path, &files->allocator);
    if (kind == SLA_FILE_ZONE) {
        builder_add(&path, files->zoneinfo);
        builder_add_c(&path, "/");
    } else if (kind == SLA_FILE_INCLUDE) {
        builder_add(&path, files->folder);
    }
    builder_add(&path, *name);
    builder_add(&path, (sla_text){"", 1}); /* the NUL */
    sla_status status = SLA_ERROR_MEMORY;
    if (!path.failed && kind == SLA_FILE_INCLUDE)
        status = load_include(files, path.data, out_bytes);
    else if (!path.failed)
        status = open_and_read(files, kind, path.data, out_bytes);
    builder_free(&path);
    return status;
}

static void release(void *user, const sla_text *bytes)
{
    const struct file_loader *files = user;
    memory_free(&files->allocator, (void *)(uintptr_t)bytes->data, bytes->length + 1);
}

void file_loader_init(struct file_loader *files, const sla_allocator *allocator,
                      sla_text zoneinfo, sla_text folder, uint64_t max_bytes)
{
    *files = (struct file_loader){
        .loader = {.load = load, .release = release, .user = files},
        .allocator = *allocator,
        .zoneinfo = zoneinfo,
        .folder = folder,
        .max_bytes = max_bytes,
    };
}
