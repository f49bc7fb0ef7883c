"""Entering and leaving a special group: commands, refusals and decisions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.groups.catalogue import Catalogue
from services.registry.groups.events import GroupEntered, GroupLeft
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, Kind, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterGroup:
    NAME: ClassVar[str] = "registry.enter-group"
    child_id: ChildId
    group: str
    source: str
    from_on: date
    evidence: tuple[str, ...] = ()
    particulars: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveGroup:
    """`left_on` is the first day on which the child no longer belongs to it."""

    NAME: ClassVar[str] = "registry.leave-group"
    child_id: ChildId
    group: str
    left_on: date
    reason: str
    evidence: tuple[str, ...] = ()


class GroupUnknown(Refused):
    """Also for a role that may not know of the group: that it exists says nothing of a child."""

    code = "group-unknown"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "没有这一类重点群体，或您的岗位无权登记该类别，请核对类别或请有权人员办理。",
            "no such group, or not one that this role may set",
            field="group",
        )


class MembershipsOverlap(Refused):
    code = "memberships-overlap"

    def __init__(self, label: str, until: date) -> None:
        super().__init__(
            f"该生在{until}之前已在“{label}”名单内，开始日期不能早于该日。",
            f"the child was a member until {until}",
            field="from_on",
        )


class NotInGroup(Refused):
    code = "not-in-group"

    def __init__(self, label: str) -> None:
        super().__init__(f"该生目前不在“{label}”名单内，无需移出。", "the child is no member", field="group")


def enter_group(catalogue: Catalogue, child: Child, command: EnterGroup, context: Context) -> list[GroupEntered]:
    """A child that is on the list already stays there since the day on file: entering again changes nothing."""
    label = _label(catalogue, command.group, context)
    if not child.registered:
        raise ChildNotRegistered()
    if command.from_on > context.today:
        raise DateInFuture("from_on")
    if command.from_on < child.birth_date:
        raise DateBefore("from_on", "出生日期", "the birth", child.birth_date)
    if command.group in child.groups:
        return []
    until = child.left_groups.get(command.group)
    if until is not None and command.from_on < until:
        raise MembershipsOverlap(label, until)
    return [
        GroupEntered(
            child_id=child.id,
            group=command.group,
            source=command.source,
            evidence=list(command.evidence),
            particulars=command.particulars,
            from_on=command.from_on,
        )
    ]


def leave_group(catalogue: Catalogue, child: Child, command: LeaveGroup, context: Context) -> list[GroupLeft]:
    label = _label(catalogue, command.group, context)
    if not child.registered:
        raise ChildNotRegistered()
    since = child.groups.get(command.group)
    if since is None:
        raise NotInGroup(label)
    if command.left_on > context.today:
        raise DateInFuture("left_on")
    if command.left_on < since:
        raise DateBefore("left_on", "列入日期", "the entry", since)
    return [
        GroupLeft(
            child_id=child.id,
            group=command.group,
            from_on=since,
            left_on=command.left_on,
            reason=command.reason,
            evidence=list(command.evidence),
        )
    ]


def _label(catalogue: Catalogue, group: str, context: Context) -> str:
    if group not in catalogue.known_to(context.caller.role):
        raise GroupUnknown()
    return catalogue.labels[group]
