/* SPDX-License-Identifier: MIT */
/* The words of random policies, and the conditions and triggers that are made of them. */
#include "engine_author.h"

const struct attribute_words attribute_words[WORDS_COUNT] = {
    {"cat", {"a", "b", "c"}, 3},
    {"plan", {"gold", "silver", "urgent", "general", "nobody"}, 5},
    {"users", {"1", "7", "50", "2.5", "x"}, 5},
    {"impact", {"high", "low"}, 2},
    {"severity", {"urgent", "important", "general"}, 3},
    {"status", {"new", "wait", "work", "ext"}, 4},
    {"team", {"red", "blue", "green"}, 3},
    {"actor", {"human", "bot"}, 2},
    {"flag", {"true"}, 1},
    {"note", {"1", "20", "300", "abc", "ein längerer Text mit 30 Bytes"}, 5},
};

const char *const event_words[EVENT_WORDS] = {"e0", "e1", "e2", "e3", "e4", "e5"};

static const struct attribute_words derived_words[] = {
    {"severity", {"urgent", "important", "general"}, 3},
    {"region", {"city", "remote"}, 2},
    {"queue", {"q1", "q2"}, 2},
    {"level", {"P1", "P2", "P3"}, 3},
};

static const char *one_value(struct author *author, const struct attribute_words *words)
{
    return words->values[author_below(author, words->count)];
}

static void put_test(struct author *author, const struct attribute_words *words)
{
    const char *value = one_value(author, words);
    switch (author_below(author, 10)) {
    case 0:
        author_put(author, "[\"%s\", \"%s\"]", value, one_value(author, words));
        break;
    case 1:
        author_put(author, "{not: \"%s\"}", value);
        break;
    case 2:
        author_put(author, "{exists: %s}", author_chance(author, 50) ? "true" : "false");
        break;
    case 3:
        author_put(author, "{prefix: \"%.1s\"}", value);
        break;
    case 4:
        author_put(author, "{contains: \"%s\"}", value);
        break;
    case 5:
        author_put(author, author_chance(author, 50) ? "{min: 2, max: 40.5}" : "{min: 7}");
        break;
    case 6:
        author_put(author, "{not: {max: 5}}");
        break;
    default:
        author_put(author, "\"%s\"", value);
        break;
    }
}

static void put_part(struct author *author, bool wide)
{
    const struct attribute_words *words =
        &attribute_words[WORDS_FIXED + author_below(author, WORDS_COUNT - WORDS_FIXED)];
    if (wide && author_chance(author, 50))
        words = &attribute_words[author_below(author, WORDS_COUNT)];
    else if (wide && author_chance(author, 50))
        words = &AUTHOR_PICK(author, derived_words);
    bool quoted = author_chance(author, 5); /* for attributes that bear a word of the language */
    author_put(author, "%s%s: ", quoted ? "attribute: {" : "", words->name);
    put_test(author, words);
    author_put(author, "%s", quoted ? "}" : "");
}

static void put_condition(struct author *author, bool wide, int depth)
{
    int roll = author_below(author, 100);
    if (depth == 2)
        roll += 20;
    author_put(author, "{");
    if (roll < 14) {
        author_put(author, roll < 8 ? "any: [" : "all: [");
        put_condition(author, wide, depth + 1);
        author_put(author, ", ");
        put_condition(author, wide, depth + 1);
        author_put(author, "]");
    } else if (roll < 20) {
        author_put(author, "not: ");
        put_condition(author, wide, depth + 1);
    } else if (roll < 26) {
        author_put(author, roll < 23 ? "opened_in: " : "opened_outside: ");
        author_put_calendar(author);
    } else {
        put_part(author, wide);
    }
    author_put(author, "}");
}

void author_put_condition(struct author *author, bool wide)
{
    put_condition(author, wide, 0);
}

static void put_events(struct author *author)
{
    if (author_chance(author, 70))
        author_put(author, "%s", AUTHOR_PICK(author, event_words));
    else if (author_chance(author, 10))
        author_put(author, "[opened, %s]", AUTHOR_PICK(author, event_words));
    else
        author_put_list(author, event_words, EVENT_WORDS, 3);
}

static void put_changed(struct author *author)
{
    static const char *const watched[] = {"team", "status", "queue", "severity", "flag"};
    author_put(author, "changed: %s", AUTHOR_PICK(author, watched));
}

void author_put_trigger(struct author *author, int opened)
{
    int roll = author_below(author, 100);
    if (author_chance(author, opened)) {
        author_put(author, "opened");
        return;
    }
    if (roll < 60) {
        put_events(author);
        return;
    }
    author_put(author, "{");
    if (roll < 72) {
        author_put(author, "event: ");
        put_events(author);
        author_put(author, ", when: ");
        author_put_condition(author, false);
    } else if (roll < 80) {
        put_changed(author);
    } else if (roll < 86) {
        put_changed(author);
        author_put(author, ", when: ");
        author_put_condition(author, true);
    } else if (roll < 90) {
        author_put(author, "event: ");
        put_events(author);
        author_put(author, ", ");
        put_changed(author);
    } else {
        author_put(author, "when: ");
        author_put_condition(author, author_chance(author, 30));
    }
    author_put(author, "}");
}
