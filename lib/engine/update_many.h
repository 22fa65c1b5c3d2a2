/* SPDX-License-Identifier: MIT */
/* Many updates in one call, wherever they come from. */
#ifndef ENGINE_UPDATE_MANY_H
#define ENGINE_UPDATE_MANY_H

#include "engine/work.h"

/* Updates are read some places ahead of the one that is applied; each must be good until so many
   more have been read. */
#define UPDATES_AHEAD 16u

/* Where updates come from. */
struct update_source {
    /* The update at a place, in `*out_update`; or, if there is none, the status of that place.
       Places are asked for in order, each once. */
    sla_status (*read)(struct update_source *source, size_t place, const sla_update **out_update);
};

/* Applies those from place `first` up to `end`: see sla_engine_update_many(). `statuses` (or NULL)
   are by places; `*out_done` is the place behind the last one that was dealt with. A place that is
   SLA_MISSING is no error, but ends the call like one without `statuses`. */
sla_status updates_apply(sla_engine *engine, struct update_source *source, size_t first,
                         size_t end, sla_status *statuses, size_t *out_done);

#endif
