"""When the silence of a sheet is taken for presence, and when it is not. Rule 8-05."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.class_days.known import ClassKey, Doubt, HandedIn
from services.registry.imports.concluding import Count, Mention, Sheet, conclude
from services.registry.imports.importing import import_file
from services.registry.imports.jobs import import_jobs
from services.registry.imports.report import File
from shared.runtime import Runtime
from shared.workbooks.reading import open_workbook
from tests.registry.conftest import COUNTY, Registry
from tests.registry.imports.test_importing import BOOK, WANG, ZHAO, school, status
from tests.registry.test_api import officer, upload
from tests.shared.http.client import Client
from tests.shared.workbooks.building import workbook_of

__all__ = ["officer", "school"]  # fixtures, used by name

pytestmark = pytest.mark.rule("8-05")

CLASS: ClassKey = (SchoolCode("s"), 6, 2)
OTHER_CLASS: ClassKey = (SchoolCode("s"), 6, 1)
MON, TUE = date(2026, 11, 23), date(2026, 11, 24)
A, B = ChildId("a"), ChildId("b")


def told(
    *mentions: Mention, count: Count | None = None, complete: bool = False, pupils: int = 30, before: Any = None
) -> HandedIn:
    """What is known of the class on Monday."""
    counts = {(CLASS, MON): count} if count else {}
    known = {(CLASS, MON): before} if before else {}
    return conclude(Sheet(complete, list(mentions), dict(counts)), {(CLASS, MON): pupils}, known)[CLASS, MON]


def absent(child: ChildId | None, of_class: ClassKey | None = CLASS, day: date | None = MON) -> Mention:
    return Mention(child, of_class, day)


# the rule


def test_a_list_of_some_says_nothing_of_the_others() -> None:
    assert told(absent(A)) == HandedIn(frozenset({A}), doubt=Doubt.NOT_CLAIMED)


def test_a_list_that_claims_to_be_complete_says_that_the_others_were_there() -> None:
    assert told(absent(A), complete=True) == HandedIn(frozenset({A}), concluded=True)


@pytest.mark.parametrize(
    ("count", "doubt"),
    [
        (Count(30, 29), ""),
        (Count(30, 28), Doubt.COUNT_DIFFERS),
        (Count(30, 30), Doubt.COUNT_DIFFERS),
        (Count(31, 30), ""),
        (Count(29, 28), Doubt.COUNT_TOO_LOW),
    ],
)
def test_a_headcount_must_add_up_with_the_names_and_count_every_pupil(count: Count, doubt: str) -> None:
    assert told(absent(A), count=count).doubt == doubt
    assert told(absent(A), count=count).concluded == (not doubt)


def test_one_pupil_in_two_rows_is_one_pupil() -> None:
    assert told(absent(A), absent(A), count=Count(30, 29)).concluded


def test_whom_a_row_says_to_be_there_is_not_one_of_those_who_are_missing() -> None:
    known = told(absent(A), Mention(B, CLASS, MON, present=True), count=Count(30, 29))
    assert (known.concluded, known.present) == (True, {B})


def test_a_claim_does_not_outweigh_a_headcount_that_differs() -> None:
    assert told(absent(A), count=Count(30, 27), complete=True).doubt == Doubt.COUNT_DIFFERS


@pytest.mark.parametrize(
    "unknown", [absent(None), absent(None, None), absent(None, CLASS, None), absent(None, None, None)]
)
def test_a_row_that_does_not_tell_whom_it_means_leaves_all_that_it_may_mean_in_doubt(unknown: Mention) -> None:
    assert told(absent(A), unknown, complete=True).doubt == Doubt.PERSON_UNKNOWN
    assert told(absent(A), unknown, count=Count(30, 28)).doubt == Doubt.PERSON_UNKNOWN


def test_a_row_of_another_class_or_day_leaves_this_one_alone() -> None:
    assert told(absent(A), absent(None, OTHER_CLASS), absent(None, CLASS, TUE), complete=True).concluded


def test_who_is_named_on_a_day_that_cannot_be_read_may_have_been_missing_on_each() -> None:
    known = told(absent(A), absent(B, CLASS, None), count=Count(30, 29))
    assert (known.concluded, known.named) == (True, {A, B})
    assert told(absent(A), absent(B, CLASS, None), count=Count(30, 28)).concluded


def test_a_complete_list_speaks_of_each_of_its_classes_on_each_of_its_days() -> None:
    rows = [absent(A, CLASS, MON), absent(B, OTHER_CLASS, TUE)]
    known = conclude(Sheet(complete=True, mentions=rows), {}, {})
    assert {at for at, each in known.items() if each.concluded} == {
        (of_class, day) for of_class in (CLASS, OTHER_CLASS) for day in (MON, TUE)
    }
    assert len(conclude(Sheet(complete=False, mentions=rows), {}, {})) == 2


def test_names_of_an_earlier_sheet_count_and_nothing_is_concluded_of_them() -> None:
    earlier = HandedIn(frozenset({A}), doubt=Doubt.COUNT_DIFFERS)
    known = told(absent(B), count=Count(30, 28), before=earlier)
    assert (known.concluded, known.named, known.doubt) == (True, {A, B}, "")


@pytest.mark.parametrize(
    ("later", "doubt"),
    [
        ({"count": Count(30, 25)}, Doubt.CONCLUDED_BEFORE),
        ({"count": Count(29, 28)}, Doubt.CONCLUDED_BEFORE),
        ({"count": Count(30, 29)}, ""),
        ({}, ""),
    ],
)
def test_what_contradicts_a_conclusion_is_told_and_withdraws_nothing(later: dict[str, Count], doubt: str) -> None:
    concluded = HandedIn(frozenset({A}), concluded=True)
    known = told(absent(A), before=concluded, **later)
    assert (known.concluded, known.doubt) == (True, doubt)


def test_a_doubt_that_was_told_stays_until_a_sheet_adds_up() -> None:
    doubted = HandedIn(frozenset({A}), concluded=True, doubt=Doubt.CONCLUDED_BEFORE)
    assert told(absent(A), before=doubted) == doubted
    assert told(absent(A), count=Count(30, 29), before=doubted).doubt == ""


# over real workbooks: Wang Xiaoyu and Zhao Xiaoxi are a class of two

TITLE = "青石镇中心小学缺勤登记表"
COUNTS = ["日期", "年级", "班级", "应到", "实到"]


def book(*rows: Sequence[Any], counts: Sequence[Sequence[Any]] = (), above: str = "") -> bytes:
    lines = [[TITLE], *([[above]] if above else []), BOOK, *rows]
    return workbook_of({"缺勤": lines} | ({"人数": [COUNTS, *counts]} if counts else {}))


def wang(day: int, kind: str = "旷课") -> list[str]:
    return ["王小雨", WANG, f"2026-11-{day}", kind, ""]


def zhao(day: int, kind: str = "病假") -> list[str]:
    return ["赵小溪", ZHAO, f"2026-11-{day}", kind, ""]


def since(nol: Registry, id_number: str = WANG) -> str | None:
    row = nol.store.ledger_collection("children").find_one({"id_index": nol.personal.index("id_number", id_number)})
    assert row is not None
    return row["absent_since"]  # type: ignore[no-any-return]


SPELL = [wang(16), wang(17), wang(18)]


def test_a_refused_row_does_not_end_the_spell_of_whom_it_names(school: Registry) -> None:
    """The next sheet refuses the pupil's row and takes a classmate's; then the row is mended."""
    school.load("attendance", book(*SPELL))
    report = school.load(
        "attendance", book(wang(19, "逃学"), zhao(19), counts=[["2026-11-19", "六年级", "2班", 2, 0]])
    )
    assert (report.counts["refused"], status(school, WANG)) == (1, "ABSENT_UNEXCUSED")
    mended = school.load("attendance", book(wang(19)))
    assert (mended.counts["changed"], since(school)) == (1, "2026-11-16")


def test_a_second_sheet_of_the_day_that_lists_another_pupil_ends_no_spell(school: Registry) -> None:
    school.load("attendance", book(*SPELL))
    report = school.load("attendance", book(zhao(18)))
    assert (status(school, WANG), report.counts["presumed"], report.counts["in_doubt"]) == ("ABSENT_UNEXCUSED", 0, 1)


def test_a_headcount_that_adds_up_ends_a_spell_and_one_that_does_not_ends_none(school: Registry) -> None:
    school.load("attendance", book(*SPELL))
    school.load("attendance", book(counts=[["2026-11-19", "六年级", "2班", 2, 1]]))
    assert status(school, WANG) == "ABSENT_UNEXCUSED"
    report = school.load("attendance", book(counts=[["2026-11-20", "六年级", "2班", 2, 2]]))
    assert (status(school, WANG), report.counts["presumed"]) == ("IN_SCHOOL", 1)


def test_a_headcount_of_fewer_than_the_class_has_ends_no_spell(school: Registry) -> None:
    school.load("attendance", book(*SPELL))
    school.load("attendance", book(counts=[["2026-11-19", "六年级", "2班", 1, 1]]))
    assert status(school, WANG) == "ABSENT_UNEXCUSED"


def test_a_claim_above_the_heading_ends_a_spell_and_is_stored(school: Registry) -> None:
    school.load("attendance", book(*SPELL))
    report = school.load("attendance", book(zhao(19), above="说明：未列出的学生均到校。"))
    assert (status(school, WANG), report.counts["presumed"]) == ("IN_SCHOOL", 1)
    [row] = school.store.ledger_collection("lists").find({"kind": "attendance", "complete": True})
    assert (row["presumed"], row["in_doubt"]) == (1, 0)


def test_a_said_presence_ends_a_spell(school: Registry) -> None:
    school.load("attendance", book(*SPELL))
    report = school.load("attendance", book(wang(19, "到校"), zhao(19, "到校")))
    assert (status(school, WANG), report.counts["changed"], report.counts["unchanged"]) == ("IN_SCHOOL", 1, 1)


def test_a_stranger_in_the_sheet_may_be_anybody_of_the_class(school: Registry) -> None:
    school.load("attendance", book(*SPELL))
    stranger = ["王小宇", "349921201409031039", "2026-11-19", "旷课", ""]
    school.load("attendance", book(stranger, zhao(19), above="本表为完整缺勤名单"))
    assert status(school, WANG) == "ABSENT_UNEXCUSED"


def test_an_absence_told_late_opens_the_spell_again_that_a_presumed_day_had_ended(school: Registry) -> None:
    school.load("attendance", book(*SPELL))
    school.load("attendance", book(zhao(19), above="本表为完整缺勤名单"))
    school.load("attendance", book(wang(19)))
    assert (status(school, WANG), since(school)) == ("ABSENT_UNEXCUSED", "2026-11-16")


def test_an_absence_told_late_does_not_outlast_a_later_complete_sheet(school: Registry) -> None:
    """Nobody was absent when Friday's sheet came, so it was no news then; it is now."""
    school.load("attendance", book(zhao(20), above="本表为完整缺勤名单"))
    school.load("attendance", book(*SPELL))
    assert (status(school, WANG), since(school)) == ("IN_SCHOOL", None)


