"""What people write in their own words stays as they wrote it; codes, numbers and names have one spelling."""

from collections.abc import Iterator

import marshmallow
import pytest

import services.registry.bootstrap  # noqa: F401  every schema of the API is made
from services.registry.api.fields import Parsed
from services.registry.transfers.refusals import SchoolDriven
from shared.http import RequestSchema
from tests.registry.conftest import Registry
from tests.registry.imports.test_importing import BOOK, LI, WANG, school, sheet
from tests.registry.test_api import SignIn, child_id, officer
from tests.shared.http.client import Client

__all__ = ["child_id", "officer", "school"]  # fixtures, used by name
SENTENCE = "因病，需在家休养。（医生嘱咐：３天）"
OWN_WORDS = {
    "reason", "remark", "why", "basis", "explanation", "particulars", "cause", "what", "need", "assets", "records",
    "psychological", "academic", "last_seen", "inquiry", "place",
}  # fmt: skip


def schemas(of: type[marshmallow.Schema] = RequestSchema) -> Iterator[type[marshmallow.Schema]]:
    for schema in of.__subclasses__():
        yield from schemas(schema)
        if schema.__module__.startswith("services.registry.api."):
            yield schema


FIELDS = {
    f"{schema.__name__}.{name}": field
    for schema in schemas()
    for name, field in schema._declared_fields.items()
    if name in OWN_WORDS and isinstance(field, Parsed)  # others are codes
}


@pytest.mark.parametrize("named", sorted(FIELDS))
def test_a_request_takes_a_sentence_as_it_is(named: str) -> None:
    field = FIELDS[named]
    assert field.deserialize(f" {SENTENCE}\u3000\n") == SENTENCE
    if field.required:
        with pytest.raises(marshmallow.ValidationError):
            field.deserialize("\u3000\u200b")


def test_a_number_has_one_spelling_still(officer: Client, child_id: str) -> None:
    told = {"group": "ＬＥＦＴ_BEHIND", "source": "青石镇摸底（２０２６）", "from_on": "2026-09-10"}
    entered = officer.post(f"/children/{child_id}/group-entries", told)
    assert entered.status_code == 201, entered.json
    (span,) = officer.get(f"/children/{child_id}/memberships").json["items"]
    assert (span["list"], span["source"]) == ("LEFT_BEHIND", "青石镇摸底(2026)")


def test_a_remark_of_an_absence_is_shown_as_it_was_written(officer: Client, child_id: str) -> None:
    told = {"day": "2026-11-20", "remark": SENTENCE}
    assert officer.post(f"/children/{child_id}/absences", told).status_code == 201
    history = officer.get(f"/children/{child_id}").json["history"]
    assert [event["data"]["remark"] for event in history if "absence" in event["type"]] == [SENTENCE]


def test_remarks_on_a_sheet_are_kept_as_they_were_written(school: Registry) -> None:
    report = school.load("attendance", sheet("缺勤登记表", BOOK, ["王小雨", WANG, "2026-11-16", "旷课", SENTENCE]))
    assert report.refused == []
    row = school.store.ledger_collection("children").find_one({"name": "王小雨"})
    assert row is not None
    assert row["absence_remark"] == SENTENCE


def test_what_lies_behind_a_label_is_kept_as_it_was_written(school: Registry) -> None:
    heading = ["姓名", "身份证号", "类别", "认定时间", "来源", "备注"]
    school.load("groups", sheet("重点群体名单", heading, ["李大河", LI, "残疾", "2025-03-01", "县残联", SENTENCE]))
    row = school.store.ledger_collection("children").find_one({"name": "李大河"})
    assert row is not None
    (event,) = school.store.events.find({"type": "registry.group-entered.v1"})
    assert school.personal.holds(row["_id"], "particulars", event["data"]["particulars"], SENTENCE)


def test_a_refused_row_comes_back_with_its_sentence_as_it_stood(school: Registry) -> None:
    report = school.load("attendance", sheet("缺勤登记表", BOOK, ["王小雨", WANG, "2026-11-31", "旷课", SENTENCE]))
    book = report.workbook()
    again = school.load("attendance", book, name="退回.xlsx")
    assert [row.cells[-1] for row in again.refused] == [SENTENCE]


@pytest.mark.parametrize("hidden", ["家长被劝 退，只好转学", "家长被劝\u200b退"])
def test_marks_and_spaces_hide_no_push_out(officer: Client, child_id: str, sign_in: SignIn, hidden: str) -> None:
    destination = {"province": "云川省", "school_name": "河口小学", "grade": 6, "out_of_province": True}
    papers = [{"kind": kind, "reference": "1号"} for kind in ("GUARDIAN_APPLICATION", "TRANSFER_FORM")]
    told = {"destination": destination, "reason": hidden, "requested_on": "2026-11-20", "papers": papers}
    answer = officer.post(f"/children/{child_id}/transfers-out", told)
    assert (answer.status_code, answer.json["code"]) == (409, SchoolDriven.code)
