"""`python -m tests.pinned` pins a sample of every published type that has none yet. What is pinned stays as it is."""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from services.process import SERVICES
from tests.pinned import FOLDER, samples
from tests.services import built

PLAIN = {int: 1, bool: True, date: "2026-09-01", datetime: "2026-09-01T01:00:00Z"}


def sample_of(kind: Any, name: str) -> Any:
    """A value of a field's type, as JSON builtins; texts are the field's name."""
    kind = getattr(kind, "__supertype__", kind)  # a NewType
    if get_origin(kind) in (Union, UnionType):
        return sample_of(next(each for each in get_args(kind) if each is not NoneType), name)
    if get_origin(kind) in (list, tuple):
        return [sample_of(get_args(kind)[0], name)]
    if get_origin(kind) is dict:
        return {name: sample_of(get_args(kind)[1], name)}
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return {each.name: sample_of(hints[each.name], each.name) for each in fields(kind)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind)).value
    return name if kind is str else PLAIN[kind]


def main() -> None:
    for service in SERVICES:
        events = built(service).events
        for type_, cls in events.classes.items():
            if type_ not in samples():
                data = events.encode(events.decode(type_, sample_of(cls, type_)))
                text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
                (FOLDER / f"{type_}.json").write_text(text, "utf-8")
                print(type_)


if __name__ == "__main__":
    main()