def test_an_absence_posted_late_does_not_outlast_a_later_complete_sheet(school: Registry, officer: Client) -> None:
    school.load("attendance", book(zhao(20), above="本表为完整缺勤名单"))
    row = school.store.ledger_collection("children").find_one({"id_index": school.personal.index("id_number", WANG)})
    assert row is not None
    answer = officer.post(f"/children/{row['_id']}/absences", {"day": "2026-11-18"})
    assert (answer.status_code, len(answer.json["events"])) == (201, 2)
    assert status(school, WANG) == "IN_SCHOOL"


def test_nothing_is_concluded_of_a_sunday(school: Registry) -> None:
    school.load("attendance", book(wang(13)))
    school.load("attendance", book(zhao(15), above="本表为完整缺勤名单"))
    assert status(school, WANG) == "ABSENT_UNEXCUSED"


def test_the_answer_names_who_was_presumed_present_and_where_nobody_was(school: Registry) -> None:
    school.load("attendance", book(*SPELL))
    counts = [["2026-11-19", "六年级", "2班", 2, 2], ["2026-11-20", "六年级", "2班", 2, 1]]
    report = school.load("attendance", book(counts=counts))
    [presumed] = report.conclusions.presumed
    assert (presumed.name, presumed.class_no, presumed.day) == ("王小雨", 2, date(2026, 11, 19))
    [(name, grade, class_no, day, doubt)] = report.conclusions.doubts
    assert (name, grade, class_no, day, doubt) == ("青石镇中心小学", 6, 2, date(2026, 11, 20), Doubt.COUNT_DIFFERS)
    assert [note.name for note in report.conclusions.notes()] == ["推定到校", "未推定"]


