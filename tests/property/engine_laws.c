/* SPDX-License-Identifier: MIT */
/* Property: the laws of the engine, on random policies and random logs that use every trigger and
 * every option. A log is run once as it is; each law then gives it to engines in another way.
 * Arguments: the folder of test data, a seed, the number of logs, logs a policy, and a part of the
 * name of the laws to ask. */
#include "engine_author.h"
#include "engine_court.h"
#include "engine_coverage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The faults that a random policy may have: a calendar that never opens, and a closure that begins
   in the gap of a change to summer time and ends behind it. */
#define NEVER_OPEN 308u
#define ENDS_IN_GAP 333u
#define LAWS 40
#define ENOUGH 1000 /* logs, for everything to be there */
#define SHOWN 2 /* failures of each law */

struct session {
    struct court court;
    struct author author;
    struct coverage coverage;
    struct wall_clocks clocks;
    struct law laws[LAWS];
    int law_count;
    long asked[LAWS], broken[LAWS];
    char other_text[100000];
    const char *text; /* of court.policy */
    long logs, late, policies, refused, left_the_range, events;
    uint64_t seed;
};

static void add_laws(struct session *session, const struct law *laws, int count, const char *part)
{
    for (int i = 0; i < count && session->law_count < LAWS; i++)
        if (part == NULL || strstr(laws[i].name, part) != NULL)
            session->laws[session->law_count++] = laws[i];
}

static void ask_all(struct session *session, const struct log *log)
{
    struct court *court = &session->court;
    court_run(court, log, &court->reference);
    session->logs++;
    session->late += log->is_late;
    coverage_see_run(&session->coverage, &court->reference);
    session->events += (long)court->reference.count;
    if (run_left_the_range(&court->reference, log->count)) {
        session->left_the_range++;
        return;
    }
    for (int i = 0; i < session->law_count; i++) {
        const struct law *law = &session->laws[i];
        if ((law->logs & (log->is_late ? LAW_LATE : LAW_ORDERED)) == 0 ||
            session->logs % law->one_in != 0 || session->broken[i] >= SHOWN)
            continue;
        uint64_t seed = session->seed + (uint64_t)session->logs * LAWS + (uint64_t)i;
        session->asked[i]++;
        if (court_ask(court, law, log, seed))
            continue;
        session->broken[i]++;
        court_report(court, law, log, seed, session->text);
        court_run(court, log, &court->reference);
    }
}

/* NULL, and `*fine` is true: there is a fault in it that a random policy may have. */
static sla_policy *compile(struct session *session, const char *text, bool *fine)
{
    char message[1000] = "";
    uint32_t code;
    sla_policy *policy = court_compile(text, &code, message, sizeof message);
    if (policy != NULL)
        return policy;
    session->refused++;
    *fine = code == NEVER_OPEN || code == ENDS_IN_GAP;
    if (!*fine) {
        printf("# a policy is refused: %s\n", message);
        court_print_text(text);
    }
    return NULL;
}

static void ask_policy(struct session *session, const char *text, long logs)
{
    static struct log log;
    session->policies++;
    session->text = text;
    coverage_see_policy(&session->coverage, text);
    for (long i = 0; i < logs; i++) {
        log_random(&log, session->court.policy, session->author.center, &session->author.random);
        if (author_chance(&session->author, 30))
            log_delay(&log, &session->author.random);
        ask_all(session, &log);
    }
}

/* A policy by itself, or with another one that differs in its targets. */
static bool one_policy(struct session *session, long logs)
{
    struct court *court = &session->court;
    struct eras eras = {NULL, NULL, NULL};
    bool fine = true;
    if (author_chance(&session->author, 25)) {
        author_write_eras(&session->author, &session->clocks, &eras);
        court->second = compile(session, eras.second, &fine);
        court->both = fine ? compile(session, eras.both, &fine) : NULL;
        court->both_text = eras.both;
    } else {
        author_write(&session->author, &session->clocks);
    }
    const char *text = eras.first != NULL ? eras.first : session->author.text;
    court->policy = fine ? compile(session, text, &fine) : NULL;
    if (court->policy != NULL && (eras.first == NULL || court->both != NULL))
        ask_policy(session, text, logs);
    if (court->policy != NULL) {
        sla_policy_unref(court->other);
        court->other = court->policy;
        snprintf(session->other_text, sizeof session->other_text, "%s", text);
        court->other_text = session->other_text;
    }
    sla_policy_unref(court->second);
    sla_policy_unref(court->both);
    court->policy = court->second = court->both = NULL;
    free(eras.first);
    free(eras.second);
    free(eras.both);
    return fine;
}

int main(int count, char **arguments)
{
    static struct session session;
    static char zoneinfo[4096];
    const char *folder = count > 1 ? arguments[1] : ".";
    long logs = count > 3 ? strtol(arguments[3], NULL, 10) : 1000;
    long together = count > 4 ? strtol(arguments[4], NULL, 10) : 16;
    const char *part = count > 5 ? arguments[5] : NULL;
    session.seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 20261127;
    session.author.random.state = session.seed;
    session.clocks = wall_clocks_read(folder);
    snprintf(zoneinfo, sizeof zoneinfo, "%s/zoneinfo", folder);
    court_zones(zoneinfo);
    add_laws(&session, split_laws, split_law_count, part);
    add_laws(&session, delivery_laws, delivery_law_count, part);
    add_laws(&session, invariant_laws, invariant_law_count, part);
    add_laws(&session, incident_laws, incident_law_count, part);
    add_laws(&session, query_laws, query_law_count, part);
    add_laws(&session, state_laws, state_law_count, part);
    add_laws(&session, pure_laws, pure_law_count, part);
    add_laws(&session, bind_laws, bind_law_count, part);
    add_laws(&session, era_laws, era_law_count, part);
    add_laws(&session, rebuild_laws, rebuild_law_count, part);
    add_laws(&session, column_laws, column_law_count, part);
    add_laws(&session, row_laws, row_law_count, part);

    bool fine = true;
    printf("1..%d\n# seed %llu\n", session.law_count + 2, (unsigned long long)session.seed);
    while (fine && session.logs < logs)
        fine = one_policy(&session, together);
    bool usable = fine && session.left_the_range * 50 < session.logs;
    printf("%s 1 - random_policies_compile_and_their_logs_stay_in_range\n",
           usable ? "ok" : "not ok");
    printf("# %ld logs, %ld of them late, %ld events, %ld policies; %ld refused, %ld left "
           "the range\n", session.logs, session.late, session.events, session.policies,
           session.refused, session.left_the_range);
    bool complete = coverage_is_complete(&session.coverage) || logs < ENOUGH;
    printf("%s 2 - every_key_of_the_language_and_every_event_is_among_them\n",
           complete ? "ok" : "not ok");
    usable = usable && complete;
    for (int i = 0; i < session.law_count; i++) {
        bool holds = session.broken[i] == 0;
        usable = usable && holds;
        printf("%s %d - %s\n# asked of %ld logs, broken %ld times\n", holds ? "ok" : "not ok",
               i + 3, session.laws[i].name, session.asked[i], session.broken[i]);
    }
    run_free(&session.court.reference);
    run_free(&session.court.got);
    run_free(&session.court.part);
    author_free(&session.author);
    sla_policy_unref(session.court.other);
    wall_clocks_free(&session.clocks);
    return usable ? 0 : 1;
}
