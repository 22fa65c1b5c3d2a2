/* SPDX-License-Identifier: MIT */
/* Acts of the host: the reserved updates sla:extend, sla:pin and sla:exempt, as they are read
   (K12). */
#ifndef ENGINE_HOST_H
#define ENGINE_HOST_H

#include "policy/compiled.h"

#include <sla/engine.h>

#define HOST_WORDS_MAX 65535u

enum host_act_type { HOST_NONE, HOST_EXTEND, HOST_PIN, HOST_EXEMPT };

struct host_act {
    uint32_t type;     /* enum host_act_type */
    uint32_t metric;   /* INDEX_NONE: every metric */
    sla_duration by;   /* HOST_EXTEND: counted seconds, >= 0 */
    sla_time deadline; /* HOST_PIN */
    sla_text reason, actor; /* of the update; may be empty */
};

/* Reads the act that an update of this name is. SLA_OK (HOST_NONE: it is none), or
   SLA_ERROR_ARGUMENT: no such act or metric, or what it needs is missing; SLA_ERROR_SYNTAX: a text
   that cannot be read; SLA_ERROR_RANGE: an instant out of range; SLA_ERROR_LIMIT: a reason or actor
   of more than HOST_WORDS_MAX bytes. */
sla_status host_read_act(const sla_policy *policy, sla_text event, const sla_update *update,
                         struct host_act *out_act);

/* Is this attribute of an act said of the act itself? Then it is none of the incident's. */
bool host_is_argument(const sla_policy *policy, const sla_attribute *attribute);

#endif
