"""Sample facts: a boarder in grade 5 of a family on subsistence allowance, who gets 625.00 yuan a term."""

from datetime import date
from typing import Any

from services.assistance.batches.decisions import ApproveBatch, LineResult, SendBatch, SettleLines, StartBatch
from services.assistance.batches.events import BatchLine
from services.assistance.batches.later_answers import ConfirmLaterAnswers, ProposeLaterAnswers, SaidAnew
from services.assistance.batches.state import BATCHES, Batch, EntryState
from services.assistance.beneficiaries.events import EntitlementGranted
from services.assistance.beneficiaries.line_events import LinePrepared, PaymentReturned, PaymentSettled
from services.assistance.contracts import (
    ChildEnrolled,
    ChildRegistered,
    DropoutConfirmed,
    GuardianAccountSet,
    HouseholdCategorySet,
    StudentResumed,
    StudentReturned,
    SuspectedDropoutFlagged,
    SuspensionApproved,
)
from services.assistance.funds.decisions import ReceiveFund
from services.assistance.ids import BatchId, ChildId, FundId, ProgrammeId
from services.assistance.programmes.decisions import OpenProgramme
from shared.calendar import TermId
from tests.assistance.county import POLICY, TERMS, County

AUTUMN = TermId("2026-autumn")  # 1 September to 20 January: 142 days
TERM = TERMS.term(AUTUMN)
ENROLLED = date(2026, 9, 1)
P1, F1, B1, C1 = ProgrammeId("p1"), FundId("f1"), BatchId("batch-aaaaaa"), ChildId("c1")
HALF_YEAR = 62_500


def registered(child: str = "c1", account: str | None = "enc:k:sealed") -> ChildRegistered:
    return ChildRegistered(
        child_id=ChildId(child),
        name="石小满",
        id_number=None,
        guardian_name="石大山",
        guardian_account=account,
    )


def enrolled(child: str = "c1", *, grade: int = 5, boarder: bool = True) -> ChildEnrolled:
    return ChildEnrolled(
        child_id=ChildId(child),
        school_code="3421000001",
        school_name="青石镇中心小学",
        grade=grade,
        boarder=boarder,
        enrolled_on=ENROLLED,
    )


def poor(child: str = "c1", category: str = "SUBSISTENCE_ALLOWANCE", on: date = ENROLLED) -> HouseholdCategorySet:
    return HouseholdCategorySet(child_id=ChildId(child), category=category, effective_from=on)


def pupil(child: str = "c1", account: str | None = "enc:k:sealed", **place: Any) -> list[Any]:
    return [registered(child, account), enrolled(child, **place), poor(child)]


def suspected(day: date, child: str = "c1", cycle: int = 1) -> SuspectedDropoutFlagged:
    return SuspectedDropoutFlagged(child_id=ChildId(child), flagged_on=day, cycle=cycle)


def dropped_out(day: date, child: str = "c1", cycle: int = 1) -> DropoutConfirmed:
    return DropoutConfirmed(child_id=ChildId(child), confirmed_on=day, cycle=cycle)


def returned(day: date, child: str = "c1", cycle: int = 1) -> StudentReturned:
    return StudentReturned(child_id=ChildId(child), returned_on=day, cycle=cycle)


def suspended(day: date, child: str = "c1") -> SuspensionApproved:
    return SuspensionApproved(child_id=ChildId(child), from_on=day, cycle=0)


def resumed(day: date, child: str = "c1") -> StudentResumed:
    return StudentResumed(child_id=ChildId(child), resumed_on=day)


def new_account(day: date, child: str = "c1") -> GuardianAccountSet:
    return GuardianAccountSet(
        child_id=ChildId(child), guardian_account="enc:k:other", account_name="石大山", set_on=day
    )


def receive(fen: int = 1_000_000, document_no: str = "县财教〔2026〕1号", **more: Any) -> ReceiveFund:
    fields = {"fund_id": F1, "name": "生活补助资金", "division": "349921", "source": "县级财政"}
    return ReceiveFund(**(fields | more), document_no=document_no, amount_fen=fen, received_on=ENROLLED)


def programme(id_: str = "p1", **more: Any) -> OpenProgramme:
    fields: dict[str, Any] = {
        "name": "义务教育家庭经济困难学生生活补助",
        "division": "349921",
        "memo": "生活补助",
        "standards": POLICY.living_subsidy.standards,
        "categories": POLICY.living_subsidy.categories,
        "attendance_bound": True,
        "first_term": AUTUMN,
        "conflicts": [],
        "opened_on": ENROLLED,
    }
    return OpenProgramme(programme_id=ProgrammeId(id_), **(fields | more))


