"""What is wrong with a value: a stable code and a sentence for the person who must mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that can be wrong. The sentences never quote the value, which may be personal."""

    code: str
    zh: str
    en: str
    remedy_zh: str


class InvalidValue(ValueError):
    """A value that is refused for the reason in ``fault``."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault

    @property
    def code(self) -> str:
        return self.fault.code
