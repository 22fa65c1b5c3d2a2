/* SPDX-License-Identifier: MIT */
/* Zone files damaged in every way that came to mind, the same on every machine: each is refused
 * or keeps its promises (zone_check.h), and a policy that names it compiles or says where the fault
 * is.
 *
 *     fuzz_zone_mutations DATA [ROUNDS [SEED]]
 *
 * DATA is tests/data; ROUNDS multiplies what is random (default 1). */
#include "random.h"
#include "zone_check.h"
#include "zone_files.h"

#include <stdio.h>
#include <stdlib.h>

#define FILES_MAX 128
#define BYTES_MAX 16384

static struct {
    char name[80];
    struct file_bytes bytes;
} corpus[FILES_MAX];
static size_t file_count;

static struct random random_source;
static long executions, accepted, policies, faults;
static int tests, failed_tests;
static long policy_each = 256; /* one policy for that many files */

/* A damaged file under construction. */
static uint8_t file[BYTES_MAX];
static size_t length;

static size_t below(size_t limit)
{
    return limit == 0 ? 0 : (size_t)(random_next(&random_source) % limit);
}

static void put(const void *bytes, size_t count)
{
    if (count > BYTES_MAX - length)
        count = BYTES_MAX - length;
    memcpy(file + length, bytes, count);
    length += count;
}

static void report(const char *broken, const char *how, const char *name, long place)
{
    if (broken == NULL)
        return;
    faults++;
    if (faults > 10)
        return;
    printf("# %s (%s, at %ld): this does not hold: %s\n# bytes:", how, name, place, broken);
    for (size_t i = 0; i < length; i++)
        printf("%02x", file[i]);
    printf("\n");
}

/* Tries `file`; returns whether it was taken for a zone. */
static bool try(const char *how, const char *name, long place)
{
    /* An exact copy, so that a byte read behind its end is noticed by a sanitizer. */
    uint8_t *copy = malloc(length + (length == 0));
    bool taken = false;
    if (copy == NULL)
        exit(2);
    memcpy(copy, file, length);
    report(zone_check(copy, length, &taken), how, name, place);
    executions++;
    accepted += taken;
    if (executions % policy_each == 0) {
        report(zone_check_policy(copy, length), how, name, place);
        policies++;
    }
    free(copy);
    return taken;
}

static void begin(size_t index)
{
    length = 0;
    put(corpus[index].bytes.data, corpus[index].bytes.length);
}

static void end_test(const char *sentence)
{
    static long faults_before, executions_before, accepted_before;
    tests++;
    failed_tests += faults > faults_before;
    printf("# %ld files, of which %ld are zones\n", executions - executions_before,
           accepted - accepted_before);
    printf("%s %d - %s\n", faults > faults_before ? "not ok" : "ok", tests, sentence);
    fflush(stdout);
    faults_before = faults;
    executions_before = executions;
    accepted_before = accepted;
}

static void cut_everywhere(void)
{
    for (size_t index = 0; index < file_count; index++) {
        for (size_t cut = 0; cut < corpus[index].bytes.length; cut++) {
            begin(index);
            length = cut;
            if (try("cut", corpus[index].name, (long)cut))
                report("a file that is cut is refused", "cut", corpus[index].name, (long)cut);
        }
    }
    end_test("files_cut_at_every_byte_are_refused");
}

static void change_every_byte(void)
{
    for (size_t index = 0; index < file_count; index++) {
        for (size_t at = 0; at < corpus[index].bytes.length; at++) {
            const uint8_t values[] = {0, 0xff, (uint8_t)(corpus[index].bytes.data[at] + 1),
                                      (uint8_t)below(256)};
            for (size_t i = 0; i < sizeof values; i++) {
                begin(index);
                file[at] = values[i];
                try("changed byte", corpus[index].name, (long)at);
            }
        }
    }
    end_test("every_byte_changed_is_refused_or_harmless");
}

static uint32_t number_at(size_t at)
{
    return (uint32_t)file[at] << 24 | (uint32_t)file[at + 1] << 16 | (uint32_t)file[at + 2] << 8 |
           file[at + 3];
}

