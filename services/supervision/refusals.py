"""What this service turns down, stated as facts."""

from collections.abc import Iterable
from datetime import date

from services.supervision.labels import CLOSURE_REASON, DUTY, EVIDENCE_KIND, FACT, NOTICE_STATUS, STOP_REASON
from services.supervision.obligations.duties import Duty
from services.supervision.return_cases.reasons import ClosureReason, EvidenceKind
from services.supervision.return_notices.events import StopReason
from services.supervision.return_notices.state import NoticeStatus
from shared.kernel.refusals import Kind, Refused


class DateTooEarly(Refused):
    """A later step cannot be dated before the earlier one."""

    code = "date-too-early"
    kind = Kind.INVALID

    def __init__(self, earlier_step: str, earliest: date, field: str) -> None:
        super().__init__(
            f"日期不能早于{earlier_step}日期（{earliest.isoformat()}）。",
            f"the date must not lie before {earliest.isoformat()}",
            field=field,
        )


class CaseNotOpen(Refused):
    code = "case-not-open"

    def __init__(self, cycle: int) -> None:
        super().__init__(
            f"该学生第{cycle}轮劝返个案不在办理中（未立案、已销号或已转入下一轮）。",
            f"cycle {cycle} of this case is not open",
        )


class ChildAlreadyBack(Refused):
    code = "child-already-back"

    def __init__(self) -> None:
        super().__init__(
            "学生已经返校，个案正在核实，无需再办此事项。", "the child is back; the case is being verified"
        )


class ChildNotSought(Refused):
    """Whoever is gone, or away by right, is asked for no more."""

    code = "child-not-sought"

    def __init__(self, because: StopReason) -> None:
        super().__init__(
            f"学籍登记显示该生“{STOP_REASON[because]}”，已不再劝返：不能上报、申请、下达或送达，请按此原因申请销号。",
            f"the registry says of the child: {because}; nothing more can be done but closing the case",
        )


class ReasonNotOnRecord(Refused):
    """A closing reason is a fact that the registry knows."""

    code = "reason-not-on-record"

    def __init__(self, reason: ClosureReason) -> None:
        super().__init__(
            f"学籍登记中没有“{CLOSURE_REASON[reason]}”的记录，不能以此为由销号。"
            "确有其事的，请先在学籍登记中办理，再申请销号。",
            f"the registry has said nothing that proves {reason}; record it there first",
            field="reason",
        )


class ReasonOvertaken(Refused):
    """Something else was said of the child since."""

    code = "reason-overtaken"

    def __init__(self, reason: ClosureReason, since: str) -> None:
        super().__init__(
            f"“{CLOSURE_REASON[reason]}”之后，学籍登记又记录了“{FACT[since]}”，不能再以此为由销号。请按最新记录办理。",
            f"after what proves {reason} the registry said {since}",
            field="reason",
        )


class ChecksMissing(Refused):
    """Stable rests on checks that were recorded, or says openly that they are missing."""

    code = "checks-missing"

    def __init__(self, missing: Iterable[int]) -> None:
        which = "、".join(f"第{number}次" for number in missing)
        super().__init__(
            f"返校巩固核查缺少{which}，或核查时学生不在校。请补登核查，或填写缺少核查的原因（unchecked_because）。",
            "stability checks are missing: record them, or give the reason",
            field="unchecked_because",
        )


class ObligationNotOpen(Refused):
    code = "obligation-not-open"

    def __init__(self, duty: Duty) -> None:
        super().__init__(f"本轮没有待办的事项“{DUTY[duty]}”。", f"no open obligation {duty} in this cycle")


class ChildNotBack(Refused):
    code = "child-not-back"

    def __init__(self) -> None:
        super().__init__("学生尚未返校，不能以返校稳定就读为由销号。", "the child has not returned")


class ReturnNotStable(Refused):
    code = "return-not-stable"

    def __init__(self, days: int) -> None:
        super().__init__(
            f"学生返校后稳定就读未满{days}天，不能销号。",
            f"the child has not yet been back and stable for {days} days",
        )


