"""Shares of a whole as the county reads them: never without their base, and never better than they are."""

_HUNDREDTHS = 10_000


def share(part: int, whole: int) -> str:
    """`3/4（75.00%）`: rounded half up to two decimals, but 100% only where nothing is missing, 0% where nothing is.

    Without a base there is no percentage: `0/0`. A negative part, which a balance can have, is rounded as its
    opposite: `-3/4（-75.00%）`.
    """
    return f"{part}/{whole}" if whole == 0 else f"{part}/{whole}（{_percentage(part, whole)}）"


def capped_share(part: int, whole: int) -> str:
    """As `share`, but never above 100%: where the part is larger, both numbers stay and the cap is named."""
    return f"{part}/{whole}（100.00%，已封顶）" if part > whole > 0 else share(part, whole)


def _percentage(part: int, whole: int) -> str:
    size = abs(part)
    hundredths = (2 * size * _HUNDREDTHS + whole) // (2 * whole)
    if 0 < size < whole:
        if hundredths == 0:
            return "不足0.01%"
        hundredths = min(hundredths, _HUNDREDTHS - 1)
    return f"{'-' if part < 0 else ''}{hundredths // 100}.{hundredths % 100:02}%"
