# SPDX-License-Identifier: MIT
"""Finds the shared library and gives every function its prototype.

`lib` has each function of prototypes.py as an attribute without the prefix: lib.calendar_add.
"""

import ctypes
import os
from typing import Any

from .prototypes import PROTOTYPES, SLOW


class Library:
    """The functions of one loaded libsla."""

    path: str

    def __init__(self, path: str) -> None:
        releasing, holding = ctypes.CDLL(path), ctypes.PyDLL(path)
        self.path = path
        for name, (result, arguments) in PROTOTYPES.items():
            # By item, not attribute: no other user of the library shares the function object.
            function = (releasing if name in SLOW else holding)[name]
            function.restype, function.argtypes = result, arguments
            setattr(self, name[len("sla_"):], function)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{self.path} has no sla_{name}")


lib = Library(os.environ.get("SLA_LIBRARY", "libsla.so.0"))