def test_the_claim_is_made_with_the_upload_and_the_answer_says_what_followed(
    school: Registry, officer: Client, runtime: Runtime
) -> None:
    """Given a spell of three days; a sheet that refuses the pupil's row; another one that claims to be complete."""

    def send(content: bytes, query: str = "") -> Any:
        answer = upload(officer, f"attendance{query}", "第47周.xlsx", content)
        assert runtime.jobs.run_next(import_jobs(runtime))
        return officer.get(f"/jobs/{answer.json['id']}").json

    send(book(*SPELL))
    refused = send(book(wang(19, "逃学"), zhao(19)))
    assert (refused["counts"]["refused"], status(school, WANG)) == (1, "ABSENT_UNEXCUSED")
    send(book(wang(19)))
    assert since(school) == "2026-11-16"
    job = send(book(zhao(20)), "?complete=true")
    assert (job["counts"]["presumed"], status(school, WANG)) == (1, "IN_SCHOOL")
    assert job["result_name"] == "第47周-核对.xlsx"
    sheet = open_workbook(officer.get(f"/jobs/{job['id']}/result").data, "核对.xlsx").sheets[0]
    assert sheet.name == "推定到校"


def test_rows_that_were_handed_back_are_never_a_complete_list(school: Registry) -> None:
    school.load("attendance", book(*SPELL))
    refused = school.load("attendance", book(zhao(19, "逃学")))
    mended = File(kind="attendance", name="退回.xlsx", content=mend(refused.workbook()), complete=True)
    report = import_file(mended, school.application, school.personal, COUNTY, lambda *_: None)
    assert (report.counts["changed"], status(school, WANG)) == (1, "ABSENT_UNEXCUSED")


