"""Whom a row means: its number and its name are two statements of who somebody is, and must agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.names import is_one_of
from services.registry.guardians.guardians import Guardians
from shared.faults import Fault
from shared.identifiers import same_name

NO_SUCH_PUPIL = Fault(
    "pupil-not-so-named",
    "没有找到号码和姓名都相符的学生",
    "No pupil of this number and name is registered.",
    "请核对学生姓名和证件号码；姓名确有变更的，请先办理信息更正；尚未登记的，请先导入含该生的花名册",
)
"""Said of an unknown number, too: a list must not tell whose number it is."""
NUMBERS_OF_TWO = Fault(
    "row-numbers-of-two",
    "身份证号和学籍号不是同一名学生的",
    "The identity number and the student number are those of two children.",
    "请对照户口簿和学籍系统核对两个号码",
)
SEVERAL_SO_NAMED = Fault(
    "household-name-not-unique",
    "该户有两名以上同名的儿童，仅凭姓名无法确定是哪一名",
    "Several children of the household have this name.",
    "请填写成员身份证号",
)
FORMER_NAME = Fault(
    "name-former",
    "填写的是该生更正前的姓名，已按现姓名办理",
    "This is a former name of the child.",
    "请在名单中改用现姓名",
)
NOT_YET_CORRECTED = Fault(
    "name-not-yet-corrected",
    "登记的是该生的曾用名，本次没有改动姓名",
    "The child is registered under what the row gives as the former name.",
    "姓名确已变更的，请办理信息更正",
)
SPELLED_OTHERWISE = Fault(
    "name-spelled-otherwise",
    "姓名写法与登记的略有不同（大小写、空格、符号或异体字形），按同一人办理",
    "The name differs in form only.",
    "请核对姓名用字；登记有误的，请办理信息更正",
)
OTHER_ID_NUMBER = Fault(
    "row-id-number-differs",
    "身份证号与该生登记的不一致；学籍号和姓名相符，按该生办理，身份证号没有改动",
    "The identity number is not the one on file; student number and name are.",
    "请对照户口簿核对身份证号；登记有误的，请办理信息更正",
)


@dataclass(frozen=True, slots=True)
class KnownChild:
    """What imports need of a child's ledger row. `school` is empty for a child without one.

    `leaving`: primary school is over, and the next school has it not yet. `attends`: they are at their school now.
    `former_names`: those of files that were merged into this one, too. `told_on`: when the school last told grade and
    class. `told_home`: household, village and ethnicity as they are on file.
    """

    id: ChildId
    name: str
    school: SchoolCode
    school_name: str
    grade: int
    class_no: int
    enrolled_on: date
    leaving: bool
    guardians: Guardians
    attends: bool = False
    former_names: tuple[str, ...] = ()
    id_index: str | None = None
    told_on: date = date.min
    told_home: Mapping[str, str] = field(default_factory=dict)

    def may_enter(self, school: SchoolCode, grade: int) -> bool:
        """Whether no other school has it."""
        return self.school in ("", school) or (self.leaving and grade > self.grade)

    @property
    def of_class(self) -> tuple[SchoolCode, int, int]:
        return self.school, self.grade, self.class_no


@dataclass(frozen=True, slots=True)
class Named:
    """How a row names somebody. `former`: what it gives as a former name (曾用名).

    `id_index`: of an identity number that it states beside the student number, not only inside of it.
    """

    name: str
    former: str | None = None
    id_index: str | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """The child whom a row means, with `doubts`; nobody, if no child has the number; or why it cannot be told."""

    child: KnownChild | None = None
    doubts: tuple[Fault, ...] = ()
    against: Fault | None = None


NOBODY = Meant()


def whom(row: Named, by_id: KnownChild | None, by_number: KnownChild | None) -> Meant:
    """By the identity number and the student number of a row, each with the child whose it is."""
    child = by_id or by_number
    if child is None:
        return NOBODY
    if by_id and by_number and by_id.id != by_number.id:
        either = _doubts(row, by_id) is not None or _doubts(row, by_number) is not None
        return Meant(against=NUMBERS_OF_TWO if either else NO_SUCH_PUPIL)
    doubts = _doubts(row, child)
    if doubts is None:
        return Meant(against=NO_SUCH_PUPIL)
    if by_id is None and row.id_index and child.id_index:
        doubts = (*doubts, OTHER_ID_NUMBER)
    return Meant(child, doubts)


def in_household(row: Named, namesakes: Sequence[KnownChild]) -> Meant:
    """A member without a number, or with one that nobody has: by the name, among the children of the household.

    A child whose number is on file is not meant by a row with another one.
    """
    if not namesakes:
        return NOBODY
    if len(namesakes) > 1:
        return Meant(against=SEVERAL_SO_NAMED)
    (child,) = namesakes
    if row.id_index and child.id_index:
        return Meant(against=NO_SUCH_PUPIL)
    return Meant(child, _doubts(row, child) or ())


def _doubts(row: Named, child: KnownChild) -> tuple[Fault, ...] | None:
    """What is odd about the name of a child; None when it is somebody else's."""
    if row.name == child.name:
        return ()
    if same_name(row.name, child.name):
        return (SPELLED_OTHERWISE,)
    if is_one_of(row.name, child.former_names):
        return (FORMER_NAME,)
    if row.former is not None and is_one_of(row.former, (child.name, *child.former_names)):
        return (NOT_YET_CORRECTED,)
    return None
