from shared.faults import Fault, InvalidValue
from shared.kernel.refusals import Kind, Refused


def test_an_invalid_value_is_a_refusal_that_says_how_to_mend_it() -> None:
    refusal = InvalidValue(Fault("too-short", "太短", "Too short.", "请补全"), field="name")
    assert isinstance(refusal, Refused)
    assert (refusal.code, refusal.kind, refusal.field) == ("too-short", Kind.INVALID, "name")
    assert (refusal.zh, refusal.en) == ("太短。请补全。", "Too short.")
