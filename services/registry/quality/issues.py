"""Accepting a doubt about a child's file: the command and its decision, which looks at the child's ledger row."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.quality.events import QualityIssueAccepted
from shared.kernel.commands import Context
from shared.kernel.ledgers import Row
from shared.kernel.refusals import DateInFuture, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptQualityIssue:
    NAME: ClassVar[str] = "registry.accept-quality-issue"
    child_id: ChildId
    rule: str
    reason: str
    accepted_on: date
    evidence: tuple[str, ...] = ()


class NoSuchIssue(Refused):
    code = "no-such-quality-issue"

    def __init__(self) -> None:
        super().__init__(
            "该生档案目前没有这一项待核查的问题，无需说明。", "the file has no open issue of this rule", field="rule"
        )


def accept_quality_issue(
    child: Child, row: Row | None, command: AcceptQualityIssue, context: Context
) -> list[QualityIssueAccepted]:
    if not child.registered or row is None:
        raise ChildNotRegistered()
    if command.accepted_on > context.today:
        raise DateInFuture("accepted_on")
    if command.rule not in row["issues"]:
        raise NoSuchIssue()
    return [
        QualityIssueAccepted(
            child_id=child.id,
            rule=command.rule,
            reason=command.reason,
            evidence=list(command.evidence),
            accepted_on=command.accepted_on,
        )
    ]
