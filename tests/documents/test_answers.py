"""A wrong answer in a document is noticed, whatever is wrong with it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.documents.answers import Bound, NotBound, differences, filled
from tests.documents.walks import read_walks

CAME = {"stream": "child-c17", "version": 2, "events": ["registry/1/7", "registry/1/8"], "repeated": False}


def wrong(shown: Any, came: Any = CAME, bound: Bound | None = None) -> list[str]:
    return list(differences(shown, came, {} if bound is None else bound))


@pytest.mark.parametrize(
    "shown",
    [
        CAME,
        {"stream": "child-<child>", "…": "…"},
        {"stream": "<stream>", "version": "<n>", "events": ["…"], "repeated": "…"},
        {"events": ["registry/1/7", "…"], "…": "…"},
        {"events": ["registry/<p>/7", "registry/<p>/8"], "…": "…"},
        {"events": ["<first>", "…/8"], "…": "…"},
    ],
)
def test_what_is_open_in_the_document_may_be_anything(shown: Any) -> None:
    assert wrong(shown) == []


@pytest.mark.parametrize(
    "shown",
    [
        CAME | {"version": 3},
        CAME | {"repeated": 0},
        CAME | {"stream": "case-<child>"},
        CAME | {"events": ["registry/1/7"]},
        CAME | {"events": ["registry/1/7", "registry/1/8", "registry/1/9"]},
        CAME | {"events": ["registry/1/8", "registry/1/7"]},
        CAME | {"events": ["<one>", "<one>"]},
        CAME | {"events": {"…": "…"}},
        CAME | {"events": "registry/…"},
        CAME | {"gone": "…"},
        {"stream": "child-c17"},
        {"stream": "child-c18", "…": "…"},
        [],
        None,
    ],
)
def test_anything_else_is_wrong(shown: Any) -> None:
    assert wrong(shown) != []


def test_a_placeholder_keeps_its_first_value() -> None:
    bound: Bound = {}
    assert wrong({"stream": "child-<child>", "…": "…"}, bound=bound) == []
    assert bound == {"child": "c17"}
    assert wrong({"key": "<child>"}, {"key": "c17"}, bound) == []
    assert wrong({"key": "<child>"}, {"key": "c18"}, bound) == [".key: 'c17' shown, 'c18' came"]
    assert wrong({"key": "<child>:<other>"}, {"key": "c18:k1"}, bound) != []
    assert bound == {"child": "c17"}


def test_a_request_has_the_values_of_its_placeholders() -> None:
    bound = {"child": "c17", "n": 3}
    assert filled({"path": "/children/<child>", "number": "<n>", "of": ["<child>"]}, bound) == {
        "path": "/children/c17",
        "number": 3,
        "of": ["c17"],
    }
    with pytest.raises(NotBound):
        filled("/children/<other>", bound)


def leaves(shown: Any, into: Any, name: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in an answer that says something."""
    match shown:
        case dict():
            for each, value in shown.items():
                yield from leaves(value, shown, each)
        case list():
            for number, value in enumerate(shown):
                yield from leaves(value, shown, number)
        case "…":
            pass
        case _:
            yield into, name


def test_every_single_thing_that_the_walks_show_counts() -> None:
    """Each is made wrong by itself, and compared with the answer as it was shown."""
    document, tried = read_walks(), 0
    for request in (each for walk in document.walks for each in walk.requests):
        shown = {"answer": request.answer}
        came = filled_with_names(shown)
        assert wrong(shown, came) == []
        for into, name in list(leaves(shown, shown, "answer")):
            right, into[name] = into[name], "另一个值"
            assert wrong(shown, came) != [], f"line {request.line}: {name}"
            into[name] = right
            tried += 1
    assert tried > 100


def filled_with_names(shown: Any) -> Any:
    """An answer that fits what is shown."""
    match shown:
        case dict():
            return {name: filled_with_names(value) for name, value in shown.items()}
        case list():
            return [filled_with_names(value) for value in shown]
        case str():
            return shown.replace("<", "").replace(">", "")
        case _:
            return shown
