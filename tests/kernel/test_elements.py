"""Views whose lines are elements of rows: every line once, in the order of days, whatever is asked for and by whom."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymongo import ASCENDING, MongoClient
from pymongo.collection import Collection

from shared.kernel.caller import Scope
from shared.kernel.elements import ElementReader
from shared.kernel.ledgers import Elements, View
from shared.kernel.store import Document, Store
from shared.kernel.views import Filters

OF = Elements(field="moves", date="on", status="kind", schools=("from", "to"), school_field="been_at")
VIEW = View(name="moves", title="变动", of="rows", columns=(), where={"gone": False}, elements=OF)
SCHOOLS, KINDS = ["", "s1", "s2"], ["IN", "OUT"]
DAYS = ["1998-09-01", "2025-09-01", "2025-09-30", "2025-10-01", "2026-02-28", "2026-03-01", "2061-01-01"]

moves = st.lists(
    st.fixed_dictionaries(
        {
            "on": st.sampled_from(DAYS),
            "kind": st.sampled_from(KINDS),
            "from": st.sampled_from(SCHOOLS),
            "to": st.sampled_from(SCHOOLS),
        }
    ),
    max_size=4,
)
rows_of_a_county = st.lists(
    st.fixed_dictionaries(
        {"moves": moves, "division": st.sampled_from(["3401", "3402"]), "gone": st.sampled_from([False, False, True])}
    ),
    max_size=12,
)
filters = st.builds(
    Filters,
    division=st.sampled_from(["", "34", "3402"]),
    school=st.sampled_from(["", "s1"]),
    statuses=st.sampled_from([(), ("IN",), ("IN", "OUT")]),
    since=st.sampled_from([None, date(2025, 9, 30)]),
    until=st.sampled_from([None, date(2026, 2, 28)]),
)
scopes = st.sampled_from([Scope(), Scope("34"), Scope("3401"), Scope(school="s2")])


@pytest.fixture
def county(mongo: str, database: str) -> Iterator[Collection[Document]]:
    with MongoClient[Document](mongo, tz_aware=True) as client:
        collection = client[database]["rows"]
        collection.create_index([("moves.on", ASCENDING)])
        collection.create_index([("been_at", ASCENDING)])
        yield collection
        client.drop_database(database)


def keep(county: Collection[Document], rows: Sequence[Document]) -> list[Document]:
    kept = [
        {"_id": f"r{number:02d}", "been_at": sorted({move[way] for move in row["moves"] for way in OF.schools}), **row}
        for number, row in enumerate(rows)
    ]
    county.delete_many({})
    if kept:
        county.insert_many(kept)
    return kept


def lines_by_hand(rows: Sequence[Document], scope: Scope, asked: Filters) -> list[str]:
    """As somebody with the rows on paper would find them."""

    def shown(row: Document, move: dict[str, Any]) -> bool:
        ways = {move["from"], move["to"]}
        return (
            not row["gone"]
            and (scope.school in ways if scope.school else row["division"].startswith(scope.division))
            and row["division"].startswith(asked.division)
            and (not asked.school or asked.school in ways)
            and (not asked.statuses or move["kind"] in asked.statuses)
            and (not asked.since or move["on"] >= asked.since.isoformat())
            and (not asked.until or move["on"] <= asked.until.isoformat())
        )

    found = [
        (move["on"], row["_id"], number)
        for row in rows
        for number, move in enumerate(row["moves"])
        if shown(row, move)
    ]
    return [f"{key}:{number}" for _, key, number in sorted(found)]


@pytest.mark.prop("P16")
@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=rows_of_a_county, scope=scopes, asked=filters, limit=st.integers(1, 5))
def test_pages_and_the_whole_are_the_lines_that_are_asked_for_and_no_other(
    county: Collection[Document], rows: Sequence[Document], scope: Scope, asked: Filters, limit: int
) -> None:
    expected = lines_by_hand(keep(county, rows), scope, asked)
    reader = ElementReader(cast("Store", None), VIEW, OF, scope, lambda _: county)

    assert [line["_id"] for line in reader.rows(asked)] == expected
    assert reader.count(asked) == len(expected)

    paged: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = reader.page(asked, cursor, limit)
        paged += [line["_id"] for line in page.rows]
        cursor = page.cursor
    assert paged == expected
