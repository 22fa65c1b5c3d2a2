# SPDX-License-Identifier: MIT
"""Frozen dataclasses that come by the hundred thousand: slots, and a quick way to make one."""

from __future__ import annotations

from typing import Any, Callable, Dict, Type, TypeVar

Record = TypeVar("Record")


def compact(kind: Type[Record]) -> Type[Record]:
    """The same frozen dataclass with its fields in slots. Its fields have no defaults.

    The initializer of a frozen dataclass goes through object.__setattr__ field by field. maker()
    makes an instance of an open base class with the same slots instead, and closes it.
    """
    names = list(kind.__annotations__)
    lines = [f"def __init__(self, {', '.join(names)}):", *(f"    self.{n} = {n}" for n in names)]
    open_dict: Dict[str, Any] = {"__slots__": (*names, "__weakref__")}
    exec("\n".join(lines), {}, open_dict)  # as dataclasses do
    open_kind = type("_Open" + kind.__name__, (), open_dict)
    body = {name: value for name, value in vars(kind).items()
            if name not in ("__dict__", "__weakref__")}
    body.update(__slots__=(), __reduce__=_reduce)
    made: Any = type(kind.__name__, (open_kind,), body)
    return made  # type: ignore[no-any-return]


def maker(kind: Type[Record]) -> Callable[..., Record]:
    """A function that makes a record of a compact() kind from its fields in order."""
    open_kind: Any = kind.__base__

    def make(*fields: Any) -> Record:
        made = open_kind(*fields)
        made.__class__ = kind
        return made  # type: ignore[no-any-return]

    return make


def _reduce(self: Any) -> Any:
    return type(self), tuple(getattr(self, name) for name in type(self).__dataclass_fields__)
