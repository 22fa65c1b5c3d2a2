# SPDX-License-Identifier: MIT
"""Frozen dataclasses that come by the hundred thousand: slots, and a quick way to make them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any, Dict, Iterable, List, NoReturn, Type, TypeVar

Record = TypeVar("Record")


def compact(kind: Type[Record]) -> Type[Record]:
    """The same frozen dataclass with its fields in slots. Its fields have no defaults.

    The initializer of a frozen dataclass goes through object.__setattr__ field by field. make() and
    made() make instances of an open base class with the same slots instead, and then close them.
    """
    names = list(kind.__annotations__)
    lines = [f"def __init__(self, {', '.join(names)}):", *(f"    self.{n} = {n}" for n in names)]
    open_body: Dict[str, Any] = {"__slots__": (*names, "__weakref__")}
    exec("\n".join(lines), {}, open_body)  # as dataclasses do
    open_kind = type("_Open" + kind.__name__, (), open_body)
    body = {name: value for name, value in vars(kind).items()
            if name not in ("__dict__", "__weakref__")}
    body.update(__slots__=(), __reduce__=_reduce, __setattr__=_frozen, __delattr__=_frozen)
    closed: Any = type(kind.__name__, (open_kind,), body)
    return closed  # type: ignore[no-any-return]


def make(kind: Type[Record], *fields: Any) -> Record:
    """One record from its fields in order."""
    record: Any = kind.__base__
    record = record(*fields)
    record.__class__ = kind
    return record  # type: ignore[no-any-return]


def made(kind: Type[Record], *columns: Iterable[Any]) -> List[Record]:
    """Many records; the columns are their fields in order."""
    records: List[Any] = list(map(kind.__base__, *columns))  # type: ignore[arg-type]
    for record in records:
        record.__class__ = kind
    return records


def _frozen(self: Any, name: str, _value: Any = None) -> NoReturn:
    raise FrozenInstanceError(f"a {type(self).__name__} cannot be changed: {name!r}")


def _reduce(self: Any) -> Any:
    return type(self), tuple(getattr(self, name) for name in type(self).__dataclass_fields__)
