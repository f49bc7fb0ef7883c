"""The ledgers as people ask for them, and as a replay of the log makes them."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from shared.kernel.rebuild import rebuild
from shared.kernel.verify import verify_ledger, verify_log
from tests.shared.http.client import Client
from tests.visits import examples as ex
from tests.visits.conftest import County, SignIn, children

VISIT = {"visited_on": "2026-09-07", "place": "HOME", "people": ["王芳"], "cause": "ILLNESS", "result": "REFUSED"}


@pytest.fixture
def told(county: County, teacher: Client, officer: Client) -> County:
    """Two children away, one of them visited and back."""
    first, second = children(county, ["陈小雨", "孙浩"])
    county.hear(county.registry.suspected(first), county.registry.suspected(second, poor=True))
    (visit,) = teacher.get(f"/children/{first}").json["visits"]  # type: ignore[index]
    path = f"/children/{first}/visits/{visit['visit_id']}/records"
    assert teacher.post(path, VISIT | {"counts_as_attempt": True, "photos": ["a" * 64]}).status_code == 201
    county.go_to(ex.RETURNED)
    county.hear(county.registry.dropped_out(second), county.registry.returned(first))
    body = {"grade": 3, "class_no": 2, "teacher": "王芳", "assigned_on": "2026-09-01"}
    assert officer.post(f"/schools/{ex.SCHOOL}/class-teachers", body).status_code == 201
    return county


def test_every_ledger_has_a_chinese_title_chinese_headings_and_names_the_child(told: County, officer: Client) -> None:
    listed = officer.get("/ledgers").json["ledgers"]  # type: ignore[index]
    assert [view["name"] for view in listed] == [view.name for view in told.runtime.service.views]
    for view in listed:
        texts = [view["title"], *(column["heading"] for column in view["columns"])]
        assert all(any("一" <= letter <= "鿿" for letter in text) for text in texts), texts
        for row in officer.get(f"/ledgers/{view['name']}").json["rows"]:  # type: ignore[index]
            assert row["cells"].get("child.name", "陈小雨") in ("陈小雨", "孙浩")


def test_the_ledger_of_visits_comes_in_the_order_of_due_dates_and_filters_by_status(
    told: County, officer: Client
) -> None:
    rows = officer.get("/ledgers/household-visits").json["rows"]  # type: ignore[index]
    assert [(row["cells"]["child.name"], row["cells"]["status"]) for row in rows] == [
        ("孙浩", "OVERDUE"),
        ("陈小雨", "DONE"),
    ]
    late = officer.get("/ledgers/household-visits?status=OVERDUE&from=2026-09-08&to=2026-09-08").json
    assert [row["cells"]["teacher"] for row in late["rows"]] == ["王芳"]  # type: ignore[index]


def test_the_workbook_of_visits_speaks_chinese(told: County, officer: Client) -> None:
    answer = officer.get("/ledgers/household-visits.xlsx")
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"姓名", "陈小雨", "已完成", "困难学生优先", "学生家中", "因病"} <= cells


def test_who_pays_does_not_read_why_a_child_stays_away(told: County, sign_in: SignIn) -> None:
    payer = sign_in("finance_preparer", division="349921")
    assert payer.get("/ledgers/household-visits").status_code == 403
    assert payer.get("/children/c1").status_code == 403
    assert payer.get("/ledgers").json == {"ledgers": []}


def test_a_teacher_of_another_school_sees_no_row(told: County, sign_in: SignIn) -> None:
    stranger = sign_in("class_teacher", school="3499210099")
    for view in told.runtime.service.views:
        assert stranger.get(f"/ledgers/{view.name}").json["rows"] == []  # type: ignore[index]


def test_the_log_is_whole_and_each_own_ledger_equals_its_replay(told: County) -> None:
    assert list(verify_log(told.runtime.store)) == []
    own = told.runtime.service.ledgers_fed_by("visits")
    assert len(own) == 6
    for ledger in own:
        assert list(verify_ledger(told.runtime.store, ledger, {})) == [], ledger.name


def test_each_own_ledger_rebuilt_is_the_live_one(told: County) -> None:
    for ledger in told.runtime.service.ledgers_fed_by("visits"):
        live = told.rows(ledger.name)
        rebuild(told.runtime.application, ledger, {})
        assert told.rows(ledger.name) == live
