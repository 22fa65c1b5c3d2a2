/* SPDX-License-Identifier: MIT */
/* An imported holiday list as YAML: a file that a policy can include. */
#include "import_list.h"
#include "output.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NAME_MOST 1000 /* bytes of a name; a policy allows more, a reader does not */

/* Decodes a character of valid UTF-8. */
static uint32_t next_character(const unsigned char **at)
{
    const unsigned char *text = *at;
    size_t more = text[0] < 0x80 ? 0 : text[0] < 0xE0 ? 1 : text[0] < 0xF0 ? 2 : 3;
    uint32_t character = more == 0 ? text[0] : text[0] & (0x3Fu >> more);
    for (size_t i = 1; i <= more; i++)
        character = character << 6 | (text[i] & 0x3F);
    *at = text + more + 1;
    return character;
}

/* Blanks, line ends, control characters, what turns the direction of writing, and what YAML does
   not allow in a file. */
static bool is_blank(uint32_t character)
{
    return character <= ' ' || (character >= 0x7F && character <= 0xA0) ||
           (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xFEFF ||
           (character & 0xFFFE) == 0xFFFE;
}

char *clean_name(const char *text)
{
    char *clean = get_memory(NULL, strlen(text) + 1);
    const unsigned char *at = (const unsigned char *)text;
    size_t used = 0;
    bool blank = false;
    while (*at != '\0' && used < NAME_MOST) {
        const unsigned char *start = at;
        if (is_blank(next_character(&at))) {
            blank = used > 0;
            continue;
        }
        if (blank)
            clean[used++] = ' ';
        blank = false;
        memcpy(clean + used, start, (size_t)(at - start));
        used += (size_t)(at - start);
    }
    clean[used] = '\0';
    return clean;
}

/* Words that other YAML readers take for something else than a text. */
static bool is_yaml_word(const char *text)
{
    static const char *const words[] = {"y",  "n",   "yes",  "no", "true", "false",
                                        "on", "off", "null", NULL};
    for (size_t i = 0; words[i] != NULL; i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

/* True when the text means itself in YAML without quotes, inside braces too. */
static bool is_plain(const char *text)
{
    if (!isalpha((unsigned char)text[0]) && (unsigned char)text[0] < 0x80)
        return false;
    for (const char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < 0x80 && !isalnum((unsigned char)*at) &&
            strchr(" -.'()/&+_", *at) == NULL)
            return false;
    return text[strlen(text) - 1] != ' ' && !is_yaml_word(text);
}

static void print_scalar(const char *text)
{
    if (*text != '\0' && is_plain(text)) {
        fputs(text, stdout);
        return;
    }
    putchar('"');
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\')
            putchar('\\');
        putchar(*at);
    }
    putchar('"');
}

static void print_date(sla_date date)
{
    int32_t year = 0, month = 0, day = 0;
    sla_date_to_civil(date, &year, &month, &day);
    printf("%04d-%02d-%02d", year, month, day);
}

static void print_yearly(const struct holiday *holiday)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    static const char *const ordinals[] = {"last", "", "1st", "2nd", "3rd", "4th"};
    if (holiday->nth != 0) {
        printf("{yearly: %s %s of %s", ordinals[holiday->nth + 1], weekdays[holiday->weekday],
               months[holiday->month - 1]);
        return;
    }
    printf("{yearly: %02d-%02d", holiday->month, holiday->day);
    if (holiday->to_month != holiday->month || holiday->to_day != holiday->day)
        printf(", to: %02d-%02d", holiday->to_month, holiday->to_day);
}

static void print_limits(const struct holiday *holiday)
{
    if (holiday->since != 0)
        printf(", since: %d", holiday->since);
    if (holiday->until != 0)
        printf(", until: %d", holiday->until);
    for (size_t i = 0; i < holiday->except_count; i++)
        printf("%s%d", i == 0 ? ", except: [" : ", ", holiday->except[i]);
    if (holiday->except_count > 0)
        putchar(']');
}

static void print_holiday(const struct holiday *holiday)
{
    fputs("      - ", stdout);
    if (!holiday->yearly && holiday->from == holiday->to && *holiday->name == '\0') {
        print_date(holiday->from);
        putchar('\n');
        return;
    }
    if (holiday->yearly) {
        print_yearly(holiday);
    } else {
        fputs("{date: ", stdout);
        print_date(holiday->from);
        if (holiday->to != holiday->from) {
            fputs(", to: ", stdout);
            print_date(holiday->to);
        }
    }
    if (*holiday->name != '\0') {
        fputs(", name: ", stdout);
        print_scalar(holiday->name);
    }
    print_limits(holiday);
    puts("}");
}

static void print_part(const struct holiday_list *list, bool workday, const char *heading)
{
    bool any = false;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].workday != workday)
            continue;
        if (!any)
            printf("    %s:\n", heading);
        any = true;
        print_holiday(&list->items[i]);
    }
}

void list_print(const struct holiday_list *list, const char *file, const char *name,
                const sla_date *through)
{
    fputs("# From ", stdout);
    print_visible(stdout, file, strlen(file));
    fputs(", by " PROGRAM " import-holidays.\nsla: 1\nholidays:\n  ", stdout);
    print_scalar(name);
    puts(":");
    if (through != NULL) {
        fputs("    through: ", stdout);
        print_date(*through);
        puts(" # the last date that the list speaks for");
    }
    print_part(list, false, "closed");
    print_part(list, true, "workdays");
}
