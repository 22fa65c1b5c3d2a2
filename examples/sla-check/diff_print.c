/* SPDX-License-Identifier: MIT */
/* Changes as text for people, and as JSON for programs. */
#include "diff.h"
#include "output.h"
#include "words.h"

#include <string.h>

static const char *const direction_names[] = {
    [DIRECTION_NONE] = NULL,
    [DIRECTION_TIGHTER] = "tighter",
    [DIRECTION_LOOSER] = "looser",
    [DIRECTION_CHANGED] = "changed",
    [DIRECTION_LONGER] = "open longer",
    [DIRECTION_SHORTER] = "open less",
};

/* What a section is called, in the order in which it is told. */
static const char *const sections[][2] = {
    {"policy", "Policy"},           {"targets", "Promises"},
    {"goals", "Goals"},             {"escalations", "People told"},
    {"calendars", "Calendars"},     {"holidays", "Holidays"},
    {"severities", "Severities"},   {"classify", "Classification"},
    {"metrics", "Metrics"},         {"tests", "Tests"},
};

static void print_text(const char *text)
{
    print_visible(stdout, text, strlen(text));
}

static void print_direction(enum direction direction)
{
    static const enum style styles[] = {
        [DIRECTION_NONE] = STYLE_PLAIN,
        [DIRECTION_TIGHTER] = STYLE_GREEN,
        [DIRECTION_LOOSER] = STYLE_RED,
        [DIRECTION_CHANGED] = STYLE_YELLOW,
        [DIRECTION_LONGER] = STYLE_CYAN,
        [DIRECTION_SHORTER] = STYLE_CYAN,
    };
    if (direction != DIRECTION_NONE)
        printf("  %s%s%s", style(stdout, styles[direction]), direction_names[direction],
               style(stdout, STYLE_PLAIN));
}

/* "resolution: 8h on office → 4h on 24x7  tighter  (now: row 3)" */
static void print_change(const struct change *change)
{
    const char *arrow = output_is_utf8() ? " → " : " -> ";
    fputs("    ", stdout);
    if (change->what != NULL) {
        print_text(change->what);
        fputs(": ", stdout);
    }
    if (strcmp(change->kind, "added") == 0 && change->before == NULL)
        printf("%snew%s%s", style(stdout, STYLE_GREEN), style(stdout, STYLE_PLAIN),
               change->after != NULL ? ", " : "");
    if (strcmp(change->kind, "removed") == 0 && change->after == NULL)
        printf("%sgone%s%s", style(stdout, STYLE_RED), style(stdout, STYLE_PLAIN),
               change->before != NULL ? ", was " : "");
    if (change->before != NULL)
        print_text(change->before);
    if (change->before != NULL && change->after != NULL)
        fputs(arrow, stdout);
    if (change->after != NULL)
        print_text(change->after);
    print_direction(change->direction);
    if (change->note != NULL) {
        printf("  %s(", style(stdout, STYLE_DIM));
        print_text(change->note);
        printf(")%s", style(stdout, STYLE_PLAIN));
    }
    putchar('\n');
}

static void print_section(const struct diff *diff, const char *key, const char *title)
{
    const char *subject = "";
    bool is_first = true;
    for (size_t i = 0; i < diff->count; i++) {
        const struct change *change = &diff->changes[i];
        if (strcmp(change->section, key) != 0)
            continue;
        if (is_first)
            printf("%s%s%s\n", style(stdout, STYLE_BOLD), title, style(stdout, STYLE_PLAIN));
        is_first = false;
        if (change->subject != NULL && strcmp(change->subject, subject) != 0) {
            subject = change->subject;
            fputs("  ", stdout);
            print_text(subject);
            putchar('\n');
        }
        print_change(change);
    }
    if (!is_first)
        putchar('\n');
}

static size_t count_direction(const struct diff *diff, enum direction direction)
{
    size_t count = 0;
    for (size_t i = 0; i < diff->count; i++)
        count += diff->changes[i].direction == direction;
    return count;
}

void diff_print(const struct diff *diff)
{
    char count[DURATION_CAPACITY];
    if (diff->count == 0) {
        puts("No change in meaning.");
        return;
    }
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        print_section(diff, sections[i][0], sections[i][1]);
    printf("%s %s", count_text(diff->count, count), diff->count == 1 ? "change" : "changes");
    const char *between = ": ";
    for (enum direction d = DIRECTION_TIGHTER; d <= DIRECTION_LOOSER; d++) {
        size_t found = count_direction(diff, d);
        if (found == 0)
            continue;
        printf("%s%s %s", between, count_text(found, count), direction_names[d]);
        between = ", ";
    }
    putchar('\n');
}

static json_t *text_or_null(const char *text)
{
    return text == NULL ? json_null() : json_from_text((sla_text){text, strlen(text)});
}

json_t *diff_json(const struct change *change)
{
    json_t *json = json_object();
    json_object_set_new(json, "section", json_string(change->section));
    json_object_set_new(json, "kind", json_string(change->kind));
    json_object_set_new(json, "path", text_or_null(change->path));
    json_object_set_new(json, "subject", text_or_null(change->subject));
    json_object_set_new(json, "what", text_or_null(change->what));
    json_object_set_new(json, "old", text_or_null(change->before));
    json_object_set_new(json, "new", text_or_null(change->after));
    json_object_set_new(json, "direction", text_or_null(direction_names[change->direction]));
    json_object_set_new(json, "note", text_or_null(change->note));
    return json;
}
