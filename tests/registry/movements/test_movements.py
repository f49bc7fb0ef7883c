"""The ledger of movements: a line for whatever took a pupil to a school, away from one, or from one to another."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from services.registry.attendance.returning import NotePersuasion
from services.registry.children.ids import ChildId
from services.registry.leaving.decisions import CompletePrimary, RecordDeath
from services.registry.ledgers.children import CHILDREN_LEDGER
from services.registry.marks.correcting import CorrectDropoutMark
from services.registry.movements.kinds import Way, movements
from services.registry.schools.closing import EndSchool
from services.registry.schools.events import HandOver
from services.registry.schools.kinds import SchoolStatus
from services.registry.schools.schools import RegisterSchool
from shared.kernel.caller import Caller, Scope, system_caller
from shared.kernel.rebuild import rebuild
from shared.kernel.recorded import to_json
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, OTHER_SCHOOL, SCHOOL, check_in, confirm, day, enrol, missed, register
from tests.registry.papers import papers_for
from tests.registry.respites.given import FITNESS, approve, ask, resume
from tests.registry.test_api import SignIn
from tests.registry.test_transfers import ARRIVE, OUT, RECEIVING, REQUEST, SECOND, SENDING, all_agree
from tests.registry.test_whereabouts import LOST

TODAY = date(2026, 11, 20)
Line = tuple[str, str, str, str]


@pytest.fixture
def school(nol: Registry) -> Registry:
    """Lin Xiaoyu in the sixth grade of a primary school; a second one, and a junior school."""
    for code, kind in ((SCHOOL, "PRIMARY"), (SECOND, "PRIMARY"), (OTHER_SCHOOL, "JUNIOR_MIDDLE")):
        nol.do(RegisterSchool(school_code=code, name=f"学校{code}", kind=kind, division="349921101"))
    nol.do(replace(register(), guardian_name="林大山"))
    nol.do(enrol())
    return nol


def lines(nol: Registry) -> list[Line]:
    return [(each["kind"], each["on"], each["from"], each["to"]) for each in nol.child(CHILD)["moves"]]


ENROLLED = ("ENROLLED", "2026-09-01", "", SCHOOL)


@pytest.mark.rule("7-11")
def test_a_movement_tells_day_kind_schools_class_paper_and_who_recorded_it(school: Registry) -> None:
    school.do(RecordDeath(child_id=CHILD, died_on=TODAY, papers=papers_for("DEATH")))
    entered, died = school.child(CHILD)["moves"]
    assert lines(school) == [ENROLLED, ("DIED", "2026-11-20", SCHOOL, "")]
    assert (entered["grade"], entered["class_no"], entered["by"], entered["paper"]) == (6, 2, "u1", "")
    assert (died["grade"], died["class_no"], died["by"], died["paper"]) == (6, 2, "u1", "1号")
    assert died["at"] == school.child(CHILD)["at"]


def test_a_transfer_leads_from_school_to_school_and_its_papers_stand_beside_it(school: Registry) -> None:
    school.do(REQUEST, caller=RECEIVING)
    all_agree(school)
    school.do(ARRIVE, caller=RECEIVING)
    assert lines(school) == [ENROLLED, ("TRANSFERRED", "2026-11-20", SCHOOL, SECOND)]
    assert school.child(CHILD)["moves"][1]["paper"] == "、".join(paper.reference for paper in REQUEST.papers)
    assert school.child(CHILD)["been_at"] == sorted([SCHOOL, SECOND])


def test_who_leaves_the_county_moves_once_though_it_is_confirmed_elsewhere_too(school: Registry) -> None:
    school.do(OUT, caller=SENDING)
    all_agree(school)
    assert lines(school) == [ENROLLED, ("TRANSFERRED_OUT", "2026-11-20", SCHOOL, "")]
    assert school.child(CHILD)["moves"][1]["grade"] == 6


def test_a_suspension_and_its_end_are_movements(school: Registry) -> None:
    school.do(ask())
    school.do(approve(), caller=Caller("u4", "bureau_officer", Scope("349921")))
    school.do(resume(day(30)))
    assert lines(school)[1:] == [("SUSPENDED", "2026-09-08", SCHOOL, ""), ("RESUMED", "2026-10-07", "", SCHOOL)]
    assert FITNESS.reference in school.child(CHILD)["moves"][2]["paper"]


def dropped_out(nol: Registry) -> None:
    nol.do(missed())
    nol.wait_until(TODAY + timedelta(days=1))
    in_vain = NotePersuasion(child_id=CHILD, attempted_on=TODAY, result="REFUSED", cycle=1)
    nol.do(in_vain, caller=system_caller("registry"))
    nol.do(confirm(75))


def test_a_dropout_and_the_return_from_it_are_movements(school: Registry) -> None:
    dropped_out(school)
    school.do(check_in(75))
    assert lines(school)[1:] == [("DROPPED_OUT", "2026-11-21", SCHOOL, ""), ("RETURNED", "2026-11-21", "", SCHOOL)]
    assert school.child(CHILD)["moves"][2]["paper"] == "报到单1号"


def test_a_suspicion_and_the_return_from_it_are_none(school: Registry) -> None:
    school.do(missed())
    school.wait_until(TODAY + timedelta(days=1))
    school.do(check_in(75))
    assert school.child(CHILD)["status"] == "RETURNED_PROBATION"
    assert lines(school) == [ENROLLED]


def test_a_dropout_that_was_a_mistake_stays_readable_and_is_undone(school: Registry) -> None:
    dropped_out(school)
    undone = CorrectDropoutMark(
        child_id=CHILD, reason="考勤登记有误", corrected_on=day(75), papers=papers_for("MARK_CORRECTION")
    )
    school.do(undone)
    assert [kind for kind, *_ in lines(school)] == ["ENROLLED", "DROPPED_OUT", "DROPOUT_CORRECTED"]


def test_who_is_lost_while_suspected_leaves_the_roll_and_comes_back_to_it(school: Registry) -> None:
    school.do(missed())
    school.wait_until(TODAY + timedelta(days=1))
    school.do(LOST)
    school.do(check_in(75))
    assert [kind for kind, *_ in lines(school)] == ["ENROLLED", "LOST", "RETURNED"]


def test_the_step_to_junior_school_is_two_movements(school: Registry) -> None:
    school.do(CompletePrimary(child_id=CHILD, next_school_code=OTHER_SCHOOL, completed_on=TODAY))
    school.do(replace(enrol(OTHER_SCHOOL, grade=7), enrolled_on=TODAY))
    assert lines(school)[1:] == [
        ("PRIMARY_COMPLETED", "2026-11-20", SCHOOL, ""),
        ("PROMOTED", "2026-11-20", SCHOOL, OTHER_SCHOOL),
    ]


def test_in_a_school_with_both_stages_the_step_is_a_change_of_grade(nol: Registry) -> None:
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇学校", kind="NINE_YEAR", division="349921101"))
    nol.do(register())
    nol.do(enrol())
    nol.do(enrol(class_no=3))
    nol.do(enrol(grade=7, on=TODAY))
    assert lines(nol) == [ENROLLED, ("PROMOTED_HERE", "2026-11-20", SCHOOL, SCHOOL)]


@pytest.mark.rule("11-04")
def test_a_closed_school_sends_its_pupils_on_with_their_files(school: Registry) -> None:
    note = HandOver(assets="校舍由乡镇看护", records="档案已移交", taken_over_by="方大山")
    school.do(
        EndSchool(
            school_code=SCHOOL,
            how=SchoolStatus.CLOSED,
            receiving_school_code=SECOND,
            closed_on=TODAY,
            hand_over=note,
        )
    )
    school.wait_until(TODAY + timedelta(days=1))
    assert lines(school)[1:] == [("SCHOOL_CLOSED", "2026-11-20", SCHOOL, SECOND)]
    assert school.child(CHILD)["school"] == lines(school)[-1][3]


def test_every_kind_counts_under_a_heading_that_there_is_and_where_its_way_leads() -> None:
    for code, kind in movements().kinds.items():
        assert {kind.gain, kind.loss} - {""} <= movements().buckets.keys(), code
        assert not kind.gain or kind.way in (Way.IN, Way.ACROSS), code
        assert not kind.loss or kind.way in (Way.OUT, Way.ACROSS, Way.UNDO), code
    for stage in movements().stages.values():
        assert stage.leave_in | stage.leave_after <= movements().kinds.keys()


@pytest.mark.prop("P10")
def test_the_rebuilt_movements_equal_the_live_ones_byte_for_byte(school: Registry) -> None:
    dropped_out(school)
    school.do(check_in(75))
    rows = school.store.ledger_collection(CHILDREN_LEDGER.name)
    live = [to_json(row) for row in rows.find().sort("_id", 1)]
    rebuild(school.application, CHILDREN_LEDGER, {})
    rebuilt = school.store.ledger_collection(CHILDREN_LEDGER.name)
    assert rebuilt.name != rows.name
    assert [to_json(row) for row in rebuilt.find().sort("_id", 1)] == live


# -- as people ask for it


@pytest.fixture
def moved(school: Registry) -> Registry:
    """The child moved to the second school today; a classmate died yesterday."""
    classmate = replace(register(), child_id=ChildId("c0"), name="田小禾", guardian_name="田大海")
    school.do(classmate)
    school.do(replace(enrol(), child_id=ChildId("c0")))
    school.do(RecordDeath(child_id=ChildId("c0"), died_on=date(2026, 11, 19), papers=papers_for("DEATH")))
    school.do(REQUEST, caller=RECEIVING)
    all_agree(school)
    return school


def read(client: Any, query: str = "") -> list[tuple[str, str]]:
    answer = client.get(f"/ledgers/movements{query}")
    assert answer.status_code == 200, answer.json
    return [(row["cells"]["kind"], row["cells"]["name"]) for row in answer.json["rows"]]


LIN, TIAN = "林小雨", "田小禾"
ALL = [("ENROLLED", TIAN), ("ENROLLED", LIN), ("DIED", TIAN), ("TRANSFERRED", LIN)]


def test_the_lines_come_in_the_order_of_their_days(moved: Registry, sign_in: SignIn) -> None:
    officer = sign_in("bureau_officer", division="349921")
    assert read(officer) == ALL
    assert read(sign_in("township_clerk", division="349921102")) == []
    cells = officer.get("/ledgers/movements").json["rows"][3]["cells"]
    assert (cells["left.name"], cells["entered.name"]) == (f"学校{SCHOOL}", f"学校{SECOND}")


def test_a_school_sees_who_left_it_and_who_came_and_nothing_else_of_them(moved: Registry, sign_in: SignIn) -> None:
    assert read(sign_in("school_admin", school=SCHOOL)) == ALL
    receiving = sign_in("school_admin", school=SECOND)
    assert read(receiving) == [("TRANSFERRED", LIN)]
    assert read(receiving, f"?school={SCHOOL}") == [("TRANSFERRED", LIN)]
    assert receiving.get(f"/ledgers/movements/{CHILD}:1").status_code == 200
    for hidden in (f"{CHILD}:0", "c0:0", f"{CHILD}:2", f"{CHILD}:x", CHILD):
        assert receiving.get(f"/ledgers/movements/{hidden}").status_code == 404
    assert sign_in("finance_preparer", division="349921").get("/ledgers/movements").status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?status=DIED", ALL[2:3]),
        ("?status=DIED&status=TRANSFERRED", ALL[2:]),
        ("?from=2026-11-19&to=2026-11-19", ALL[2:3]),
        ("?from=2026-11-20", ALL[3:]),
        ("?to=2026-11-19&status=ENROLLED", ALL[:2]),
        (f"?school={SECOND}", ALL[3:]),
        (f"?school={OTHER_SCHOOL}", []),
        ("?division=349921101", ALL),
        ("?division=349921102", []),
        ("?as_of=2026-11-19", []),
    ],
)
def test_the_filters_are_those_of_every_ledger(
    moved: Registry, sign_in: SignIn, query: str, found: list[tuple[str, str]]
) -> None:
    assert read(sign_in("bureau_officer", division="349921"), query) == found


def test_the_pages_are_the_ledger_whole_and_in_order(moved: Registry, sign_in: SignIn) -> None:
    officer = sign_in("bureau_officer", division="349921")
    found, cursor = [], ""
    while cursor is not None:
        page = officer.get(f"/ledgers/movements?limit=1&count=true&cursor={cursor}").json
        found += [(row["cells"]["kind"], row["cells"]["name"]) for row in page["rows"]]
        assert page["total"] == len(ALL)
        cursor = page["cursor"]
    assert found == ALL
    wrong = officer.get("/ledgers/movements?cursor=W10").json
    assert wrong["code"] == "cursor-not-valid"


def test_the_workbook_has_chinese_headings_and_labels(moved: Registry, sign_in: SignIn) -> None:
    answer = sign_in("bureau_officer", division="349921").get("/ledgers/movements.xlsx?from=2026-11-20")
    title, headings, *rows = load_workbook(BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True)
    assert title[0] == "学生变动台账"
    assert headings[:7] == ("变动日期", "变动类别", "姓名", "性别", "出生日期", "原学校", "现学校")
    assert [row[1:3] for row in rows] == [("县内转学", LIN)]


def test_a_past_day_shows_the_movements_recorded_by_then(moved: Registry, sign_in: SignIn) -> None:
    moved.wait_until(date(2026, 11, 22))
    moved.do(RecordDeath(child_id=CHILD, died_on=date(2026, 11, 21), papers=papers_for("DEATH")))
    officer = sign_in("bureau_officer", division="349921")
    assert read(officer, "?as_of=2026-11-21") == ALL
    assert read(officer) == [*ALL, ("DIED", LIN)]
