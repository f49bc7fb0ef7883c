"""The way of a correction: whose turn it is, and who must not be the same person. Rule 3-13."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What has been done last."""

    REQUESTED = "REQUESTED"
    VILLAGE_REVIEWED = "VILLAGE_REVIEWED"
    TOWNSHIP_ACCEPTED = "TOWNSHIP_ACCEPTED"
    ENTERED_IN_NATIONAL_SYSTEM = "ENTERED_IN_NATIONAL_SYSTEM"
    CONFIRMED = "CONFIRMED"
    RETURNED = "RETURNED"


STEP_LABELS: dict[str, str] = {
    Step.REQUESTED: "已提出，待村级核实",
    Step.VILLAGE_REVIEWED: "村级已核实，待乡镇受理",
    Step.TOWNSHIP_ACCEPTED: "乡镇已受理，待录入国家系统",
    Step.ENTERED_IN_NATIONAL_SYSTEM: "已录入国家系统，待确认",
    Step.CONFIRMED: "已确认",
    Step.RETURNED: "已退回",
}

_COUNTY = frozenset({"county_admin", "bureau_officer"})
_TOWNSHIP = _COUNTY | {"township_clerk"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """`roles` may take the step. `another_than`: the earlier step that somebody else must have taken."""

    label: str
    after: Step
    roles: frozenset[str]
    another_than: Step | None = None
    reference: bool = False


TURNS: Mapping[Step, Turn] = {
    Step.VILLAGE_REVIEWED: Turn(label="村级核实", after=Step.REQUESTED, roles=_TOWNSHIP | {"village_cadre"}),
    Step.TOWNSHIP_ACCEPTED: Turn(
        label="乡镇受理", after=Step.VILLAGE_REVIEWED, roles=_TOWNSHIP, another_than=Step.VILLAGE_REVIEWED
    ),
    Step.ENTERED_IN_NATIONAL_SYSTEM: Turn(
        label="录入国家系统", after=Step.TOWNSHIP_ACCEPTED, roles=_TOWNSHIP, reference=True
    ),
    Step.CONFIRMED: Turn(
        label="确认",
        after=Step.ENTERED_IN_NATIONAL_SYSTEM,
        roles=_TOWNSHIP,
        another_than=Step.ENTERED_IN_NATIONAL_SYSTEM,
    ),
}
"""`reference`: the step leaves a receipt, whose number must be given."""

ROLES_THAT_TAKE_TURNS = frozenset().union(*(turn.roles for turn in TURNS.values()))
ROLES_THAT_REQUEST = ROLES_THAT_TAKE_TURNS | {"school_admin", "class_teacher"}
OPEN = (Step.REQUESTED, *(step for step in TURNS if step is not Step.CONFIRMED))
