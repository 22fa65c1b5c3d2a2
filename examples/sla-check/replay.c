/* SPDX-License-Identifier: MIT */
/* The command replay: runs a log through the engine, and prints events and a summary. */
#include "load.h"
#include "output.h"
#include "progress.h"
#include "replay_options.h"
#include "replay_print.h"
#include "replay_rows.h"
#include "replay_summary.h"
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct replay {
    const struct replay_options *options;
    const sla_policy *policy;
    struct event_columns columns; /* of text */
    struct json_line line;        /* of JSON lines */
    sla_engine *engine;
    struct row_list rows; /* --sort */
    struct replay_counts counts;
    struct summary *summary; /* NULL when none is wanted */
    sla_time until, latest;
    bool prints_events;
    int status;
};

static int32_t take_event(void *user, const sla_event *event)
{
    struct replay *replay = user;
    if (output_failed())
        return 1; /* the disk is full, or nobody reads: the engine hands back DELIVERY_REFUSED */
    if (event->type < SLA_EVENT_TYPE_COUNT)
        replay->counts.events[event->type]++;
    if (replay->summary != NULL)
        summary_take_event(replay->summary, replay->engine, event);
    if (!replay->prints_events ||
        (replay->options->events != 0 && (replay->options->events >> event->type & 1) == 0))
        return 0;
    if (replay->options->jsonl)
        print_event_json(&replay->line, event);
    else
        print_event_text(&replay->columns, event);
    return 0;
}

static bool take_bad(void *user, uint64_t line, const char *message)
{
    struct replay *replay = user;
    complain("%s:%" PRIu64 ": %s", log_name(replay->options->log), line, message);
    replay->counts.lines++;
    replay->counts.bad++;
    if (!replay->options->keep_going)
        replay->status = EXIT_USAGE;
    return replay->options->keep_going;
}

static bool refuse_row(struct replay *replay, const struct log_row *row, sla_status status)
{
    char message[256];
    int length = row->incident.length < 80 ? (int)row->incident.length : 80;
    if (status == SLA_ERROR_ORDER)
        snprintf(message, sizeof message,
                 "an update of \"%.*s\" that lies before its last one; --sort brings the lines "
                 "into order",
                 length, row->incident.data);
    else
        snprintf(message, sizeof message, "cannot apply the update of \"%.*s\": %s", length,
                 row->incident.data, sla_status_text(status));
    replay->counts.lines--; /* take_bad() counts it again */
    bool going = take_bad(replay, row->line, message);
    if (status == SLA_ERROR_MEMORY) {
        replay->status = EXIT_USAGE;
        return false;
    }
    return going;
}

static bool apply_row(struct replay *replay, const struct log_row *row)
{
    replay->counts.lines++;
    if (replay->until != SLA_TIME_NONE && row->at > replay->until) {
        replay->counts.after_until++;
        return true;
    }
    sla_update update = {
        .size = sizeof update,
        .incident = row->incident,
        .event = row->event,
        .attributes = row->attributes,
        .attribute_count = row->count,
        .at = row->at,
    };
    sla_status status = sla_engine_update(replay->engine, &update);
    if (status < 0)
        return refuse_row(replay, row, status);
    if (replay->latest != SLA_TIME_NONE && row->at < replay->latest)
        replay->counts.unsorted++;
    else
        replay->latest = row->at;
    if (status == SLA_UNKNOWN_SEVERITY && replay->counts.unknown_severities++ == 0)
        complain("%s:%" PRIu64 ": note: a severity that the policy does not list is taken as the "
                 "last one",
                 log_name(replay->options->log), row->line);
    replay->counts.duplicates += status == SLA_DUPLICATE;
    replay->counts.applied += status != SLA_DUPLICATE;
    return status != SLA_DELIVERY_REFUSED;
}

static bool take_row(void *user, const struct log_row *row)
{
    struct replay *replay = user;
    if (!replay->options->sort)
        return apply_row(replay, row);
    row_list_add(&replay->rows, row);
    return true;
}

/* Reading is half of the work where the lines are sorted and applied afterwards. */
static void show_progress(void *user, uint64_t done, uint64_t in_all)
{
    const struct replay *replay = user;
    progress_show(done, replay->options->sort ? in_all * 2 : in_all);
}

