/* SPDX-License-Identifier: MIT */
/* Random metrics, and what classification derives. */
#include "engine_author.h"

static void write_severity(struct author *author)
{
    author_put(author, "  severity:\n    - {when: ");
    author_put_condition(author, true);
    author_put(author, ", is: urgent}\n");
    if (author_chance(author, 40))
        author_put(author, "    - {when: {plan: {exists: true}, flag: \"true\"}, "
                           "is: {copy: plan}}\n"); /* some plans are no severities */
    author_put(author, "    - {when: ");
    author_put_condition(author, true);
    author_put(author, ", is: important}\n    - {is: general}\n");
    for (int i = author_below(author, 3); i > 0; i--) {
        static const int tiers[] = {1, -1, 2};
        author_put(author, "    - {raise: %d, when: ", AUTHOR_PICK(author, tiers));
        author_put_condition(author, true);
        author_put(author, "}\n");
    }
}

void author_write_classify(struct author *author)
{
    author_put(author, "severities: [urgent, important, general]\nclassify:\n");
    if (author_chance(author, 70)) /* hides the incoming attribute, or follows another */
        author_put(author, "  %s: {by: team, is: {red: q1, blue: q1}, default: q2}\n",
                   author_chance(author, 80) ? "queue" : "team");
    if (author_chance(author, 70)) {
        author_put(author, "  level:\n    matrix: {rows: {impact: [high, low]}, columns: {cat: "
                           "[a, b]}, values: [[P1, P2], [P2, P3]]}\n    default: P3\n");
    }
    author_put(author, "  region:\n    - {when: ");
    author_put_condition(author, false);
    author_put(author, ", is: city}\n    - {is: remote}\n");
    if (author_chance(author, 85)) /* else the host says it */
        write_severity(author);
}

static void put_pause(struct author *author)
{
    static const char *const whiles[] = {"{status: wait}", "{status: [wait, ext]}",
                                         "{flag: true}"};
    static const char *const limits[] = {"30m", "2h", "4h", "90s", "1wd", "2wd", "0s", "12h"};
    static const char *const reasons[] = {"customer", "parts", "weather"};
    author_put(author, "{");
    if (author_chance(author, 45)) {
        author_put(author, "while: %s", AUTHOR_PICK(author, whiles));
    } else if (author_chance(author, 25)) {
        author_put(author, "while: ");
        author_put_condition(author, author_chance(author, 30));
    } else if (author_chance(author, 70)) {
        author_put(author, "event: %s, until: %s",
                   author_chance(author, 50) ? "hold" : "[hold, e4]",
                   author_chance(author, 50) ? "unhold" : "[unhold, e5]");
    } else {
        author_put(author, "event: ");
        author_put_trigger(author, 5);
        author_put(author, ", until: ");
        author_put_trigger(author, 0);
    }
    if (author_chance(author, 70))
        author_put(author, ", reason: %s", AUTHOR_PICK(author, reasons));
    if (author_chance(author, 50))
        author_put(author, ", limit: %s", AUTHOR_PICK(author, limits));
    author_put(author, "}");
}

static void put_reopen(struct author *author)
{
    static const char *const modes[] = {"ignore", "resume", "count", "restart", "cycle"};
    const char *mode = AUTHOR_PICK(author, modes);
    if (author_chance(author, 65)) {
        author_put(author, ", reopen: %s", mode);
        return;
    }
    author_put(author, ", reopen: {event: ");
    if (author_chance(author, 50))
        author_put(author, "[reopened, %s]", AUTHOR_PICK(author, event_words));
    else
        author_put_trigger(author, 0);
    author_put(author, ", clock: %s}", mode);
}

static void put_option(struct author *author, int percent, const char *key, int opened)
{
    if (!author_chance(author, percent))
        return;
    author_put(author, ", %s: ", key);
    author_put_trigger(author, opened);
}

static void write_metric(struct author *author, int index)
{
    author_put(author, "  %s: {start: ", author_metric(author, index));
    author_put_trigger(author, 50);
    author_put(author, ", stop: ");
    author_put_trigger(author, 0);
    if (author_chance(author, 60)) {
        int count = author_chance(author, 55) ? 1 : 2 + author_below(author, 2);
        author_put(author, count > 1 ? ", pause: [" : ", pause: ");
        for (int i = 0; i < count; i++) {
            author_put(author, i > 0 ? ", " : "");
            put_pause(author);
        }
        author_put(author, count > 1 ? "]" : "");
    }
    put_option(author, 30, "cancel", 0);
    put_option(author, 25, "reset", 2);
    if (author_chance(author, 75))
        put_reopen(author);
    if (author_chance(author, 35))
        author_put(author, ", repeat: true");
    if (author_chance(author, 50))
        author_put(author, ", retarget: %s", author_chance(author, 50) ? "keep" : "restart");
    if (author_chance(author, 30))
        author_put(author, ", never_loosen: true");
    author_put(author, "}\n");
}

void author_write_metrics(struct author *author)
{
    author_put(author, "metrics:\n");
    for (int i = 0; i < author->metric_count; i++)
        write_metric(author, i);
}
