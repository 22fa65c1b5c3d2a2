/* SPDX-License-Identifier: MIT */
/* Random escalations: who is told when. */
#include "engine_author.h"

enum side { BEFORE, DUE, AFTER };

static enum side put_at(struct author *author, bool has_due)
{
    static const char *const parts[] = {"50%", "80%", "33%", "99%", "1%", "0%"};
    static const char *const more[] = {"120%", "150%", "101%", "300%"};
    static const char *const durations[] = {"10m", "30m", "1h", "2h", "5h", "45s", "20h", "0s"};
    const char *duration = AUTHOR_PICK(author, durations);
    int roll = author_below(author, 100);
    if (roll < 30) {
        author_put(author, "\"%s\"", AUTHOR_PICK(author, parts));
        return BEFORE;
    }
    if (roll < 50) {
        author_put(author, "%s before", duration);
        if (author_chance(author, 20)) {
            author_put(author, ", calendar: ");
            author_put_calendar(author);
        }
        return BEFORE;
    }
    if (roll < 65 && !has_due) {
        author_put(author, author_chance(author, 70) ? "due" : "\"100%%\"");
        return DUE;
    }
    if (roll < 82) {
        author_put(author, "%s after", duration);
        if (author_chance(author, 20)) {
            author_put(author, ", calendar: ");
            author_put_calendar(author);
        }
        return AFTER;
    }
    author_put(author, "\"%s\"", AUTHOR_PICK(author, more));
    return AFTER;
}

static bool write_step(struct author *author, bool has_due)
{
    static const char *const people[] = {"owner", "lead", "boss"};
    static const char *const ways[] = {"email", "sms"};
    static const char *const gaps[] = {"10m", "1h", "3h", "45s", "1s"};
    static const int times[] = {1, 2, 3, 5, 20};
    author_put(author, "      - {at: ");
    enum side side = put_at(author, has_due);
    if (side != DUE && author_chance(author, 20)) {
        author_put(author, ", only_in: ");
        author_put_calendar(author);
    }
    if (side != DUE && author_chance(author, 15))
        author_put(author, ", late: skip");
    if (side == AFTER && author_chance(author, 45))
        author_put(author, ", repeat: %s, times: %d", AUTHOR_PICK(author, gaps),
                   AUTHOR_PICK(author, times));
    if (author_chance(author, 25)) {
        author_put(author, ", when: ");
        author_put_condition(author, author_chance(author, 30));
    }
    if (author_chance(author, 60)) {
        author_put(author, ", notify: ");
        author_put_list(author, people, COUNT_OF(people), 3);
    }
    if (author_chance(author, 30)) {
        author_put(author, ", via: ");
        author_put_list(author, ways, COUNT_OF(ways), 2);
    }
    if (author_chance(author, 30))
        author_put(author, ", level: %d", author_below(author, 5) - 1);
    author_put(author, "}\n");
    return side == DUE;
}

static void write_entry(struct author *author, bool last)
{
    static const char *const kinds[] = {"sla", "ola", "uc"};
    const char *metrics[3] = {NULL};
    static const char *const agreements[] = {"gold", "standard"};
    bool named = strstr(author->text, "\nagreements:") != NULL;
    for (int m = 0; m < author->metric_count; m++)
        metrics[m] = author_metric(author, m);
    author_put(author, "  - name: entry\n");
    if (!last && author_chance(author, 50)) {
        author_put(author, "    metrics: ");
        author_put_list(author, metrics, author->metric_count, 2);
        author_put(author, "\n");
    }
    if (!last && author_chance(author, 30)) {
        author_put(author, "    kinds: ");
        author_put_list(author, kinds, COUNT_OF(kinds), 2);
        author_put(author, "\n");
    }
    if (!last && named && author_chance(author, 30)) {
        author_put(author, "    agreements: ");
        author_put_list(author, agreements, COUNT_OF(agreements), 2);
        author_put(author, "\n");
    }
    if (!last || author_chance(author, 15)) {
        author_put(author, "    when: ");
        author_put_condition(author, true);
        author_put(author, "\n");
    }
    bool has_due = false;
    author_put(author, "    steps:\n");
    for (int i = author_below(author, 5); i >= 0; i--)
        has_due = write_step(author, has_due) || has_due;
}

void author_write_escalations(struct author *author)
{
    int count = 1 + author_below(author, 3);
    author_put(author, "escalations:\n");
    for (int i = 0; i < count; i++)
        write_entry(author, i == count - 1);
}
