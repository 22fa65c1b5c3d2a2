/* SPDX-License-Identifier: MIT */
/* Random targets and agreements. */
#include "engine_author.h"

/* What a duration may be: days are refused on calendars that are not always open (D3). */
enum clockwork { ANY_CALENDAR, ALWAYS_OPEN };

static bool is_workdays(const char *within)
{
    return strstr(within, "wd") != NULL;
}

static const char *random_within(struct author *author, enum clockwork clockwork)
{
    static const char *const counted[] = {"30m", "1h",  "90m", "2h",  "4h", "8h", "90s", "1h30m",
                                          "24h", "10h", "45m", "3h",  "1s", "0s", "40h", "5m"};
    static const char *const workdays[] = {"0wd", "1wd", "1wd", "2wd", "3wd", "10wd"};
    static const char *const days[] = {"0d", "1d", "2d", "3d"};
    if (clockwork == ALWAYS_OPEN && author_chance(author, 30))
        return AUTHOR_PICK(author, days);
    return author_chance(author, 60) ? AUTHOR_PICK(author, counted)
                                     : AUTHOR_PICK(author, workdays);
}

static void put_details(struct author *author, const char *within)
{
    static const char *const dues[] = {"close", "same_time", "\"12:00\"", "\"17:00\"",
                                       "\"09:00\"", "\"23:30\""};
    static const char *const cutoffs[] = {"16:00", "12:00", "10:00", "23:00"};
    static const char *const graces[] = {"10m", "1h", "3h", "1s", "12h"};
    if (is_workdays(within) && author_chance(author, 60))
        author_put(author, ", due: %s", AUTHOR_PICK(author, dues));
    if (is_workdays(within) && author_chance(author, 40))
        author_put(author, ", cutoff: \"%s\"", AUTHOR_PICK(author, cutoffs));
    if (author_chance(author, 40))
        author_put(author, ", grace: %s", AUTHOR_PICK(author, graces));
}

/* The name of a table that the incident chooses from: follow the sun. */
static void put_calendar_table(struct author *author)
{
    static const char *const keys[][3] = {
        {"team", "red", "blue"}, {"cat", "a", "b"}, {"region", "city", "remote"}};
    const char *const *key = AUTHOR_PICK(author, keys);
    author_put(author, "{by: %s, is: {%s: ", key[0], key[1]);
    author_put_calendar(author);
    author_put(author, ", %s: ", key[2]);
    author_put_calendar(author);
    author_put(author, "}, default: ");
    author_put_calendar(author);
    author_put(author, "}");
}

static void put_fixed(struct author *author, enum clockwork clockwork)
{
    const char *within = random_within(author, clockwork);
    if (author_chance(author, 45)) {
        author_put(author, "%s", within);
        return;
    }
    author_put(author, "{within: %s", within);
    put_details(author, within);
    bool in_days = strchr(within, 'd') != NULL && !is_workdays(within);
    if (!in_days && author_chance(author, 20)) {
        author_put(author, ", calendar: ");
        if (author_chance(author, 40))
            put_calendar_table(author);
        else
            author_put_calendar(author);
    }
    author_put(author, "}");
}

static void put_target(struct author *author, enum clockwork clockwork)
{
    int roll = author_below(author, 100);
    if (roll < 7) {
        author_put(author, "none");
    } else if (roll < 20) {
        const char *latest = random_within(author, clockwork);
        author_put(author, "{agreed: " WORDS_VISIT);
        if (author_chance(author, 85)) {
            author_put(author, ", latest: %s", latest);
            put_details(author, latest);
        } else if (author_chance(author, 50)) {
            author_put(author, ", grace: 1h");
        }
        author_put(author, "}");
    } else if (roll < 32) {
        static const char *const keys[][3] = {
            {"cat", "a", "b"}, {"plan", "gold", "silver"}, {"queue", "q1", "q2"}};
        const char *const *key = AUTHOR_PICK(author, keys);
        author_put(author, "{by: %s, is: {%s: ", key[0], key[1]);
        put_fixed(author, clockwork);
        author_put(author, ", %s: ", key[2]);
        put_fixed(author, clockwork);
        author_put(author, "}, default: ");
        if (author_chance(author, 40))
            author_put(author, "none");
        else
            put_fixed(author, clockwork);
        author_put(author, "}");
    } else {
        put_fixed(author, clockwork);
    }
}

static void write_row(struct author *author, const char *indent, bool last)
{
    enum clockwork clockwork = ANY_CALENDAR;
    author_put(author, "%s- {", indent);
    if (!last) {
        author_put(author, author->era != NULL ? "when: {all: [{%s}, " : "when: ", author->era);
        author_put_condition(author, true);
        author_put(author, author->era != NULL ? "]}, " : ", ");
    } else if (author->era != NULL) {
        author_put(author, "when: {%s}, ", author->era);
    }
    if (author_chance(author, 25)) {
        author_put(author, "calendar: 24x7, ");
        clockwork = ALWAYS_OPEN;
    } else if (author_chance(author, 30)) {
        author_put(author, "calendar: c%d, ", author_below(author, author->calendar_count));
    } else if (author_chance(author, 20)) {
        author_put(author, "calendar: ");
        put_calendar_table(author);
        author_put(author, ", ");
    }
    int must = author_below(author, author->metric_count);
    author_put(author, "name: row");
    for (int m = 0; m < author->metric_count; m++) {
        if (!last && m != must && author_chance(author, 35))
            continue;
        author_put(author, ", %s: ", author_metric(author, m));
        put_target(author, clockwork);
    }
    author_put(author, "}\n");
}

void author_write_rows(struct author *author, const char *indent)
{
    int count = 1 + author_below(author, 3);
    bool complete = author_chance(author, 85); /* else some incidents have no target */
    for (int i = 0; i < count; i++)
        write_row(author, indent, complete && i == count - 1);
}

static void write_agreement(struct author *author, const char *name, const char *kind, bool last)
{
    author_put(author, "  - name: %s\n", name);
    if (kind != NULL)
        author_put(author, "    kind: %s\n", kind);
    if (!last && author_chance(author, 60)) {
        author_put(author, "    when: ");
        author_put_condition(author, true);
        author_put(author, "\n");
    }
    if (!last && author_chance(author, 40)) {
        author_put(author, "    from: ");
        author_put_date(author, author->center - author_below(author, 25));
        author_put(author, "\n");
    }
    if (!last && author_chance(author, 30)) {
        author_put(author, "    until: ");
        author_put_date(author, author->center + author_below(author, 20));
        author_put(author, "\n");
    }
    if (author_chance(author, 40)) {
        author_put(author, "    calendar: ");
        author_put_calendar(author);
        author_put(author, "\n");
    }
    author_put(author, "    targets:\n");
    author_write_rows(author, "      ");
}

void author_write_targets(struct author *author)
{
    if (!author->has_kinds && author_chance(author, 70)) {
        author_put(author, "targets:\n");
        author_write_rows(author, "  ");
        return;
    }
    author_put(author, "agreements:\n");
    write_agreement(author, "gold", "sla", false);
    write_agreement(author, "standard", NULL, author_chance(author, 80));
    if (!author->has_kinds)
        return;
    write_agreement(author, "field team", "ola", author_chance(author, 60));
    if (author_chance(author, 50))
        write_agreement(author, "carrier", "uc", author_chance(author, 60));
}
