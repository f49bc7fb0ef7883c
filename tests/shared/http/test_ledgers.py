"""Ledgers over HTTP: paged, filtered, in scope, masked, taken away as workbooks, and read as of a past day."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from threading import Event
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from shared.calendar import local_date
from shared.http import past
from shared.kernel.as_of import as_of_collection
from shared.kernel.caller import Caller
from shared.kernel.clock import SharedClock
from shared.kernel.commands import Order
from shared.privacy.place import place_of
from shared.runtime import Runtime
from tests.kernel.toy import Move, Open
from tests.shared.http.client import Client

CLERK = Caller(subject="clerk-1", role="clerk")
NUMBER = "6222020000012345678"


def do(runtime: Runtime, *commands: Any) -> None:
    orders = [
        Order(command=command, command_id=f"{sum(runtime.store.positions())}-{number}", caller=CLERK)
        for number, command in enumerate(commands)
    ]
    for outcome in runtime.application.execute_many(orders):
        assert not isinstance(outcome, Exception), outcome


def keys_of(client: Client, path: str) -> list[str]:
    keys: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(f"{path}&cursor={cursor}").json
        keys += [row["key"] for row in page["rows"]]
        cursor = page["cursor"]
    return keys


@pytest.fixture
def county(sign_in: Callable[..., Client]) -> Client:
    return sign_in("county")


def test_a_ledger_tells_its_title_its_columns_and_its_rows(county: Client, runtime: Runtime) -> None:
    do(runtime, Open(account_id="a1"), Move(account_id="a1", amount=31250))

    ledger = county.get("/ledgers/balances?count=true").json

    assert ledger["title"] == "余额台账"
    assert [column["heading"] for column in ledger["columns"]] == ["账户", "余额", "账号"]
    [row] = ledger["rows"]
    assert (row["key"], row["cells"]) == ("a1", {"account_id": "a1", "balance": 31250, "number": None})
    assert county.get(f"/events/{row['at']}").json["type"] == "toy.moved.v1"
    assert (ledger["cursor"], ledger["total"]) == (None, 1)
    assert county.get("/ledgers/balances/a1").json == row


def test_paging_gives_every_row_once_in_a_stable_order(county: Client, runtime: Runtime) -> None:
    do(runtime, *(Open(account_id=f"a{number:02d}") for number in range(23)))

    assert keys_of(county, "/ledgers/balances?limit=5") == [f"a{number:02d}" for number in range(23)]


def test_a_view_with_an_order_is_paged_in_it_also_where_values_are_equal_or_missing(
    county: Client, runtime: Runtime
) -> None:
    for number in range(9):
        name = f"a{number}"
        do(runtime, Open(account_id=name, number=None if number % 3 else f"n{number}"))
        do(runtime, *(Move(account_id=name, amount=1) for _ in range(1 + number % 2)))

    seen = keys_of(county, "/ledgers/busy?limit=2")

    assert seen == ["a2", "a4", "a8", "a0", "a6", "a1", "a5", "a7", "a3"]


def test_joined_rows_stand_beside_their_own(county: Client, runtime: Runtime) -> None:
    do(runtime, Open(account_id="a1"), Move(account_id="a1", amount=7))

    [row] = county.get("/ledgers/busy").json["rows"]

    assert row["cells"] == {"account_id": "a1", "same.balance": 7, "moves": 1}


def test_filters_narrow_and_never_widen(sign_in: Callable[..., Client], county: Client, runtime: Runtime) -> None:
    do(runtime, *(Open(account_id=f"a{place}", division=place) for place in ("349921001", "349921002", "349922001")))

    def seen(client: Client, query: str) -> list[str]:
        return [row["key"] for row in client.get(f"/ledgers/balances?{query}").json["rows"]]

    assert seen(county, "division=349921") == ["a349921001", "a349921002"]
    assert seen(county, "school=3400000001") == []
    clerk = sign_in("clerk", division="349921001")
    assert seen(clerk, "") == seen(clerk, "division=34") == ["a349921001"]
    assert seen(clerk, "division=349922") == []


@pytest.mark.prop("P16")
def test_a_foreign_row_is_not_found_by_any_ledger_route(
    sign_in: Callable[..., Client], county: Client, runtime: Runtime
) -> None:
    sealed = runtime.ports.cipher.seal(NUMBER, place_of("a1", "number"))
    do(runtime, Open(account_id="a1", division="349921001", number=sealed))
    reveal = {"field": "number", "reason": "核对银行账号"}

    for foreign in (sign_in("clerk", division="349921002"), sign_in("head", school="3400000001")):
        assert foreign.get("/ledgers/balances?count=true").json["total"] == 0
        assert foreign.get("/ledgers/balances/a1").status_code == 404
        assert foreign.post("/ledgers/balances/a1/reveals", reveal).status_code == 404
        assert rows_in(foreign.get("/ledgers/balances.xlsx").data) == []
    assert county.get("/ledgers/balances/a1").status_code == 200
    assert runtime.store.database["reveals"].count_documents({}) == 0


def test_a_ledger_that_is_not_for_the_role_is_not_listed_and_not_read(clerk: Client, county: Client) -> None:
    assert [view["name"] for view in clerk.get("/ledgers").json["ledgers"]] == ["balances"]
    assert [view["name"] for view in county.get("/ledgers").json["ledgers"]] == ["balances", "busy"]
    for path in ("/ledgers/busy", "/ledgers/busy.xlsx", "/ledgers/busy/a1"):
        assert clerk.get(path).status_code == 403
    assert clerk.get("/ledgers/nothing").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "division=x",
        "limit=0",
        "limit=501",
        "from=2026-01-01",
        "as_of=2026-13-01",
        "as_of=2999-01-01",
        "colour=red",
        "status=OPEN",
        "cursor=!!",
        "cursor=W3siJGd0IjoiIn1d",
        "cursor=WyJhIiwiYiJd",
    ],
)
def test_a_query_that_cannot_be_answered_is_refused(county: Client, query: str) -> None:
    assert county.get(f"/ledgers/balances?{query}").status_code == 422


def rows_in(content: bytes) -> list[tuple[Any, ...]]:
    """The rows below title and headings."""
    return list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(min_row=3, values_only=True))


def test_a_workbook_has_a_title_chinese_headings_yuan_and_masked_numbers(county: Client, runtime: Runtime) -> None:
    sealed = runtime.ports.cipher.seal(NUMBER, place_of("a1", "number"))
    do(runtime, Open(account_id="a1", number=sealed), Move(account_id="a1", amount=31250), Open(account_id="a2"))

    answer = county.get("/ledgers/balances.xlsx")

    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert quote("余额台账") in answer.headers["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    assert sheet["A1"].value == "余额台账"
    assert [cell.value for cell in sheet[2]] == ["账户", "余额", "账号"]
    assert rows_in(answer.data) == [("a1", 312.5, "*" * 15 + "5678"), ("a2", 0, None)]


def test_a_workbook_holds_all_rows_however_many_pages_they_make(
    county: Client, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.kernel.views.ROWS_AT_ONCE", 4)
    do(runtime, *(Open(account_id=f"a{number:02d}") for number in range(23)))

    assert [row[0] for row in rows_in(county.get("/ledgers/balances.xlsx").data)] == [f"a{n:02d}" for n in range(23)]


def test_personal_data_is_masked_and_revealed_one_by_one_on_record(county: Client, runtime: Runtime) -> None:
    sealed = runtime.ports.cipher.seal(NUMBER, place_of("a1", "number"))
    do(runtime, Open(account_id="a1", number=sealed))
    assert county.get("/ledgers/balances/a1").json["cells"]["number"] == "*" * 15 + "5678"

    answer = county.post("/ledgers/balances/a1/reveals", {"field": "number", "reason": "核对银行账号"})

    assert (answer.status_code, answer.json["value"]) == (201, NUMBER)
    [line] = runtime.store.database["reveals"].find()
    assert line["_id"] == answer.json["record"]
    assert (line["subject"], line["key"], line["field"], line["reason"]) == (
        "county-1",
        "a1",
        "number",
        "核对银行账号",
    )


@pytest.mark.parametrize(
    "body", [{"field": "number"}, {"field": "number", "reason": "看"}, {"field": "balance", "reason": "核对余额情况"}]
)
def test_nothing_is_revealed_without_a_reason_or_from_a_column_that_is_not_sealed(
    county: Client, runtime: Runtime, body: dict[str, str]
) -> None:
    do(runtime, Open(account_id="a1"))

    assert county.post("/ledgers/balances/a1/reveals", body).status_code == 422


def test_a_value_sealed_for_another_row_is_not_shown_and_hides_nothing_else(county: Client, runtime: Runtime) -> None:
    swapped = runtime.ports.cipher.seal(NUMBER, place_of("a2", "number"))
    do(runtime, Open(account_id="a1", number=swapped))

    assert county.get("/ledgers/balances/a1").json["cells"] == {
        "account_id": "a1",
        "balance": 0,
        "number": "（无法解密）",
    }


def test_a_ledger_is_read_as_of_a_past_day(county: Client, runtime: Runtime) -> None:
    clock = runtime.ports.clock
    assert isinstance(clock, SharedClock)
    do(runtime, Open(account_id="a1"), Move(account_id="a1", amount=5))
    first_day = local_date(clock.now())
    clock.advance(timedelta(days=2))
    do(runtime, Move(account_id="a1", amount=7), Open(account_id="a2"))

    def balances(query: str) -> dict[str, int]:
        rows = county.get(f"/ledgers/balances{query}").json["rows"]
        return {row["key"]: row["cells"]["balance"] for row in rows}

    assert balances("") == balances(f"?as_of={first_day + timedelta(days=2)}") == {"a1": 12, "a2": 0}
    assert balances(f"?as_of={first_day + timedelta(days=1)}") == balances(f"?as_of={first_day}") == {"a1": 5}
    assert balances(f"?as_of={first_day - timedelta(days=1)}") == {}
    assert rows_in(county.get(f"/ledgers/balances.xlsx?as_of={first_day}").data) == [("a1", 0.05, None)]


def test_a_past_that_takes_long_to_make_is_told_to_be_on_its_way_and_is_then_there(
    county: Client, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = runtime.ports.clock
    assert isinstance(clock, SharedClock)
    do(runtime, Open(account_id="a1"))
    clock.advance(timedelta(days=3))
    today = local_date(clock.now())
    quick, slow = today - timedelta(days=1), today - timedelta(days=2)
    assert county.get(f"/ledgers/balances?as_of={quick}").status_code == 200
    may_go_on = Event()

    def slowly(*arguments: Any) -> Any:
        may_go_on.wait()
        return as_of_collection(*arguments)

    monkeypatch.setattr(past, "as_of_collection", slowly)
    monkeypatch.setattr(past, "PATIENCE_S", 0.05)

    answer = county.get(f"/ledgers/balances?as_of={slow}")
    assert (answer.status_code, answer.json["code"]) == (503, "past-being-made")
    assert answer.headers["Retry-After"]
    assert county.get(f"/ledgers/balances?as_of={quick}").status_code == 200, "what is ready does not wait"

    may_go_on.set()
    monkeypatch.setattr(past, "PATIENCE_S", 30)
    assert keys_of(county, f"/ledgers/balances?as_of={slow}") == ["a1"]

    forget_the_past(runtime)
    assert keys_of(county, f"/ledgers/balances?as_of={slow}") == ["a1"], "made anew, not what was made before"


def forget_the_past(runtime: Runtime) -> None:
    for each in runtime.store.control.find({"kind": "past"}):
        runtime.store.control.delete_one({"_id": each["_id"]})
        runtime.store.database[each["collection"]].drop()


def test_who_asks_for_many_past_days_at_once_has_few_of_them_made(
    county: Client, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = runtime.ports.clock
    assert isinstance(clock, SharedClock)
    clock.advance(timedelta(days=100))
    may_go_on, begun = Event(), []

    def slowly(*arguments: Any) -> Any:
        begun.append(arguments)
        may_go_on.wait()
        return as_of_collection(*arguments)

    monkeypatch.setattr(past, "as_of_collection", slowly)
    monkeypatch.setattr(past, "PATIENCE_S", 0.01)
    days = [local_date(clock.now()) - timedelta(days=number) for number in range(1, 3 * past.MOST_WAITING)]

    codes = {county.get(f"/ledgers/balances?as_of={day}").json["code"] for day in days}
    may_go_on.set()

    assert codes == {"past-being-made"}
    monkeypatch.setattr(past, "PATIENCE_S", 30)
    begun_by_then = days[: past.MOST_WAITING]
    assert {county.get(f"/ledgers/balances?as_of={day}").status_code for day in begun_by_then} == {200}
    assert len(begun) == past.MOST_WAITING


def test_a_day_before_1900_is_a_slip_and_refused_in_words(county: Client) -> None:
    answer = county.get("/ledgers/balances?as_of=0001-01-01")

    assert (answer.status_code, answer.json["code"], answer.json["field"]) == (422, "fields-not-valid", "as_of")
    assert answer.json["errors"] == [{"field": "as_of", "message": "日期早于1900年，请核对年份。"}]
