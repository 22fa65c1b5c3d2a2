/* SPDX-License-Identifier: MIT */
/* A policy: compiling a text or a file, references, and what can be asked of it. */
#include "base/hash.h"
#include "policy/analyse.h"
#include "policy/compile.h"
#include "policy/decode.h"
#include "policy/dump.h"
#include "policy/include.h"
#include "policy/loader.h"
#include "policy/options.h"

static sla_policy *new_policy(const sla_allocator *allocator)
{
    struct arena arena;
    arena_init(&arena, allocator);
    sla_policy *policy = arena_new(&arena, sizeof *policy);
    if (policy == NULL) {
        arena_free(&arena);
        return NULL;
    }
    atomic_init(&policy->references, 1);
    policy->allocator = *allocator;
    policy->arena = arena;
    text_table_init(&policy->literals, allocator);
    text_table_init(&policy->attributes, allocator);
    return policy;
}

static void free_policy(sla_policy *policy)
{
    struct arena arena = policy->arena; /* it holds the policy itself */
    text_table_free(&policy->literals);
    text_table_free(&policy->attributes);
    arena_free(&arena);
}

/* What has faults has no dump, and is compiled all the same, to find the others. */
static bool keep_dump(struct build *build, const struct model *model, sla_policy *policy)
{
    return (build->options.flags & SLA_POLICY_KEEP_DUMP) == 0 || build->diags->errors > 0 ||
           dump_keep(build, model, policy);
}

/* From text to policy; NULL when there are faults or build->status says why. */
static sla_policy *build_policy(struct build *build, sla_text text)
{
    const struct node *root = include_read_policy(build, text);
    if (root == NULL)
        return NULL;
    sla_policy *policy = new_policy(&build->allocator);
    struct model *model = build_new(build, sizeof *model);
    if (policy == NULL || model == NULL) {
        build_fail(build, SLA_ERROR_MEMORY);
    } else {
        text_table_init(&model->metric_names, &build->allocator);
        if (decode_policy(build, root, model) && include_read_all(build, model) &&
            keep_dump(build, model, policy))
            compile_policy(build, model, policy);
        if (build->status == SLA_OK && build->diags->errors == 0 &&
            (build->options.flags & SLA_POLICY_PORTABLE) != 0)
            analyse_portable(build);
        text_table_free(&model->metric_names);
    }
    if (policy != NULL && (build->status != SLA_OK || build->diags->errors > 0)) {
        free_policy(policy);
        return NULL;
    }
    return policy;
}

static void finish_diags(struct build *build)
{
    diags_sort(build->diags);
    for (size_t i = 0; i < build->files.count; i++)
        diags_attach_lines(build->diags, build->files.items[i].name, build->files.items[i].text);
    if (build->diags->failed)
        build_fail(build, SLA_ERROR_MEMORY);
}

/* The outcome, and what the caller gets of it. */
static sla_status hand_out(struct build *build, sla_policy *policy, sla_policy **out_policy,
                           sla_diags **out_diags)
{
    finish_diags(build);
    include_release(build);
    array_free(&build->allocator, &build->told);
    arena_free(&build->work);
    sla_status status = build->status;
    if (status == SLA_OK && build->diags->errors > 0)
        status = SLA_ERROR_POLICY;
    if (status != SLA_OK && policy != NULL)
        free_policy(policy);
    if (status == SLA_OK)
        *out_policy = policy;
    if (out_diags == NULL || status == SLA_ERROR_MEMORY) {
        sla_diags_free(build->diags);
        build->diags = NULL;
    }
    if (out_diags != NULL)
        *out_diags = build->diags;
    return status;
}

static sla_status begin(struct build *build, const sla_policy_options *options)
{
    *build = (struct build){.status = SLA_OK, .suggestions = SUGGESTIONS_MAX,
                            .level = LANGUAGE_LEVEL};
    if (!options_read(options, &build->options))
        return SLA_ERROR_ARGUMENT;
    build->allocator = memory_allocator(build->options.allocator);
    build->loader = build->options.loader;
    build->diags = diags_new(&build->allocator, build->options.max_diags);
    if (build->diags == NULL)
        return SLA_ERROR_MEMORY;
    arena_init(&build->work, &build->allocator);
    return SLA_OK;
}

/* The default loader finds included files beside the policy that has this path. */
static void use_files(struct build *build, struct file_loader *files, sla_text path)
{
    if (build->loader != NULL)
        return;
    file_loader_init(files, &build->allocator, build->options.zoneinfo, include_folder(path),
                     build->options.max_bytes);
    build->loader = &files->loader;
}

