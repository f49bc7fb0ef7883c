"""Enterprises under a pairing (一局一企): event, command, decision, aggregate, ledger. Rule 2-01.

Who helps whom through the years is the pairings' matter; here is which enterprise it is, and with whom it began.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

import msgspec

from shared.identifiers.uscc import CreditCode, check_holds
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import Context
from shared.kernel.ledgers import Column, Ledger, Row, View
from shared.kernel.recorded import Recorded
from shared.kernel.refusals import DateInFuture


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseRegistered:
    """An enterprise that an office helps. `code_checked`: whether the check character of its code holds."""

    TYPE: ClassVar[str] = "registry.enterprise-registered.v1"
    OCCURRED_ON: ClassVar[str] = "registered_on"
    credit_code: CreditCode
    name: str
    enterprise_division: str
    helper: str
    contact: str
    code_checked: bool
    registered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEnterprise:
    NAME: ClassVar[str] = "registry.register-enterprise"
    credit_code: CreditCode
    name: str
    enterprise_division: str
    helper: str
    registered_on: date
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    known: EnterpriseRegistered | None = None


def register_enterprise(
    enterprise: Enterprise, command: RegisterEnterprise, context: Context
) -> list[EnterpriseRegistered]:
    """The same again changes nothing, whatever its day. A code whose check fails is taken, and marked to be looked at:
    some codes in use were issued so.
    """
    if command.registered_on > context.today:
        raise DateInFuture("registered_on")
    event = EnterpriseRegistered(
        credit_code=command.credit_code,
        name=command.name,
        enterprise_division=command.enterprise_division,
        helper=command.helper,
        contact=command.contact,
        code_checked=check_holds(command.credit_code),
        registered_on=command.registered_on,
    )
    known = enterprise.known and replace(enterprise.known, registered_on=command.registered_on)
    return [] if event == known else [event]


ENTERPRISES: Aggregate[Enterprise] = Aggregate(
    category="enterprise",
    initial=lambda _: Enterprise(),
    evolve=lambda _, event: Enterprise(known=event),
    place=lambda enterprise: Place(enterprise.known.enterprise_division) if enterprise.known else Place(),
)


def _apply(_: Row | None, event: EnterpriseRegistered, __: Recorded) -> Row:
    row: Row = msgspec.to_builtins(event)
    return row


ENTERPRISES_LEDGER = Ledger(
    name="enterprises",
    source="registry",
    events=frozenset({EnterpriseRegistered}),
    apply=_apply,
    key=lambda event, _: event.credit_code,
)
ENTERPRISES_VIEW = View(
    name="enterprises",
    title="结对帮扶企业台账",
    of=ENTERPRISES_LEDGER.name,
    columns=(
        Column("credit_code", "统一社会信用代码", width=22),
        Column("name", "企业名称", width=26),
        Column("enterprise_division", "所在地区划代码", width=16),
        Column("helper", "帮扶单位", width=20),
        Column("contact", "企业联系人", width=12),
        Column("code_checked", "代码校验", "code", {"true": "相符", "false": "不符，请对照营业执照"}, 20),
        Column("registered_on", "结对日期", "date", width=12),
    ),
    date_field="registered_on",
    order=("credit_code",),
)
