# SPDX-License-Identifier: MIT
"""Where the parts of the package are that are no Python: the shared library and the zones."""

import ctypes
import importlib
import os
import sys
from typing import Iterator, List, Optional, Tuple

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Where the wheel has the library, beside the package; the name is meson-python's.
BESIDE = ".libsla.mesonpy.libs"


def zoneinfo() -> Optional[str]:
    """The folder of zones that came with the package, None if it was built without."""
    folder = os.path.join(PACKAGE, "zoneinfo")
    if os.path.isdir(folder):
        return folder
    try:  # Installed as editable, the package is in the source tree, and the zones in the build.
        found = importlib.import_module("libsla.zoneinfo").__file__
    except ImportError:
        return None
    return os.path.dirname(found) if found else None


def _folders() -> Iterator[str]:
    """Folders in which the library of this very package may be."""
    site = os.path.dirname(PACKAGE)
    yield os.path.join(site, BESIDE)
    # Some systems (Fedora) keep what is for one machine apart: lib64 beside lib.
    head, mark, tail = site.rpartition(os.path.join(os.sep, "lib", "python"))
    if mark and sys.platlibdir != "lib":
        yield os.path.join(head + os.sep, sys.platlibdir, "python" + tail, BESIDE)
    # An editable install: bindings/python/zoneinfo and lib/ are both in the build.
    zones = zoneinfo()
    if zones and os.path.dirname(zones) != PACKAGE:
        yield os.path.normpath(os.path.join(zones, "..", "..", "..", "lib"))


def _is_library(name: str) -> bool:
    return (name.startswith("libsla.so") and not name.endswith(".p")
            or name.startswith("libsla.") and name.endswith(".dylib")
            or name.startswith(("sla-", "libsla-")) and name.endswith(".dll"))


def bundled() -> Tuple[List[str], List[str]]:
    """The libraries that came with the package, and the folders that have none."""
    libraries, empty = [], []
    for folder in _folders():
        try:
            names = sorted(filter(_is_library, os.listdir(folder)))
        except OSError:
            names = []
        if names:
            libraries.append(os.path.join(folder, names[0]))
        else:
            empty.append(folder)
    return libraries, empty


def system_names() -> List[str]:
    """What the loader of the system may know the library by."""
    if sys.platform == "win32":
        return ["sla-0.dll", "libsla-0.dll"]
    if sys.platform == "darwin":
        return ["libsla.0.dylib"]
    return ["libsla.so.0"]


class _FileOfAddress(ctypes.Structure):
    """Dl_info of <dlfcn.h>."""

    _fields_ = [
        ("file", ctypes.c_char_p), ("base", ctypes.c_void_p),
        ("symbol", ctypes.c_char_p), ("address", ctypes.c_void_p),
    ]


def file_with(address: int) -> Optional[str]:
    """The loaded file that has a function at this address; None where the system cannot say."""
    try:
        dladdr = ctypes.CDLL(None)["dladdr"]
    except (AttributeError, OSError, TypeError):  # Windows
        return None
    dladdr.argtypes = [ctypes.c_void_p, ctypes.POINTER(_FileOfAddress)]
    info = _FileOfAddress()
    if not dladdr(address, ctypes.byref(info)) or not info.file:
        return None
    return os.path.abspath(os.fsdecode(info.file))
