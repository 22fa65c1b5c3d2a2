/* SPDX-License-Identifier: MIT */
/* Writing for people and programs: colour, width on the screen, JSON. */
#include "output.h"

#include "progress.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static bool colour_out, colour_err, utf8;

static bool wants_colour(int descriptor)
{
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    const char *force = getenv("CLICOLOR_FORCE");
    if (no_color != NULL && *no_color != '\0')
        return false;
    if (force != NULL && *force != '\0' && strcmp(force, "0") != 0)
        return true;
    if (terminal == NULL || strcmp(terminal, "dumb") == 0)
        return false;
    return isatty(descriptor) == 1;
}

void output_start(void)
{
    /* `sla-check ... | head` must end quietly: writing then fails with EPIPE instead. */
    signal(SIGPIPE, SIG_IGN);
    setlocale(LC_CTYPE, "");
    utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (!utf8)
        setlocale(LC_CTYPE, "C.UTF-8"); /* for text_width(): policies are UTF-8 all the same */
    colour_out = wants_colour(STDOUT_FILENO);
    colour_err = wants_colour(STDERR_FILENO);
}

bool output_failed(void)
{
    return ferror(stdout) != 0;
}

int output_finish(int status)
{
    errno = 0;
    bool failed = output_failed();
    int reason = 0;
    if (fflush(stdout) != 0) {
        failed = true;
        reason = errno;
    }
    if (!failed)
        return status;
    /* An error that came earlier has lost its errno; one more byte tells what is the matter. */
    if (reason == 0 && write(STDOUT_FILENO, "\n", 1) < 0)
        reason = errno;
    if (reason == EPIPE)
        return status;
    complain("cannot write the output: %s", reason != 0 ? strerror(reason) : "write error");
    return EXIT_USAGE;
}

bool output_is_utf8(void)
{
    return utf8;
}

const char *style(FILE *stream, enum style which)
{
    static const char *const escapes[] = {
        [STYLE_PLAIN] = "\033[0m",    [STYLE_BOLD] = "\033[1m",   [STYLE_DIM] = "\033[2m",
        [STYLE_RED] = "\033[31m",     [STYLE_GREEN] = "\033[32m", [STYLE_YELLOW] = "\033[33m",
        [STYLE_MAGENTA] = "\033[35m", [STYLE_CYAN] = "\033[36m",
    };
    bool colour = stream == stderr ? colour_err : colour_out;
    return colour ? escapes[which] : "";
}

/* How many bytes the character at `at` has; 0 where it is not shown as it is: control characters
   (C1 too: U+009B begins an escape sequence), separators of lines, what turns the direction of
   writing, and bytes that are no UTF-8. */
static size_t shown_bytes(const char *text, size_t left)
{
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] < 0x80)
        return at[0] >= 0x20 && at[0] != 0x7F;
    size_t length = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : 2;
    if (at[0] < 0xC2 || at[0] > 0xF4 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    bool too_long = (at[0] == 0xE0 && at[1] < 0xA0) || (at[0] == 0xF0 && at[1] < 0x90);
    bool control = at[0] == 0xC2 && at[1] < 0xA0;
    bool separator = at[0] == 0xE2 && at[1] == 0x80 && at[2] >= 0xA8 && at[2] <= 0xAE;
    bool direction = at[0] == 0xE2 && at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9;
    return too_long || control || separator || direction ? 0 : length;
}

/* The bytes at the front that are shown as they are. */
static size_t shown_run(const char *text, size_t length)
{
    size_t run = 0, bytes;
    while (run < length && (bytes = shown_bytes(text + run, length - run)) > 0)
        run += bytes;
    return run;
}

void print_visible(FILE *stream, const char *text, size_t length)
{
    while (length > 0) {
        size_t run = shown_run(text, length);
        if (run > 0)
            fwrite(text, 1, run, stream);
        if (run < length)
            fprintf(stream, "\\x%02X", (unsigned char)text[run++]);
        text += run;
        length -= run;
    }
}

