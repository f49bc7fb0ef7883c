"""Why a whole workbook is turned away."""

from collections.abc import Sequence

from shared.faults import Fault, InvalidValue

SEARCHED_ROWS = 20
"""In so many rows at the top of a sheet its heading is looked for."""


class WorkbookRefused(InvalidValue):
    """The file as a whole cannot be read; `fault` says why and what to do."""


class NotAnExcelFile(WorkbookRefused):
    """Neither an .xlsx nor an .xls file, whatever its name says."""

    def __init__(self) -> None:
        super().__init__(
            Fault(
                "workbook-not-excel",
                "这不是 Excel 文件",
                "This is not an Excel file.",
                "请在 Excel 或 WPS 中另存为 .xlsx 格式后再上传",
            )
        )


class DamagedWorkbook(WorkbookRefused):
    """An Excel file that breaks off or contradicts itself."""

    def __init__(self) -> None:
        super().__init__(
            Fault(
                "workbook-damaged",
                "文件已损坏，无法打开",
                "The file is damaged.",
                "请在 Excel 或 WPS 中打开并另存为 .xlsx 格式后再上传",
            )
        )


class EncryptedWorkbook(WorkbookRefused):
    """The file needs a password."""

    def __init__(self) -> None:
        super().__init__(
            Fault(
                "workbook-encrypted",
                "文件设有打开密码",
                "The file is protected by a password.",
                "请取消密码保护后再上传",
            )
        )


class EmptyWorkbook(WorkbookRefused):
    """No visible sheet holds any cell."""

    def __init__(self) -> None:
        super().__init__(
            Fault(
                "workbook-empty",
                "文件中没有任何内容",
                "The workbook is empty.",
                "请确认上传的是填好的表格",
            )
        )


class NotCalculated(WorkbookRefused):
    """Formulas all over, and no result was ever stored for them."""

    def __init__(self) -> None:
        super().__init__(
            Fault(
                "workbook-not-calculated",
                "文件中有大量公式没有保存计算结果",
                "The results of a great many formulas were never stored.",
                "请在 Excel 或 WPS 中打开并保存一次，再上传",
            )
        )


class WorkbookTooLarge(WorkbookRefused):
    """The file, or what it unpacks to, passes a limit, which is told in both languages."""

    def __init__(self, limit_zh: str, limit_en: str) -> None:
        super().__init__(
            Fault(
                "workbook-too-large",
                f"文件过大：{limit_zh}",
                f"The file is too large: {limit_en}.",
                "请删除多余的内容，或拆分成几个文件分别上传",
            )
        )


class HeaderNotFound(WorkbookRefused):
    """No sheet has a heading row with all required columns; `missing` is short of the nearest sheet.

    `like`: what the file is by its headings.
    `low`: a sheet and the row, counted from 1, where a heading that fits stands too far below to be looked for.
    """

    def __init__(
        self,
        shape_title: str,
        looked_for: Sequence[str],
        missing: Sequence[str],
        low: tuple[str, int] | None = None,
        like: str = "",
    ) -> None:
        self.looked_for = tuple(looked_for)
        self.missing = tuple(missing)
        self._told = shape_title, looked_for, missing, low
        where, place = f"缺少的列：{'、'.join(missing)}", f"missing columns: {', '.join(missing)}"
        if low:
            where = f"工作表“{low[0]}”的表头在第 {low[1]} 行，只在前 {SEARCHED_ROWS} 行中查找"
            place = f"one stands in row {low[1]}, and only the first {SEARCHED_ROWS} rows are searched"
        super().__init__(
            Fault(
                "workbook-header-not-found",
                f"没有找到{shape_title}的表头。需要的列：{'、'.join(looked_for)}；{where}"
                + (f"。从列名看，这像是{like}" if like else ""),
                f"No heading row was found; {place}.",
                f"请检查是否选错了种类（{like}）" if like else "请检查表头后再上传",
            )
        )

    def looking_like(self, like: str) -> "HeaderNotFound":
        """The same, with what the file looks like, by its headings."""
        return HeaderNotFound(*self._told, like=like)
