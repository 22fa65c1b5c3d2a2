/* SPDX-License-Identifier: MIT */
/* The pages doc/diagnostics: what every code means, made from the library's own explanations.
 *
 * usage: diagnostic_pages FOLDER [--write]
 *
 * Writes the pages, or compares them with those that are there and says where they differ. */
#define _GNU_SOURCE
#include <dirent.h>
#include <sla/sla.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MAX 200 /* of a page, as everywhere in doc/ */
#define PAGES_MAX 64

struct group {
    uint32_t first, last; /* codes */
    const char *name;     /* of its pages */
    const char *title;
};

static const struct group groups[] = {
    {1, 99, "reading", "Reading the text"},
    {100, 199, "structure", "Mappings, lists and values"},
    {200, 299, "names", "Names that nothing bears"},
    {300, 329, "calendars", "Hours and holidays"},
    {330, 399, "calendars-made", "Seasons, closures, calendars made of others"},
    {400, 499, "classification", "Classification and conditions"},
    {600, 699, "targets", "Targets"},
    {700, 799, "escalations", "Escalations"},
    {800, 899, "goals-and-tests", "Goals and tests"},
    {900, 949, "findings", "What the analysis finds"},
    {950, 999, "portability", "What other readers of YAML read differently"},
};
#define GROUP_COUNT (sizeof groups / sizeof *groups)

struct page {
    char name[64];
    char *text;
    size_t size;
};

static struct page pages[PAGES_MAX];
static size_t page_count;

static FILE *open_page(const char *name)
{
    if (page_count == PAGES_MAX)
        exit(2);
    struct page *page = &pages[page_count++];
    snprintf(page->name, sizeof page->name, "%s", name);
    FILE *stream = open_memstream(&page->text, &page->size);
    if (stream == NULL)
        exit(2);
    return stream;
}

static size_t count_lines(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

/* The marks {1} and {2} stand for what is told at the place. */
static void print_message(FILE *out, uint32_t code)
{
    for (const char *at = sla_diag_message(code); *at != '\0'; at++) {
        if (*at == '{')
            fputs("…", out);
        else if (*at == '|' || *at == '<')
            fprintf(out, "\\%c", *at);
        else
            fputc(*at, out);
        at += *at == '{' ? strcspn(at, "}") : 0;
    }
}

/* An explanation's examples stand in it with four blanks before them; the first one is wrong. */
static void print_explanation(FILE *out, uint32_t code)
{
    const char *line = sla_diag_explain(code);
    bool inside = false, is_first = true, is_error = sla_diag_severity(code) == SLA_DIAG_ERROR;
    while (*line != '\0') {
        size_t length = strcspn(line, "\n");
        bool indented = strncmp(line, "    ", 4) == 0;
        if (indented && !inside) {
            fputs("```yaml\n", out);
            if (is_first && is_error)
                fprintf(out, "# error: SLA-%03u\n", code);
            is_first = false;
        }
        if (!indented && inside)
            fputs("```\n", out);
        inside = indented;
        fprintf(out, "%.*s\n", (int)(length - (indented ? 4 : 0)), line + (indented ? 4 : 0));
        line += length + (line[length] == '\n');
    }
    if (inside)
        fputs("```\n", out);
}

static char *entry_text(uint32_t code)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        exit(2);
    fprintf(out, "\n## SLA-%03u\n\n%s: **", code,
            sla_diag_severity(code) == SLA_DIAG_ERROR ? "Error" : "Warning");
    print_message(out, code);
    fputs("**\n\n", out);
    print_explanation(out, code);
    if (fclose(out) != 0)
        exit(2);
    return text;
}

static FILE *begin_page(const struct group *group, size_t number, char name[64])
{
    snprintf(name, 64, number == 1 ? "%s.md" : "%s-%zu.md", group->name, number);
    FILE *out = open_page(name);
    fprintf(out, "# Diagnostics: %s%s\n\n", group->title, number == 1 ? "" : ", continued");
    fputs("Made from the library's explanations, which `sla-check --explain CODE` shows too.\n"
          "[All codes](index.md)\n",
          out);
    return out;
}

