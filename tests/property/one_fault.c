/* SPDX-License-Identifier: MIT */
/* One fault, one error: good policies in which one thing is made wrong, at every node and every
   line. Whatever was broken, the author must not have to look for it among errors that follow
   from it. What may be more, and why, stands in is_justified().

   usage: one_fault ZONES STRIDE POLICY...     every STRIDE-th fault is tried */
#include "base/diags.h"
#include "policy/options.h"
#include "policy/reader.h"
#include "policy/source.h"

#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX ((size_t)1 << 18)
#define NODES_MAX 32768

struct place {
    const struct node *node;
    size_t start, end; /* bytes of the text that it takes, with all that is in it */
};

static const char *zones;
static char text[TEXT_MAX], broken[TEXT_MAX * 2];
static size_t length;
static struct place places[NODES_MAX];
static size_t place_count;
static size_t stride, tried, refused, told_more;
static bool verbose;

static bool read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    return length > 0;
}

static size_t offset_of(uint32_t line, uint32_t column)
{
    sla_text source = {text, length};
    size_t at = 0;
    for (uint32_t i = 1; i < line; i++)
        at = (size_t)(strchr(text + at, '\n') - text) + 1;
    for (uint32_t i = 1; i < column; i++)
        text_next_character(source, &at);
    return at;
}

static size_t find_end(const struct node *node)
{
    size_t end = offset_of(node->span.end_line, node->span.end_column);
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        size_t of_value = find_end(member->value);
        if (of_value > end)
            end = of_value;
    }
    return end;
}

static void add_place(const struct node *node)
{
    if (place_count == NODES_MAX)
        exit(2);
    struct place *place = &places[place_count++];
    place->node = node;
    place->start = offset_of(node->span.line, node->span.column);
    place->end = node->is_key ? offset_of(node->span.end_line, node->span.end_column)
                              : find_end(node);
}

static void collect(const struct node *node)
{
    add_place(node);
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        if (member->key != NULL)
            add_place(member->key);
        collect(member->value);
    }
}

/* The name that an error says is not there; empty if it says something else. */
static sla_text missing_name(const sla_diag *diag)
{
    static const char before[] = "there is no ", key[] = "unknown key ";
    sla_text message = diag->message;
    bool is_name = message.length > sizeof before &&
                   (memcmp(message.data, before, sizeof before - 1) == 0 ||
                    memcmp(message.data, key, sizeof key - 1) == 0);
    const char *first = is_name ? memchr(message.data, '"', message.length) : NULL;
    if (first == NULL)
        return TEXT_NONE;
    const char *end = memchr(first + 1, '"', (size_t)(message.data + message.length - first - 1));
    return end == NULL ? TEXT_NONE : (sla_text){first + 1, (size_t)(end - first - 1)};
}

/* A part that was taken away may have defined several names. Each of them is told once, where it is
   used first: the author may have meant to take them away, and has to look at these places. */
static bool is_justified(sla_text taken_away, const sla_diags *diags)
{
    size_t others = 0;
    for (size_t i = 0; i < sla_diags_count(diags); i++) {
        sla_text name = missing_name(sla_diags_at(diags, i));
        if (name.length == 0 || !text_contains(taken_away, name)) {
            others++;
            continue;
        }
        for (size_t k = 0; k < i; k++)
            if (text_equal(missing_name(sla_diags_at(diags, k)), name))
                return false;
    }
    return others <= 1;
}

static void judge(const char *name, const char *fault, size_t size, size_t at, sla_text taken_away)
{
    if (tried++ % stride != 0)
        return;
    sla_policy_options options = {.size = sizeof options};
    options.file_name = (sla_text){name, SLA_NUL_TERMINATED};
    options.zoneinfo = (sla_text){zones, SLA_NUL_TERMINATED};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    sla_policy_compile(broken, size, &options, &policy, &diags);
    refused += sla_diags_errors(diags) > 0;
    if (sla_diags_errors(diags) > 1 && !is_justified(taken_away, diags)) {
        told_more++;
        size_t line_start = at, line_end = at;
        while (line_start > 0 && broken[line_start - 1] != '\n')
            line_start--;
        while (line_end < size && broken[line_end] != '\n')
            line_end++;
        printf("# %s: %s gives %zu errors: %.*s\n", name, fault, sla_diags_errors(diags),
               (int)(line_end - line_start), broken + line_start);
        for (size_t i = 0; verbose && i < sla_diags_count(diags) && i < 5; i++) {
            char line[2000];
            sla_diag_format(sla_diags_at(diags, i), line, sizeof line);
            printf("#    %.*s\n", (int)strcspn(line, "\n"), line);
        }
    }
    sla_policy_unref(policy);
    sla_diags_free(diags);
}

