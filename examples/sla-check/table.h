/* SPDX-License-Identifier: MIT */
/* A table for people: columns as wide as their widest cell. */
#ifndef TABLE_H
#define TABLE_H

#include "tool.h"

struct table;

/* `headings` has one text a column; one that begins with '>' is set flush right. */
struct table *table_new(const char *const *headings, size_t columns);

/* The next cell, row by row from left to right. */
void table_add(struct table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints the table to standard output and frees it. */
void table_print(struct table *table);

#endif
