/* SPDX-License-Identifier: MIT */
/* The calendars' part of a policy's fingerprint: everything that they are compiled from. */
#include "policy/fingerprint.h"

static void add_intervals(struct digest *digest, const struct intervals *intervals)
{
    digest_number(digest, intervals->count);
    for (size_t i = 0; i < intervals->count; i++) {
        digest_number(digest, (uint64_t)intervals->items[i].open);
        digest_number(digest, (uint64_t)intervals->items[i].close);
    }
}

static void add_week(struct digest *digest, const struct week_hours *week)
{
    for (int day = 0; day < 7; day++)
        add_intervals(digest, &week->days[day]);
}

static void add_members(struct digest *digest, struct calendar_list list)
{
    digest_number(digest, list.count);
    for (size_t i = 0; i < list.count; i++) {
        sla_text name;
        sla_calendar_name(list.items[i], &name);
        digest_text(digest, name);
    }
}

/* What it is made of, or when its weekly hours are others, and when it is shut. */
static void add_parts(struct digest *digest, const struct calendar_rules *rules)
{
    digest_number(digest, rules->algebra != NULL);
    if (rules->algebra != NULL) {
        add_members(digest, rules->algebra->all_of);
        add_members(digest, rules->algebra->any_of);
        add_members(digest, rules->algebra->none_of);
    }
    digest_number(digest, rules->season_count);
    for (size_t i = 0; i < rules->season_count; i++) {
        const struct season *season = &rules->seasons[i];
        digest_number(digest, (uint64_t)(season->from_month * 32 + season->from_day));
        digest_number(digest, (uint64_t)(season->to_month * 32 + season->to_day));
        add_week(digest, &season->week);
    }
    digest_number(digest, rules->closure_count);
    for (size_t i = 0; i < rules->closure_count; i++) {
        digest_number(digest, (uint64_t)rules->closures[i].from);
        digest_number(digest, (uint64_t)rules->closures[i].to);
        digest_text(digest, rules->closures[i].name);
    }
}

void fingerprint_exceptions(struct digest *digest, const struct date_exception *exceptions,
                            size_t count)
{
    digest_init(digest, FINGERPRINT_SEED);
    digest_number(digest, count);
    for (size_t i = 0; i < count; i++) {
        const struct date_exception *exception = &exceptions[i];
        digest_number(digest, (uint64_t)exception->date);
        digest_number(digest, exception->kind);
        digest_number(digest, (uint64_t)exception->like);
        digest_number(digest, (uint64_t)exception->open_until);
        add_intervals(digest, &exception->hours);
        digest_text(digest, exception->name);
    }
}

void fingerprint_dates(struct sla_policy *policy, const struct digest *dates)
{
    struct digest digest = fingerprint_resume(policy);
    digest_number(&digest, dates->a);
    digest_number(&digest, dates->b);
    fingerprint_keep(policy, &digest);
}

void fingerprint_add_dates(struct calendar_rules *rules, const struct digest *dates)
{
    struct digest digest = {rules->identity[0], rules->identity[1]};
    digest_number(&digest, dates->a);
    digest_number(&digest, dates->b);
    rules->identity[0] = digest.a;
    rules->identity[1] = digest.b;
}

static void add_identities(struct digest *digest, struct calendar_list list)
{
    digest_number(digest, list.count);
    for (size_t i = 0; i < list.count; i++) {
        digest_number(digest, calendar_identity(list.items[i])[0]);
        digest_number(digest, calendar_identity(list.items[i])[1]);
    }
}

void fingerprint_identify(struct calendar_rules *rules)
{
    struct digest digest = {rules->identity[0], rules->identity[1]};
    const struct calendar_algebra *algebra = rules->algebra;
    struct calendar_rules parts = *rules;
    parts.algebra = NULL; /* its members count, not their names */
    fingerprint_add_zone(&digest, rules->zone);
    digest_number(&digest, rules->always);
    add_week(&digest, &rules->week);
    add_parts(&digest, &parts);
    if (algebra != NULL) {
        add_identities(&digest, algebra->all_of);
        add_identities(&digest, algebra->any_of);
        add_identities(&digest, algebra->none_of);
    }
    digest_finish(&digest, rules->identity);
}

void fingerprint_calendar(struct sla_policy *policy, const struct calendar_rules *rules)
{
    struct digest digest = fingerprint_resume(policy);
    digest_text(&digest, rules->name);
    fingerprint_add_zone(&digest, rules->zone);
    digest_number(&digest, rules->always);
    add_week(&digest, &rules->week);
    add_parts(&digest, rules);
    digest_number(&digest, rules->has_through);
    digest_number(&digest, (uint64_t)rules->through);
    fingerprint_keep(policy, &digest);
}
