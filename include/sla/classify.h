/* SPDX-License-Identifier: MIT */
/* Classification: from an incident's attributes to its severity, agreement and targets, without
 * an engine. A classification is immutable; several threads may read it. */
#ifndef SLA_CLASSIFY_H
#define SLA_CLASSIFY_H

#include <sla/policy.h>
#include <sla/types.h>

SLA_BEGIN_DECLS

#define SLA_KIND_SLA 0u /* a promise to the customer */
#define SLA_KIND_OLA 1u /* between teams */
#define SLA_KIND_UC 2u  /* an underpinning contract */

#define SLA_ATTRIBUTE_REMOVE 1u /* flag: the attribute is taken away; `value` is not read */

/* One attribute of an incident. Names and values are UTF-8 text, compared bytewise; booleans are
   the texts "true" and "false". Borrowed for the call. */
typedef struct sla_attribute {
    sla_text name;
    sla_text value;
    uint32_t id;    /* from sla_policy_attribute(); 0: found by `name` */
    uint32_t flags; /* SLA_ATTRIBUTE_REMOVE */
} sla_attribute;

typedef struct sla_classification sla_classification;

/* What one metric would get. Texts are borrowed from the classification's policy. */
typedef struct sla_classified_clock {
    uint32_t size;
    uint32_t flags; /* 0 */
    uint32_t kind;  /* SLA_KIND_* */
    uint32_t line;  /* of the target in the policy file */
    sla_text agreement;
    sla_text metric;
    sla_text calendar;
    sla_text row;          /* the target row's `name`; may be empty */
    const sla_calendar *calendar_handle;
    const void *reserved;
    sla_time deadline;     /* if the clock started at `at` */
    sla_duration budget;   /* counted seconds from `at` to the deadline (D4) */
    sla_duration grace;    /* counted seconds (D5) */
    sla_status status;     /* SLA_OK, or SLA_ERROR_RANGE: the deadline cannot be computed */
    uint32_t provisional;  /* 1: the deadline lies beyond the holiday data (C10) */
    uint32_t unit;         /* SLA_UNIT_* of the target as written; 0: an agreed instant (D6) */
    uint32_t due;          /* SLA_DUE_*, for working days; 0 else */
    uint32_t due_time;     /* as in sla_target */
    uint32_t cutoff;       /* as in sla_target; SLA_NO_CUTOFF: none */
    int64_t amount;        /* seconds, or days; 0 for an agreed instant */
} sla_classified_clock;

/* Classifies an incident that is opened at `at` with these attributes. On SLA_OK or
   SLA_UNKNOWN_SEVERITY `*out` is owned by the caller and holds a reference to the policy.
   Also SLA_ERROR_ARGUMENT, SLA_ERROR_RANGE, SLA_ERROR_MEMORY. Any thread. */
SLA_API sla_status sla_policy_classify(const sla_policy *policy, sla_time at,
                                       const sla_attribute *attributes, size_t count,
                                       sla_classification **out);

/* The severity in force; empty if the policy has no severities. Borrowed. */
SLA_API void sla_classification_severity(const sla_classification *classification,
                                         sla_text *out_severity);

/* The value of an attribute after classification, derived ones first; 0 if absent. Borrowed. */
SLA_API int32_t sla_classification_attribute(const sla_classification *classification,
                                             const char *name, size_t length, sla_text *out_value);

/* The derived attribute at `index` from 0 in the order of the policy; 0 past the end. Borrowed. */
SLA_API int32_t sla_classification_derived(const sla_classification *classification, size_t index,
                                           sla_text *out_name, sla_text *out_value);

/* The clock at `index` from 0, metric by metric, kind by kind; 0 past the end. Metrics without a
   target are left out. `out_clock->size` must be set. */
SLA_API int32_t sla_classification_clock(const sla_classification *classification, size_t index,
                                         sla_classified_clock *out_clock);

/* The agreement in force of a kind, whether it promises something or not; 0: of that kind there is
   none. Borrowed from the policy. Since 0.4. */
SLA_API int32_t sla_classification_agreement(const sla_classification *classification,
                                             uint32_t kind, sla_text *out_name);

/* Frees it; NULL is allowed. */
SLA_API void sla_classification_free(sla_classification *classification);

SLA_END_DECLS

#endif
