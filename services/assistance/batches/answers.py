"""What a bank's code and sentence mean, by the layout's tables. What has no agreed meaning is not decided here."""

import re
from dataclasses import dataclass

from services.assistance.batches.layouts import ReturnLayout
from services.assistance.beneficiaries.payments import ReturnReason
from shared.identifiers.text import compact

_MADE_A_NUMBER = re.compile(r"\d+(?:\.0+)?", re.ASCII)
_LONGEST_SHOWN = 12
_LONG_NUMBER = re.compile(r"\d{7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """Paid, or `returned` for a reason; `unclear` (a code of WRONG) says why it is neither."""

    returned: ReturnReason | None = None
    unclear: str = ""


def answer_of(code: str, sentence: str, layout: ReturnLayout, *, is_number: bool = False) -> Answer:
    """What the bank says of a line. `is_number`: the code's cell held a number, which has no leading zeros.

    The sentence itself is never kept: it may quote personal data.
    """
    code = _agreed_form(compact(code), layout) if is_number else compact(code)
    if code not in layout.codes:
        return Answer(unclear="CODE_MANGLED" if _is_mangled(code, layout) else "UNKNOWN_CODE")
    words = compact(sentence)
    if _contradicts(code in layout.paid_codes, words, layout):
        return Answer(unclear="CODE_AND_SENTENCE_DIFFER")
    return Answer() if code in layout.paid_codes else Answer(_reason(code, words, layout))


def shown_code(code: str) -> str:
    """The code for a message; not what may be an account in the wrong column."""
    return "（内容不像代码）" if _LONG_NUMBER.search(code) else code[:_LONGEST_SHOWN]


def _agreed_form(code: str, layout: ReturnLayout) -> str:
    return code.zfill(layout.code_width) if code.isdigit() else code


def _is_mangled(code: str, layout: ReturnLayout) -> bool:
    """Whether this may be an agreed code that a spreadsheet took for a number: `0` or `0.0` for `0000`."""
    if not _MADE_A_NUMBER.fullmatch(code):
        return False
    whole, point, _ = code.partition(".")
    alike = [known for known in layout.codes if known.isdigit() and int(known) == int(whole)]
    return any(point or len(known) > len(whole) for known in alike)


def _contradicts(is_paid: bool, words: str, layout: ReturnLayout) -> bool:
    """Words of failure may hold one of success ("not successful"), so they are looked for first and taken out."""
    if any(word in words for word in layout.open_words):
        return True
    failing = [word for word in layout.failure_words if word in words]
    for word in failing:
        words = words.replace(word, "")
    succeeding = any(word in words for word in layout.success_words)
    return bool(failing) if is_paid else succeeding and not failing


def _reason(code: str, words: str, layout: ReturnLayout) -> ReturnReason:
    reason = layout.reasons[code]
    if reason is not ReturnReason.OTHER:
        return reason
    return next((more for word, more in layout.reason_words.items() if word in words), reason)
