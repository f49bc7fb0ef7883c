"""Characters that stand in names for others of the same look, and those that nobody can be sure of."""

import unicodedata

_DOTS = "•‧∙⋅・･●.．﹒▪◦⦁⸱⸳⬝·ꞏ᛫˙。｡▫◾◼■⚫᛬"
_APOSTROPHES = "’‘ʼʻ´`′＇‛ʹˈ"
_HYPHENS = "‐‑‒–—−﹣－"
MARKS = str.maketrans(
    dict.fromkeys(_DOTS, "·")
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_HYPHENS, "-")
    | {"﹙": "(", "﹚": ")"}
)
"""Every kind of dot, apostrophe and hyphen as the one that is kept."""

_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_OF_THE_MAINLAND = {0x2FAD: "青", 0x2F3E: "户"}  # Unicode says 靑 and 戶, which nobody here writes
_RADICALS = (
    "⺁厂⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬"
    "⺧牛⺨犭⺩王⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺶羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长"
    "⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_SUPPLEMENT = dict(zip(map(ord, _RADICALS[::2]), _RADICALS[1::2], strict=True))
_CIRCLES = dict.fromkeys(map(ord, "○◯⚪⭘"), "〇")
IDEOGRAPHS = {**_KANGXI, **_OF_THE_MAINLAND, **_SUPPLEMENT, **_CIRCLES}
"""Radicals and circles that input methods and scanned lists put where a character belongs: the character.

Of the supplement's radicals those that have one unified character (Unicode's EquivalentUnifiedIdeograph).
"""

VARIATION_SELECTORS = dict.fromkeys([0x180B, 0x180C, 0x180D, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
"""They choose a glyph of the same character."""

HAN = "〇々〻\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
"""For character classes of regular expressions; private-use characters (造字) are Han characters in names."""
