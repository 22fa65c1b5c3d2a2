# SPDX-License-Identifier: MIT
"""Finds the shared library and gives every function its prototype.

`lib` has each function of prototypes.py as an attribute without the prefix: lib.calendar_add.
"""

import ctypes
import os
from typing import Any, Iterator, List, Tuple

from . import places
from .prototypes import PROTOTYPES, SLOW

VARIABLE = "SLA_LIBRARY"

WRONG = f"{VARIABLE} is set, so nothing else was tried: correct it, or unset it."
ADVICE = f"""\
One of these helps:
  - install the package with its library: "pip install ." in the source tree of libsla
  - install libsla itself: "meson install", as root "ldconfig" after it
  - set {VARIABLE} to the path of a shared library of libsla, or to a name that the system knows"""


class Unusable(Exception):
    """A file that can be loaded, but is not the library that the package needs."""


class Library:
    """The functions of one loaded libsla."""

    path: str

    def __init__(self, path: str) -> None:
        releasing, holding = ctypes.CDLL(path), ctypes.PyDLL(path)
        self.path = path
        self._holding = holding
        missing = []
        for name, (result, arguments) in PROTOTYPES.items():
            try:
                # By item, not attribute: no other user of the library shares the function object.
                function = (releasing if name in SLOW else holding)[name]
            except AttributeError:
                missing.append(name)
                continue
            function.restype, function.argtypes = result, arguments
            setattr(self, name[len("sla_"):], function)
        if "sla_version" in missing:
            raise Unusable("this is not libsla: it has no function sla_version")
        if missing:
            raise Unusable(f"this is libsla {self.version_text()}, which is too old for this "
                           f"package: it has no {_listed(missing)}")

    def fast(self, name: str) -> Any:
        """A function without a prototype, which takes a third less time: every argument must be an
        object of ctypes, of the very type."""
        function = self._holding["sla_" + name]
        function.restype = PROTOTYPES["sla_" + name][0]
        return function

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{self.path} has no sla_{name}")

    def version_text(self) -> str:
        """What the library calls its version: "0.5.0"."""
        text: bytes = self.version()
        return text.decode("ascii")

    def file(self) -> str:
        """The file that was loaded; `path` may be a name that the system has looked up."""
        address = ctypes.cast(self.version, ctypes.c_void_p).value
        return places.file_with(address or 0) or self.path


def _listed(names: List[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


def _candidates() -> Iterator[Tuple[str, str, str]]:
    """What to load, in order: where that is from, the path or name, why there is none."""
    libraries, empty = places.bundled()
    for path in libraries:
        yield "the package", path, ""
    for folder in empty:
        yield "the package", "", f"there is no library in {folder}"
    for name in places.system_names():
        yield "the system", name, ""


def find() -> Library:
    """The library that SLA_LIBRARY names, and only that; else the package's; else the system's."""
    wanted = os.environ.get(VARIABLE)
    candidates = [(VARIABLE, wanted, "")] if wanted else _candidates()
    tried = []
    for origin, path, fault in candidates:
        try:
            if path:
                return Library(path)
        except (OSError, Unusable) as error:
            fault = f"{path}: {_plain(str(error), path)}"
        tried.append(f"  - {origin}: {fault}")
    raise ImportError("\n".join(["the shared library of libsla cannot be used. Tried:", *tried,
                                 WRONG if wanted else ADVICE]), name="libsla")


def _plain(fault: str, path: str) -> str:
    """A loader's words without the path, which it may or may not name itself."""
    return fault[len(path):].lstrip(": ") if fault.startswith(path) else fault


lib = find()


def library_version() -> str:
    """The version of the C library in use, which may be newer than the package: "0.5.0"."""
    return lib.version_text()


def library_path() -> str:
    """The file of the C library in use."""
    return lib.file()
