/* SPDX-License-Identifier: MIT */
/* What incidents can differ in, as far as a policy looks: of each attribute so many values that
 * every incident is, to all conditions, like one that has only these. Each value is a real text, so
 * that a condition is asked about it just as about an incident's. A derived attribute's values have
 * the set of incidents that get them. */
#ifndef POLICY_ANALYSE_SPACE_H
#define POLICY_ANALYSE_SPACE_H

#include "policy/analyse_sets.h"
#include "policy/compile.h"

enum space_kind {
    SPACE_ABSENT,
    SPACE_LISTED, /* a text of the policy */
    SPACE_OTHER,  /* stands for every text that nothing asks for */
    SPACE_NUMBER, /* stands for the numbers between two bounds */
    SPACE_PART,   /* stands for the texts that begin or contain the same */
};
struct space_value {
    sla_text text;
    uint32_t kind;
    uint32_t set;
    sla_time at;   /* slot 0: the instant, and which of the calendars asked for are open */
    uint32_t open;
};

/* What is asked of an attribute. */
struct space_asked {
    struct text_table listed; /* equal to */
    struct text_table prefixes, parts;
    ARRAY(sla_text) bounds;
};

/* Slot 0 is the instant of opening; then come the attributes as the host gives them, the derived
   ones, and the severity behind the classification where none is derived. */
struct space_slot {
    sla_text name;
    struct space_asked asked;
    ARRAY(struct space_value) values; /* number n of `index` is values[n]; values[0]: absent */
    struct text_table index;
    uint64_t *support; /* the given attributes that it hangs on: a bit for each slot */
    bool lost;         /* too many values, or values that cannot be told */
};

struct analysis {
    struct compile *compile;
    struct build *build;
    struct sets sets;
    struct space_slot *slots;
    uint32_t slot_count;
    uint32_t attribute_count;
    uint32_t settled;      /* the slot of the severity behind the classification; 0: none */
    uint32_t bits;         /* in use */
    size_t support_words;
    uint64_t *support;     /* of the entry at hand */
    ARRAY(uint32_t) calendars; /* that conditions ask for */
    ARRAY(sla_date) dates;     /* on which agreements begin or have ended */
    uint32_t *agreement_sets;  /* of each agreement: the incidents to which it applies */
    struct leaf *leaves;       /* every target, see analyse_targets.h */
    size_t leaf_count;
    uint32_t told_undecided;   /* entries */
    const struct node *told_taker; /* the last row that was told to take everything */
};

/* Makes the slots, asks what conditions ask, and gives given attributes their values. False: no
   memory. */
bool space_init(struct analysis *analysis);
void space_free(struct analysis *analysis);

/* Gathers what is asked of every slot (analyse_collect.c). */
void space_collect(struct analysis *analysis);

/* The values of a given attribute (analyse_values.c) and the instants of opening
   (analyse_instants.c), before their sets are known. */
void space_values(struct analysis *analysis, struct space_slot *slot);
void space_instants(struct analysis *analysis);

/* The slot of an attribute, seen from where the compilation is (compile->deriving). */
uint32_t space_find(struct analysis *analysis, const struct text_field *attribute);

/* Adds incidents to those that get a value; kinds other than SPACE_ABSENT have a text. */
void space_add(struct analysis *analysis, struct space_slot *slot, struct space_value value);

/* Incidents whose slot has this very text. */
uint32_t space_equal(const struct space_slot *slot, sla_text text);

/* Begins an entry: a list of which the analysis decides as a whole. Tell with space_ask() what it
   looks at, then let work begin. */
void space_begin(struct analysis *analysis);
void space_ask(struct analysis *analysis, const struct condition_model *condition);
void space_ask_slot(struct analysis *analysis, uint32_t slot);
void space_work(struct analysis *analysis);

/* The incidents for which a condition holds; NULL always holds. With `tell`, parts that can never
   hold are told (analyse_conditions.c). */
uint32_t condition_set(struct analysis *analysis, const struct condition_model *condition,
                       bool tell);

#endif
