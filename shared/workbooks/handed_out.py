"""What the product itself writes into workbooks that it hands back: known again, it is never taken for a list."""

from shared.workbooks.reading import Sheet

ADDED_HEADINGS = ("文件", "工作表", "行号", "字段", "原值", "原因", "处理办法")
"""Stand before the original columns of a row that is handed back."""

REFUSED = "未能导入的行"
EXPLAINED = "读取说明"
WARNED = "已导入但需核对的行"
LEFT_OUT = "未列入的学生"
NOT_READ = "（系统生成，再次导入时不读）"
"""Ends the titles of the sheets beside the refused rows, by which they are known again."""


def is_ours(sheet: Sheet) -> bool:
    """Whether a sheet is one of those beside the rows to be mended, told by its first cell."""
    return any(str(cell).endswith(NOT_READ) for cells in sheet.head(1) for cell in cells[:1])
