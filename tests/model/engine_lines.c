/* SPDX-License-Identifier: MIT */
/* The engine for the comparison with the model: one process for any number of policies and logs, so
 * that a log costs no more than its updates. Called with the folder of zones. On standard input:
 *
 *     policy BYTES           and so many bytes of YAML
 *     log                    a new engine; then updates and at last the end:
 *     INCIDENT \t AT \t EVENT [\t NAME \t VALUE | \t -NAME \t]...
 *     end UNTIL
 *
 * On standard output, after `end`, one line an event with its fields parted by tabs, and a line
 * with a dot; `!` begins a line that says what went wrong. */
#define _GNU_SOURCE
#include <sla/sla.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ATTRIBUTES 32

static sla_policy *policy;
static sla_engine *engine;

static void print_text(sla_text text)
{
    printf("\t%.*s", (int)text.length, text.length > 0 ? text.data : "");
}

static void print_words(const sla_text *words, size_t count)
{
    putchar('\t');
    for (size_t i = 0; i < count; i++)
        printf("%s%.*s", i == 0 ? "" : ",", (int)words[i].length, words[i].data);
}

/* A number, or nothing where there is none. */
static void print_number(int64_t number, int64_t none)
{
    putchar('\t');
    if (number != none)
        printf("%" PRId64, number);
}

static int32_t print_event(void *user, const sla_event *event)
{
    (void)user;
    printf("%016" PRIx64 "%016" PRIx64 "\t%s\t%s", event->id[0], event->id[1],
           sla_event_type_name(event->type), sla_kind_name(event->kind));
    print_text(event->incident);
    print_text(event->agreement);
    print_text(event->metric);
    print_text(event->severity);
    print_text(event->reason);
    print_text(event->actor);
    print_words(event->notify, event->notify_count);
    print_words(event->via, event->via_count);
    print_number(event->at, SLA_TIME_NONE);
    print_number(event->deadline, SLA_TIME_NONE);
    print_number(event->elapsed, SLA_DURATION_NONE);
    print_number(event->remaining, SLA_DURATION_NONE);
    print_number(event->cycle, 0);
    print_number(event->percent, SLA_NO_NUMBER);
    print_number(event->level, SLA_NO_NUMBER);
    printf("\t%d\t%d\n", (event->flags & SLA_EVENT_LATE) != 0,
           (event->flags & SLA_EVENT_IN_GRACE) != 0);
    return 0;
}

/* The answer is whole. */
static void end_answer(void)
{
    puts(".");
    fflush(stdout);
}

static int read_policy(size_t size, const char *zones)
{
    sla_policy_options options = {.size = sizeof options, .zoneinfo = {zones, strlen(zones)}};
    char *text = malloc(size + 1);
    sla_diags *diags = NULL;
    int ok = text != NULL && fread(text, 1, size, stdin) == size;
    sla_policy_unref(policy);
    policy = NULL;
    if (ok && sla_policy_compile(text, size, &options, &policy, &diags) != SLA_OK)
        for (size_t i = 0; i < sla_diags_count(diags) && i < 3; i++) {
            const sla_diag *diag = sla_diags_at(diags, i);
            printf("!line %u: %.*s\n", diag->line, (int)diag->message.length, diag->message.data);
        }
    end_answer();
    sla_diags_free(diags);
    free(text);
    return ok;
}

static void begin_log(void)
{
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = print_event};
    sla_engine_free(engine);
    engine = NULL;
    if (policy == NULL || sla_engine_new(policy, &callbacks, NULL, &engine) != SLA_OK)
        puts("!no engine");
}

static sla_text next_field(char **line)
{
    char *field = strsep(line, "\t");
    return (sla_text){field, field == NULL ? 0 : strlen(field)};
}

static void update_engine(char *line)
{
    sla_attribute attributes[MAX_ATTRIBUTES];
    sla_update update = {.size = sizeof update, .attributes = attributes};
    update.incident = next_field(&line);
    update.at = strtoll(next_field(&line).data, NULL, 10);
    update.event = next_field(&line);
    while (line != NULL && update.attribute_count < MAX_ATTRIBUTES) {
        sla_attribute *attribute = &attributes[update.attribute_count++];
        *attribute = (sla_attribute){.name = next_field(&line)};
        attribute->value = next_field(&line);
        if (attribute->name.data[0] == '-') {
            attribute->name.data++;
            attribute->name.length--;
            attribute->flags = SLA_ATTRIBUTE_REMOVE;
        }
    }
    sla_status status = engine == NULL ? SLA_ERROR_ARGUMENT : sla_engine_update(engine, &update);
    if (status < SLA_OK)
        printf("!%s at %" PRId64 "\n", sla_status_name(status), update.at);
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    int going = argc == 2;
    while (going && (length = getline(&line, &capacity, stdin)) > 0) {
        line[length - 1] = '\0';
        if (strncmp(line, "policy ", 7) == 0) {
            going = read_policy(strtoull(line + 7, NULL, 10), argv[1]);
        } else if (strcmp(line, "log") == 0) {
            begin_log();
        } else if (strncmp(line, "end ", 4) == 0) {
            if (engine != NULL && sla_engine_advance(engine, strtoll(line + 4, NULL, 10)) < SLA_OK)
                puts("!advance failed");
            end_answer();
        } else {
            update_engine(line);
        }
    }
    free(line);
    sla_engine_free(engine);
    sla_policy_unref(policy);
    return going ? 0 : 1;
}
