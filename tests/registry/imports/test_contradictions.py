"""Two rows of one list that share a key: which one is right is not for the list to say."""

import pytest

from services.registry.imports.report import ImportReport
from tests.registry.conftest import Registry
from tests.registry.imports.test_importing import BOOK, LI, PUPILS, ROSTER, WANG, ZHAO, school, sheet

__all__ = ["school"]  # a fixture, used by name

NEW = "349921201202290033"
ZHOU, WU = ["周小石", "男", NEW, "六年级", "2班", "H9", "否"], ["吴大山", "男", NEW, "六年级", "2班", "H9", "否"]
NAME = "青石镇中心小学花名册"


def refused(report: ImportReport) -> list[tuple[int, str]]:
    return [(row.row_number, row.problems[0].code) for row in report.refused]


def test_of_two_names_for_one_number_neither_is_taken_and_each_names_the_others_row(school: Registry) -> None:
    report = school.load("rosters", sheet(NAME, ROSTER, ZHOU, PUPILS[1], WU))
    assert refused(report) == [(3, "row-contradicted"), (5, "row-contradicted")]
    assert ["第 5 行" in report.refused[0].problems[0].reason, "第 3 行" in report.refused[1].problems[0].reason] == [
        True,
        True,
    ]
    assert report.new == 0


def test_the_same_row_again_is_refused_and_the_first_is_taken(school: Registry) -> None:
    report = school.load("rosters", sheet(NAME, ROSTER, ZHOU, ZHOU))
    assert (refused(report), report.new) == ([(4, "row-repeated")], 1)
    assert "第 3 行" in report.refused[0].problems[0].reason


@pytest.mark.parametrize("wrong", [["别的名", *PUPILS[0][1:]], [*PUPILS[0][:3], "十二年级", *PUPILS[0][4:]]])
def test_a_row_that_is_refused_for_itself_does_not_cost_the_other_one(school: Registry, wrong: list[str]) -> None:
    """Given a name that is not on file for the number, or a cell that cannot be read."""
    report = school.load("rosters", sheet(NAME, ROSTER, wrong, PUPILS[0]))
    ((number, code),) = refused(report)
    assert (number, code in ("row-contradicted", "row-repeated"), report.counts["unchanged"]) == (3, False, 1)


def test_one_pupil_in_two_ways_on_one_day_comes_back_twice(school: Registry) -> None:
    days = [
        ["王小雨", WANG, "2026-11-16", "旷课", ""],
        ["王小雨", WANG, "2026-11-16", "病假", ""],
        ["赵小溪", ZHAO, "2026-11-16", "旷课", ""],
        ["赵小溪", ZHAO, "2026-11-16", "旷课", ""],
    ]
    report = school.load("attendance", sheet("缺勤登记表", BOOK, *days))
    assert refused(report) == [(3, "row-contradicted"), (4, "row-contradicted"), (6, "row-repeated")]


def test_a_stranger_twice_is_refused_twice_for_what_they_are(school: Registry) -> None:
    stranger = ["周小石", NEW, "2026-11-16", "旷课", ""]
    report = school.load(
        "attendance", sheet("缺勤登记表", BOOK, stranger, stranger, ["李大河", LI, "2026-11-16", "旷课", ""])
    )
    assert refused(report) == [(3, "pupil-not-so-named"), (4, "pupil-not-so-named")]
