/* SPDX-License-Identifier: MIT */
/* An incident on the command line: KEY=VALUE... and when it was opened. */
#include "incident_arguments.h"

#include "load.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static void add_attribute(struct incident_arguments *incident, struct argp_state *state,
                          char *argument)
{
    char *equals = strchr(argument, '=');
    if (equals == NULL || equals == argument)
        argp_error(state, "'%s' is no attribute; write KEY=VALUE", argument);
    sla_attribute *attribute = &incident->attributes[incident->count++];
    *attribute = (sla_attribute){
        .name = {argument, (size_t)(equals - argument)},
        .value = {equals + 1, strlen(equals + 1)},
    };
    for (size_t i = 0; i + 1 < incident->count; i++)
        if (incident->attributes[i].name.length == attribute->name.length &&
            memcmp(incident->attributes[i].name.data, argument, attribute->name.length) == 0)
            argp_error(state, "'%.*s' is given twice", (int)attribute->name.length, argument);
}

error_t parse_incident(int key, char *argument, struct argp_state *state,
                       struct incident_arguments *incident)
{
    switch (key) {
    case ARGP_KEY_INIT:
        incident->attributes =
            get_memory(NULL, (size_t)state->argc * sizeof *incident->attributes);
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num == 0)
            incident->policy = argument;
        else
            add_attribute(incident, state, argument);
        return 0;
    case ARGP_KEY_END:
        if (incident->policy == NULL)
            argp_error(state, "which policy?");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int incident_opened(const sla_policy *policy, const struct incident_arguments *incident,
                    sla_time *out_at)
{
    *out_at = (sla_time)time(NULL);
    if (incident->at != NULL &&
        read_instant(policy_zone(policy), incident->at, strlen(incident->at), out_at) != SLA_OK) {
        complain("cannot read the time '%s': %s", incident->at, INSTANT_HELP);
        return EXIT_USAGE;
    }
    return EXIT_FINE;
}

int ask_of_policy(struct incident_arguments *incident,
                  int (*ask)(const sla_policy *policy, const void *options), const void *options)
{
    sla_policy *policy;
    int status = load_policy(incident->policy, &policy);
    if (status == EXIT_FINE)
        status = ask(policy, options);
    sla_policy_unref(policy);
    free(incident->attributes);
    return status;
}

void tell_unused(const sla_policy *policy, const struct incident_arguments *incident)
{
    for (size_t i = 0; i < incident->count; i++) {
        const sla_text *name = &incident->attributes[i].name;
        if (sla_policy_attribute(policy, name->data, name->length) == 0)
            complain("note: the policy never looks at '%.*s'", (int)name->length, name->data);
    }
}
