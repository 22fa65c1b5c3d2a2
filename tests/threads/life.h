/* SPDX-License-Identifier: MIT */
/* The life of some incidents in an engine of one thread, summed up in a number: the same policy and
 * seed give the same number, whoever else is at work. */
#ifndef THREADS_LIFE_H
#define THREADS_LIFE_H

#include <sla/sla.h>

/* Every feature that allocates: pauses, reopening, retargeting, late news, steps that repeat. */
extern const char life_policy[];

/* Sums of the events and the clocks of a random log; 0 if something went wrong. `restart`: the
   engine is saved half-way and a new one goes on from the bytes, where the library can. */
uint64_t life_in_an_engine(sla_policy *policy, uint64_t seed, int restart);

/* What calendars, classifications, batches and explanations answer to random questions; 0 if
   something went wrong. */
uint64_t life_of_questions(const sla_policy *policy, uint64_t seed);

/* Mixes a value into a sum. */
void life_mix(uint64_t *sum, uint64_t value);

/* The same log by pure steps from bytes to bytes; 0 if something went wrong. */
uint64_t life_by_steps(const sla_policy *policy, uint64_t seed);

#endif
