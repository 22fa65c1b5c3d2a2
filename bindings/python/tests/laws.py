# SPDX-License-Identifier: MIT
"""What the tests of laws share: Hypothesis with a short profile that always asks the same, a long
one for the suite nightly (SLA_LAWS=nightly), and datetimes in disguise.

Imported where Hypothesis is missing, it ends the test with a TAP line that says so."""

import datetime
import os
import pathlib
import sys
import tempfile
import zoneinfo

ROOT = pathlib.Path(__file__).resolve().parents[3]
ZONES = ROOT / "tests" / "data" / "zoneinfo"
sys.path.insert(0, str(ROOT / "tests" / "support"))
zoneinfo.reset_tzpath([str(ZONES)])  # the oracles read what the library reads

# What Hypothesis keeps does not belong into the tree.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY",
                      os.path.join(tempfile.gettempdir(), "libsla-hypothesis"))
try:
    from hypothesis import HealthCheck, settings, strategies as st
except ImportError:
    print("1..0 # SKIP the Python package hypothesis is not installed")
    sys.exit(0)

from walk import moment  # noqa: E402  zones are frozen by now

CALM = {"deadline": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("short", max_examples=20, derandomize=True, database=None, **CALM)
settings.register_profile("nightly", max_examples=2000, **CALM)
settings.load_profile(os.environ.get("SLA_LAWS", "short"))

ALL_ZONES = sorted(str(path.relative_to(ZONES)) for path in ZONES.rglob("*")
                   if path.is_file() and path.suffix != ".md")


class OfOurOwn(datetime.datetime):
    """As pendulum's and pandas' are: a datetime with another class."""


class Shifted(datetime.tzinfo):
    """A zone that is neither of zoneinfo nor of datetime."""

    def utcoffset(self, dt):
        return datetime.timedelta(hours=-3, minutes=-7, seconds=-13)

    def dst(self, dt):
        return None

    def tzname(self, dt):
        return "shifted"


FOREIGN = Shifted()
FIXED = [datetime.timezone.utc, datetime.timezone(datetime.timedelta(hours=5, minutes=45)),
         datetime.timezone(datetime.timedelta(seconds=-4521)), FOREIGN]


@st.composite
def datetimes_of(draw, at, near="UTC"):
    """The instant as somebody else would write it: any zone, some microseconds more (T2)."""
    zone = draw(st.one_of(st.sampled_from(ALL_ZONES).map(zoneinfo.ZoneInfo), st.sampled_from(FIXED),
                          st.just(zoneinfo.ZoneInfo(near))))
    local = moment(at, zone) if zone is not FOREIGN else (
        moment(at).replace(tzinfo=None) + zone.utcoffset(None)).replace(tzinfo=zone)
    local = local.replace(microsecond=draw(st.sampled_from([0, 0, 1, 500_000, 999_999])))
    if draw(st.booleans()):
        return OfOurOwn(local.year, local.month, local.day, local.hour, local.minute, local.second,
                        local.microsecond, zone, fold=local.fold)
    return local


def same_datetime(got, at, zone):
    """None, or what is wrong with an answer: it must be this instant, as this zone writes it."""
    expected = moment(at, zoneinfo.ZoneInfo(zone))
    if not isinstance(got, datetime.datetime):
        return f"{got!r} is no datetime"
    if str(got.tzinfo) != zone:
        return f"{got!r} is not in {zone}"
    if (got.replace(tzinfo=None), got.fold, got.utcoffset()) != (
            expected.replace(tzinfo=None), expected.fold, expected.utcoffset()):
        return f"{got!r} is not {expected!r}"
    return None
