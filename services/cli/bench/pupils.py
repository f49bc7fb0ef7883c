"""Invented pupils to work on: registered and enrolled at schools of a fictional county."""

from datetime import date, timedelta
from itertools import count

from services.registry.attendance.daily import RecordAttendance
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.suspicion import FlagSuspectedDropout
from services.registry.children.files import EnrolChild, RegisterChild, RegisterPupil
from services.registry.children.ids import ChildId, SchoolCode, child_id_from
from services.registry.children.statuses import StudentNumberKind
from services.registry.schools.schools import RegisterSchool
from shared.calendar.zone import local_date
from shared.kernel.caller import Caller, Scope
from shared.kernel.commands import Order
from shared.kernel.deadlines import derived_id
from shared.kernel.refusals import Refused
from shared.privacy import Cipher
from shared.runtime import Runtime

COUNTY = "349921"
CLERK = Caller("bench", "county_admin", Scope(COUNTY), "测速")
SCHOOLS = [SchoolCode(f"21349210{number:02d}") for number in range(1, 9)]
LONG_ABSENT = timedelta(days=8)
_ENROLLED_FOR, _AGE = timedelta(days=60), timedelta(days=365 * 10 + 100)
_numbers = count(1)


class PupilsRefused(RuntimeError):
    """The ground could not be prepared; the message is the first refusal."""


def register_pupils(runtime: Runtime, how_many: int) -> list[ChildId]:
    """New pupils, spread over a few schools, through the handler in bulk. Raises PupilsRefused."""
    today = local_date(runtime.ports.clock.now())
    _carry_out(runtime, [_school(code) for code in SCHOOLS])
    orders = [_pupil(runtime.ports.cipher, today, next(_numbers)) for _ in range(how_many)]
    _carry_out(runtime, orders)
    return [order.command.child.child_id for order in orders]


def suspect(runtime: Runtime, children: list[ChildId]) -> None:
    """Make the children suspected dropouts, absent for long, in bulk. Raises PupilsRefused, also in the holidays."""
    day = runtime.ports.calendar().school_day_before(local_date(runtime.ports.clock.now()) - LONG_ABSENT)
    _carry_out(runtime, [absence(child, day) for child in children])
    flags = {child: FlagSuspectedDropout(child_id=child, reason="多日未到校") for child in children}
    _carry_out(
        runtime,
        [Order(command=flag, command_id=f"bench-flag-{child}", caller=CLERK) for child, flag in flags.items()],
    )


def absence(child: ChildId, day: date) -> Order:
    command = RecordAttendance(child_id=child, marks=(Mark(day=day, kind=MarkKind.UNEXCUSED, remark="没来上课"),))
    return Order(command=command, command_id=f"bench-absence-{child}-{day}", caller=CLERK)


def _carry_out(runtime: Runtime, orders: list[Order]) -> None:
    for result in runtime.application.execute_many(orders):
        if isinstance(result, Refused):
            raise PupilsRefused(result.en)


def _school(code: SchoolCode) -> Order:
    command = RegisterSchool(school_code=code, name=f"测速小学{code[-2:]}", kind="PRIMARY", division=f"{COUNTY}101")
    return Order(command=command, command_id=f"bench-school-{code}", caller=CLERK)


def _pupil(cipher: Cipher, today: date, number: int) -> Order:
    child = child_id_from(derived_id("bench", str(number)))
    command = RegisterPupil(
        child=RegisterChild(
            child_id=child,
            name=f"林小雨{number}",
            sex="MF"[number % 2],
            birth_date=today - _AGE,
            division=f"{COUNTY}101",
            id_number=cipher.seal(f"number {number:011d}", str(child)),
            id_index=f"bench id {number}",
            household_no=f"H{number}",
            guardian_name="林大山",
            guardian_phone=cipher.seal(f"phone {number:05d}", str(child)),
        ),
        enrolment=EnrolChild(
            child_id=child,
            school_code=SCHOOLS[number % len(SCHOOLS)],
            grade=4,
            class_no=1 + number % 3,
            enrolled_on=today - _ENROLLED_FOR,
            boarder=number % 4 == 0,
            student_number=cipher.seal(f"student {number:011d}", str(child)),
            student_number_index=f"bench student {number}",
            student_number_kind=StudentNumberKind.FORMAL,
            class_teacher="周老师",
        ),
    )
    return Order(command=command, command_id=f"bench-pupil-{number}", caller=CLERK)
