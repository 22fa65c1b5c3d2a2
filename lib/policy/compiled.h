/* SPDX-License-Identifier: MIT */
/* The compiled policy: what the engine reads. Immutable; everything is in the policy's arena.
 *
 * Texts that are compared (attribute values, update names, severities, team names ...) are
 * *literals*: numbers from 1 in one table, so that comparing is comparing numbers. 0 is no literal.
 * Attributes live in *slots*: 1..attribute_count are the attributes as the host gives them (the
 * slot is the attribute's public id), the slots behind them are derived ones. Everything else is
 * an index into an array of this struct; INDEX_NONE is none. Line numbers serve explanations. */
#ifndef POLICY_COMPILED_H
#define POLICY_COMPILED_H

#include "base/hash.h"
#include "base/text.h"
#include "policy/compiled_tests.h"
#include "time/calendar.h"

#include <sla/classify.h>
#include <stdatomic.h>

#define INDEX_NONE UINT32_MAX

struct range {
    uint32_t first, count;
};

enum condition_op {
    CONDITION_ALL,       /* children; none: true */
    CONDITION_ANY,       /* children */
    CONDITION_NOT,       /* one child */
    CONDITION_IN,        /* slot's literal is one of literal_lists[list] */
    CONDITION_BETWEEN,   /* slot is a decimal number, min <= it <= max (a bound may be empty) */
    CONDITION_PREFIX,    /* slot's text begins with `text` */
    CONDITION_CONTAINS,  /* slot's text has `text` in it */
    CONDITION_EXISTS,    /* slot is present */
    CONDITION_OPENED_IN, /* `calendar` was open when the incident was opened */
};

struct condition {
    uint32_t op;
    uint32_t slot;
    struct range children; /* in condition_children */
    struct range list;     /* in literal_lists */
    uint32_t calendar;
    uint32_t line;
    sla_text text;
    sla_text min, max;
};

/* An index of a list of conditions: which of them can hold, 64 in a word, told by the values of a
   few slots. A slot has a line of words for an absent value, one for a value that no condition
   names, and one for each value that many do; those that few name only patch some words of the
   second. */
struct match_patch {
    uint64_t bits; /* instead of the word number `word` */
    uint32_t word;
};
struct match_value {
    uint32_t literal; /* 0: free; then `first` is the line of all other values */
    uint32_t first;   /* its line in the slot's words, or its first patch if ... */
    uint32_t patches; /* ... there are any, ascending by word */
};
struct match_slot {
    uint32_t slot;
    uint32_t value_mask; /* one less than how many values there is room for, a power of two */
    const uint64_t *words; /* the line of absent, the line of all other values, more lines */
    const struct match_value *values; /* open addressing by match_hash() */
    const struct match_patch *patches;
};
struct match_index {
    uint32_t row_count;
    uint32_t line; /* words in a line: 1, or a multiple of MATCH_BLOCK */
    const uint32_t *conditions; /* of each row; INDEX_NONE: always */
    const uint64_t *sure;       /* bits of rows about which the slots say everything */
    const struct match_slot *slots;
    uint32_t slot_count; /* at most MATCH_SLOTS_MAX */
    uint64_t last;       /* the rows that there are in the last word with any */
};
#define MATCH_SLOTS_MAX 16u
#define MATCH_BLOCK 8u /* words that are looked at together */

