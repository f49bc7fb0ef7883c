"""School codes (学校(机构)标识码): 2 digits of category, 2 of province, 6 of serial."""

import re
from typing import Final, NewType

from shared.faults import Fault, InvalidValue
from shared.identifiers.text import compact

SchoolCode = NewType("SchoolCode", str)
"""Ten digits."""

SHAPE = Fault(
    "school-code-shape",
    "学校标识码应为10位数字",
    "A school code has ten digits.",
    "请从学校（机构）代码管理系统复制，并把单元格设为文本格式",
)
RANGE = Fault(
    "school-code-range",
    "学校标识码的类别（前2位）或省份（第3、4位）不存在",
    "The category (first two digits) or province (next two) of the school code is out of range.",
    "请从学校（机构）代码管理系统复制",
)

_SHAPE = re.compile(r"\d{10}", re.ASCII)
# First digits of GB/T 2260 and of the code book's categories. Only the range is checked, for the
# published lists of categories are incomplete.
_PROVINCE_RANGE: Final = range(11, 83)
_CATEGORY_RANGE: Final = range(11, 94)

_CATEGORY_NAMES: Final = {
    "11": "幼儿园",
    "21": "小学",
    "22": "成人小学",
    "31": "普通初中",
    "32": "职业初中",
    "33": "成人初中",
    "34": "普通高中、完全中学",
    "36": "中等职业学校",
    "37": "专门学校",
    "51": "特殊教育学校",
}


def parse_school_code(text: str) -> SchoolCode:
    """The school code that ``text`` writes. Raises ``InvalidValue``."""
    code = compact(text).lstrip("'")
    if _SHAPE.fullmatch(code) is None:
        raise InvalidValue(SHAPE)
    if int(code[:2]) not in _CATEGORY_RANGE or int(code[2:4]) not in _PROVINCE_RANGE:
        raise InvalidValue(RANGE)
    return SchoolCode(code)


def category_name(code: SchoolCode) -> str | None:
    """The Chinese name of the school's category, where the code book's category is known."""
    return _CATEGORY_NAMES.get(code[:2])
