"""Linking and unlinking a guardian: commands, refusals and decisions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.guardians.events import GuardianLinked, GuardianUnlinked, Unlinking
from services.registry.guardians.guardians import Guardian, principal_name, same_person, with_guardian, without
from services.registry.guardians.relations import NEEDS_CONSENT, RELATION_LABELS, tier
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture, Kind, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkGuardian:
    """`guardian_id` is used for somebody new; one who is known already keeps the id, number and phone on file."""

    NAME: ClassVar[str] = "registry.link-guardian"
    child_id: ChildId
    guardian_id: str
    name: str
    relation: str
    linked_on: date
    guardian_id_number: str | None = None
    guardian_id_index: str | None = None
    guardian_phone: str | None = None
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkGuardian:
    NAME: ClassVar[str] = "registry.unlink-guardian"
    child_id: ChildId
    guardian_id: str
    reason: Unlinking
    unlinked_on: date
    evidence: tuple[str, ...] = ()


class ConsentNeeded(Refused):
    code = "guardian-consent-needed"
    kind = Kind.INVALID

    def __init__(self, relation: str) -> None:
        super().__init__(
            f"“{RELATION_LABELS[relation]}”担任监护人，须经村（居）民委员会或者民政部门同意，请填写同意文书的名称和编号。",
            "such a guardian needs the consent of the village committee or the civil affairs office",
            field="consent",
        )


class GuardianUnknown(Refused):
    code = "guardian-unknown"

    def __init__(self) -> None:
        super().__init__(
            "该生没有这位监护人，请刷新后重新选择。", "the child has no such guardian", field="guardian_id"
        )


class EvidenceOfUnlinkingNeeded(Refused):
    code = "guardian-evidence-needed"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "监护人死亡或被撤销监护资格，须附死亡证明、判决书等佐证材料。",
            "the death or revocation of a guardian needs evidence",
            field="evidence",
        )


def link_guardian(child: Child, command: LinkGuardian, context: Context) -> list[GuardianLinked]:
    if not child.registered:
        raise ChildNotRegistered()
    if command.linked_on > context.today:
        raise DateInFuture("linked_on")
    if tier(command.relation) == NEEDS_CONSENT and not command.consent:
        raise ConsentNeeded(command.relation)
    known = same_person(child.guardians, command.guardian_id_index, command.name, command.relation)
    after = Guardian(
        id=known.id if known else command.guardian_id,
        name=command.name,
        relation=command.relation,
        id_index=command.guardian_id_index or (known.id_index if known else None),
        phone=command.guardian_phone or (known.phone if known else None),
        since=command.linked_on,
    )
    if (
        known
        and command.guardian_phone is None
        and (known.name, known.relation, known.id_index)
        == (
            after.name,
            after.relation,
            after.id_index,
        )
    ):
        return []
    return [
        GuardianLinked(
            child_id=child.id,
            guardian_id=after.id,
            name=after.name,
            relation=after.relation,
            guardian_id_number=command.guardian_id_number,
            guardian_id_index=after.id_index,
            guardian_phone=after.phone,
            consent=command.consent,
            principal_name=principal_name(with_guardian(child.guardians, after)),
            linked_on=command.linked_on,
        )
    ]


def unlink_guardian(child: Child, command: UnlinkGuardian, context: Context) -> list[GuardianUnlinked]:
    if not child.registered:
        raise ChildNotRegistered()
    if all(guardian.id != command.guardian_id for guardian in child.guardians):
        raise GuardianUnknown()
    if command.unlinked_on > context.today:
        raise DateInFuture("unlinked_on")
    if command.reason in (Unlinking.DECEASED, Unlinking.REVOKED) and not command.evidence:
        raise EvidenceOfUnlinkingNeeded()
    return [
        GuardianUnlinked(
            child_id=child.id,
            guardian_id=command.guardian_id,
            reason=command.reason,
            evidence=list(command.evidence),
            principal_name=principal_name(without(child.guardians, command.guardian_id)),
            unlinked_on=command.unlinked_on,
        )
    ]
