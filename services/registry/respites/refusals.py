"""What stands against time away by right."""

from datetime import date

from services.registry.respites.kinds import STAGE_LABELS, Stage
from shared.kernel.refusals import Kind, Refused


class ApplicationUnknown(Refused):
    code = "application-unknown"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("没有找到这份申请，请核对申请编号。", "no such application", field="application_id")


class ApplicationPending(Refused):
    """One application is decided before the next is made."""

    code = "application-pending"

    def __init__(self, label: str) -> None:
        super().__init__(
            f"该生已有一份“{label}”申请待批准，请先办理该申请。", "an application of this kind is not decided yet"
        )


class ApplicationNotThere(Refused):
    code = "application-not-there"

    def __init__(self, label: str, stage: Stage) -> None:
        super().__init__(
            f"该申请目前为“{STAGE_LABELS[stage]}”，不能办理“{label}”。", f"this step cannot follow {stage}"
        )


class RespiteTooLong(Refused):
    code = "respite-too-long"
    kind = Kind.INVALID

    def __init__(self, label: str, days: int, longest: int) -> None:
        super().__init__(
            f"本次申请的{label}共{days}天，一次最长{longest}天，请改短期限；期满仍不能到校的，再申请续办。",
            f"{days} days are asked for, {longest} are allowed at a time",
            field="until",
        )


class RenewedTooOften(Refused):
    code = "renewed-too-often"

    def __init__(self, label: str, allowed: int) -> None:
        super().__init__(
            f"{label}最多{allowed}次，该生已经用完；请评估送教上门等其他安置方式。",
            f"only {allowed} renewals are allowed",
        )


class RenewalNotAdjacent(Refused):
    """A renewal begins where the last period ends."""

    code = "renewal-not-adjacent"
    kind = Kind.INVALID

    def __init__(self, label: str, begins: date) -> None:
        super().__init__(
            f"{label}应从上次期满次日（{begins:%Y-%m-%d}）开始，请更正开始日期。",
            f"the renewal must begin on {begins}",
            field="from_on",
        )


class SuspensionNotBegun(Refused):
    """Until its first day the pupil has to come: approval is recorded on that day or later."""

    code = "suspension-not-begun"

    def __init__(self, from_on: date) -> None:
        super().__init__(
            f"休学从{from_on:%Y-%m-%d}开始，此前该生应正常到校；请在当天或之后登记批准。",
            f"the suspension begins on {from_on}",
            field="approved_on",
        )


class ResumptionNeeded(Refused):
    """A suspended pupil is back only by a resumption, with its papers (严把休学、转学手续关)."""

    code = "resumption-needed"

    def __init__(self) -> None:
        super().__init__(
            "该生休学手续尚未结束，不能直接登记到校或请假；请先凭复学申请和康复证明办理复学，或办理续休。",
            "the pupil is suspended: record its resumption",
        )


class NotSuspendedByRight(Refused):
    code = "not-suspended"

    def __init__(self) -> None:
        super().__init__("该生没有休学，不需要办理复学。", "the pupil is not suspended")
