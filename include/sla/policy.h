/* SPDX-License-Identifier: MIT */
/* A policy: the YAML text, checked and compiled.
 *
 * An sla_policy is immutable. Any number of threads may use it at once, and references are
 * counted atomically. What is borrowed from it lives until its last reference is gone. */
#ifndef SLA_POLICY_H
#define SLA_POLICY_H

#include <sla/diag.h>
#include <sla/types.h>

SLA_BEGIN_DECLS

typedef struct sla_policy sla_policy;
typedef struct sla_calendar sla_calendar;

#define SLA_FILE_POLICY 1u  /* a policy file, for sla_policy_load() */
#define SLA_FILE_INCLUDE 2u /* a file named under `include`: the path from the policy's folder on,
                               such as "holidays/china.yaml"; never "..", never absolute */
#define SLA_FILE_ZONE 3u    /* a TZif file; the name is the zone's: "Europe/Dublin" */

/* The one way by which a policy reads files: the host's, or the default one, which reads the file
   system. It is called while a policy compiles and never afterwards. */
typedef struct sla_loader {
    /* Finds the file `name` of a kind. On SLA_OK gives its bytes, which stay valid until
       `release` is called with them. SLA_ERROR_NOT_FOUND: there is none. Any other negative
       status ends the compilation with it. Names are checked before: no "..", no leading "/". */
    sla_status (*load)(void *user, uint32_t kind, const sla_text *name, sla_text *out_bytes);
    void (*release)(void *user, const sla_text *bytes);
    void *user;
    void *reserved; /* NULL */
} sla_loader;

/* Flags of sla_policy_options. Since 0.4. */
#define SLA_POLICY_ANALYSE 1u   /* look for what is allowed but surely not meant: warnings */
#define SLA_POLICY_PORTABLE 2u  /* warn of scalars that other YAML readers read differently */
#define SLA_POLICY_KEEP_DUMP 4u /* keep the text that sla_policy_dump() gives */

/* How to compile. Zero everything but `size` for the defaults. Copied where it is kept. */
typedef struct sla_policy_options {
    uint32_t size;
    uint32_t flags;                 /* SLA_POLICY_... */
    sla_text file_name;             /* for diagnostics; default "policy". With the default loader
                                       sla_policy_compile() finds included files in its folder */
    sla_text zoneinfo;              /* the default loader's folder of TZif files; default: the
                                       build's, usually /usr/share/zoneinfo */
    const sla_allocator *allocator; /* default: malloc; copied */
    const sla_loader *loader;       /* default: the file system; borrowed for the call */
    uint64_t max_bytes;             /* of text, all files together; default 8 MiB */
    uint32_t max_nodes;             /* of all files, aliases expanded; default 400,000 */
    uint32_t max_depth;             /* of nesting; default 64, at most 1,000 */
    uint32_t max_scalar;            /* bytes in one scalar; default 65,536 */
    uint32_t max_diags;             /* reported; default 1,000, at most 100,000 */
} sla_policy_options;

/* Compiles a policy. `text` of `length` bytes (or SLA_NUL_TERMINATED) is borrowed for the call.
   On SLA_OK `*out_policy` is a policy with one reference, owned by the caller. `out_diags` may be
   NULL; otherwise `*out_diags` is always set: the faults and warnings, in order of place, owned by
   the caller, or NULL when memory ran out.
   Returns SLA_OK (there may be warnings), SLA_ERROR_POLICY, SLA_ERROR_ARGUMENT, SLA_ERROR_MEMORY,
   or what the loader returned. Any thread. Since 0.1. */
SLA_API sla_status sla_policy_compile(const char *text, size_t length,
                                      const sla_policy_options *options, sla_policy **out_policy,
                                      sla_diags **out_diags);

/* The same for a file, read through the loader as SLA_FILE_POLICY; `path` ends with a NUL.
   Also SLA_ERROR_NOT_FOUND. */
SLA_API sla_status sla_policy_load(const char *path, const sla_policy_options *options,
                                   sla_policy **out_policy, sla_diags **out_diags);

/* One more reference; returns its argument. Any thread. */
SLA_API sla_policy *sla_policy_ref(sla_policy *policy);

/* One reference less; the last frees the policy. NULL is allowed. Any thread. */
SLA_API void sla_policy_unref(sla_policy *policy);

/* The policy's own `name`; may be empty. Borrowed from the policy. */
SLA_API void sla_policy_name(const sla_policy *policy, sla_text *out_name);

/* 16 bytes that differ when the policy or the zone rules it uses differ: the same for fat and
   slim zone files, on every machine. Comments and layout do not count. */
SLA_API void sla_policy_fingerprint(const sla_policy *policy, uint8_t out_bytes[16]);

/* The calendar of that name, "24x7" included, or NULL. Borrowed from the policy. */
SLA_API const sla_calendar *sla_policy_calendar(const sla_policy *policy, const char *name,
                                                size_t length);

/* The calendar at `index` from 0 in the order of the policy ("24x7" is the first), or NULL. */
SLA_API const sla_calendar *sla_policy_calendar_at(const sla_policy *policy, size_t index);

/* The number of an attribute that the policy looks at, from 1, to be used in sla_attribute.id;
   0 if the policy never asks for it. */
SLA_API uint32_t sla_policy_attribute(const sla_policy *policy, const char *name, size_t length);

/* The number of a text that the policy names as a value of some attribute, from 1, to be used in
   sla_column.value_ids; 0 if it names no such value. Any thread. Since 0.3. */
SLA_API uint32_t sla_policy_value(const sla_policy *policy, const char *value, size_t length);

/* The name of a severity, worst first, from 0; or of a metric, in the order of the policy.
   Returns 0 (and leaves `*out_name`) past the end. Borrowed from the policy. */
SLA_API int32_t sla_policy_severity_at(const sla_policy *policy, size_t index, sla_text *out_name);
SLA_API int32_t sla_policy_metric_at(const sla_policy *policy, size_t index, sla_text *out_name);

/* The same for an agreement, from 0 in the order of the policy, all kinds together. Since 0.3. */
SLA_API int32_t sla_policy_agreement_at(const sla_policy *policy, size_t index,
                                        sla_text *out_name);

SLA_END_DECLS

#endif
