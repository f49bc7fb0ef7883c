"""What is wrong with a value: a stable code and a sentence for the person who must mend it."""

from dataclasses import dataclass

from shared.kernel.refusals import Kind, Refused


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that can be wrong. The sentences never quote the value, which may be personal."""

    code: str
    zh: str
    en: str
    remedy_zh: str


class InvalidValue(Refused, ValueError):
    """A value that is refused for the reason in ``fault``; ``field`` names where it stood, if known."""

    kind = Kind.INVALID

    def __init__(self, fault: Fault, *, field: str | None = None) -> None:
        super().__init__(f"{fault.zh}。{fault.remedy_zh}。", fault.en, field=field)
        self.fault = fault
        self.code = fault.code
