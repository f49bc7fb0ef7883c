"""Opening a programme and asking for its children to be assessed again."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.assistance.ids import ProgrammeId
from services.assistance.programmes.events import (
    AssessmentRequested,
    ProgrammeEvent,
    ProgrammeOpened,
    Standard,
)
from services.assistance.programmes.state import LEVELS, Programme
from shared.kernel.commands import Context
from shared.kernel.refusals import Kind, NotFound, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProgramme:
    NAME: ClassVar[str] = "assistance.open-programme"
    programme_id: ProgrammeId
    name: str
    division: str
    memo: str
    standards: list[Standard]
    categories: list[str]
    attendance_bound: bool
    first_term: str
    conflicts: list[ProgrammeId]
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAssessment:
    NAME: ClassVar[str] = "assistance.request-assessment"
    programme_id: ProgrammeId
    run: str


class ProgrammeAlreadyOpen(Refused):
    code = "programme-already-open"

    def __init__(self) -> None:
        super().__init__("该资助项目已经设立。", "the programme is already open", field="programme_id")


class AssessmentUnderWay(Refused):
    code = "assessment-under-way"

    def __init__(self) -> None:
        super().__init__("资格核查正在进行，请等待完成。", "an assessment of all children is under way")


class StandardsUnclear(Refused):
    code = "standards-unclear"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "资助标准必须按学段和是否寄宿各写一条，金额大于零。",
            "standards need one positive amount for each level and boarding",
            field="standards",
        )


class ProgrammeHasNoBeneficiaries(Refused):
    code = "programme-has-no-beneficiaries"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("请至少指定一类资助对象。", "name at least one eligible category", field="categories")


def open_programme(programme: Programme, command: OpenProgramme, _: Context) -> list[ProgrammeEvent]:
    """Open a programme. Refuses a second opening, contradictory standards, and one for nobody."""
    if programme.terms is not None:
        raise ProgrammeAlreadyOpen()
    if not command.categories:
        raise ProgrammeHasNoBeneficiaries()
    _check_standards(command.standards)
    return [
        ProgrammeOpened(
            programme_id=programme.id,
            name=command.name,
            division=command.division,
            memo=command.memo,
            standards=command.standards,
            categories=command.categories,
            attendance_bound=command.attendance_bound,
            first_term=command.first_term,
            conflicts=command.conflicts,
            opened_on=command.opened_on,
        )
    ]


def request_assessment(programme: Programme, command: RequestAssessment, _: Context) -> list[ProgrammeEvent]:
    """Have all known children assessed once more, for instance after a mended import."""
    if programme.terms is None:
        raise NotFound(programme.id)
    if not programme.assessed:
        raise AssessmentUnderWay()
    return [AssessmentRequested(programme_id=programme.id, run=command.run)]


def _check_standards(standards: list[Standard]) -> None:
    kinds = {(each.level, each.boarder) for each in standards}
    sound = all(each.level in LEVELS and each.year_fen > 0 for each in standards)
    if not standards or not sound or len(kinds) != len(standards):
        raise StandardsUnclear()