def mend(workbook: bytes) -> bytes:
    """The unknown word is made one that is known, where it stands."""
    book, mended = load_workbook(BytesIO(workbook)), BytesIO()
    for cell in (cell for line in book.active.iter_rows(min_row=3) for cell in line):
        cell.value = "病假" if cell.value == "逃学" else cell.value
    book.save(mended)
    return mended.getvalue()


def test_the_same_file_with_the_claim_and_without_it_are_two_imports(school: Registry) -> None:
    school.load("attendance", book(*SPELL))
    content = book(zhao(19))
    school.load("attendance", content)
    assert status(school, WANG) == "ABSENT_UNEXCUSED"
    claimed = File(kind="attendance", name="名单.xlsx", content=content, complete=True)
    import_file(claimed, school.application, school.personal, COUNTY, lambda *_: None)
    assert status(school, WANG) == "IN_SCHOOL"
    assert school.store.ledger_collection("lists").count_documents({"kind": "attendance"}) == 3


def test_a_wrong_day_costs_its_own_row_and_no_other(school: Registry) -> None:
    before_enrolment = ["王小雨", WANG, "2026-07-20", "旷课", ""]
    report = school.load("attendance", book(wang(18), before_enrolment, wang(19)))
    assert (report.counts["changed"], report.counts["refused"]) == (2, 1)
    [row] = report.refused
    [problem] = row.problems
    assert (problem.code, problem.field_title, problem.value_shown) == (
        "day-before-enrolment",
        "缺勤日期",
        "2026-07-20",
    )
    assert since(school) == "2026-11-18"


def test_an_absence_on_a_day_without_school_is_written_down_and_told(school: Registry) -> None:
    report = school.load("attendance", book(wang(15)))  # a Sunday
    assert (report.counts["changed"], report.counts["warned"]) == (1, 1)
    [row] = report.warned
    assert [each.code for each in row.problems] == ["day-without-school"]


def test_a_day_of_leave_that_was_entered_first_hides_no_week_of_absence(school: Registry) -> None:
    school.load("attendance", book(wang(20, "病假")))
    report = school.load("attendance", book(*(wang(day) for day in (9, 10, 11, 12, 13, 16, 17))))
    assert report.counts["changed"] == 7
    school.wait_until(date(2026, 11, 21))
    assert status(school, WANG) == "SUSPECTED_DROPOUT"


def test_a_count_of_a_class_that_has_nobody_or_of_a_day_off_is_told(school: Registry) -> None:
    counts = [["2026-11-19", "六年级", "2班", 2, 2], ["2026-11-19", "六年级", "9班", 30, 30]]
    report = school.load("attendance", book(counts=[*counts, ["2026-11-15", "六年级", "2班", 2, 2]]))  # a Sunday
    told = [[each.code for each in row.problems] for row in report.warned]
    assert told == [["class-without-pupils"], ["count-without-school"]]
    assert report.counts["changed"] == 3
