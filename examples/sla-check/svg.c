/* SPDX-License-Identifier: MIT */
/* Writing SVG: text that cannot break out of its element. */
#include "svg.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void svg_escaped(const char *text, size_t length)
{
    char *visible = visible_text(text, length); /* valid UTF-8, without control characters */
    for (const char *at = visible; *at != '\0'; at++) {
        switch (*at) {
        case '&':
            fputs("&amp;", stdout);
            break;
        case '<':
            fputs("&lt;", stdout);
            break;
        case '>':
            fputs("&gt;", stdout);
            break;
        case '"':
            fputs("&quot;", stdout);
            break;
        case '\'':
            fputs("&#39;", stdout);
            break;
        default:
            if (strncmp(at, "\xEF\xBF\xBE", 3) == 0 || strncmp(at, "\xEF\xBF\xBF", 3) == 0) {
                fputs("\xEF\xBF\xBD", stdout); /* U+FFFE and U+FFFF are no characters of XML */
                at += 2;
            } else {
                putchar(*at);
            }
        }
    }
    free(visible);
}

static void print_formatted(const char *format, va_list arguments)
{
    char *text = NULL;
    int length = vasprintf(&text, format, arguments);
    if (length < 0) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
    svg_escaped(text, (size_t)length);
    free(text);
}

void svg_title(const char *format, ...)
{
    va_list arguments;
    fputs("<title>", stdout);
    va_start(arguments, format);
    print_formatted(format, arguments);
    va_end(arguments);
    fputs("</title>", stdout);
}

void svg_text(double x, double y, const char *class, const char *format, ...)
{
    va_list arguments;
    printf("<text x=\"%g\" y=\"%g\" class=\"%s\">", x, y, class);
    va_start(arguments, format);
    print_formatted(format, arguments);
    va_end(arguments);
    fputs("</text>\n", stdout);
}
