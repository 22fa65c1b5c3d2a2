/* SPDX-License-Identifier: MIT */
/* What the command replay is asked to do. */
#ifndef REPLAY_OPTIONS_H
#define REPLAY_OPTIONS_H

#include "replay_log.h"

enum summary_form { SUMMARY_DEFAULT, SUMMARY_TEXT, SUMMARY_JSON };

struct replay_options {
    const char *policy, *log, *until;
    bool jsonl, sort, keep_going, no_events, months;
    enum summary_form summary;
    uint32_t events; /* bit 1 << SLA_EVENT_*; 0: all */
    struct log_rename *renames;
    size_t rename_count;
};

/* Reads the arguments; wrong ones end the program with a message. `renames` is to be freed. */
void replay_options_read(int count, char **arguments, struct replay_options *out_options);

#endif
