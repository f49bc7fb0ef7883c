"""A child as decisions see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.registry.attendance.spells import NO_SPELL, Spell
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import AWAY, Attendance, Registration, StudentNumberKind, in_class
from services.registry.corrections.correction import Correction
from services.registry.entering.events import EnrolmentNoticeIssued
from services.registry.entering.gates import Passage
from services.registry.external.systems import Told
from services.registry.guardians.guardians import Guardians
from services.registry.households.categories import HouseholdCategory
from services.registry.placements.kinds import PlacementKind
from services.registry.respites.respite import Application, Respite
from services.registry.risk.events import RiskPlanSet
from services.registry.transfers.transfer import Transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the child is. `id_number` is sealed."""

    name: str = ""
    sex: str = ""
    id_number: str | None = None
    id_index: str | None = None
    ethnicity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeMerge:
    """The statuses of a file before it was merged into another one."""

    attendance: Attendance = Attendance.NOT_DUE
    registration: Registration = Registration.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """Where the child's student file is, and what is written in it."""

    school_code: SchoolCode
    school_name: str
    grade: int
    class_no: int
    boarder: bool
    student_number: str | None
    student_number_index: str | None
    student_number_kind: StudentNumberKind
    class_teacher: str
    enrolled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """`spell`: what is known of its absence since `settled_on`, the last day that somebody said to be no unexcused
    one; what the attendance book says of that day or earlier is old news. `sent_home_since`: the last spell of
    which the book says that the school sent the child home. `steady_since`: on probation, the day from
    which unbroken attendance counts. `groups`: the special groups it belongs to, each with the day since when;
    `left_groups`: those it belonged to, with the day on which it last left. `corrections`: by their ids, also those
    that have ended. `marked_on`: since when the national system calls it a dropout. `next_school`: where it is awaited
    after primary school; `left_primary_on`: since when, or None once it has been missed there. `inquiry_stubs`: the
    levels that have filed theirs since it was lost; `asked_on`: when it was last asked for, or should have been.
    `applications`: for time away by right, by their ids; `respite`: what was granted last. `awaited_since`: since when
    it should be at school, as far as somebody has said so; `known_due_on`: when it came to be known as of school age
    and at none; `sought_on`: the day on which it was last found to be so. `passages`: the gates that it has gone
    through, by number. `told`: what systems outside know, by their codes. `transfer`: the last one, also when it is
    over. `review_by`: when the committee must have looked at the placement again, or None once that day has been
    missed; it is reckoned from `review_counts_from`. `gap_on`: when it was found to be without a student file,
    `gap_complete_by`: until when it shall have one.
    """

    id: ChildId
    registered: bool = False
    identity: Identity = field(default_factory=Identity)
    merged_into: ChildId | None = None
    before_merge: BeforeMerge | None = None
    birth_date: date = date.min
    division: str = ""
    household_no: str = ""
    category: HouseholdCategory = HouseholdCategory.NONE
    category_source: str = ""
    category_evidence: tuple[str, ...] = ()
    account_index: str | None = None
    guardians: Guardians = ()
    groups: Mapping[str, date] = field(default_factory=dict)
    left_groups: Mapping[str, date] = field(default_factory=dict)
    marked_on: date | None = None
    next_school: SchoolCode | None = None
    left_primary_on: date | None = None
    before_lost: Attendance | None = None
    lost_on: date | None = None
    asked_on: date | None = None
    inquiry_stubs: frozenset[str] = frozenset()
    elsewhere_on: date | None = None
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    applications: Mapping[str, Application] = field(default_factory=dict)
    respite: Respite | None = None
    transfer: Transfer | None = None
    placement: PlacementKind | None = None
    placed_on: date | None = None
    review_by: date | None = None
    review_counts_from: date | None = None
    notice: EnrolmentNoticeIssued | None = None
    awaited_since: date | None = None
    known_due_on: date = date.min
    sought_on: date | None = None
    registration_gap: bool = False
    gap_on: date | None = None
    gap_complete_by: date | None = None
    passages: Mapping[int, Passage] = field(default_factory=dict)
    gates_explained: Mapping[int, str] = field(default_factory=dict)
    told: Mapping[str, Told] = field(default_factory=dict)
    risk_plan: RiskPlanSet | None = None
    enrolment: Enrolment | None = None
    registration: Registration = Registration.NONE
    attendance: Attendance = Attendance.NOT_DUE
    spell: Spell = NO_SPELL
    settled_on: date = date.min
    sent_home_since: date | None = None
    returned_on: date | None = None
    steady_since: date | None = None
    attempts: int = 0
    failed_attempts: int = 0
    cycle: int = 0
    relapses: int = 0

    @property
    def unexcused(self) -> tuple[date, ...]:
        """The days of the present spell, in order."""
        return self.spell.days

    @property
    def is_sent_home(self) -> bool:
        """It misses school because the school has sent it home, which is no leave that the law knows."""
        return self.absent_since is not None and self.sent_home_since == self.absent_since

    @property
    def absent_since(self) -> date | None:
        return self.spell.since

    @property
    def is_sought(self) -> bool:
        """Found to be at no school (失学), and not brought in since: the days that it misses are counted."""
        return self.attendance is Attendance.NEVER_ENROLLED and bool(self.unexcused)

    @property
    def file_status(self) -> Registration:
        """What the student number says of the registration, whatever has stopped it."""
        return self.enrolment.student_number_kind.registration if self.enrolment else Registration.NONE

    @property
    def in_class(self) -> Attendance:
        """Where it stands whenever it is present."""
        return in_class(unregistered=self.registration_gap, placed=self.placement)

    @property
    def is_away(self) -> bool:
        """Somebody must bring it back, or in."""
        return self.attendance in AWAY or self.is_sought

    @property
    def on_probation(self) -> bool:
        return self.attendance is Attendance.RETURNED_PROBATION