class ReturnEventNotOfThisCase(Refused):
    """劝返一个销号一个: the one return of this cycle, and no other."""

    code = "return-event-not-of-this-case"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "所引用的返校记录不是本轮个案的返校记录。",
            "the return event is not the return of this cycle",
            field="return_event",
        )


class EvidenceMissing(Refused):
    code = "evidence-missing"
    kind = Kind.INVALID

    def __init__(self, reason: ClosureReason, missing: Iterable[EvidenceKind]) -> None:
        kinds = sorted(missing)
        super().__init__(
            f"以“{CLOSURE_REASON[reason]}”为由销号，还缺少：{'、'.join(EVIDENCE_KIND[kind] for kind in kinds)}。",
            f"closing as {reason} still needs {', '.join(kinds)}",
            field="evidence",
        )


class ClosureNotRequested(Refused):
    code = "closure-not-requested"

    def __init__(self) -> None:
        super().__init__("尚未有人申请销号，不能审批。", "no closure of this cycle has been requested")


class TooFewAttempts(Refused):
    """Rule 9-26: a notice follows repeated, recorded persuasion."""

    code = "too-few-attempts"

    def __init__(self, recorded: int, needed: int) -> None:
        super().__init__(
            f"本轮仅有{recorded}次劝返记录，满{needed}次仍未返校方可申请下达限期复学通知书。",
            f"{recorded} persuasion attempts recorded in this cycle, {needed} needed",
        )


class NotReportedUp(Refused):
    """Rule 8-03: gate 5 (reporting) comes before gate 6 (the notice), or a reason is recorded."""

    code = "not-reported-up"

    def __init__(self) -> None:
        super().__init__(
            "学校尚未按程序上报。请先上报，或填写未上报的原因。",
            "the school has not reported up; report, or give the reason why not",
            field="unreported_because",
        )


class NoticeStillLive(Refused):
    code = "notice-still-live"

    def __init__(self, status: NoticeStatus) -> None:
        super().__init__(
            f"本轮已有一份限期复学通知书（{NOTICE_STATUS[status]}），不能重复申请；确有错误的，请先撤回。",
            f"this cycle already has a notice ({status})",
        )


class NoticeNotInThatState(Refused):
    """A step of a notice out of its order: service before issue, a second service, an issue after withdrawal."""

    code = "notice-out-of-order"

    def __init__(self, status: NoticeStatus, step_zh: str, step: str) -> None:
        super().__init__(
            f"通知书目前“{NOTICE_STATUS[status]}”，不能{step_zh}。", f"a notice that is {status} cannot be {step}"
        )


class IssuerNotCompetent(Refused):
    """Rule 11-11: the township in which the child lives issues the notice, nobody else."""

    code = "issuer-not-competent"
    kind = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            "限期复学通知书只能由学生户籍所在乡镇（开发区）下达。",
            "only the child's own township may issue this notice",
        )


class IssuerNotRegistered(Refused):
    """The authority's name comes from the register of divisions, never from whoever types."""

    code = "issuer-not-registered"

    def __init__(self, township: str, day: date) -> None:
        super().__init__(
            f"行政区划表中没有区划代码{township}在{day.isoformat()}的名称，不能下达通知书。"
            "请县教育局先登记或导入该乡镇（街道、开发区）的名称，再下达。",
            f"no name is registered for division {township} on {day.isoformat()}; register it first",
            field="issued_on",
        )


class AddresseeUnknown(Refused):
    code = "addressee-unknown"
    kind = Kind.UNAVAILABLE

    def __init__(self) -> None:
        super().__init__(
            "学生登记信息尚未同步，请稍后再试。", "the child's registration has not arrived yet; try again"
        )


class GuardianUnknown(Refused):
    code = "guardian-unknown"

    def __init__(self) -> None:
        super().__init__("学生没有登记监护人，请先补登监护人。", "the child has no guardian on record")


class ProofOfServiceIncomplete(Refused):
    code = "proof-of-service-incomplete"
    kind = Kind.INVALID

    def __init__(self, zh: str, en: str, field: str) -> None:
        super().__init__(zh, en, field=field)
