/* SPDX-License-Identifier: MIT */
/* The files of a policy: the policy itself, and those that it includes. */
#ifndef POLICY_INCLUDE_H
#define POLICY_INCLUDE_H

#include "policy/build.h"
#include "policy/model.h"

/* A policy with more files than this is a mistake. */
#define FILES_MAX 256u /* beside the policy itself */

/* Reads the policy's own text, the first of build->files; its tree, or NULL: a fault was told, or
   build->status says why. */
const struct node *include_read_policy(struct build *build, sla_text text);

/* Reads everything that is included, each file once, and adds what it brings to the model. False:
   build->status says why. */
bool include_read_all(struct build *build, struct model *model);

/* Gives the files back to the loader. */
void include_release(struct build *build);

/* The part of a path up to its last slash, this included. */
sla_text include_folder(sla_text path);

#endif
