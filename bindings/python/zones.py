#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Copies the zone files of the PyPI package tzdata into a folder of the Python package.

usage: zones.py FOLDER
"""

import pathlib
import shutil
import sys

import tzdata

ABOUT = '''\
"""Time zones for systems that have none: the IANA time zone database, version {iana}.

The database is in the public domain. The files are those of the package tzdata {package} of PyPI.
"""

IANA_VERSION = "{iana}"
'''


def main():
    source = pathlib.Path(tzdata.__file__).parent / "zoneinfo"
    target = pathlib.Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in sorted(source.rglob("*")):
        # Tables, leap seconds and modules stand between the zones.
        if not path.is_file() or not path.read_bytes().startswith(b"TZif"):
            continue
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    about = ABOUT.format(iana=tzdata.IANA_VERSION, package=tzdata.__version__)
    (target / "__init__.py").write_text(about, encoding="ascii")


main()