static void set_number(size_t at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        file[at + (size_t)i] = (uint8_t)(value >> (24 - 8 * i));
}

/* Where the header behind the first block is. */
static size_t second_header(void)
{
    return 44 + (size_t)number_at(32) * 5 + (size_t)number_at(36) * 6 + number_at(40) +
           (size_t)number_at(28) * 8 + number_at(24) + number_at(20);
}

/* Counts that are huge, that are negative for a careless reader, or whose product with the size of
   an entry wraps in 32 bits to a small number. */
static void change_every_count(void)
{
    static const uint32_t values[] = {0, 1, 2, 255, 256, 257, 0x7fffffff, 0x80000000, 0xffffffff,
                                      0xfffffffe, 0x1c71c71d, 0x20000000, 0x2aaaaaab, 0x33333334,
                                      0x40000000, 0x15555556};
    for (size_t index = 0; index < file_count; index++) {
        begin(index);
        const size_t headers[] = {0, second_header()};
        for (size_t which = 0; which < 12; which++) {
            size_t at = headers[which / 6] + 20 + 4 * (which % 6);
            for (size_t i = 0; i < sizeof values / sizeof *values + 2; i++) {
                begin(index);
                uint32_t old = number_at(at);
                set_number(at, i < sizeof values / sizeof *values ? values[i]
                               : i % 2 == 0                       ? old + 1
                                                                  : old - 1);
                try("changed count", corpus[index].name, (long)at);
            }
        }
    }
    end_test("every_count_changed_is_refused_or_harmless");
}

static void put_text(const char *text)
{
    put(text, strlen(text));
}

static void put_one_of(const char *const *texts, size_t count)
{
    put_text(texts[below(count)]);
}

#define PUT_ONE_OF(...)                                                                            \
    do {                                                                                           \
        static const char *const texts[] = {__VA_ARGS__};                                          \
        put_one_of(texts, sizeof texts / sizeof *texts);                                           \
    } while (0)

static void put_name(void)
{
    PUT_ONE_OF("EST", "EDT", "<+0330>", "<-00>", "<+1>", "<>", "<", ">", "ABCDEFGHIJKLMNO", "E", "",
               "<A-9+Z>", "<ABCDEFGHIJKLMNOP>", "1ST", "\xc3\xa4\xc3\xb6", "CEST");
}

static void put_offset(void)
{
    PUT_ONE_OF("5", "-5", "+0", "0", "-24", "24:59:59", "-24:59:59", "25", "-0:30", "3:00:01",
               "12:60", "1:", "", "-", "00000000005", "99999999999999999999", "-13:45");
}

static void put_hours(void)
{
    PUT_ONE_OF("", "", "/2", "/0", "/24", "/-1", "/167", "/-167", "/167:59:59", "/-167:59:59",
               "/168", "/-168", "/26", "/25", "/23", "/", "/:", "/1:2:3:4", "/-0");
}

static void put_rule(void)
{
    PUT_ONE_OF("M3.2.0", "M11.1.0", "M1.1.0", "M12.5.6", "M2.5.4", "M13.1.0", "M0.1.0", "M3.0.0",
               "M3.6.0", "M3.1.7", "M3.1", "M", "J1", "J365", "J366", "J0", "J59", "J60", "0", "59",
               "364", "365", "366", "-1", "J", "", "M10.5.0");
    put_hours();
}

/* By the grammar of POSIX and of RFC 9636, 3.3.1, at its limits and beyond. */
static void put_footer(void)
{
    put_name();
    put_offset();
    if (below(4) != 0) {
        put_name();
        if (below(2) == 0)
            put_offset();
        if (below(8) != 0) {
            put_text(",");
            put_rule();
            put_text(below(16) == 0 ? ";" : ",");
            put_rule();
        }
    }
    if (below(32) == 0)
        put_text("\n");
}

static void change_footers(size_t rounds)
{
    for (size_t i = 0; i < rounds; i++) {
        size_t index = below(file_count);
        begin(index);
        size_t end = length - 1;
        while (end > 0 && file[end - 1] != '\n')
            end--;
        length = end;
        put_footer();
        put_text("\n");
        try("footer", corpus[index].name, (long)i);
    }
    end_test("footers_at_the_limits_of_their_grammar_are_refused_or_rules");
}

