/* SPDX-License-Identifier: MIT */
/* Policies damaged in every way that came to mind, the same on every machine: each text is a policy
 * that can be lived under, or a fault with a place in it (policy_check.h).
 *
 *     fuzz_policy_mutations ZONEINFO INCLUDED CUTS WORDS CHANGES PATH...
 *
 * Each file (of each folder) is tried as it is; cut at one byte in CUTS; with one in WORDS of all
 * pairs of a word of it and an odd value, the value in the word's place; and with CHANGES random
 * changes. 0 leaves a part out. */
#include "policy_changes.h"
#include "policy_check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FILES_MAX 2048
#define WORDS_MAX 16384
#define SLOW 5 /* seconds of one text: a thousand times what it may take */

static struct file {
    char *name;
    char *bytes;
    size_t size;
} files[FILES_MAX];
static size_t file_count;
static long tried, accepted, faults;
static int tests;

static void read_file(const char *name)
{
    FILE *file = fopen(name, "rb");
    if (file == NULL || file_count == FILES_MAX) {
        printf("Bail out! cannot read %s\n", name);
        exit(2);
    }
    char *bytes = malloc(CHANGES_BYTES_MAX);
    size_t size = bytes == NULL ? 0 : fread(bytes, 1, CHANGES_BYTES_MAX, file);
    fclose(file);
    files[file_count++] = (struct file){strdup(name), bytes, size};
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* A file, or all files of a folder, in the order of their names. */
static void read_path(const char *path)
{
    struct dirent **entries;
    int count = scandir(path, &entries, is_visible, alphasort);
    if (count < 0) {
        read_file(path);
        return;
    }
    for (int i = 0; i < count; i++) {
        char name[4096];
        int length = snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
        if (length > 0 && (size_t)length < sizeof name)
            read_file(name);
        free(entries[i]);
    }
    free(entries);
}

/* Tries a text in a block of exactly its size, so that reading past its end is noticed. */
static bool attempt(const char *text, size_t size, const struct file *file, const char *how,
                    size_t at)
{
    bool is_policy = false;
    char *copy = malloc(size == 0 ? 1 : size);
    if (copy == NULL)
        exit(2);
    if (size > 0)
        memcpy(copy, text, size);
    clock_t begin = clock();
    const char *broken = policy_check(copy, size, tried % 4 == 0, &is_policy);
    if (broken == NULL && clock() - begin > SLOW * CLOCKS_PER_SEC)
        broken = "a text takes no time";
    free(copy);
    tried++;
    accepted += is_policy;
    if (broken != NULL && ++faults <= 10)
        printf("# %s, %s %zu: this does not hold: %s\n", file->name, how, at, broken);
    return is_policy;
}

static void report(const char *name)
{
    static long faults_before;
    printf("%sok %d - %s\n", faults == faults_before ? "" : "not ", ++tests, name);
    faults_before = faults;
}

static void try_whole(void)
{
    for (size_t i = 0; i < file_count; i++)
        attempt(files[i].bytes, files[i].size, &files[i], "whole", 0);
    report("every_file_gets_an_answer");
}

static void cut(const struct file *file, size_t share)
{
    for (size_t size = 0; size < file->size; size += share)
        attempt(file->bytes, size, file, "cut at byte", size);
}

/* Odd values in the places of words. */
static void replace_words(const struct file *file, size_t share)
{
    static struct word_place words[WORDS_MAX];
    static struct changed_text text;
    size_t count = changes_words(file->bytes, file->size, words, WORDS_MAX), value_count = 0;
    while (changes_value(value_count) != NULL)
        value_count++;
    for (size_t pair = 0; pair < count * value_count; pair += share) {
        const char *value = changes_value(pair % value_count);
        struct word_place word = words[pair / value_count];
        memcpy(text.data, file->bytes, file->size);
        text.size = file->size;
        text.limit = CHANGES_BYTES_MAX;
        changes_put(&text, word.begin, word.end, value, strlen(value));
        attempt(text.data, text.size, file, "word at byte", word.begin);
    }
}

static void change(size_t index, long count)
{
    static struct changed_text text;
    const struct file *file = &files[index];
    for (long round = 0; round < count; round++) {
        struct random random = {(uint64_t)index << 32 | (uint64_t)round};
        const struct file *other = &files[random_next(&random) % file_count];
        memcpy(text.data, file->bytes, file->size);
        text.size = file->size;
        text.limit = CHANGES_BYTES_MAX;
        for (int64_t n = random_between(&random, 1, 4); n > 0; n--)
            changes_make(&text, &random, other->bytes, other->size);
        attempt(text.data, text.size, file, "change", (size_t)round);
    }
}

int main(int count, char **arguments)
{
    if (count < 7)
        return 2;
    size_t cuts = (size_t)strtoul(arguments[3], NULL, 10);
    size_t words = (size_t)strtoul(arguments[4], NULL, 10);
    long changes = strtol(arguments[5], NULL, 10);
    policy_check_begin(arguments[1], arguments[2]);
    for (int i = 6; i < count; i++)
        read_path(arguments[i]);
    try_whole();
    for (size_t i = 0; i < file_count && cuts > 0; i++)
        cut(&files[i], cuts);
    if (cuts > 0)
        report("a_file_cut_anywhere_gets_an_answer");
    for (size_t i = 0; i < file_count && words > 0; i++)
        replace_words(&files[i], words);
    if (words > 0)
        report("a_file_with_any_word_replaced_by_any_odd_value_gets_an_answer");
    for (size_t i = 0; i < file_count; i++)
        change(i, changes);
    report("a_file_changed_in_several_places_gets_an_answer");
    printf("# %zu files, %ld texts, %ld of them policies\n1..%d\n", file_count, tried, accepted,
           tests);
    for (size_t i = 0; i < file_count; i++) {
        free(files[i].name);
        free(files[i].bytes);
    }
    return faults == 0 ? 0 : 1;
}
