/* SPDX-License-Identifier: MIT */
/* Included files: paths that cannot leave the policy's folder, each file read once. */
#include "policy/include.h"

#include "policy/decode.h"
#include "policy/reader.h"
#include "policy/source.h"

#define PATH_BYTES_MAX 1024u

sla_text include_folder(sla_text path)
{
    size_t length = path.length;
    while (length > 0 && path.data[length - 1] != '/')
        length--;
    return (sla_text){path.data, length};
}

/* What is wrong with a path, in words, or NULL. The names of devices and drives of other systems
   are refused everywhere, so that a policy means the same on all of them. */
static const char *path_problem(sla_text path)
{
    if (path.length == 0 || path.length > PATH_BYTES_MAX)
        return "it must have from 1 to 1024 bytes";
    if (path.data[0] == '/')
        return "it begins with a slash: paths begin at the folder of this file";
    for (size_t i = 0; i < path.length; i++) {
        unsigned char byte = (unsigned char)path.data[i];
        if (byte < 0x20 || byte == 0x7F || byte == '\\' || byte == ':')
            return "backslashes, colons and control characters cannot stand in it";
    }
    for (size_t at = 0; at <= path.length;) {
        size_t end = at;
        while (end < path.length && path.data[end] != '/')
            end++;
        sla_text part = {path.data + at, end - at};
        if (part.length == 0)
            return "a name between slashes is empty";
        if (text_equal(part, TEXT("..")))
            return "it leaves the folder";
        at = end + 1;
    }
    return NULL;
}

/* The folder and the path as one, without "./". */
static sla_text join(struct build *build, sla_text folder, sla_text path)
{
    char *joined = build_new(build, folder.length + path.length);
    if (joined == NULL)
        return TEXT_NONE;
    size_t length = folder.length;
    if (length > 0)
        memcpy(joined, folder.data, length);
    for (size_t at = 0; at < path.length;) {
        size_t end = at;
        while (end < path.length && path.data[end] != '/')
            end++;
        size_t next = end < path.length ? end + 1 : end;
        if (!(end - at == 1 && path.data[at] == '.')) {
            memcpy(joined + length, path.data + at, next - at);
            length += next - at;
        }
        at = next;
    }
    return (sla_text){joined, length};
}

static bool is_known(const struct build *build, sla_text path)
{
    for (size_t i = 1; i < build->files.count; i++)
        if (text_equal(build->files.items[i].path, path))
            return true;
    return false;
}

/* Checks and reads the text of the last file. */
static void read_tree(struct build *build, sla_text text)
{
    struct source_file *file = &build->files.items[build->files.count - 1];
    build->file = (uint32_t)build->files.count - 1;
    build->source = TEXT_NONE;
    bool good = source_check(build, text);
    file->text = build->source; /* what is no text at all has no lines to show */
    file->root = good ? reader_read(build) : NULL;
    if (file->root == NULL)
        build->lost |= LOST_CALENDARS | LOST_HOLIDAYS;
}

static bool add_file(struct build *build, struct source_file file)
{
    if (array_push(&build->allocator, &build->files, file))
        return true;
    build_fail(build, SLA_ERROR_MEMORY);
    return false;
}

const struct node *include_read_policy(struct build *build, sla_text text)
{
    struct source_file file = {.name = build->options.file_name};
    if (!add_file(build, file))
        return NULL;
    read_tree(build, text);
    return build->files.items[0].root;
}

static void load_file(struct build *build, const struct node *item, sla_text path)
{
    const sla_loader *loader = build->loader;
    struct source_file file = {.path = path};
    file.name = join(build, include_folder(build->options.file_name), path);
    if (build->status != SLA_OK)
        return;
    sla_status status = loader->load(loader->user, SLA_FILE_INCLUDE, &path, &file.bytes);
    if (status == SLA_ERROR_NOT_FOUND) {
        build->lost |= LOST_CALENDARS | LOST_HOLIDAYS;
        report(build, CODE_NO_INCLUDE, item, path, TEXT_NONE, TEXT_NONE);
        return;
    }
    if (status != SLA_OK) {
        build_fail(build, status < 0 ? status : SLA_ERROR_ARGUMENT);
        return;
    }
    if (add_file(build, file))
        read_tree(build, file.bytes);
    else if (loader->release != NULL)
        loader->release(loader->user, &file.bytes);
}

static void include(struct build *build, const struct node *item, sla_text folder)
{
    struct text_field name;
    if (!decode_text(build, item, "an included file", &name))
        return;
    const char *problem = path_problem(name.value);
    if (problem != NULL) {
        build->lost |= LOST_CALENDARS | LOST_HOLIDAYS;
        report(build, CODE_INCLUDE_PATH, item, name.value, text_of(problem), TEXT_NONE);
        return;
    }
    sla_text path = join(build, folder, name.value);
    if (build->status != SLA_OK || is_known(build, path)) /* several may need the same */
        return;
    if (build->loads++ < FILES_MAX)
        load_file(build, item, path);
    else
        report(build, CODE_TOO_MANY_FILES, item, TEXT_NONE, TEXT_NONE, TEXT_NONE);
}

bool include_read_all(struct build *build, struct model *model)
{
    for (size_t i = 0; i < build->files.count && build->status == SLA_OK; i++) {
        const struct source_file file = build->files.items[i]; /* the list grows */
        if (file.root == NULL || file.root->type != NODE_MAP)
            continue;
        if (i > 0)
            decode_included(build, file.root, model);
        const struct node *list =
            keys_value(file.root, i == 0 ? MAP_POLICY : MAP_INCLUDED, "include");
        if (list == NULL)
            continue;
        if (list->type == NODE_TEXT)
            include(build, list, include_folder(file.path));
        for (const struct member *item = list->members; item != NULL; item = item->next)
            include(build, item->value, include_folder(file.path));
    }
    return build->status == SLA_OK;
}

void include_release(struct build *build)
{
    for (size_t i = 0; i < build->files.count; i++) {
        sla_text *bytes = &build->files.items[i].bytes;
        if (bytes->data != NULL && build->loader->release != NULL)
            build->loader->release(build->loader->user, bytes);
    }
    array_free(&build->allocator, &build->files);
}