sla_status sla_policy_compile(const char *text, size_t length, const sla_policy_options *options,
                              sla_policy **out_policy, sla_diags **out_diags)
{
    struct build build;
    struct file_loader files;
    sla_text source;
    if (out_diags != NULL)
        *out_diags = NULL;
    if (out_policy == NULL || text == NULL || !text_from_api(text, length, &source))
        return SLA_ERROR_ARGUMENT;
    sla_status status = begin(&build, options);
    if (status != SLA_OK)
        return status;
    use_files(&build, &files, build.options.file_name);
    return hand_out(&build, build_policy(&build, source), out_policy, out_diags);
}

sla_status sla_policy_load(const char *path, const sla_policy_options *options,
                           sla_policy **out_policy, sla_diags **out_diags)
{
    struct build build;
    struct file_loader files;
    sla_text name, bytes = TEXT_NONE;
    sla_policy *policy = NULL;
    if (out_diags != NULL)
        *out_diags = NULL;
    if (out_policy == NULL || path == NULL || !text_from_api(path, SLA_NUL_TERMINATED, &name))
        return SLA_ERROR_ARGUMENT;
    sla_status status = begin(&build, options);
    if (status != SLA_OK)
        return status;
    use_files(&build, &files, name);
    if (options == NULL || options->file_name.length == 0)
        build.options.file_name = name;
    status = build.loader->load(build.loader->user, SLA_FILE_POLICY, &name, &bytes);
    if (status == SLA_ERROR_NOT_FOUND)
        report_span(&build, CODE_NO_FILE, (struct span){0, 0, 0, 0}, TEXT_NONE, TEXT_NONE,
                    TEXT_NONE, NULL);
    if (status == SLA_OK)
        policy = build_policy(&build, bytes);
    else
        build_fail(&build, status < 0 ? status : SLA_ERROR_ARGUMENT);
    sla_text loaded = bytes;
    status = hand_out(&build, policy, out_policy, out_diags);
    if (loaded.data != NULL && build.loader->release != NULL)
        build.loader->release(build.loader->user, &loaded);
    return status;
}

sla_policy *sla_policy_ref(sla_policy *policy)
{
    if (policy != NULL)
        atomic_fetch_add_explicit(&policy->references, 1, memory_order_relaxed);
    return policy;
}

void sla_policy_unref(sla_policy *policy)
{
    /* All that others did with the policy must be over before it is freed. */
    if (policy != NULL &&
        atomic_fetch_sub_explicit(&policy->references, 1, memory_order_acq_rel) == 1)
        free_policy(policy);
}

void sla_policy_name(const sla_policy *policy, sla_text *out_name)
{
    *out_name = policy->name;
}

void sla_policy_fingerprint(const sla_policy *policy, uint8_t out_bytes[16])
{
    hash_put(out_bytes, policy->fingerprint[0]);
    hash_put(out_bytes + 8, policy->fingerprint[1]);
}

const sla_calendar *sla_policy_calendar(const sla_policy *policy, const char *name, size_t length)
{
    sla_text wanted, found;
    if (policy == NULL || !text_from_api(name, length, &wanted))
        return NULL;
    for (uint32_t i = 0; i < policy->calendar_count; i++) {
        sla_calendar_name(policy->calendars[i], &found);
        if (text_equal(found, wanted))
            return policy->calendars[i];
    }
    return NULL;
}

const sla_calendar *sla_policy_calendar_at(const sla_policy *policy, size_t index)
{
    return policy != NULL && index < policy->calendar_count ? policy->calendars[index] : NULL;
}

uint32_t sla_policy_attribute(const sla_policy *policy, const char *name, size_t length)
{
    sla_text wanted;
    if (policy == NULL || !text_from_api(name, length, &wanted))
        return 0;
    return text_table_find(&policy->attributes, wanted);
}

uint32_t sla_policy_value(const sla_policy *policy, const char *value, size_t length)
{
    sla_text wanted;
    if (policy == NULL || !text_from_api(value, length, &wanted))
        return 0;
    return text_table_find(&policy->literals, wanted);
}

int32_t sla_policy_severity_at(const sla_policy *policy, size_t index, sla_text *out_name)
{
    if (policy == NULL || index >= policy->severity_count)
        return 0;
    *out_name = text_table_at(&policy->literals, policy->severities[index]);
    return 1;
}

int32_t sla_policy_metric_at(const sla_policy *policy, size_t index, sla_text *out_name)
{
    if (policy == NULL || index >= policy->metric_count)
        return 0;
    *out_name = policy->metrics[index].name;
    return 1;
}

int32_t sla_policy_agreement_at(const sla_policy *policy, size_t index, sla_text *out_name)
{
    if (policy == NULL || index >= policy->agreement_count)
        return 0;
    *out_name = policy->agreements[index].name;
    return 1;
}
