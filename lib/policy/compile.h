/* SPDX-License-Identifier: MIT */
/* From the model to the compiled policy: what the parts of that work share. Compiling goes on after
 * faults, so that all of them are told; a policy with faults is thrown away at the end. */
#ifndef POLICY_COMPILE_H
#define POLICY_COMPILE_H

#include "policy/model.h"
#include "policy/report.h"

/* A slot of a derived attribute, until the number of incoming ones is known. */
#define SLOT_DERIVED 0x80000000u

#define AFTER_ALL SIZE_MAX /* no derivation is being compiled */

/* More than this is no policy, and every calendar costs tables. */
#define CALENDARS_MAX 4096u
#define DATES_MAX 8000000u /* see dates_cost() */
#define CALENDAR_COST 500u /* of a calendar without dates of its own, in the same measure */

struct compile {
    struct build *build;
    struct model *model;
    struct sla_policy *policy;
    size_t deriving; /* the derivation whose rows are being compiled, or AFTER_ALL */

    struct text_table calendar_names; /* number n is calendar n - 1; 24x7 is the first */
    struct text_table holiday_names;
    struct text_table severity_names;
    struct text_table derived_names;
    struct text_table agreement_names;
    struct text_table zone_names;
    ARRAY(const struct zone *) zones; /* by number in zone_names; NULL: told already */
    uint64_t dates_cost;              /* so far */
    ARRAY(struct date_exception) exceptions; /* of the calendar that is being compiled */
    uint32_t default_choice;          /* 24x7 as a calendar_choice, or INDEX_NONE */

    ARRAY(sla_calendar *) calendars; /* NULL: broken, told */
    ARRAY(struct condition) conditions;
    ARRAY(uint32_t) condition_children;
    ARRAY(uint32_t) literal_lists;
    ARRAY(struct table_entry) table_entries;
    ARRAY(struct derivation) derivations;
    ARRAY(struct derivation_row) derivation_rows;
    ARRAY(struct metric) metrics;
    ARRAY(struct pause) pauses;
    ARRAY(struct calendar_choice) calendar_choices;
    ARRAY(struct target_rule) target_rules;
    ARRAY(struct row_target) row_targets;
    ARRAY(struct target_row) target_rows;
    ARRAY(struct agreement) agreements;
    ARRAY(struct escalation) escalations;
    ARRAY(struct step) steps;
    ARRAY(struct goal) goals;
    ARRAY(uint32_t) index_lists;
    ARRAY(sla_text) word_lists;
};

/* Adds to one of the arrays above; false (and the status set) when there is no memory. */
#define compile_push(compile, array, value)                       \
    (array_push(&(compile)->build->allocator, (array), (value))   \
         ? true                                                   \
         : (build_fail((compile)->build, SLA_ERROR_MEMORY), false))

/* Compiles a whole model into `policy`, whose arena is ready. Faults are told; look at
   build->status and the diagnostics for the outcome. */
void compile_policy(struct build *build, struct model *model, struct sla_policy *policy);

/* Names (compile_names.c). */
void compile_collect_names(struct compile *compile);
sla_text compile_text(struct compile *compile, sla_text text); /* a copy in the policy */
uint32_t compile_literal(struct compile *compile, sla_text text); /* 0: no memory */
uint32_t compile_slot(struct compile *compile, const struct text_field *attribute);
/* The same without a warning when the attribute is derived only later: `copy` and `exists` ask for
   what the host already knows. */
uint32_t compile_slot_as_given(struct compile *compile, const struct text_field *attribute);
void compile_final_slots(struct compile *compile);
/* The number from 1 of a name in a table; tells `code` with a suggestion and gives 0 if there is
   none. */
uint32_t compile_find(struct compile *compile, const struct text_table *names,
                      const struct node *at, sla_text name, enum diag_code code);
uint32_t compile_calendar_name(struct compile *compile, const struct node *at, sla_text name);
/* The indexes, in index_lists, of all names of a list; the same for each as compile_find(). */
struct range compile_find_all(struct compile *compile, const struct text_table *names,
                              const struct text_list *list, enum diag_code code);
/* Does the value of a condition or row on the severity exist? Tells it if not. */
void compile_check_severity(struct compile *compile, const struct text_field *value);

/* Zones and calendars. */
const struct zone *compile_zone(struct compile *compile, const struct text_field *name);
void compile_calendars(struct compile *compile);
/* An instant that was syntactically right, in the zone where it has no offset; tells one that is
   out of range: false. */
bool compile_instant(struct compile *compile, const struct text_field *field,
                     const struct zone *zone, sla_time *out);
/* Fills in what calendars inherit (compile_extends.c). */
void compile_extends(struct compile *compile);
/* Indexes of all calendars, members before what is made of them (compile_algebra.c); NULL: no
   memory. */
const uint32_t *compile_member_order(struct compile *compile);
/* The members of a calendar; false: one of them is broken (told), or no memory. */
bool compile_algebra(struct compile *compile, const struct calendar_model *calendar,
                     struct calendar_algebra *out);

/* Conditions, triggers, tables (compile_conditions.c). */
uint32_t compile_condition(struct compile *compile, const struct condition_model *condition);
void compile_trigger(struct compile *compile, const struct trigger_model *trigger,
                     struct trigger *out);
struct range compile_literals(struct compile *compile, const struct text_list *list);

enum table_values { TABLE_LITERALS, TABLE_CALENDARS, TABLE_TARGETS };
/* Target tables: every entry's value is the index that `indexes` has at its place, the default's
   is the one behind the last. */
void compile_table(struct compile *compile, const struct table_model *table,
                   enum table_values values, const uint32_t *indexes, struct table *out);

/* Rules. */
void compile_derivations(struct compile *compile);
void compile_metrics(struct compile *compile);
void compile_agreements(struct compile *compile);
void compile_escalations(struct compile *compile);
void compile_goals(struct compile *compile);
/* The policy's own tests, slots being final; they name what there is and bring nothing new. */
void compile_tests(struct compile *compile);
/* Indexes of the conditions of rows and agreements, slots being final (compile_matches.c). */
void compile_matches(struct compile *compile);

static inline uint32_t line_of(const struct node *node)
{
    return node == NULL ? 0 : node->span.line;
}

#endif
