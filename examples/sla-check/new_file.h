/* SPDX-License-Identifier: MIT */
/* Writing a file that was not there before. */
#ifndef NEW_FILE_H
#define NEW_FILE_H

#include "tool.h"

/* Writes text to a file that must not exist, or to standard output (path NULL). EXIT_FINE, or
   EXIT_USAGE after a complaint. */
int write_new_file(const char *path, const char *text, size_t length);

#endif