char *visible_text(const char *text, size_t length)
{
    char *visible = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&visible, &size);
    if (stream != NULL) {
        print_visible(stream, text, length);
        if (fclose(stream) == 0)
            return visible;
    }
    complain("out of memory");
    exit(EXIT_USAGE);
}

/* The columns of the first character, whose bytes are counted. */
static size_t character_width(const char *text, size_t length, size_t *out_bytes)
{
    mbstate_t state;
    wchar_t wide;
    size_t bytes = shown_bytes(text, length);
    if (bytes == 1) { /* ASCII: most of what there is */
        *out_bytes = 1;
        return 1;
    }
    memset(&state, 0, sizeof state);
    *out_bytes = bytes > 0 ? bytes : 1;
    if (bytes == 0)
        return strlen("\\x1B");
    if (mbrtowc(&wide, text, bytes, &state) != bytes)
        return 1;
    int columns = wcwidth(wide);
    return columns >= 0 ? (size_t)columns : 1;
}

size_t text_width(const char *text, size_t length)
{
    size_t width = 0, bytes;
    for (; length > 0; text += bytes, length -= bytes)
        width += character_width(text, length, &bytes);
    return width;
}

size_t text_fitting(const char *text, size_t length, size_t columns)
{
    size_t used = 0, bytes;
    while (used < length) {
        size_t width = character_width(text + used, length - used, &bytes);
        if (width > columns)
            break;
        columns -= width;
        used += bytes;
    }
    return used;
}

size_t output_columns(void)
{
    struct winsize size;
    if (isatty(STDOUT_FILENO) != 1)
        return 100;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 100 ? 100 : 80;
}

bool is_ascii(const char *text, size_t length)
{
    unsigned char seen = 0;
    for (size_t i = 0; i < length; i++)
        seen |= (unsigned char)text[i];
    return seen < 0x80;
}

json_t *json_from_text(sla_text text)
{
    json_t *json = json_stringn(text.data != NULL ? text.data : "", text.length);
    if (json != NULL)
        return json;
    /* Only a name given on the command line, or a byte in a broken policy, comes here. */
    char *clean = get_memory(NULL, text.length * 3 + 1);
    size_t used = 0;
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] < 0x80) {
            clean[used++] = text.data[i];
        } else {
            memcpy(clean + used, "\xEF\xBF\xBD", 3);
            used += 3;
        }
    }
    json = json_stringn(clean, used);
    free(clean);
    return json;
}

json_t *json_from_time(sla_time at)
{
    char buffer[SLA_TIME_CAPACITY];
    if (at == SLA_TIME_NONE || sla_calendar_format_time(NULL, at, buffer) < 0)
        return json_null();
    return json_string(buffer);
}

static void print_json(json_t *json, size_t flags)
{
    if (json == NULL) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
    /* As one text: json_dumpf() writes token by token, which is slower. */
    char *text = json_dumps(json, flags | JSON_REAL_PRECISION(6));
    if (text == NULL) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
    puts(text);
    free(text);
    json_decref(json);
}

void print_json_document(json_t *document)
{
    print_json(document, JSON_INDENT(2));
}

void print_json_line(json_t *item)
{
    print_json(item, JSON_COMPACT);
}

void complain(const char *format, ...)
{
    char *message = NULL;
    va_list arguments;
    progress_wipe();
    fflush(stdout); /* so that both come in the right order on a terminal */
    va_start(arguments, format);
    int length = vasprintf(&message, format, arguments);
    va_end(arguments);
    fputs(PROGRAM ": ", stderr);
    if (length >= 0) {
        print_visible(stderr, message, (size_t)length);
        free(message);
    }
    fputc('\n', stderr);
}

void *get_memory(void *old, size_t size)
{
    void *block = realloc(old, size > 0 ? size : 1);
    if (block == NULL) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
    return block;
}

char *copy_text(const char *text, size_t length)
{
    char *copy = get_memory(NULL, length + 1);
    if (length > 0)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}
