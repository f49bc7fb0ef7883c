"""Answers as a document shows them, compared with those that came.

In what is shown, `"<name>"` stands for a value that differs from run to run: where it first occurs it takes the value
that came, from then on it is that value. `"…"` stands for anything: as a value, inside a text, as the last item of a
list for all further items, as a name in an object for all further fields. Everything else must be equal.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

REST = "…"
Bound = dict[str, Any]
"""What the placeholders stand for."""

_PLACEHOLDER = re.compile(r"<([^<>\s]+)>")
_OPEN_PART = re.compile(r"(<[^<>\s]+>|…)")


class NotBound(AssertionError):
    """A request uses a placeholder that no answer before has given a value."""


def filled(value: Any, bound: Mapping[str, Any]) -> Any:
    """What is sent: every placeholder replaced by its value. Raises NotBound."""
    match value:
        case str():
            whole = _PLACEHOLDER.fullmatch(value)
            return _value(whole, bound) if whole else _PLACEHOLDER.sub(lambda found: str(_value(found, bound)), value)
        case list():
            return [filled(each, bound) for each in value]
        case dict():
            return {name: filled(each, bound) for name, each in value.items()}
        case _:
            return value


def differences(shown: Any, came: Any, bound: Bound, at: str = "") -> Iterator[str]:
    """Where the answer is not what is shown, in words. Placeholders seen for the first time are bound."""
    match shown:
        case dict() if isinstance(came, dict):
            yield from _of_objects(shown, came, bound, at)
        case list() if isinstance(came, list):
            yield from _of_lists(shown, came, bound, at)
        case str() if _OPEN_PART.search(shown):
            if not _fits(shown, came, bound):
                yield _difference(at, _as_far_as_known(shown, bound), came)
        case _:
            if type(shown) is not type(came) or shown != came:
                yield _difference(at, shown, came)


def _as_far_as_known(text: str, bound: Mapping[str, Any]) -> str:
    return _PLACEHOLDER.sub(lambda found: str(bound.get(found[1], found[0])), text)


def _value(found: re.Match[str], bound: Mapping[str, Any]) -> Any:
    if found[1] not in bound:
        raise NotBound(f"{found[0]} has no value yet")
    return bound[found[1]]


def _of_objects(shown: dict[str, Any], came: dict[str, Any], bound: Bound, at: str) -> Iterator[str]:
    named = {name: value for name, value in shown.items() if name != REST}
    for name, value in named.items():
        if name in came:
            yield from differences(value, came[name], bound, f"{at}.{name}")
        else:
            yield f"{at}.{name}: shown, but it did not come"
    if REST not in shown:
        yield from (f"{at}.{name}: not shown, came {came[name]!r}" for name in came if name not in named)


def _of_lists(shown: list[Any], came: list[Any], bound: Bound, at: str) -> Iterator[str]:
    rest = shown[-1:] == [REST]
    items = shown[:-1] if rest else shown
    if len(came) < len(items) or (len(came) > len(items) and not rest):
        yield f"{at}: {len(items)} items shown, {len(came)} came"
    for number, (one, other) in enumerate(zip(items, came, strict=False)):
        yield from differences(one, other, bound, f"{at}[{number}]")


def _fits(shown: str, came: Any, bound: Bound) -> bool:
    if shown == REST:
        return True
    if whole := _PLACEHOLDER.fullmatch(shown):
        return bool(bound.setdefault(whole[1], came) == came)
    if not isinstance(came, str):
        return False
    names: list[str] = []
    found = re.fullmatch("".join(_pattern(part, bound, names) for part in _OPEN_PART.split(shown)), came, re.DOTALL)
    if found:
        bound |= dict(zip(names, found.groups(), strict=True))
    return found is not None


def _pattern(part: str, bound: Mapping[str, Any], names: list[str]) -> str:
    if part == REST:
        return ".*"
    placeholder = _PLACEHOLDER.fullmatch(part)
    if placeholder is None:
        return re.escape(part)
    name = placeholder[1]
    if name in bound:
        return re.escape(str(bound[name]))
    if name in names:
        return rf"\{names.index(name) + 1}"
    names.append(name)
    return r"(\S+?)"


def _difference(at: str, shown: Any, came: Any) -> str:
    return f"{at}: {shown!r} shown, {came!r} came"
