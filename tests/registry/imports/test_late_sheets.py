"""Old attendance sheets that are entered one after the other while the clock is running (today is 20 November)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from shared.kernel.firing import fire_due
from tests.registry.conftest import Registry
from tests.registry.imports.test_importing import BOOK, WANG, school, sheet, status
from tests.shared.workbooks.building import workbook_of

__all__ = ["school"]  # a fixture, used by name
PRESENT_LATER = ["赵小溪", "34992120130901002X"]


def enter(nol: Registry, *rows: Sequence[Any]) -> None:
    """A sheet goes in, and what is due by then happens before the next one."""
    nol.load("attendance", sheet("青石镇中心小学缺勤登记表", ["未列出的学生均到校"], BOOK, *rows))
    while fire_due(nol.application):
        pass


def unexcused(*days: str) -> list[list[str]]:
    return [["王小雨", WANG, day, "旷课", ""] for day in days]


def test_an_old_sheet_does_not_make_a_suspect_of_a_child_whom_the_next_sheet_shows_back(school: Registry) -> None:
    enter(school, *unexcused("2026-10-19", "2026-10-20"))
    assert status(school, WANG) == "ABSENT_UNEXCUSED"
    enter(school, [*PRESENT_LATER, "2026-10-26", "病假", ""])
    assert status(school, WANG) == "IN_SCHOOL"
    school.clock.advance(timedelta(days=2))
    assert not fire_due(school.application)
    assert status(school, WANG) == "IN_SCHOOL"


def test_an_old_absence_that_no_sheet_ends_makes_a_suspect_within_the_hour(school: Registry) -> None:
    enter(school, *unexcused(*(f"2026-10-{day}" for day in (19, 20, 21, 22, 23))))
    school.clock.advance(timedelta(minutes=60))
    assert fire_due(school.application)
    assert status(school, WANG) == "SUSPECTED_DROPOUT"


def test_a_spell_that_reaches_into_this_week_makes_a_suspect_at_once(school: Registry) -> None:
    enter(school, *unexcused(*(f"2026-11-{day}" for day in (11, 12, 13, 16, 17))))
    assert status(school, WANG) == "SUSPECTED_DROPOUT"


def test_a_sheet_that_is_read_again_finds_the_class_as_it_was(school: Registry) -> None:
    """A pupil who is away by now was expected then: the count that was too low stays too low."""
    school.load("attendance", sheet("青石镇中心小学缺勤登记表", BOOK, *unexcused("2026-11-10")))
    counted = [["日期", "年级", "班级", "应到", "实到"], ["2026-11-11", "六年级", "2班", 1, 1]]
    too_low = workbook_of({"缺勤": [["青石镇中心小学缺勤登记表"], BOOK], "人数": counted})
    school.load("attendance", too_low)
    gone = [["赵小溪", PRESENT_LATER[1], f"2026-11-{day}", "旷课", ""] for day in (12, 13, 16, 17, 18)]
    school.load("attendance", sheet("青石镇中心小学缺勤登记表", BOOK, *gone))
    school.fire()
    assert (status(school, WANG), status(school, PRESENT_LATER[1])) == ("ABSENT_UNEXCUSED", "SUSPECTED_DROPOUT")
    before = school.facts()
    school.load("attendance", too_low)
    assert (status(school, WANG), school.facts()) == ("ABSENT_UNEXCUSED", before)
