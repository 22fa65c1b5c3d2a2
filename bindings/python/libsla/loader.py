# SPDX-License-Identifier: MIT
"""Files of a policy from somewhere else than the file system: a database, an archive, a test."""

from __future__ import annotations

import os
from ctypes import (CFUNCTYPE, POINTER, c_char_p, c_int32, c_uint32, c_void_p, cast)
from typing import Any, Callable, Dict, Optional, Union

from ._native import constants as c
from ._native import texts
from ._native.structs import Loader, Text
from .words import FILE_KINDS, FileKind

Loading = Callable[[FileKind, str], Union[bytes, str, None]]
"""Gives the file of a kind and a name, or None where there is none. For a zone None means that it
is looked for in the folder of zone files."""

_LOAD = CFUNCTYPE(c_int32, c_void_p, c_uint32, POINTER(Text), POINTER(Text))
_RELEASE = CFUNCTYPE(None, c_void_p, POINTER(Text))


class HostLoader:
    """An sla_loader that calls a function of the host. What the function raises is kept in
    `raised`, and ends the compilation."""

    def __init__(self, loading: Loading, folder: str) -> None:
        self._loading = loading
        self._folder = folder
        self._given: Dict[int, bytes] = {}  # lent to C, by address
        self.zones: Dict[str, bytes] = {}
        self.raised: Optional[BaseException] = None
        # The functions must live as long as the struct that names them.
        self._functions = (_LOAD(self._load), _RELEASE(self._release))
        load, release = (cast(function, c_void_p) for function in self._functions)
        self.struct = Loader(load, release, None, None)

    def _load(self, _user: Any, kind: int, name: Any, out: Any) -> int:
        try:
            data = self._find(FILE_KINDS[kind], texts.read(name[0]))
        except BaseException as error:  # nothing may pass through C
            self.raised = error
            return c.ERROR_DATA
        if data is None:
            return c.ERROR_NOT_FOUND
        address = cast(c_char_p(data), c_void_p).value or 0
        self._given[address] = data
        out[0].data, out[0].length = address, len(data)
        return c.OK

    def _find(self, kind: FileKind, name: str) -> Optional[bytes]:
        data = self._loading(kind, name)
        if data is None and kind is FileKind.ZONE and self._folder:
            path = os.path.join(self._folder, *name.split("/"))
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    data = file.read()
        if data is None:
            return None
        read = texts.data_of(data, "what a loader gives")
        if kind is FileKind.ZONE:
            self.zones[name] = read
        return read

    def _release(self, _user: Any, _given: Any) -> None:
        """The bytes are kept until the compilation is over: two files may be the same object."""
