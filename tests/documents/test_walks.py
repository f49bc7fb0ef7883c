"""docs/walks.zh-CN.md: every request is sent to the registry, and every answer is as shown."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from shared.runtime import Runtime
from tests.documents.answers import NotBound
from tests.documents.walking import KNOWN_STEPS, NotAsShown, Walker
from tests.documents.walks import NotReadable, Preparation, Request, Walk, parse_walks, read_walks
from tests.registry.conftest import Registry, app, keys, nol, runtime, settings, sign_in, signer

__all__ = ["app", "keys", "nol", "runtime", "settings", "sign_in", "signer"]  # fixtures, used by name

DOCUMENT = read_walks()
QUEUES = {
    "suspected-dropouts",
    "dropout-marks",
    "differences",
    "duplicates",
    "corrections-to-enter",
    "school-headcounts",
    "data-quality-issues",
    "transfers-in-flight",
    "at-risk-without-plan",
    "untraceable-children",
}
"""Ledgers whose rows wait for somebody, and which are empty when the work is done."""

REQUEST = """
```http
GET /schools/2134000001
角色: bureau_officer, 区划 349921
```

答：200

```json
{"name": "青石镇中心小学", "…": "…"}
```
"""


@pytest.fixture
def walker(nol: Registry, runtime: Runtime, sign_in: Callable[..., object]) -> Walker:
    return Walker(nol, runtime, sign_in, DOCUMENT)  # type: ignore[arg-type]


@pytest.mark.parametrize("walk", DOCUMENT.walks, ids=lambda walk: walk.title)
def test_a_walk_goes_as_shown(walker: Walker, walk: Walk) -> None:
    walker.walk(walk)


def views(walk: Walk) -> list[tuple[str, int]]:
    """What is looked at in a walk, with the number of rows shown."""
    seen = [each for each in walk.requests if each.path.startswith("/ledgers/")]
    return [(each.path.removeprefix("/ledgers/"), len(each.answer["rows"])) for each in seen]


def test_in_every_queue_somebody_stands_and_leaves_it() -> None:
    emptied = {
        path.partition("?")[0]
        for walk in DOCUMENT.walks
        for at, (path, rows) in enumerate(views(walk))
        if rows and (path, 0) in views(walk)[at:]
    }
    assert emptied >= QUEUES
    assert [walk.title for walk in DOCUMENT.walks if not any(rows == 0 for _, rows in views(walk))] == []


def test_every_preparation_is_known_and_used() -> None:
    named = {
        step.name
        for walk in (*DOCUMENT.walks, *DOCUMENT.preparations.values())
        for step in walk.steps
        if isinstance(step, Preparation)
    }
    assert named == DOCUMENT.preparations.keys() | KNOWN_STEPS.keys()


def first(walker: Walker, **wrong: object) -> None:
    """The first request of the document, with something wrong."""
    request = next(iter(DOCUMENT.preparations.values())).requests[0]
    walker.walk(Walk("", [replace(request, **wrong)]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [{"status": 200}, {"answer": {"stream": "school-0", "…": "…"}}, {"answer": {}}, {"role": "inspector"}],
    ids=str,
)
def test_a_walk_that_shows_something_wrong_fails(walker: Walker, wrong: dict[str, object]) -> None:
    with pytest.raises(NotAsShown):
        first(walker, **wrong)


def test_a_walk_that_names_what_nobody_has_told_fails(walker: Walker) -> None:
    with pytest.raises(NotBound):
        first(walker, path="/schools/<nobody>/registrations")


def test_a_request_is_read_with_its_answer() -> None:
    (walk,) = parse_walks("## 一\n" + REQUEST).walks
    assert walk.requests == [
        Request(
            line=3,
            method="GET",
            path="/schools/2134000001",
            role="bureau_officer",
            scope={"division": "349921"},
            day=None,
            body=None,
            file="",
            table=[],
            status=200,
            answer={"name": "青石镇中心小学", "…": "…"},
        )
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        REQUEST.replace("答：200\n", ""),
        REQUEST.partition("答：")[0],
        REQUEST.partition("答：")[0] + REQUEST,
        REQUEST.partition("```json")[0] + "## 二\n",
        "```json\n{}\n```\n",
        "答：200\n",
        REQUEST.replace("角色: ", "角色 "),
        REQUEST.replace("角色", "人员"),
        REQUEST.replace("区划", "乡镇"),
        REQUEST.replace('{"name"', '{name"'),
        REQUEST.replace("```http", "```python"),
    ],
)
def test_what_is_no_walk_is_told(wrong: str) -> None:
    with pytest.raises(NotReadable):
        parse_walks("## 一\n" + wrong)
