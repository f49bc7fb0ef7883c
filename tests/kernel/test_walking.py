"""Reading a ledger in order: every row once, whatever the marks are, wherever a page begins, and whoever asks."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymongo import ASCENDING, MongoClient
from pymongo.collection import Collection

from shared.kernel.caller import Scope, innermost
from shared.kernel.criteria import alternatives, conjunction
from shared.kernel.store import Document
from shared.kernel.walking import RARE_AFTER, Walk

ORDER = ("school", "grade", "_id")
SCHOOLS = [None, "", "s01", "s02", "s03", "s04", "s05"]
KINDS = ["a", "b", "c"]

rows_of_a_county = st.lists(
    st.fixed_dictionaries(
        {
            "school": st.sampled_from(SCHOOLS),
            "grade": st.sampled_from([None, 1, 2, 10]),
            "kind": st.sampled_from(KINDS),
            "marked": st.booleans(),
            "been_at": st.lists(st.sampled_from(["s01", "s02", "s03"]), max_size=3),
            "gone": st.sampled_from([None, 1, {}]),
        }
    ),
    max_size=30,
)
clauses = st.one_of(
    st.builds(lambda kinds: {"kind": {"$in": kinds}}, st.lists(st.sampled_from(KINDS), max_size=4)),
    st.sampled_from(
        [
            {"kind": "a"},
            {"kind": {"$ne": "b"}},
            {"marked": True},
            {"grade": {"$gte": 2}},
            {"grade": {"$lt": 10}},
            {"school": "s02"},
            {"school": {"$gt": "s01"}},
            {"$or": [{"kind": "a"}, {"marked": True}]},
            {"$or": [{"grade": 1}, {"kind": {"$in": ["a", "c"]}, "grade": None}]},
            {"$and": [{"kind": {"$ne": "c"}}, {"kind": {"$ne": "a"}}]},
            {"been_at": "s01"},
            {"been_at": {"$gt": "s01"}},
            {"been_at": {"$lt": "s02"}},
            {"been_at": {"$in": ["s03"]}},
            {"been_at": ["s01", "s03"]},
            {"been_at": {"$ne": "s03"}},
            {"gone": None},
            {"gone": {}},
            {"gone": {"$ne": 1}},
            {"marked": 1},
        ]
    ),
)
several = st.lists(clauses, max_size=3)
plenty = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def county(mongo: str, database: str) -> Iterator[Collection[Document]]:
    with MongoClient[Document](mongo, tz_aware=True) as client:
        collection = client[database]["rows"]
        collection.create_index([(name, ASCENDING) for name in ORDER])
        collection.create_index([("kind", ASCENDING), ("school", ASCENDING)])
        yield collection
        client.drop_database(database)


def keep(county: Collection[Document], rows: Sequence[Document]) -> None:
    county.delete_many({})
    if rows:
        county.insert_many([{"_id": f"r{number:03d}", **row} for number, row in enumerate(rows)])


def keys(rows: Any) -> list[str]:
    return [row["_id"] for row in rows]


def walk_of(county: Collection[Document], criteria: Document, marks: Sequence[str]) -> Walk:
    return Walk(rows=county, order=ORDER, branches=alternatives(criteria, "kind"), marks=marks)


@plenty
@given(rows=rows_of_a_county, parts=several)
def test_filters_made_one_say_what_they_say_side_by_side(
    county: Collection[Document], rows: Sequence[Document], parts: list[Document]
) -> None:
    keep(county, rows)
    side_by_side = {"$and": parts} if parts else {}

    one = conjunction(parts)

    assert keys(county.find(one).sort("_id")) == keys(county.find(side_by_side).sort("_id"))
    met = {row["_id"] for each in alternatives(one, "kind") for row in county.find(each)}
    assert sorted(met) == keys(county.find(side_by_side).sort("_id"))


def test_a_pattern_stands_beside_what_else_is_asked_of_its_field() -> None:
    pattern = re.compile("^[ab]")
    assert conjunction([{"kind": pattern}, {"kind": {"$ne": "b"}}]) == {
        "kind": pattern,
        "$and": [{"kind": {"$ne": "b"}}],
    }


@plenty
@given(
    rows=rows_of_a_county,
    parts=several,
    marks=st.lists(st.sampled_from(["s00", "s01", "s03", "s05", "s99"]), unique=True).map(sorted),
    limit=st.integers(1, 7),
)
def test_a_walk_gives_every_row_once_in_order_and_goes_on_where_a_page_ended(
    county: Collection[Document], rows: Sequence[Document], parts: list[Document], marks: list[str], limit: int
) -> None:
    keep(county, rows)
    criteria = conjunction(parts)
    expected = keys(county.find(criteria).sort([(name, ASCENDING) for name in ORDER]))
    walk = walk_of(county, criteria, marks)

    assert keys(walk.after((), limit)) == expected

    paged: list[str] = []
    place: tuple[Any, ...] = ()
    while page := list(islice(walk.after(place, limit, at_most_wanted=True), limit)):
        paged += keys(page)
        place = tuple(page[-1][name] for name in ORDER)
    assert paged == expected


def asked_in(county: Collection[Document], monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """The filters with which the county is read from now on."""
    asked: list[Document] = []
    real = county.find

    def find(criteria: Document, **more: Any) -> Any:
        asked.append(criteria)
        return real(criteria, **more)

    monkeypatch.setattr(county, "find", find)
    return asked


MARKS = [f"s{number:02d}" for number in range(3 * RARE_AFTER)]
SPREAD = [{"school": f"s{number:02d}", "grade": 1, "kind": "b" if number % 7 else "a"} for number in range(60)]


def test_what_is_rare_is_found_by_what_it_is_and_no_row_is_left_out(
    county: Collection[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(county, SPREAD)
    asked = asked_in(county, monkeypatch)

    found = keys(walk_of(county, {"kind": "a"}, MARKS).after((), 100))

    assert found == [f"r{number:03d}" for number in range(0, 60, 7)]
    assert list(asked[-1]) == ["kind", "school"]
    assert all(list(each) == ["school", "kind"] for each in asked[:-1])
    assert asked[-1]["school"] == {"$gt": "s29"}


def test_a_page_of_what_is_everywhere_reads_no_further_than_it_must(
    county: Collection[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(county, SPREAD)
    asked = asked_in(county, monkeypatch)

    page = list(islice(walk_of(county, {"kind": {"$ne": "c"}}, MARKS).after((), 4, at_most_wanted=True), 4))

    assert keys(page) == ["r000", "r001", "r002", "r003"]
    assert [each["school"] for each in asked] == [
        None,
        {"$gte": "", "$lte": ""},
        {"$gt": "", "$lte": "s01"},
        {"$gt": "s01", "$lte": "s05"},
    ]


COUNTY, TOWN, VILLAGE, SCHOOL = Scope("349921"), Scope("349921001"), Scope("349921001002"), Scope(school="3400000001")


@pytest.mark.prop("P16")
@pytest.mark.parametrize(
    ("scopes", "said"),
    [
        ([COUNTY, TOWN, Scope()], [TOWN]),
        ([VILLAGE, TOWN], [VILLAGE]),
        ([TOWN, COUNTY, VILLAGE], [VILLAGE]),
        ([TOWN, Scope("349921002")], [TOWN, Scope("349921002")]),
        ([TOWN, SCHOOL], [TOWN, SCHOOL]),
        ([SCHOOL, Scope(school="3400000002")], [SCHOOL, Scope(school="3400000002")]),
        ([Scope(), Scope()], [Scope(), Scope()]),
    ],
)
def test_of_two_scopes_only_one_that_the_other_repeats_is_left_out(scopes: list[Scope], said: list[Scope]) -> None:
    assert innermost(scopes) == said
