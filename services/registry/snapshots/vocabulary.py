"""The words of the lists from outside: each written form with the registry's own word for it."""

from typing import Final

from services.registry.imports.vocabulary import written_as

FILE_STATES: Final = written_as(
    {
        "ACTIVE": "正常 在籍 在读 在校 有效 在籍在读 正常在籍",
        "SUSPENDED": "休学",
        "RETAINED": "辍学 保留学籍 辍学保留学籍",
        "ENDED": "毕业 结业 肄业 注销 转出 退学 死亡 出国 已毕业 已转出 已注销",
    }
)
"""学籍状态 of the national system."""

DIRECTIONS: Final = written_as({"OUT": "迁出 转出 迁往 流出", "IN": "迁入 转入 流入"})

CONFIRMED: Final = written_as({True: "是 已核实 核实 已落户 √ 1", False: "否 未核实 待核实 × 0"})
