/* SPDX-License-Identifier: MIT */
/* Zones: each is read once, through the loader, while the policy compiles. */
#include "policy/compile.h"

#include "time/zone.h"

static const struct zone *fixed_utc(struct compile *compile, sla_text name)
{
    struct zone *zone = arena_new(&compile->policy->arena, sizeof *zone);
    if (zone == NULL || zone_fixed(&compile->policy->arena, name, 0, zone) != SLA_OK) {
        build_fail(compile->build, SLA_ERROR_MEMORY);
        return NULL;
    }
    return zone;
}

static const struct zone *decode(struct compile *compile, const struct text_field *field,
                                 sla_text name, sla_text bytes)
{
    const char *problem = NULL;
    struct zone *zone = arena_new(&compile->policy->arena, sizeof *zone);
    sla_status status = SLA_ERROR_MEMORY;
    if (zone != NULL)
        status = zone_decode(&compile->policy->arena, name, bytes.data, bytes.length, zone,
                             &problem);
    if (status == SLA_OK)
        return zone;
    if (status == SLA_ERROR_DATA)
        report(compile->build, CODE_DAMAGED_ZONE, field->at, name, text_of(problem), TEXT_NONE);
    else
        build_fail(compile->build, status);
    return NULL;
}

/* Names that people write for a zone and that no zone has. */
static sla_text zone_hint(sla_text name)
{
    static const char *const known[][2] = {
        {"China", "write Asia/Shanghai"},
        {"CST", "write Asia/Shanghai or America/Chicago"},
        {"Beijing", "write Asia/Shanghai"},
        {"Asia/Beijing", "write Asia/Shanghai"},
        {"Shanghai", "write Asia/Shanghai"},
        {"GMT+8", "write Asia/Shanghai"},
        {"UTC+8", "write Asia/Shanghai"},
        {"PST", "write America/Los_Angeles"},
        {"EST", "write America/New_York"},
        {"BST", "write Europe/London"},
        {"IST", "write Asia/Kolkata or Europe/Dublin"},
        {"JST", "write Asia/Tokyo"},
        {"CET", "write Europe/Paris"},
        {"London", "write Europe/London"},
        {"Paris", "write Europe/Paris"},
        {"Berlin", "write Europe/Berlin"},
        {"Tokyo", "write Asia/Tokyo"},
        {"New York", "write America/New_York"},
        {"北京", "write Asia/Shanghai"},
        {"上海", "write Asia/Shanghai"},
        {"中国", "write Asia/Shanghai"},
        {"Z", "write UTC"},
        {"utc", "write UTC"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (text_equal(name, text_of(known[i][0])))
            return text_of(known[i][1]);
    return TEXT("zones are named as in Asia/Shanghai");
}

/* asia/shanghai and America/New York: is there a zone of that name with the right letters? */
static sla_text zone_meant(struct compile *compile, sla_text name, struct hint *hint)
{
    const sla_loader *loader = compile->build->loader;
    char meant[64];
    bool begins = true;
    if (name.length > sizeof meant)
        return TEXT_NONE;
    for (size_t i = 0; i < name.length; i++)
        meant[i] = name.data[i] == ' ' ? '_' : name.data[i];
    if (!zone_name_is_valid((sla_text){meant, name.length})) /* nor in any other letters */
        return TEXT_NONE;
    for (size_t i = 0; i < name.length; i++) {
        char letter = meant[i];
        if (begins && letter >= 'a' && letter <= 'z')
            letter = (char)(letter - 'a' + 'A');
        else if (!begins && letter >= 'A' && letter <= 'Z')
            letter = (char)(letter - 'A' + 'a');
        meant[i] = letter;
        begins = letter == '/' || letter == '_' || letter == '-';
    }
    sla_text text = {meant, name.length}, bytes = TEXT_NONE;
    if (text_equal(text, name) || !zone_name_is_valid(text) ||
        loader->load(loader->user, SLA_FILE_ZONE, &text, &bytes) != SLA_OK)
        return TEXT_NONE;
    if (loader->release != NULL)
        loader->release(loader->user, &bytes);
    hint->length = 0;
    hint_add(hint, "did you mean ");
    hint_add_name(hint, text);
    hint_add(hint, "?");
    return hint_text(hint);
}

static const struct zone *load(struct compile *compile, const struct text_field *field,
                               sla_text name)
{
    struct build *build = compile->build;
    const sla_loader *loader = build->loader;
    sla_text bytes = TEXT_NONE;
    sla_status status = SLA_ERROR_NOT_FOUND;
    if (zone_name_is_valid(name))
        status = loader->load(loader->user, SLA_FILE_ZONE, &name, &bytes);
    if (status == SLA_ERROR_NOT_FOUND) {
        struct hint hint;
        sla_text meant = zone_meant(compile, name, &hint);
        report(build, CODE_UNKNOWN_ZONE, field->at, name, TEXT_NONE,
               meant.length > 0 ? meant : zone_hint(name));
        return NULL;
    }
    if (status != SLA_OK) {
        build_fail(build, status < 0 ? status : SLA_ERROR_ARGUMENT);
        return NULL;
    }
    const struct zone *zone = decode(compile, field, name, bytes);
    if (loader->release != NULL)
        loader->release(loader->user, &bytes);
    return zone;
}

/* Without a name, or when its zone cannot be had (told), UTC. */
const struct zone *compile_zone(struct compile *compile, const struct text_field *field)
{
    sla_text name = field->at == NULL ? TEXT("UTC") : field->value;
    uint32_t number = text_table_find(&compile->zone_names, name);
    if (number != 0 && compile->zones.items[number - 1] != NULL)
        return compile->zones.items[number - 1];
    if (number != 0) { /* lost before: the same fault at another place */
        load(compile, field, name);
        return compile->zones.items[0];
    }
    name = compile_text(compile, name);
    const struct zone *zone = text_equal(name, TEXT("UTC")) ? fixed_utc(compile, name)
                                                            : load(compile, field, name);
    if (compile->build->status != SLA_OK || text_table_add(&compile->zone_names, name) == 0 ||
        !compile_push(compile, &compile->zones, zone)) {
        build_fail(compile->build, SLA_ERROR_MEMORY);
        return NULL;
    }
    return zone != NULL ? zone : compile->zones.items[0];
}
