/* SPDX-License-Identifier: MIT */
/* What a broken law needs to be broken: the shortest log and policy are found and printed. */
#include "engine_court.h"

#include <sla/diag.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES 400
#define TEXT_CAPACITY 100000

static const char *zones;

void court_zones(const char *folder)
{
    zones = folder;
}

sla_policy *court_compile(const char *text, uint32_t *code, char *message, size_t capacity)
{
    sla_policy_options options = {.size = sizeof options};
    options.zoneinfo = (sla_text){zones, SLA_NUL_TERMINATED};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    sla_status status = sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, &diags);
    *code = 0;
    for (size_t i = 0; status != SLA_OK && i < sla_diags_count(diags) && *code == 0; i++) {
        const sla_diag *diag = sla_diags_at(diags, i);
        if (diag->severity != SLA_DIAG_ERROR)
            continue;
        *code = diag->code;
        sla_diag_format(diag, message, capacity);
    }
    sla_diags_free(diags);
    return policy;
}

bool court_ask(struct court *court, const struct law *law, const struct log *log, uint64_t seed)
{
    court->random = (struct random){seed};
    court->wanted = &court->reference;
    court->pair[0].event.type = court->pair[1].event.type = 0;
    court->clock = -1;
    court->message[0] = '\0';
    run_clear(&court->got);
    return law->holds(court, log);
}

/* Is the law still broken, on a log that never leaves the range? */
static bool breaks(struct court *court, const struct law *law, const struct log *log,
                   uint64_t seed)
{
    if (log->count == 0)
        return false;
    court_run(court, log, &court->reference);
    return !run_left_the_range(&court->reference, log->count) &&
           !court_ask(court, law, log, seed);
}

static bool drop_updates(struct court *court, const struct law *law, struct log *log,
                         uint64_t seed)
{
    bool progress = false;
    for (int32_t size = log->count / 2; size > 0; size /= 2) {
        for (int32_t first = 0; first + size <= log->count;) {
            struct log tried = *log;
            tried.count -= size;
            memmove(&tried.updates[first], &tried.updates[first + size],
                    (size_t)(tried.count - first) * sizeof tried.updates[0]);
            if (!breaks(court, law, &tried, seed)) {
                first += size;
                continue;
            }
            *log = tried;
            progress = true;
        }
    }
    return progress;
}

/* Drops names of updates, sequences and attributes. */
static bool drop_details(struct court *court, const struct law *law, struct log *log,
                         uint64_t seed)
{
    bool progress = false;
    for (int32_t i = 0; i < log->count; i++) {
        for (int32_t k = -2; k < log->updates[i].change_count; k++) {
            struct log tried = *log;
            struct log_update *update = &tried.updates[i];
            if (k == -2) {
                update->event = "";
            } else if (k == -1) {
                update->sequence = 0;
            } else {
                update->change_count--;
                memmove(&update->changes[k], &update->changes[k + 1],
                        (size_t)(update->change_count - k) * sizeof update->changes[0]);
            }
            bool changes = k >= 0 || (k == -2 && log->updates[i].event[0] != '\0') ||
                           (k == -1 && log->updates[i].sequence != 0);
            if (!changes || !breaks(court, law, &tried, seed))
                continue;
            *log = tried;
            progress = true;
            k--;
        }
    }
    return progress;
}

static void shrink_log(struct court *court, const struct law *law, struct log *log, uint64_t seed)
{
    while (drop_updates(court, law, log, seed) || drop_details(court, law, log, seed))
        continue;
}

/* The text without `count` lines from the `first` on; false: there are not so many. */
static bool without_lines(const char *text, int first, int count, char *out)
{
    int line = 0;
    size_t length = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (line < first || line >= first + count)
            out[length++] = *at;
        line += *at == '\n';
    }
    out[length] = '\0';
    return line >= first + count;
}

static void shrink_policy(struct court *court, const struct law *law, const struct log *log,
                          uint64_t seed, char *text)
{
    static char tried[TEXT_CAPACITY];
    char message[200];
    uint32_t code;
    sla_policy *kept = court->policy;
    for (int size = 8; size > 0; size /= 2) {
        for (int first = 1; without_lines(text, first, size, tried);) {
            sla_policy *policy = court_compile(tried, &code, message, sizeof message);
            court->policy = policy;
            if (policy != NULL && breaks(court, law, log, seed)) {
                strcpy(text, tried);
                sla_policy_unref(kept);
                kept = policy;
            } else {
                sla_policy_unref(policy);
                first++;
            }
            court->policy = kept;
        }
    }
}

void court_print_text(const char *text)
{
    for (const char *line = text; *line != '\0';) {
        int length = (int)strcspn(line, "\n");
        printf("#   %.*s\n", length, line);
        line += length + (line[length] == '\n');
    }
}

void court_report(struct court *court, const struct law *law, const struct log *log,
                  uint64_t seed, const char *text)
{
    static char shorter[TEXT_CAPACITY];
    struct log smallest = *log;
    if (strlen(text) >= sizeof shorter)
        return;
    strcpy(shorter, text);
    sla_policy *whole = court->policy;
    court->policy = sla_policy_ref(whole);
    for (int round = 0; round < 3; round++) {
        shrink_log(court, law, &smallest, seed);
        if (strstr(law->name, "new_targets") == NULL) /* three policies belong together there */
            shrink_policy(court, law, &smallest, seed, shorter);
    }
    bool still = breaks(court, law, &smallest, seed);
    printf("# broken: %s (%s)\n# %s\n", law->name, log->is_late ? "late news" : "in order",
           still ? court->message : "and not when it is tried again");
    court_print_text(shorter);
    if (strstr(law->name, "another_policy") != NULL && court->other != NULL) {
        printf("# the other policy:\n");
        court_print_text(court->other_text);
    }
    if (strstr(law->name, "new_targets") != NULL && court->both != NULL) {
        printf("# old and new targets in one:\n");
        court_print_text(court->both_text);
    }
    log_print(&smallest);
    for (int i = 0; i < 2; i++)
        if (court->pair[i].event.type != 0)
            told_print("", &court->pair[i]);
    if (court->clock >= 0)
        clock_print("", court->wanted, court->clock);
    else if (court->pair[0].event.type == 0)
        run_print_difference(court->wanted, &court->got);
    fflush(stdout);
    sla_policy_unref(court->policy);
    court->policy = whole;
}
