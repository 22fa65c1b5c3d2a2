/* SPDX-License-Identifier: MIT */
/* Writing mappings, lists and scalars as YAML or JSON, so that every reader of YAML 1.1, of YAML
 * 1.2 and of JSON reads the same. */
#ifndef POLICY_DUMP_WRITER_H
#define POLICY_DUMP_WRITER_H

#include "policy/build.h"

/* A file may nest so deep (options.c), and a dump nests a little deeper at most. */
#define DUMP_DEPTH_MAX 1024u

enum dump_style {
    DUMP_BLOCK, /* a line for each member; inside DUMP_LINE it is that */
    DUMP_LINE,  /* all in one line */
};

struct dump_frame {
    bool is_map, is_line, after_key, is_used;
};
struct dump {
    struct text_builder text; /* its `failed` is the whole dump's */
    struct arena *work;       /* of the compilation, for what is needed in between */
    bool is_json;
    bool after_key; /* a key was written, its value comes next */
    uint32_t depth; /* of frames */
    uint32_t level; /* of indentation */
    struct dump_frame frames[DUMP_DEPTH_MAX];
};

void dump_init(struct dump *dump, struct build *build, bool is_json);

void dump_begin_map(struct dump *dump, enum dump_style style);
void dump_begin_list(struct dump *dump, enum dump_style style);
void dump_end(struct dump *dump); /* the mapping or list that was begun last */

/* A key of the language, or a name as a key; a value must follow. */
void dump_key(struct dump *dump, const char *key);
void dump_name(struct dump *dump, sla_text key);

void dump_text(struct dump *dump, sla_text text);
/* A word of the language or a duration: no reader takes it for anything but a text. */
void dump_word(struct dump *dump, const char *word);
void dump_number(struct dump *dump, int64_t number);
void dump_flag(struct dump *dump, bool flag);
/* A decimal number of the author: a number where it is whole and written plainly, else a text. */
void dump_decimal(struct dump *dump, sla_text text);

#endif
