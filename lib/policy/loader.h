/* SPDX-License-Identifier: MIT */
/* The default loader: the file system. The host's own loader takes its place when it has one. */
#ifndef POLICY_LOADER_H
#define POLICY_LOADER_H

#include "base/memory.h"

#include <sla/policy.h>

/* It lives as long as one compilation. */
struct file_loader {
    sla_loader loader; /* to be given to the compilation */
    sla_allocator allocator;
    sla_text zoneinfo; /* the folder of TZif files */
    sla_text folder;   /* that of the policy, with its slash; included files lie in it */
    uint64_t max_bytes;
};

void file_loader_init(struct file_loader *files, const sla_allocator *allocator,
                      sla_text zoneinfo, sla_text folder, uint64_t max_bytes);

#endif
