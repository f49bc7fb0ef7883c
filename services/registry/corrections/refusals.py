"""What stands against a correction."""

from services.registry.corrections.steps import STEP_LABELS, Step
from shared.kernel.refusals import Kind, Refused


class CorrectionUnknown(Refused):
    code = "correction-unknown"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("没有找到这项更正，请核对更正编号。", "no such correction", field="correction_id")


class NothingToCorrect(Refused):
    code = "nothing-to-correct"

    def __init__(self, label: str) -> None:
        super().__init__(f"档案中的{label}已经是这个值，无需更正。", "the file says so already", field="new_value")


class CorrectionOpen(Refused):
    """Two opinions on one field would overtake each other."""

    code = "correction-open"

    def __init__(self, label: str) -> None:
        super().__init__(
            f"{label}已有一项更正正在办理，请先办结或退回该项更正。",
            "a correction of this field is under way",
            field="field",
        )


class CorrectionNotThere(Refused):
    """Out of turn."""

    code = "correction-out-of-turn"

    def __init__(self, label: str, step: Step) -> None:
        super().__init__(
            f"该项更正目前为“{STEP_LABELS[step]}”，不能办理“{label}”，请按顺序办理。",
            f"the correction stands at {step}",
            field="step",
        )


class ReceiptMissing(Refused):
    code = "receipt-missing"
    kind = Kind.INVALID

    def __init__(self, label: str) -> None:
        super().__init__(
            f"办理“{label}”须填写回执编号。", "this step needs the number of its receipt", field="reference"
        )
