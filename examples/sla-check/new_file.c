/* SPDX-License-Identifier: MIT */
/* Writing a file that was not there before. */
#include "new_file.h"

#include <errno.h>
#include <string.h>

int write_new_file(const char *path, const char *text, size_t length)
{
    if (path == NULL) {
        fwrite(text, 1, length, stdout); /* what goes wrong is told at the end */
        return EXIT_FINE;
    }
    FILE *file = fopen(path, "wx"); /* it fails if there is one: nobody's work is lost */
    if (file == NULL) {
        if (errno == EEXIST)
            complain("%s is there already, and stays as it is", path);
        else
            complain("cannot write %s: %s", path, strerror(errno));
        return EXIT_USAGE;
    }
    bool good = fwrite(text, 1, length, file) == length;
    good = fclose(file) == 0 && good;
    if (!good)
        complain("cannot write %s: %s", path, strerror(errno));
    return good ? EXIT_FINE : EXIT_USAGE;
}