/* The head of one file and the tail of another, with some bytes changed. */
static void splice(size_t rounds)
{
    for (size_t i = 0; i < rounds; i++) {
        size_t head = below(file_count), tail = below(file_count);
        begin(head);
        /* Often at the same place, or at the second header, where files fit together. */
        size_t second = second_header();
        length = below(3) == 0 && second <= length ? second : below(length + 1);
        size_t from = below(3) == 0 ? below(corpus[tail].bytes.length + 1) : length;
        if (from < corpus[tail].bytes.length)
            put(corpus[tail].bytes.data + from, corpus[tail].bytes.length - from);
        for (size_t edits = below(4); edits > 0 && length > 0; edits--)
            file[below(length)] = (uint8_t)below(256);
        try("splice", corpus[head].name, (long)i);
    }
    end_test("files_put_together_from_two_are_refused_or_harmless");
}

/* Times and offsets at random in files whose frame is whole: changes ascend but mean nothing. */
static void scramble(size_t rounds)
{
    for (size_t i = 0; i < rounds; i++) {
        size_t index = below(file_count);
        begin(index);
        size_t header = second_header(), times = number_at(header + 32);
        size_t types = header + 44 + 9 * times;
        int64_t at = (int64_t)below(7200000000u) - 100000000;
        for (size_t k = 0; k < times; k++) {
            at += 1 + (int64_t)below(below(2) == 0 ? 200000 : 20000000);
            set_number(header + 44 + 8 * k, (uint32_t)((uint64_t)at >> 32));
            set_number(header + 48 + 8 * k, (uint32_t)at);
        }
        for (size_t k = 0; k < number_at(header + 36); k++)
            set_number(types + 6 * k, (uint32_t)random_between(&random_source, -89999, 93599));
        if (!try("scrambled", corpus[index].name, (long)i))
            report("a whole file is read", "scrambled", corpus[index].name, (long)i);
    }
    end_test("changes_without_sense_keep_the_rules_of_local_time");
}

static void add_file(const char *folder, const char *name)
{
    if (file_count == FILES_MAX)
        exit(2);
    snprintf(corpus[file_count].name, sizeof corpus->name, "%s", name);
    corpus[file_count].bytes = file_read(folder, name);
    if (corpus[file_count].bytes.length > BYTES_MAX / 2)
        exit(2);
    file_count++;
}

static void read_corpus(const char *data)
{
    static const char *const fat[] = {"Africa/Casablanca", "America/New_York", "America/Ojinaga",
                                      "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe",
                                      "Europe/Dublin", "Pacific/Apia"};
    char folder[4096];
    snprintf(folder, sizeof folder, "%s/zoneinfo", data);
    struct wall_clocks clocks = wall_clocks_read(data);
    for (size_t i = 0; i < clocks.count; i++)
        add_file(folder, clocks.items[i].name);
    wall_clocks_free(&clocks);
    snprintf(folder, sizeof folder, "%s/zoneinfo-fat", data);
    for (size_t i = 0; i < sizeof fat / sizeof *fat; i++)
        add_file(folder, fat[i]);
}

int main(int count, char **arguments)
{
    if (count < 2)
        return 2;
    size_t rounds = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
    random_source.state = count > 3 ? strtoull(arguments[3], NULL, 10) : 9636;
    read_corpus(arguments[1]);
    cut_everywhere();
    for (size_t i = 0; i < (rounds + 9) / 10; i++)
        change_every_byte();
    change_every_count();
    change_footers(20000 * rounds);
    splice(20000 * rounds);
    policy_each = 16;
    scramble(10000 * rounds);
    printf("# %ld files tried, %ld policies, %ld faults\n1..%d\n", executions, policies, faults,
           tests);
    for (size_t i = 0; i < file_count; i++)
        free(corpus[i].bytes.data);
    return failed_tests == 0 ? 0 : 1;
}
