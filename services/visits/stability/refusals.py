"""What cannot be checked."""

from shared.kernel.refusals import Kind, Refused


class NoReturnToCheck(Refused):
    code = "no-return-to-check"

    def __init__(self) -> None:
        super().__init__(
            "该生不在返校巩固期内，没有需要登记的巩固核查。", "the child is not in the time after a return"
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
