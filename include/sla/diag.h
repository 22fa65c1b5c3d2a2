/* SPDX-License-Identifier: MIT */
/* Diagnostics: what is wrong, or doubtful, in a policy, and where.
 *
 * A list is made by sla_policy_compile() and owned by its caller. It is immutable: any number of
 * threads may read it. Everything that is reached through it is borrowed until it is freed. */
#ifndef SLA_DIAG_H
#define SLA_DIAG_H

#include <sla/types.h>

SLA_BEGIN_DECLS

typedef struct sla_diags sla_diags;

#define SLA_DIAG_ERROR 1u
#define SLA_DIAG_WARNING 2u

/* A second place that belongs to a diagnostic, such as "first defined here". */
typedef struct sla_diag_place {
    uint32_t line;   /* from 1 */
    uint32_t column; /* from 1, in characters */
    sla_text message;
    sla_text file; /* the name of its file; since 0.2 */
} sla_diag_place;

/* One diagnostic. Lines and columns count from 1, columns in characters (not bytes); the end is
   exclusive: the column behind the last character. Line 0: the file as a whole. */
typedef struct sla_diag {
    uint32_t size;
    uint32_t flags;
    uint32_t code;     /* printed as SLA-231; numbers are permanent. 0: printed without */
    uint32_t severity; /* SLA_DIAG_ERROR or SLA_DIAG_WARNING */
    uint32_t line, column;
    uint32_t end_line, end_column;
    sla_text file;        /* the name given in the options, or of the included file */
    sla_text path;        /* where in the policy: "targets[2].onsite"; empty at the top */
    sla_text message;     /* one line, lower case, no full stop */
    sla_text hint;        /* how to repair it; may be empty */
    sla_text source_line; /* the line it stands in, without its end; may be cut when very long */
    const sla_diag_place *related;
    size_t related_count;
} sla_diag;

/* How many diagnostics there are, in order of place. NULL has none. */
SLA_API size_t sla_diags_count(const sla_diags *diags);

/* How many of them are errors. */
SLA_API size_t sla_diags_errors(const sla_diags *diags);

/* The diagnostic at `index` from 0, or NULL past the end. Borrowed until sla_diags_free(). */
SLA_API const sla_diag *sla_diags_at(const sla_diags *diags, size_t index);

/* Writes one diagnostic as compilers do: place, message, hint, code, the line and a caret.
   At most `capacity` bytes with a NUL at the end (when capacity > 0); wide characters are
   allowed for. Returns the length that the whole text has, without the NUL. Any thread. */
SLA_API size_t sla_diag_format(const sla_diag *diag, char *buffer, size_t capacity);

/* What a code means, with the smallest policy that causes it and the repair; NULL if there is no
   such code. Lives as long as the library. */
SLA_API const char *sla_diag_explain(uint32_t code);

/* What diagnostics of a code say, with {1} and {2} where they tell what stands at the place: one
   line, such as: unknown key "{1}" in {2}; NULL if there is no such code. Lives as long as the
   library. Since 0.4. */
SLA_API const char *sla_diag_message(uint32_t code);

/* SLA_DIAG_ERROR or SLA_DIAG_WARNING; 0 if there is no such code. Since 0.4. */
SLA_API uint32_t sla_diag_severity(uint32_t code);

/* Every code there is, ascending: the code at `index` from 0, or 0 past the end. */
SLA_API uint32_t sla_diag_code_at(size_t index);

/* Frees the list; NULL is allowed. */
SLA_API void sla_diags_free(sla_diags *diags);

SLA_END_DECLS

#endif