/* Pages of one group; a line on each code goes to the index. */
static void write_group(const struct group *group, FILE *index)
{
    char name[64];
    FILE *out = NULL;
    size_t number = 0, lines = 0;
    for (size_t i = 0; sla_diag_code_at(i) != 0; i++) {
        uint32_t code = sla_diag_code_at(i);
        if (code < group->first || code > group->last)
            continue;
        char *entry = entry_text(code);
        if (out == NULL || lines + count_lines(entry) > LINES_MAX) {
            if (out == NULL)
                fprintf(index, "\n## %s\n\n| code | kind | message |\n| --- | --- | --- |\n",
                        group->title);
            else if (fclose(out) != 0)
                exit(2);
            out = begin_page(group, ++number, name);
            lines = 4;
        }
        fputs(entry, out);
        lines += count_lines(entry);
        free(entry);
        fprintf(index, "| [SLA-%03u](%s#sla-%03u) | %s | ", code, name, code,
                sla_diag_severity(code) == SLA_DIAG_ERROR ? "error" : "warning");
        print_message(index, code);
        fputs(" |\n", index);
    }
    if (out != NULL && fclose(out) != 0)
        exit(2);
}

static void make_pages(void)
{
    FILE *index = open_page("index.md");
    fputs("# Diagnostics\n\n"
          "Every fault and warning that libsla and sla-check tell has a number, which is never\n"
          "given to anything else. `sla-check --explain SLA-231` says on a terminal what stands\n"
          "in these pages: what a code means, the smallest policy that causes it, the repair.\n"
          "`…` stands for what is told at the place. Next: [policy format](../policy-format.md),\n"
          "[sla-check](../sla-check.md).\n",
          index);
    for (size_t i = 0; i < GROUP_COUNT; i++)
        write_group(&groups[i], index);
    if (fclose(index) != 0)
        exit(2);
}

static bool write_page(const char *folder, const struct page *page)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, page->name);
    FILE *file = fopen(path, "wb");
    bool good = file != NULL && fwrite(page->text, 1, page->size, file) == page->size;
    return file != NULL && fclose(file) == 0 && good;
}

static bool is_as_made(const char *folder, const struct page *page)
{
    char path[4096];
    char *found = calloc(1, page->size + 2);
    snprintf(path, sizeof path, "%s/%s", folder, page->name);
    FILE *file = fopen(path, "rb");
    size_t size = file == NULL || found == NULL ? 0 : fread(found, 1, page->size + 1, file);
    bool same = size == page->size && memcmp(found, page->text, size) == 0;
    if (!same)
        printf("# %s differs: write the pages again with the target diagnostic-pages\n", path);
    if (file != NULL)
        fclose(file);
    free(found);
    return same;
}

static bool is_known(const char *name)
{
    for (size_t i = 0; i < page_count; i++)
        if (strcmp(pages[i].name, name) == 0)
            return true;
    return false;
}

/* Pages that are made no more. */
static size_t find_strangers(const char *folder, bool removes)
{
    size_t strangers = 0;
    DIR *entries = opendir(folder);
    struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        char path[4096];
        if (entry->d_name[0] == '.' || is_known(entry->d_name))
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        strangers += !(removes && remove(path) == 0);
        printf("# %s is no page\n", path);
    }
    if (entries != NULL)
        closedir(entries);
    return strangers;
}

int main(int count, char **arguments)
{
    bool writes = count == 3 && strcmp(arguments[2], "--write") == 0;
    if (count < 2 || (count == 3 && !writes))
        return 2;
    make_pages();
    bool good = find_strangers(arguments[1], writes) == 0;
    for (size_t i = 0; i < page_count; i++)
        good = (writes ? write_page : is_as_made)(arguments[1], &pages[i]) && good;
    bool short_enough = true, all_explained = true;
    for (size_t i = 0; i < page_count; i++)
        short_enough = short_enough && count_lines(pages[i].text) <= LINES_MAX;
    for (size_t i = 0; sla_diag_code_at(i) != 0; i++) {
        char heading[32];
        snprintf(heading, sizeof heading, "\n## SLA-%03u\n", sla_diag_code_at(i));
        bool found = false;
        for (size_t k = 0; k < page_count; k++)
            found = found || strstr(pages[k].text, heading) != NULL;
        all_explained = all_explained && found;
    }
    for (size_t i = 0; i < page_count; i++)
        free(pages[i].text);
    printf("%s 1 - pages_are_as_the_library_explains\n", good ? "ok" : "not ok");
    printf("%s 2 - pages_have_no_more_than_200_lines\n", short_enough ? "ok" : "not ok");
    printf("%s 3 - every_code_has_its_place\n1..3\n", all_explained ? "ok" : "not ok");
    return !(good && short_enough && all_explained);
}