def granted(child: str = "c1", year_fen: int = 125_000, **more: Any) -> EntitlementGranted:
    fields: dict[str, Any] = {
        "programme_id": P1,
        "attendance_bound": True,
        "level": "PRIMARY",
        "boarder": True,
        "category": "SUBSISTENCE_ALLOWANCE",
        "division": "349921101001",
        "school_code": "3421000001",
        "from_on": ENROLLED,
    }
    return EntitlementGranted(child_id=ChildId(child), year_fen=year_fen, **(fields | more))


def prepared(amount_fen: int = HALF_YEAR, batch: str = B1, **more: Any) -> LinePrepared:
    fields: dict[str, Any] = {
        "child_id": C1,
        "programme_id": P1,
        "period": AUTUMN,
        "fund_id": F1,
        "seq": 1,
        "year_fen": 125_000,
        "term_days": 142,
        "suspended_days": 0,
        "account": "enc:k:sealed",
        "account_name": "石大山",
    }
    return LinePrepared(amount_fen=amount_fen, batch_id=BatchId(batch), **(fields | more))


def paid(amount_fen: int = HALF_YEAR) -> PaymentSettled:
    return PaymentSettled(
        child_id=C1,
        programme_id=P1,
        period=AUTUMN,
        fund_id=F1,
        batch_id=B1,
        amount_fen=amount_fen,
        settled_on=date(2026, 10, 9),
    )


def sent_back(reason: str = "NAME_MISMATCH") -> PaymentReturned:
    return PaymentReturned(
        child_id=C1,
        programme_id=P1,
        period=AUTUMN,
        fund_id=F1,
        batch_id=B1,
        amount_fen=HALF_YEAR,
        reason=reason,
        returned_on=date(2026, 10, 9),
    )


# -- whole steps, on a county in memory


def started(batch: str = B1, period: str = AUTUMN, fund: str = F1) -> StartBatch:
    return StartBatch(
        batch_id=BatchId(batch), programme_id=P1, fund_id=FundId(fund), period=TermId(period), division="349921"
    )


def county(*children: str, fen: int = 1_000_000, **more: Any) -> County:
    """A county with money, an open programme, and these eligible boarders in grade 5."""
    place = County(**more)
    place.send(receive(fen))
    place.send(programme())
    for child in children:
        place.say(*pupil(child))
    return place.settle_down()


def batch_in(place: County, batch: str = B1) -> Batch:
    found: Batch = place.state(BATCHES.ref(batch))
    return found


def prepare(place: County, batch: str = B1) -> County:
    place.send(started(batch))
    return place.settle_down()


def approve(place: County, batch: str = B1) -> County:
    kept = batch_in(place, batch).kept
    total = sum(line.amount_fen for line in kept)
    place.send(ApproveBatch(batch_id=BatchId(batch), lines=len(kept), total_fen=total), by="approver")
    return place


def dispatch(place: County, batch: str = B1) -> County:
    approve(prepare(place, batch), batch).send(SendBatch(batch_id=BatchId(batch)), by="approver")
    return place


def answers(place: County, batch: str = B1, **returned_for: str) -> SettleLines:
    """The bank's answers to every line that waits: paid, but for the children named with a reason."""
    waiting: list[BatchLine] = batch_in(place, batch).lines(EntryState.SENT)
    results = [LineResult(line.child_id, line.amount_fen, returned_for.get(line.child_id, "")) for line in waiting]
    return SettleLines(batch_id=BatchId(batch), results=results)


def settle(place: County, batch: str = B1, **returned_for: str) -> County:
    place.send(answers(place, batch, **returned_for))
    return place


def answer_later(place: County, child: str, returned: str, batch: str = B1, document: str = "退汇1号") -> County:
    """The bank says otherwise of one line by one document; a second person confirms it. `returned` empty: paid."""
    place.send(propose(child, returned, batch, document, place.today))
    place.send(ConfirmLaterAnswers(batch_id=BatchId(batch), children=[ChildId(child)]), by="approver")
    return place


def propose(
    child: str, returned: str, batch: str = B1, document: str = "退汇1号", day: date | None = None
) -> ProposeLaterAnswers:
    return ProposeLaterAnswers(
        batch_id=BatchId(batch),
        answers=[SaidAnew(ChildId(child), returned)],
        document_no=document,
        answered_on=day or date(2026, 10, 12),
    )