static inline uint32_t match_hash(uint32_t literal)
{
    return (uint32_t)(literal * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

/* A choice by one attribute's value: {by, is, default}. */
struct table_entry {
    uint32_t literal;
    uint32_t value; /* a literal, target or calendar: whatever the table chooses */
};
struct table {
    uint32_t slot;
    struct range entries; /* in table_entries */
    uint32_t otherwise;   /* INDEX_NONE: nothing */
};

/* How one attribute is derived. */
enum derivation_kind { DERIVE_ROWS, DERIVE_MATRIX, DERIVE_TABLE };

struct derivation_row {
    uint32_t condition; /* INDEX_NONE: always */
    uint32_t literal;   /* the value, or ... */
    uint32_t copy_slot; /* ... if not 0: the value of this slot */
    int32_t raise;      /* in the raises: by how many tiers */
    uint32_t severity;  /* of the severity's rows: the index of `literal`, or INDEX_NONE */
    uint32_t line;
};

struct derivation {
    uint32_t kind;
    sla_text name;
    uint32_t slot; /* where the value goes */
    uint32_t line;
    struct range rows;   /* DERIVE_ROWS: in derivation_rows; first match wins */
    struct range raises; /* severity only: in derivation_rows; all that match, in order */
    struct table table;  /* DERIVE_TABLE: chooses a literal */
    /* DERIVE_MATRIX: literal_lists[cells.first + row * columns.count + column]; default or 0 */
    uint32_t row_slot, column_slot;
    struct range row_literals, column_literals, cells; /* in literal_lists */
    uint32_t otherwise;                                /* literal or 0 */
    const struct match_index *index;                   /* of the rows; NULL without */
};

/* When something happens: any of the names, and a change of an attribute, and a condition. */
struct trigger {
    bool present;
    struct range events;   /* in literal_lists: update names; none: any update */
    uint32_t changed_slot; /* 0: none */
    uint32_t condition;    /* INDEX_NONE: none */
    uint32_t line;
};

struct pause {
    uint32_t condition;    /* `while`; INDEX_NONE for an event pause */
    struct trigger from;   /* `event` */
    struct trigger until;  /* `until` */
    sla_text reason;       /* may be empty */
    bool limited;
    sla_target limit;      /* seconds or working days */
    uint32_t line;
};

enum reopen_mode { REOPEN_IGNORE, REOPEN_RESUME, REOPEN_COUNT, REOPEN_RESTART, REOPEN_CYCLE };
enum retarget_mode { RETARGET_KEEP, RETARGET_RESTART };

struct metric {
    sla_text name;
    struct trigger start, stop, reset, cancel, reopen_on;
    struct range pauses; /* in pauses */
    uint32_t reopen;     /* enum reopen_mode */
    uint32_t retarget;   /* enum retarget_mode */
    bool repeat;
    bool never_loosen;
    uint32_t line;
};

/* Which calendar: fixed, or chosen by an attribute. */
struct calendar_choice {
    bool is_table;
    uint32_t calendar;  /* index of a calendar */
    struct table table; /* chooses an index of a calendar */
};

enum target_type { TARGET_NONE, TARGET_FIXED, TARGET_AGREED, TARGET_TABLE };

struct target_rule {
    uint32_t type;
    uint32_t calendar_choice; /* always one, inherited if need be; INDEX_NONE for TARGET_NONE */
    sla_target target;        /* TARGET_FIXED; TARGET_AGREED: `latest` and the grace */
    uint32_t agreed_slot;     /* TARGET_AGREED */
    bool has_latest;
    struct table table;       /* TARGET_TABLE: chooses an index of a target_rule */
    uint32_t line;
};

struct row_target {
    uint32_t metric;
    uint32_t target; /* index of a target_rule */
    uint32_t calendar; /* the index, if the rule is fixed and on a fixed calendar; else
                          INDEX_NONE: to be looked up */
};
struct target_row {
    sla_text name;
    uint32_t condition;   /* INDEX_NONE: always */
    struct range targets; /* in row_targets */
    uint32_t line;
};

struct agreement {
    sla_text name;
    uint32_t kind;      /* SLA_KIND_* */
    uint32_t condition; /* INDEX_NONE: always */
    bool has_from, has_until;
    sla_date from, until; /* local dates of opening in the policy's zone, inclusive */
    struct range rows;    /* in target_rows */
    uint32_t line;
    const struct match_index *index; /* of the rows */
};

enum step_type { STEP_PERCENT, STEP_BEFORE, STEP_DUE, STEP_AFTER };

struct step {
    uint32_t type;           /* 100% is STEP_DUE; 120% is STEP_PERCENT */
    uint32_t percent;        /* STEP_PERCENT */
    sla_duration offset;     /* STEP_BEFORE, STEP_AFTER */
    uint32_t calendar;       /* on which the offset counts; INDEX_NONE: the clock's */
    uint32_t only_in;        /* INDEX_NONE: anywhere */
    bool skip_late;
    sla_duration repeat;     /* 0: once */
    uint32_t times;          /* sends in all, >= 1 */
    int32_t level;           /* SLA_NO_NUMBER: none */
    uint32_t condition;      /* INDEX_NONE: always */
    struct range notify, via; /* in word_lists */
    uint32_t line;
};

/* Does such a step stand before the breach? It warns, then; `due` and later ones escalate. */
static inline bool step_is_early(uint32_t type, uint32_t percent)
{
    return type == STEP_BEFORE || (type == STEP_PERCENT && percent < 100);
}

struct escalation {
    struct range metrics;    /* in index_lists; none: every metric */
    uint32_t kinds;          /* bit 1 << SLA_KIND_*; 0: every kind */
    struct range agreements; /* in index_lists; none: every agreement */
    uint32_t condition;      /* INDEX_NONE: always */
    struct range steps;      /* in steps, in the author's order */
    uint32_t line;
};

struct goal {
    sla_text name;           /* may be empty */
    struct range metrics;    /* in index_lists; none: every metric */
    uint32_t kinds;          /* bit 1 << SLA_KIND_*; 0: every kind */
    struct range agreements; /* in index_lists; none: every agreement */
    uint32_t condition;      /* INDEX_NONE: always */
    uint32_t rate;           /* of SLA_GOAL_WHOLE */
    uint32_t period;         /* SLA_PERIOD_* */
    uint32_t line;
};

struct sla_policy {
    atomic_uint references;
    sla_allocator allocator;
    struct arena arena; /* holds all that follows, and this struct itself */

    sla_text name;
    sla_text dumps[2]; /* by format (SLA_DUMP_...); .data NULL: not kept */
    bool roll_deadlines; /* C6 */
    uint64_t fingerprint[2];
    const struct zone *zone; /* the policy's timezone */

    struct text_table literals;
    struct text_table attributes; /* names of slots 1..attribute_count */
    uint32_t attribute_count;
    uint32_t slot_count; /* highest slot + 1 */
    uint32_t opened_literal; /* "opened", always there */
    uint32_t severity_slot;  /* where the severity stands after classification; 0: no severities */
    /* the visible slot of attribute i (the derived one where there is one): visible_slots[i] */
    const uint32_t *visible_slots;

    sla_calendar *const *calendars; /* [0] is 24x7 */
    uint32_t calendar_count;

    const uint32_t *severities; /* literals, worst first */
    uint32_t severity_count;
    const struct derivation *derivations;
    uint32_t derivation_count;
    const struct metric *metrics;
    uint32_t metric_count;
    const struct agreement *agreements; /* of all kinds, in order */
    uint32_t agreement_count;
    const struct match_index *agreement_index;
    uint32_t agreement_kinds; /* bit 1 << SLA_KIND_* for each kind that there is */
    const struct escalation *escalations;
    uint32_t escalation_count;
    const struct goal *goals;
    uint32_t goal_count;
    const struct policy_test *tests; /* see compiled_tests.h */
    uint32_t test_count;

    const struct condition *conditions;
    const uint32_t *condition_children;
    const uint32_t *literal_lists;
    const struct table_entry *table_entries; /* of one table ascending by literal */
    const struct derivation_row *derivation_rows;
    const struct pause *pauses;
    const struct calendar_choice *calendar_choices;
    const struct target_rule *target_rules;
    const struct row_target *row_targets;
    const struct target_row *target_rows;
    const struct step *steps;
    const uint32_t *index_lists;
    const sla_text *word_lists;
    uint32_t pause_count;
    uint32_t target_rule_count;
};

#endif
