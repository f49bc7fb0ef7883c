"""Every command of this service: what handles it, and who may send it."""

from operator import attrgetter

from services.assistance.batches.decisions import (
    ApproveBatch,
    RejectBatch,
    SendBatch,
    approve_batch,
    reject_batch,
    send_batch,
)
from services.assistance.batches.later_answers import (
    DropLaterAnswers,
    ProposeLaterAnswers,
    drop_later_answers,
    propose_later_answers,
)
from services.assistance.batches.state import BATCHES
from services.assistance.beneficiaries.payments import (
    CorrectPayment,
    NoteNewAccount,
    correct_payment,
    note_new_account,
)
from services.assistance.beneficiaries.state import BENEFICIARIES
from services.assistance.funds.decisions import ReceiveFund, WithdrawReceipt, receive_fund, withdraw_receipt
from services.assistance.funds.state import FUNDS
from services.assistance.policy import Policy
from services.assistance.processes.answering import confirms_later_answers
from services.assistance.processes.assessing import assesses_child, assesses_next_children
from services.assistance.processes.attending import attends
from services.assistance.processes.preparing import prepares_next_lines, starts_batch
from services.assistance.processes.recomputing import recomputes_lines
from services.assistance.processes.rejecting import releases_next_lines
from services.assistance.processes.settling import settles_lines
from services.assistance.programmes.decisions import (
    OpenProgramme,
    RequestAssessment,
    open_programme,
    request_assessment,
)
from services.assistance.programmes.state import PROGRAMMES, programme_stream_id
from shared.calendar import CalendarInForce
from shared.kernel.commands import CommandTable, decides

COUNTY = frozenset({"county_admin", "bureau_officer"})
PREPARER = frozenset({"finance_preparer"})
APPROVER = frozenset({"finance_approver"})
SYSTEM_ONLY: frozenset[str] = frozenset()

fund_of = attrgetter("fund_id")
batch_of = attrgetter("batch_id")
child_of = attrgetter("child_id")


def programme_of(command: OpenProgramme | RequestAssessment) -> str:
    return programme_stream_id(command.programme_id)


def commands(policy: Policy, calendar: CalendarInForce) -> CommandTable:
    steps = policy.steps
    return CommandTable(
        [
            decides(ReceiveFund, FUNDS, fund_of, receive_fund, COUNTY | PREPARER),
            decides(WithdrawReceipt, FUNDS, fund_of, withdraw_receipt, COUNTY | APPROVER),
            decides(OpenProgramme, PROGRAMMES, programme_of, open_programme, COUNTY | APPROVER),
            decides(RequestAssessment, PROGRAMMES, programme_of, request_assessment, COUNTY | PREPARER),
            starts_batch(calendar, PREPARER),
            decides(ApproveBatch, BATCHES, batch_of, approve_batch, APPROVER),
            decides(RejectBatch, BATCHES, batch_of, reject_batch, PREPARER | APPROVER),
            decides(SendBatch, BATCHES, batch_of, send_batch, APPROVER),
            settles_lines(calendar, PREPARER | APPROVER),
            decides(ProposeLaterAnswers, BATCHES, batch_of, propose_later_answers, PREPARER | APPROVER),
            decides(DropLaterAnswers, BATCHES, batch_of, drop_later_answers, PREPARER | APPROVER),
            confirms_later_answers(calendar, APPROVER),
            decides(CorrectPayment, BENEFICIARIES, child_of, correct_payment, PREPARER),
            decides(NoteNewAccount, BENEFICIARIES, child_of, note_new_account, SYSTEM_ONLY),
            *attends(calendar),
            assesses_child(calendar),
            assesses_next_children(calendar, steps.children_assessed),
            prepares_next_lines(calendar, steps),
            releases_next_lines(steps.lines_settled),
            *recomputes_lines(calendar),
        ]
    )
