"""What cannot be checked."""

from services.visits.household_visits.vocabulary import END_LABELS
from services.visits.plans.state import End
from shared.kernel.refusals import Kind, Refused


class NoReturnToCheck(Refused):
    code = "no-return-to-check"

    def __init__(self) -> None:
        super().__init__(
            "该生没有返校后待登记的巩固核查：尚未返校，或已再次离校。", "no checks follow a return of this child"
        )


class ChecksEnded(Refused):
    code = "checks-ended"

    def __init__(self, end: End) -> None:
        super().__init__(
            f"该生的返校巩固已于{end.day:%Y-%m-%d}结束，原因：{END_LABELS[end.reason]}；"
            "补录此前的核查，请填写当日或之前的实际核查日期。",
            f"nobody is to look after {end.day}: {end.reason}",
            field="checked_on",
        )


class CheckNotPlanned(Refused):
    code = "check-not-planned"
    kind = Kind.INVALID

    def __init__(self, planned: int) -> None:
        super().__init__(
            f"没有这次巩固核查，核查次序应为1至{planned}。", f"checks are numbered 1 to {planned}", field="check_no"
        )


class CheckAlreadyRecorded(Refused):
    code = "check-already-recorded"

    def __init__(self, check_no: int) -> None:
        super().__init__(
            f"第{check_no}次巩固核查已经登记过，不能重复登记。", f"check {check_no} was recorded", field="check_no"
        )
