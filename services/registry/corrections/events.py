"""What happened to the correction of a child's file. All lie in the child's stream.

Values are text as it is written in the file (dates as ISO text); an ID number is sealed under the child's `id_number`,
and `id_birth_date` and `id_sex` are what it says of both.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId
from services.registry.corrections.steps import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequested:
    """Somebody says that a field of the file is wrong. `basis`: how they know; `evidence` refers to papers."""

    TYPE: ClassVar[str] = "registry.correction-requested.v1"
    OCCURRED_ON: ClassVar[str] = "requested_on"
    child_id: ChildId
    correction_id: str
    field: str
    old_value: str | None
    new_value: str
    new_index: str | None
    id_birth_date: date | None
    id_sex: str | None
    basis: str
    evidence: list[str]
    requested_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAdvanced:
    """One step further: village, township, national system, confirmed. `reference`: the step's receipt number."""

    TYPE: ClassVar[str] = "registry.correction-advanced.v1"
    OCCURRED_ON: ClassVar[str] = "advanced_on"
    child_id: ChildId
    correction_id: str
    step: Step
    reference: str
    remark: str
    advanced_on: date
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionReturned:
    """Turned back with a reason; who still wants it asks anew."""

    TYPE: ClassVar[str] = "registry.correction-returned.v1"
    OCCURRED_ON: ClassVar[str] = "returned_on"
    child_id: ChildId
    correction_id: str
    reason: str
    returned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildCorrected:
    """The file says something else from now on. `of_age` answers anew for a corrected birth date, else null."""

    TYPE: ClassVar[str] = "registry.child-corrected.v1"
    OCCURRED_ON: ClassVar[str] = "corrected_on"
    child_id: ChildId
    correction_id: str
    field: str
    old_value: str | None
    new_value: str
    new_index: str | None
    id_birth_date: date | None
    id_sex: str | None
    of_age: bool | None
    corrected_on: date


CorrectionEvent = CorrectionRequested | CorrectionAdvanced | CorrectionReturned | ChildCorrected
