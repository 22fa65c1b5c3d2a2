#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The cities' tools themselves: prepare.py writes true logs, compare.py finds what is wrong (TAP).

    city_tools.py EXAMPLES-FOLDER
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLES = Path(sys.argv[1])


def run(script, *arguments):
    return subprocess.run([sys.executable, EXAMPLES / script, *arguments], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def compare(folder, events, published, *options):
    """The exit status for events (type, incident, deadline) and published rows."""
    events_path, published_path = folder / "events.jsonl", folder / "published.csv"
    events_path.write_text("".join(
        json.dumps({"type": kind, "incident": incident, "deadline": deadline}) + "\n"
        for kind, incident, deadline in events))
    published_path.write_text("\n".join(["incident,target,closed,flag", *published]) + "\n")
    return run("common/compare.py", events_path, published_path, *options).returncode


ROW = "r1,2015-11-02T08:30:00-05:00,2015-11-02T08:00:00-05:00,ONTIME"
EXACT = [("started", "r1", "2015-11-02T13:30:00Z"), ("met", "r1", "2015-11-02T13:30:00Z")]
NEAR = [("started", "r1", "2015-11-02T13:31:00Z"), ("met", "r1", "2015-11-02T13:31:00Z")]
FAR = [("started", "r1", "2015-11-02T13:31:01Z"), ("met", "r1", "2015-11-02T13:31:01Z")]
MISSED = [EXACT[0], ("missed", "r1", "2015-11-02T13:30:00Z")]


def equal_answers_pass(folder):
    return compare(folder, EXACT, [ROW]) == 0


def a_minute_is_near_enough(folder):
    return compare(folder, NEAR, [ROW]) == 0 and compare(folder, NEAR, [ROW], "--within", "0") == 1


def a_second_more_is_not(folder):
    return compare(folder, FAR, [ROW]) == 1 and compare(folder, FAR, [ROW], "--deadlines", "0") == 0


def a_wrong_flag_is_found(folder):
    return (compare(folder, MISSED, [ROW]) == 1
            and compare(folder, MISSED, [ROW], "--flags", "0") == 0)


def a_missing_verdict_is_a_wrong_flag(folder):
    return compare(folder, EXACT[:1], [ROW]) == 1


def an_open_request_has_no_flag_to_compare(folder):
    return compare(folder, EXACT[:1], ["r1,2015-11-02T08:30:00-05:00,,OVERDUE"]) == 0


def too_few_deadlines_are_found(folder):
    return compare(folder, EXACT, [ROW], "--requests", "2") == 1 and compare(folder, [], [ROW]) == 1


def a_request_that_nobody_published_is_found(folder):
    return compare(folder, [*EXACT, ("started", "r2", "2015-11-02T13:30:00Z")], [ROW]) == 1


def a_second_start_is_refused(folder):
    return compare(folder, [*EXACT, EXACT[0]], [ROW]) == 2


def prepare(folder, city, lines):
    table = folder / "table.csv"
    table.write_text("\n".join(lines) + "\n")
    status = run(f"{city}/prepare.py", table, folder / "out").returncode
    if status != 0:
        return status, None, None
    return (status, (folder / "out" / "log.csv").read_text().splitlines()[1:],
            (folder / "out" / "published.csv").read_text().splitlines()[1:])


def boston_is_ordered_by_instant_in_the_repeated_hour(folder):
    # 2015-11-01 05:40Z is 01:40 -04:00; 06:10Z is 01:10 -05:00, later, though the wall says sooner.
    status, log, published = prepare(folder, "boston-311", [
        "case_id,type,department,opened_utc,target_utc,closed_utc,on_time",
        "b,Pothole,PWD,1446358200,1446444600,,",
        "a,Pothole,PWD,1446356400,1446442800,1446358200,ONTIME"])
    return status == 0 and log == [
        "a,2015-11-01T01:40:00-04:00,opened,Pothole,PWD",
        "b,2015-11-01T01:10:00-05:00,opened,Pothole,PWD",
        "a,2015-11-01T01:10:00-05:00,closed,,",
    ] and published == [
        "a,2015-11-02T00:40:00-05:00,2015-11-01T01:10:00-05:00,ONTIME",
        "b,2015-11-02T01:10:00-05:00,,"]


def closed_before_opened_is_closed_at_opening(folder):
    status, log, published = prepare(folder, "boston-311", [
        "case_id,type,department,opened_utc,target_utc,closed_utc,on_time",
        "a,Pothole,PWD,1446356400,1446442800,1446356397,ONTIME"])
    return status == 0 and log == [
        "a,2015-11-01T01:40:00-04:00,opened,Pothole,PWD",
        "a,2015-11-01T01:40:00-04:00,closed,,",
    ] and published[0].split(",")[2] == "2015-11-01T01:39:57-04:00"


def baltimore_moves_a_skipped_time_forward(folder):
    status, _, published = prepare(folder, "baltimore-311", [
        "request_id,type,method,created_local,due_local,closed_local,agency",
        "a,T,Phone,12/11/2017 02:43:56 AM,03/11/2018 02:43:56 AM,,X"])
    return status == 0 and published == ["a,2018-03-11T03:43:56-04:00,,"]


def a_foreign_table_is_refused(folder):
    return prepare(folder, "boston-311", ["id,when", "1,2"])[0] == 2 and \
        run("boston-311/prepare.py", folder / "nothing.csv.gz", folder / "out").returncode == 2


TESTS = [equal_answers_pass, a_minute_is_near_enough, a_second_more_is_not, a_wrong_flag_is_found,
         a_missing_verdict_is_a_wrong_flag, an_open_request_has_no_flag_to_compare,
         too_few_deadlines_are_found, a_request_that_nobody_published_is_found,
         a_second_start_is_refused, boston_is_ordered_by_instant_in_the_repeated_hour,
         closed_before_opened_is_closed_at_opening, baltimore_moves_a_skipped_time_forward,
         a_foreign_table_is_refused]


def main():
    print(f"1..{len(TESTS)}")
    failed = 0
    for number, test in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory() as scratch:
            good = test(Path(scratch))
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {test.__name__}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
