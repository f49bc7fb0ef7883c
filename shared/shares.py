"""Shares of a whole as the county reads them: never without their base, and never better than they are."""

_HUNDREDTHS = 10_000


def share(part: int, whole: int) -> str:
    """`3/4（75.00%）`: rounded half up to two decimals, but 100% only where nothing is missing, 0% where nothing is.

    Without a base there is no percentage: `0/0`.
    """
    if whole == 0:
        return f"{part}/{whole}"
    hundredths = (2 * part * _HUNDREDTHS + whole) // (2 * whole)
    if 0 < part < whole:
        if hundredths == 0:
            return f"{part}/{whole}（不足0.01%）"
        hundredths = min(hundredths, _HUNDREDTHS - 1)
    return f"{part}/{whole}（{hundredths // 100}.{hundredths % 100:02}%）"
