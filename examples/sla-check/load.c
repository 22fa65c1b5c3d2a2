/* SPDX-License-Identifier: MIT */
/* Reading policies: from a file or standard input, with complaints for people. */
#include "load.h"

#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* More belong to check, which is made for them. */
#define ERRORS_SHOWN 10

char *read_stream(FILE *stream, size_t *out_length)
{
    size_t capacity = 65536, length = 0;
    char *bytes = get_memory(NULL, capacity);
    for (;;) {
        size_t got = fread(bytes + length, 1, capacity - length, stream);
        length += got;
        if (got == 0)
            break;
        if (length == capacity) {
            capacity *= 2;
            bytes = get_memory(bytes, capacity);
        }
    }
    if (ferror(stream)) {
        free(bytes);
        return NULL;
    }
    *out_length = length;
    return bytes;
}

static uint32_t kept;

void load_keeps(size_t diagnostics)
{
    kept = (uint32_t)diagnostics;
}

sla_policy_options load_options(const char *file_name, uint32_t flags)
{
    sla_policy_options options = {.size = sizeof options, .flags = flags};
    options.file_name = (sla_text){file_name, strlen(file_name)};
    options.max_diags = kept;
    const char *zoneinfo = getenv("TZDIR");
    if (zoneinfo != NULL && *zoneinfo != '\0')
        options.zoneinfo = (sla_text){zoneinfo, strlen(zoneinfo)};
    return options;
}

static sla_status compile_stdin(uint32_t flags, struct loaded *loaded, int *out_errno)
{
    size_t length;
    errno = 0;
    char *text = read_stream(stdin, &length);
    if (text == NULL) {
        *out_errno = errno;
        return SLA_ERROR_NOT_FOUND;
    }
    sla_policy_options options = load_options("<stdin>", flags);
    loaded->text = copy_text(text, length);
    free(text);
    return sla_policy_compile(loaded->text, length, &options, &loaded->policy, &loaded->diags);
}

/* The library does not say why a file cannot be read; the system does. */
static int why_unreadable(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return errno;
    if (S_ISDIR(about.st_mode))
        return EISDIR;
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return errno;
    fclose(file);
    return 0;
}

int load(const char *path, uint32_t flags, struct loaded *out_loaded)
{
    sla_status status;
    int reason = 0;
    *out_loaded = (struct loaded){NULL, NULL, NULL};
    if (strcmp(path, "-") == 0) {
        status = compile_stdin(flags, out_loaded, &reason);
        path = "standard input";
    } else {
        reason = why_unreadable(path);
        sla_policy_options options = load_options(path, flags);
        status = reason != 0
                     ? SLA_ERROR_NOT_FOUND
                     : sla_policy_load(path, &options, &out_loaded->policy, &out_loaded->diags);
    }
    if (status == SLA_OK)
        return EXIT_FINE;
    if (status == SLA_ERROR_POLICY)
        return EXIT_FAULTS;
    complain("cannot read %s: %s", path, reason != 0 ? strerror(reason) : sla_status_text(status));
    return EXIT_USAGE;
}

void unload(struct loaded *loaded)
{
    sla_diags_free(loaded->diags);
    sla_policy_unref(loaded->policy);
    free(loaded->text);
    *loaded = (struct loaded){NULL, NULL, NULL};
}

int load_policy(const char *path, sla_policy **out_policy)
{
    return load_policy_with(path, 0, out_policy);
}

int load_policy_with(const char *path, uint32_t flags, sla_policy **out_policy)
{
    struct loaded loaded;
    int status = load(path, flags, &loaded);
    if (status == EXIT_FAULTS) {
        size_t shown = 0, errors = sla_diags_errors(loaded.diags);
        for (size_t i = 0; i < sla_diags_count(loaded.diags) && shown < ERRORS_SHOWN; i++) {
            const sla_diag *diag = sla_diags_at(loaded.diags, i);
            if (diag->severity == SLA_DIAG_ERROR)
                print_diag(stderr, diag);
            shown += diag->severity == SLA_DIAG_ERROR;
        }
        if (errors > shown)
            complain("%zu more errors: sla-check check %s shows them", errors - shown, path);
    }
    *out_policy = status == EXIT_FINE ? sla_policy_ref(loaded.policy) : NULL;
    unload(&loaded);
    return status;
}

/* The first line is "place: severity: message"; the last one of a source line is the caret. */
static void print_diag_line(FILE *stream, const char *line, size_t length, bool first,
                            enum style severity_style)
{
    if (first) {
        static const char *const words[] = {": error: ", ": warning: "};
        for (size_t i = 0; i < 2; i++) {
            const char *found = memmem(line, length, words[i], strlen(words[i]));
            if (found == NULL)
                continue;
            size_t place = (size_t)(found - line) + 2, word = strlen(words[i]) - 3;
            fprintf(stream, "%s%.*s%s%s%s%.*s%s%.*s\n", style(stream, STYLE_BOLD), (int)place, line,
                    style(stream, STYLE_PLAIN), style(stream, STYLE_BOLD),
                    style(stream, severity_style), (int)word, line + place,
                    style(stream, STYLE_PLAIN), (int)(length - place - word), line + place + word);
            return;
        }
    }
    size_t blank = strspn(line, " \t|");
    bool caret = blank < length && line[blank] == '^';
    fprintf(stream, "%s%.*s%s\n", caret ? style(stream, STYLE_GREEN) : "", (int)length, line,
            caret ? style(stream, STYLE_PLAIN) : "");
}

void print_diag(FILE *stream, const sla_diag *diag)
{
    sla_diag shown = *diag; /* only the name of the file is not made visible by the library */
    char *file = visible_text(diag->file.data, diag->file.length);
    shown.file = (sla_text){file, strlen(file)};
    size_t length = sla_diag_format(&shown, NULL, 0);
    char *text = get_memory(NULL, length + 1);
    sla_diag_format(&shown, text, length + 1);
    enum style severity_style = diag->severity == SLA_DIAG_ERROR ? STYLE_RED : STYLE_YELLOW;
    bool first = true;
    for (const char *line = text; *line != '\0';) {
        size_t size = strcspn(line, "\n");
        print_diag_line(stream, line, size, first, severity_style);
        first = false;
        line += size + (line[size] == '\n');
    }
    free(text);
    free(file);
}
