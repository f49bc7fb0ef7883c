"""What is known of a class and day from the sheets that were handed in."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.registry.children.ids import ChildId, SchoolCode

ClassKey = tuple[SchoolCode, int, int]
"""School, grade, class."""
ClassDay = tuple[ClassKey, date]

OF_A_CLASS = ("school", "grade", "class_no")
"""The columns that hold a class key."""


class Doubt(StrEnum):
    """Why nobody is concluded present."""

    NOT_CLAIMED = "NOT_CLAIMED"
    PERSON_UNKNOWN = "PERSON_UNKNOWN"
    COUNT_DIFFERS = "COUNT_DIFFERS"
    COUNT_TOO_LOW = "COUNT_TOO_LOW"
    CONCLUDED_BEFORE = "CONCLUDED_BEFORE"


DOUBT_LABELS: dict[str, str] = {
    Doubt.NOT_CLAIMED: "名单没有声明完整，也没有该班当天的应到、实到人数；请补报人数，或在表头上方注明“完整缺勤名单”",
    Doubt.PERSON_UNKNOWN: "有退回的行，看不出是该班哪名学生；请改正退回的行后重新导入",
    Doubt.COUNT_DIFFERS: "应到人数减实到人数，与名单上未到校的人数不一致；请核对人数和名单",
    Doubt.COUNT_TOO_LOW: "应到人数少于花名册上应当到校的人数；请核对应到人数和花名册",
    Doubt.CONCLUDED_BEFORE: (
        "此前的表已推定未列出的学生到校，这次的人数或名单与之不符；请核对，当天没有到校的学生请补登旷课"
    ),
}


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What is known of one class and day. `named`: whoever any row names, so nothing is concluded of them;
    `present`: those of them that a row says to have been there. `doubt`: empty when all others were present, and
    nothing that was told since contradicts it.
    """

    named: frozenset[ChildId] = frozenset()
    present: frozenset[ChildId] = frozenset()
    concluded: bool = False
    doubt: str = ""

    def with_more(self, told: "HandedIn") -> "HandedIn":
        """Together with what another sheet tells of the same day. What was once concluded stays so, of the same: a
        child is absent when somebody says so. A sheet that contradicts it leaves a doubt, one that only adds does not.
        """
        present = self.present | told.present
        if self.concluded:
            doubt = self.doubt if told.doubt == Doubt.NOT_CLAIMED else told.doubt and Doubt.CONCLUDED_BEFORE
            return HandedIn(self.named, present, concluded=True, doubt=doubt)
        return HandedIn(self.named | told.named, present, told.concluded, told.doubt)
