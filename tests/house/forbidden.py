# SPDX-License-Identifier: MIT
"""Functions that lib/ may not call, as a regular expression on their names."""

# The library asks nobody for the time, the place or the language, prints nothing, ends nothing.
FORBIDDEN_CALLS = (
    r"time|clock|gettimeofday|clock_gettime|timespec_get|localtime(?:_r)?|gmtime(?:_r)?|mktime|"
    r"timegm|tzset|strftime|strptime|setlocale|localeconv|getenv|secure_getenv|setenv|putenv|"
    r"(?:v|f|vf|d|vd|s|vs|as|vas)?printf|puts|fputs|putchar|putc|perror|abort|exit|_exit|_Exit|"
    r"quick_exit|atexit|assert|raise|signal|longjmp|setjmp|pthread_\w+|thrd_\w+|mtx_\w+|cnd_\w+|"
    r"strtod|strtof|strtold|atof|atoi|atol|strtok|strerror|rand|srand|random|system|popen|"
    r"sscanf|scanf|fscanf|gets|alloca|strcpy|strcat")