static void replace(const char *name, const char *fault, size_t start, size_t end,
                    const char *by)
{
    size_t width = strlen(by);
    memcpy(broken, text, start);
    memcpy(broken + start, by, width);
    memcpy(broken + start + width, text + end, length - end);
    judge(name, fault, length - (end - start) + width, start,
          (sla_text){text + start, end - start});
}

static bool is_own(const struct node *key)
{
    return key->text.length >= 2 && memcmp(key->text.data, "x-", 2) == 0;
}

static void break_key(const char *name, const struct place *place)
{
    char by[256];
    if (is_own(place->node) || place->node->text.length > 200 || !place->node->plain)
        return;
    snprintf(by, sizeof by, "%.*sq", (int)place->node->text.length, place->node->text.data);
    replace(name, "a misspelt key", place->start, place->end, by);
    snprintf(by, sizeof by, "Q%.*s", (int)place->node->text.length - 1,
             place->node->text.data + 1);
    replace(name, "another key", place->start, place->end, by);
    replace(name, "a list as a key", place->start, place->end, "[a]");
    replace(name, "a merge key", place->start, place->end, "<<");
}

static void break_value(const char *name, const struct place *place)
{
    static const char *const others[][2] = {
        {"an empty list", "[]"},        {"an empty mapping", "{}"},
        {"an unknown word", "Qqzz"},    {"a list", "[Qqzz]"},
        {"a mapping", "{Qqzz: 1}"},     {"nothing", "~"},
        {"an empty text", "\"\""},      {"a bad duration", "8 h"},
        {"a bad number", "12.x"},       {"a bad date", "2026-02-30"},
        {"a list of lists", "[[Qqzz]]"},
        {"an unknown alias", "*Qqzz"},  {"a list of mappings", "[{Qqzz: 1}]"},
        {"a long duration", "99999999999h"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        replace(name, others[i][0], place->start, place->end, others[i][1]);
    if (place->node->parent != NULL) /* a mapping of many lines begins after its tag */
        replace(name, "a tag", place->start, place->start, "!!str ");
}

static size_t indentation(size_t at)
{
    return at < length ? strspn(text + at, " -") : 0;
}

/* Does the next line belong to what this one begins? Without it, a block is another thing. */
static bool opens_a_block(size_t start, size_t end)
{
    return indentation(end) > indentation(start);
}

static void break_lines(const char *name)
{
    for (size_t start = 0; start < length;) {
        const char *found = strchr(text + start, '\n');
        size_t end = found == NULL ? length : (size_t)(found - text) + 1;
        char line[2048];
        if (end - start < sizeof line - 1) {
            if (!opens_a_block(start, end))
                replace(name, "a deleted line", start, end, "");
            snprintf(line, sizeof line, "%.*s", (int)(end - start), text + start);
            replace(name, "a line written twice", start, start, line);
            snprintf(line, sizeof line, " %.*s", (int)(end - start), text + start);
            replace(name, "a line moved in", start, end, line);
        }
        start = end;
    }
}

static void break_policy(const char *path)
{
    const char *name = strrchr(path, '/') == NULL ? path : strrchr(path, '/') + 1;
    if (!read_file(path))
        exit(2);
    struct build build = {.status = SLA_OK, .suggestions = SUGGESTIONS_MAX};
    if (!options_read(NULL, &build.options))
        exit(2);
    build.allocator = memory_allocator(NULL);
    build.diags = diags_new(&build.allocator, 100);
    arena_init(&build.work, &build.allocator);
    const struct node *root =
        source_check(&build, (sla_text){text, length}) ? reader_read(&build) : NULL;
    if (root == NULL)
        exit(2);
    place_count = 0;
    collect(root);
    for (size_t i = 0; i < place_count; i++) {
        if (places[i].node->is_key)
            break_key(name, &places[i]);
        else
            break_value(name, &places[i]);
    }
    break_lines(name);
    sla_diags_free(build.diags);
    arena_free(&build.work);
}

int main(int count, char **arguments)
{
    if (count < 4 || (stride = strtoul(arguments[2], NULL, 10)) == 0)
        return 2;
    zones = arguments[1];
    verbose = getenv("VERBOSE") != NULL;
    for (int i = 3; i < count; i++)
        break_policy(arguments[i]);
    printf("# %zu policies with one fault, %zu refused, %zu with more than one error\n",
           tried / stride, refused, told_more);
    printf("%s 1 - one_fault_is_one_error\n1..1\n", told_more == 0 ? "ok" : "not ok");
    return told_more != 0;
}
