"""Ethnic groups by their code of GB/T 3304, in which a child's file keeps them, however they are written."""

from typing import Final

from shared.workbooks.parsers import choice

_ETHNIC_GROUPS: Final = """
汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西
景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克
德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
"""
"""In the order of their numbers in GB/T 3304."""

ETHNICITIES: Final = {
    written: f"{number:02}"
    for number, name in enumerate(_ETHNIC_GROUPS.split(), 1)
    for written in (f"{name}族", name, f"{number:02}", str(number))
}
"""Name with and without 族, and the code itself, with the code of GB/T 3304."""

parse_ethnicity = choice(ETHNICITIES)
"""The code of a written form. Raises InvalidValue for what is none."""
