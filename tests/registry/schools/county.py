"""An invented county's schools and pupils, for tests of what becomes of them."""

from datetime import date

from services.registry.children.files import EnrolChild, RegisterChild
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.schools.closing import EndSchool, RestoreSchool
from services.registry.schools.events import HandOver
from services.registry.schools.kinds import SchoolStatus
from services.registry.schools.schools import RegisterSchool
from tests.registry.conftest import Registry
from tests.registry.facts import BORN, ENROLLED

TODAY = date(2026, 11, 20)
POINT, CENTRAL, MIDDLE, OTHER = (SchoolCode(f"213400000{number}") for number in range(1, 5))
NAMES = {POINT: "石坪教学点", CENTRAL: "青石镇中心小学", MIDDLE: "青石镇初级中学", OTHER: "白沙镇中心小学"}
KINDS = {POINT: "TEACHING_POINT", CENTRAL: "PRIMARY", MIDDLE: "JUNIOR_MIDDLE", OTHER: "PRIMARY"}
NOTE = HandOver(assets="校舍由石坪村看护", records="学籍档案移交中心小学档案室", taken_over_by="何志强")


def found_schools(nol: Registry) -> None:
    for code, name in NAMES.items():
        nol.do(RegisterSchool(school_code=code, name=name, kind=KINDS[code], division="349921101"))


def pupil(nol: Registry, number: int, school: SchoolCode = POINT, *, grade: int = 3, boarder: bool = False) -> ChildId:
    child = ChildId(f"c{number:03}")
    nol.do(RegisterChild(child_id=child, name=f"田小{number}", sex="F", birth_date=BORN, division="349921101201"))
    nol.do(enrol(child, school, grade=grade, boarder=boarder))
    return child


def enrol(child: ChildId, school: SchoolCode, *, grade: int = 3, boarder: bool = False) -> EnrolChild:
    return EnrolChild(
        child_id=child,
        school_code=school,
        grade=grade,
        class_no=1,
        enrolled_on=ENROLLED,
        boarder=boarder,
        class_teacher="周老师",
    )


def close(
    school: SchoolCode = POINT,
    into: SchoolCode = CENTRAL,
    *,
    on: date = TODAY,
    how: SchoolStatus = SchoolStatus.CLOSED,
) -> EndSchool:
    return EndSchool(school_code=school, how=how, receiving_school_code=into, closed_on=on, hand_over=NOTE)


def restore(school: SchoolCode = POINT, *, on: date = TODAY) -> RestoreSchool:
    return RestoreSchool(school_code=school, need="搬迁点学生增多", restored_on=on, hand_over=NOTE)
