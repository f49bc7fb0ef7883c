"""Events and commands of a difference about Lin Xiaoyu, with what a test does not care about filled in."""

from datetime import date, timedelta
from typing import Any

from services.registry.reconciliation.events import DifferenceFound, DifferenceRecurred, DifferenceResolved
from services.registry.reconciliation.finding import FindDifference
from services.registry.reconciliation.reasons import Owner, reasons
from services.registry.reconciliation.resolving import ResolveDifference
from services.registry.transitions.papers import Paper
from tests.registry.facts import BORN, CHILD, SCHOOL

FOUND_ON = date(2026, 11, 20)
DAY = timedelta(days=1)


def find(reason: str = "N2", **more: Any) -> FindDifference:
    values: dict[str, Any] = {
        "difference_id": f"{CHILD}:{reasons().reason[reason].family}",
        "child_id": CHILD,
        "reason": reason,
        "poor": False,
        "name": "林小雨",
        "birth_date": BORN,
        "division": "349921101201",
        "school_code": SCHOOL,
        "school_name": "青石镇中心小学",
        "lists": ("l1",),
        "lists_on": FOUND_ON,
        "registration": "NONE",
        "attendance": "NEVER_ENROLLED",
    }
    return FindDifference(**values | more)


def found(reason: str = "N2", **more: Any) -> DifferenceFound:
    told = find(reason, **more)
    rule = reasons().reason[reason]
    return DifferenceFound(
        difference_id=told.difference_id,
        child_id=told.child_id,
        family=rule.family,
        reason=reason,
        poor=told.poor,
        name=told.name,
        sex=told.sex,
        birth_date=told.birth_date,
        id_number=told.id_number,
        id_index=told.id_index,
        division=told.division,
        school_code=told.school_code,
        school_name=told.school_name,
        other=told.other,
        other_subject=told.other_subject,
        child_cycle=told.child_cycle,
        owner=told.owner,
        papers=list(rule.papers),
        due_on=FOUND_ON + timedelta(days=rule.days),
        found_on=FOUND_ON,
        lists=list(told.lists),
        lists_on=told.lists_on,
        registration=told.registration,
        attendance=told.attendance,
    )


def recurred(reason: str, on: date, lists_on: date) -> DifferenceRecurred:
    rule = reasons().reason[reason]
    return DifferenceRecurred(
        difference_id=find(reason).difference_id,
        child_id=CHILD,
        family=rule.family,
        reason=reason,
        poor=False,
        owner=rule.owner,
        papers=list(rule.papers),
        due_on=on + timedelta(days=rule.days),
        recurred_on=on,
        lists=["l1"],
        lists_on=lists_on,
        cycle=2,
        registration="NONE",
        attendance="NEVER_ENROLLED",
    )


def papers(reason: str, *, without: str = "") -> tuple[Paper, ...]:
    """What the reason asks for, each with a day."""
    kinds = [each.partition("|")[0] for each in reasons().reason[reason].papers]
    return tuple(Paper(kind=kind, reference=f"{kind}-1", dated=FOUND_ON) for kind in kinds if kind != without)


def resolve(about: str = "N2", **more: Any) -> ResolveDifference:
    values: dict[str, Any] = {
        "difference_id": find(about).difference_id,
        "papers": papers(about),
        "resolved_on": FOUND_ON,
    }
    return ResolveDifference(**values | more)


def resolved(reason: str = "N2", **more: Any) -> DifferenceResolved:
    rule = reasons().reason[reason]
    values: dict[str, Any] = {
        "difference_id": find(reason).difference_id,
        "child_id": CHILD,
        "family": rule.family,
        "reason": reason,
        "papers": list(papers(reason)),
        "remark": "",
        "fact": "",
        "same": None,
        "resolved_on": FOUND_ON,
        "holds_until": FOUND_ON + timedelta(days=rule.holds_days),
    }
    return DifferenceResolved(**values | more)


__all__ = ["CHILD", "DAY", "FOUND_ON", "Owner", "find", "found", "papers", "recurred", "resolve", "resolved"]
