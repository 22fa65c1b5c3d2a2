# SPDX-License-Identifier: MIT
"""Makes a log and a policy that show a difference as small as they can be. `differs(policy, rows)`
is true while the difference is still there."""
import copy


def shrink_log(differs, policy, rows):
    """Drops updates, names and attribute changes for as long as the difference stays."""
    progress = True
    while progress:
        progress = False
        size = max(len(rows) // 2, 1)
        while size >= 1:
            start = 0
            while start < len(rows):
                shorter = rows[:start] + rows[start + size:]
                if shorter and differs(policy, shorter):
                    rows, progress = shorter, True
                else:
                    start += size
            size //= 2
        for index, row in enumerate(rows):
            for candidate in simpler_rows(row):
                simpler = rows[:index] + [candidate] + rows[index + 1:]
                if differs(policy, simpler):
                    rows, progress = simpler, True
                    break
    return rows


def simpler_rows(row):
    incident, at, event, changes = row
    if event:
        yield incident, at, '', changes
    for key in changes:
        yield incident, at, event, {k: v for k, v in changes.items() if k != key}


def shrink_policy(differs, policy, rows):
    """Drops metrics, rows, entries, steps and options that the difference does not need."""
    progress = True
    while progress:
        progress = False
        for candidate in smaller_policies(policy):
            try:
                if differs(candidate, rows):
                    policy, progress = candidate, True
                    break
            except (KeyError, IndexError, StopIteration):
                continue  # nothing left of a part that the model needs
    return policy


def without(policy, *path):
    """A copy of the policy without the item at that path."""
    smaller = copy.deepcopy(policy)
    holder = smaller
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return smaller


def smaller_policies(policy):
    yield from smaller_metrics(policy)
    for index, row in enumerate(policy.get('targets', [])):
        yield from smaller_row(policy, row, 'targets', index)
    for index, agreement in enumerate(policy.get('agreements', [])):
        if len(policy['agreements']) > 1:
            yield without(policy, 'agreements', index)
        for key in ('when', 'calendar', 'from', 'until'):
            if key in agreement:
                yield without(policy, 'agreements', index, key)
        for place, row in enumerate(agreement['targets']):
            yield from smaller_row(policy, row, 'agreements', index, 'targets', place)
    for index, entry in enumerate(policy.get('escalations', [])):
        yield from smaller_entry(policy, entry, index)
    for name, calendar in policy['calendars'].items():
        for key in ('holidays', 'special'):
            if key in calendar['text']:
                smaller = without(policy, 'calendars', name, key)
                if key == 'holidays':
                    del smaller['calendars'][name]['workdays']
                del smaller['calendars'][name]['text'][key]
                yield smaller
    for name, rows in policy['classify'].items():
        if isinstance(rows, dict) and name != 'severity':
            yield without(policy, 'classify', name)
        elif isinstance(rows, list) and len(rows) > 1:
            for index in range(len(rows)):
                yield without(policy, 'classify', name, index)
    if 'roll_deadlines' in policy:
        yield without(policy, 'roll_deadlines')


def smaller_metrics(policy):
    for name, metric in policy['metrics'].items():
        if len(policy['metrics']) > 1:
            smaller = without(policy, 'metrics', name)
            agreements = [smaller] if 'targets' in smaller else smaller['agreements']
            for agreement in agreements:
                for row in agreement['targets']:
                    row.pop(name, None)
            for entry in smaller.get('escalations', []):
                if name in entry.get('metrics', []):
                    entry['metrics'].remove(name)
            yield smaller
        for key in metric:
            if key not in ('start', 'stop'):
                yield without(policy, 'metrics', name, key)
        if isinstance(metric.get('pause'), list):
            for index, pause in enumerate(metric['pause']):
                if len(metric['pause']) > 1:
                    yield without(policy, 'metrics', name, 'pause', index)
                for key in ('limit', 'reason'):
                    if key in pause:
                        yield without(policy, 'metrics', name, 'pause', index, key)


def smaller_row(policy, row, *path):
    holder = policy
    for key in path[:-1]:
        holder = holder[key]
    if len(holder) > 1:
        yield without(policy, *path)
    for key in row:
        if len(row) > 1:
            yield without(policy, *path, key)
        if isinstance(row[key], dict) and 'within' in row[key]:
            for option in row[key]:
                if option != 'within':
                    yield without(policy, *path, key, option)


def smaller_entry(policy, entry, index):
    path = ('escalations', index)
    yield without(policy, *path)
    for key in entry:
        if key != 'steps':
            yield without(policy, *path, key)
    for place, step in enumerate(entry['steps']):
        if len(entry['steps']) > 1:
            yield without(policy, *path, 'steps', place)
        for key in step:
            if key not in ('at', 'times', 'repeat'):
                yield without(policy, *path, 'steps', place, key)
        if 'repeat' in step:
            smaller = without(policy, *path, 'steps', place, 'repeat')
            del smaller['escalations'][index]['steps'][place]['times']
            yield smaller
