"""How a guardian is related to the child (GB/T 4761), and who comes first by law (民法典第二十七条).

Parents come first, then grandparents, then grown brothers and sisters, then anybody else whom the village or
neighbourhood committee or the civil affairs office agrees to.
"""

from shared.faults import Fault, InvalidValue

RELATION_FORMS: dict[str, str] = {
    "51": "父亲 父 爸爸 父子 父女",
    "52": "母亲 母 妈妈 母子 母女",
    "61": "祖父 爷爷",
    "62": "祖母 奶奶",
    "63": "外祖父 外公 姥爷",
    "64": "外祖母 外婆 姥姥",
    "70": "兄弟姐妹 哥哥 姐姐 兄 姐",
    "97": "其他亲属 亲属 伯父 伯母 叔父 叔叔 婶婶 姑姑 姑父 舅舅 舅妈 姨妈 姨父 养父 养母 继父 继母",
    "99": "非亲属 其他 福利机构",
}
"""How each code is written on lists, blank-separated; the first form is its label."""

RELATION_LABELS = {code: forms.split()[0] for code, forms in RELATION_FORMS.items()}
_CODES = {form: code for code, forms in RELATION_FORMS.items() for form in (code, *forms.split())}
_UNREADABLE = Fault(
    "relation-unreadable",
    "不是可以识别的监护人与学生关系",
    "This is no known relation of a guardian.",
    f"请填写下列之一：{'、'.join(RELATION_LABELS.values())}",
)
_TIERS = (("51", "52"), ("61", "62", "63", "64"), ("70",), ("97", "99"))
PARENTS, NEEDS_CONSENT = 0, 3


def tier(relation: str) -> int:
    """0 for parents, and so on; a relation that nobody can read comes last. Old events have it in words."""
    code = _CODES.get(relation)
    return next((place for place, codes in enumerate(_TIERS) if code in codes), NEEDS_CONSENT)


def parse_relation(text: str) -> str:
    """The code of a relation written as code or in words. Raises InvalidValue."""
    found = _CODES.get("".join(text.split()))
    if found is None:
        raise InvalidValue(_UNREADABLE)
    return found
