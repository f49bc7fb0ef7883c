"""A child that goes on at another school: its case names the receiving school."""

from datetime import date

import pytest

from tests.supervision import facts as f
from tests.supervision.county import County


@pytest.mark.rule("11-20")
@pytest.mark.parametrize("happened", ["receiving-school-assigned", "transfer-completed"])
def test_the_child_of_a_case_is_at_the_receiving_school_and_in_no_class_yet(served: County, happened: str) -> None:
    served.at(date(2026, 11, 20))
    moved = {"receiving_school_code": "2134000002", "receiving_school_name": "青石镇中心小学", "grade": 3}
    moved["moved_on"] = "2026-11-20"
    served.registry_says(happened, moved, times=2)
    row = served.rows("children")[f.CHILD]
    assert (row["school_code"], row["school_name"]) == ("2134000002", "青石镇中心小学")
    assert row["class_name"] == "三年级（待分班）"
