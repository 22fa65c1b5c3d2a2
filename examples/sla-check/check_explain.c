/* SPDX-License-Identifier: MIT */
/* check --explain: what codes mean, with the smallest policy that causes each and the repair. */
#include "check_explain.h"

#include "check_output.h"
#include "output.h"
#include "words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* "SLA-231", "sla231" and "231" are the same code. */
static uint32_t read_code(const char *text)
{
    if (strncasecmp(text, "sla", 3) == 0)
        text += text[3] == '-' ? 4 : 3;
    if (!isdigit((unsigned char)*text))
        return 0;
    char *end;
    unsigned long code = strtoul(text, &end, 10);
    return *end == '\0' && code <= UINT32_MAX ? (uint32_t)code : 0;
}

static const char *severity_of(uint32_t code)
{
    return sla_diag_severity(code) == SLA_DIAG_ERROR ? "error" : "warning";
}

/* there is no calendar "...": the marks {1} and {2} stand for what is told at the place. */
static void print_message(uint32_t code)
{
    for (const char *at = sla_diag_message(code); *at != '\0'; at++) {
        if (*at == '{') {
            fputs("...", stdout);
            at += strcspn(at, "}");
        } else {
            putchar(*at);
        }
    }
    putchar('\n');
}

static void print_explanation(uint32_t code)
{
    static bool is_next;
    char name[CHECK_CODE_CAPACITY];
    if (is_next)
        putchar('\n');
    is_next = true;
    printf("%s%s: %s: ", style(stdout, STYLE_BOLD), check_code(code, name), severity_of(code));
    print_message(code);
    printf("%s\n%s", style(stdout, STYLE_PLAIN), sla_diag_explain(code));
}

static void print_list(void)
{
    for (size_t i = 0; sla_diag_code_at(i) != 0; i++) {
        char name[CHECK_CODE_CAPACITY];
        uint32_t code = sla_diag_code_at(i);
        printf("%s  %-7s  ", check_code(code, name), severity_of(code));
        print_message(code);
    }
}

static void complain_about_code(const char *word)
{
    complain("there is no code '%s'; --explain list shows them; the codes are:", word);
    for (size_t i = 0; sla_diag_code_at(i) != 0; i++)
        fprintf(stderr, "%sSLA-%03u", i % 8 == 0 ? "\n  " : " ", sla_diag_code_at(i));
    fputc('\n', stderr);
}

static bool explain_code(const char *word)
{
    if (strcmp(word, "list") == 0) {
        print_list();
        return true;
    }
    if (strcmp(word, "all") == 0) {
        for (size_t i = 0; sla_diag_code_at(i) != 0; i++)
            print_explanation(sla_diag_code_at(i));
        return true;
    }
    uint32_t code = read_code(word);
    if (code != 0 && sla_diag_explain(code) != NULL) {
        print_explanation(code);
        return true;
    }
    complain_about_code(word);
    return false;
}

bool explain_codes(const char *words)
{
    bool good = true;
    sla_text part;
    while (next_part(&words, &part)) {
        char *word = copy_text(part.data, part.length);
        good = explain_code(word) && good;
        free(word);
    }
    return good;
}
