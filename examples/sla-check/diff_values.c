/* SPDX-License-Identifier: MIT */
/* Looking into the values of a dumped policy. */
#include "diff.h"

const char *text_at(json_t *map, const char *key)
{
    return json_string_value(json_object_get(map, key));
}

json_t *as_list(struct diff *diff, json_t *value)
{
    if (json_is_array(value))
        return value;
    json_t *list = keep(diff, json_array());
    if (value != NULL)
        json_array_append(list, value);
    return list;
}

bool is_made(json_t *calendar)
{
    return json_object_get(calendar, "all_of") != NULL ||
           json_object_get(calendar, "any_of") != NULL ||
           json_object_get(calendar, "none_of") != NULL;
}