static void tell(uint64_t count, const char *what)
{
    char text[DURATION_CAPACITY];
    if (count > 0)
        complain("%s line%s %s", count_text(count, text), count == 1 ? "" : "s", what);
}

static void tell_counts(const struct replay *replay)
{
    const struct replay_counts *counts = &replay->counts;
    tell(counts->bad, "skipped as bad");
    tell(counts->after_until, "not applied: later than --until");
    tell(counts->unsorted, "earlier than a line before; --sort brings them into order");
    tell(counts->unknown_severities, "with a severity that the policy does not list");
}

/* True when the log was read to its end and nothing stopped the engine. */
static bool run_log(struct replay *replay)
{
    const struct replay_options *options = replay->options;
    struct log_reader reader = {
        .path = options->log,
        .policy = replay->policy,
        .renames = options->renames,
        .rename_count = options->rename_count,
        .on_row = take_row,
        .on_bad = take_bad,
        .on_progress = show_progress,
        .user = replay,
    };
    if (!log_read(&reader))
        replay->status = EXIT_USAGE;
    row_list_sort(&replay->rows);
    for (size_t i = 0; i < replay->rows.count && replay->status == EXIT_FINE; i++) {
        if (!apply_row(replay, &replay->rows.rows[i]))
            break;
        if (i % 1024 == 0)
            progress_show(replay->rows.count + i, replay->rows.count * 2);
    }
    sla_time end = replay->until != SLA_TIME_NONE ? replay->until : replay->latest;
    if (replay->status == EXIT_FINE && !output_failed() && end != SLA_TIME_NONE) {
        sla_status status = sla_engine_advance(replay->engine, end);
        if (status < 0) {
            complain("cannot advance to the end: %s", sla_status_text(status));
            replay->status = EXIT_USAGE;
        }
    }
    return replay->status == EXIT_FINE && !output_failed();
}

static void print_summary(const struct replay *replay)
{
    summary_take_clocks(replay->summary, replay->engine);
    if (replay->options->summary == SUMMARY_JSON) {
        summary_print_json(replay->summary, &replay->counts);
        return;
    }
    if (replay->prints_events && replay->counts.applied > 0)
        putchar('\n');
    summary_print_text(replay->summary, &replay->counts, replay->options->months);
}

static int replay_policy(sla_policy *policy, const struct replay_options *options)
{
    struct replay replay = {
        .options = options,
        .policy = policy,
        .columns = event_columns_of(policy),
        .until = SLA_TIME_NONE,
        .latest = SLA_TIME_NONE,
        .prints_events = options->summary == SUMMARY_DEFAULT && !options->no_events,
    };
    if (options->until != NULL && read_instant(policy_zone(policy), options->until,
                                               strlen(options->until), &replay.until) != SLA_OK) {
        complain("cannot read --until '%s': %s", options->until, INSTANT_HELP);
        return EXIT_USAGE;
    }
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = take_event, .user = &replay};
    sla_status status = sla_engine_new(policy, &callbacks, NULL, &replay.engine);
    if (status != SLA_OK) {
        complain("cannot make an engine: %s", sla_status_text(status));
        return EXIT_USAGE;
    }
    /* JSON lines are events only: a table behind them would be no JSON. */
    if (!options->jsonl || !replay.prints_events)
        replay.summary = summary_new(policy);
    progress_start(!replay.prints_events);
    bool is_done = run_log(&replay);
    progress_end();
    if (is_done) {
        tell_counts(&replay);
        if (replay.summary != NULL)
            print_summary(&replay);
    }
    if (replay.summary != NULL)
        summary_free(replay.summary);
    row_list_free(&replay.rows);
    free(replay.line.text);
    sla_engine_free(replay.engine);
    return replay.status;
}

static int run_replay(int count, char **arguments)
{
    struct replay_options options;
    replay_options_read(count, arguments, &options);
    sla_policy *policy;
    int status = load_policy(options.policy, &policy);
    if (status == EXIT_FINE)
        status = replay_policy(policy, &options);
    sla_policy_unref(policy);
    free(options.renames);
    return status;
}

const struct command replay_command = {
    "replay",
    "POLICY LOG [--until T]",
    "events of a log, and a summary",
    run_replay,
};
