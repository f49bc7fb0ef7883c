"""Why a whole workbook is turned away. Every refusal has a stable `code` and a sentence for the clerk."""

from collections.abc import Sequence
from typing import ClassVar


class WorkbookRefused(Exception):
    """The file as a whole cannot be read; `str()` is a Chinese sentence that says what to do."""

    code: ClassVar[str] = "workbook-refused"


class NotAnExcelFile(WorkbookRefused):
    """Neither an .xlsx nor an .xls file, whatever its name says."""

    code = "workbook-not-excel"

    def __init__(self) -> None:
        super().__init__("这不是 Excel 文件。请在 Excel 或 WPS 中另存为 .xlsx 格式后再上传。")


class DamagedWorkbook(WorkbookRefused):
    """An Excel file that breaks off or contradicts itself."""

    code = "workbook-damaged"

    def __init__(self) -> None:
        super().__init__("文件已损坏，无法打开。请在 Excel 或 WPS 中打开并另存为 .xlsx 格式后再上传。")


class EncryptedWorkbook(WorkbookRefused):
    """The file needs a password."""

    code = "workbook-encrypted"

    def __init__(self) -> None:
        super().__init__("文件设有打开密码。请取消密码保护后再上传。")


class EmptyWorkbook(WorkbookRefused):
    """No visible sheet holds any cell."""

    code = "workbook-empty"

    def __init__(self) -> None:
        super().__init__("文件中没有任何内容。请确认上传的是填好的表格。")


class WorkbookTooLarge(WorkbookRefused):
    """The file, or what it unpacks to, passes the limits; `what` names the limit in Chinese."""

    code = "workbook-too-large"

    def __init__(self, what: str) -> None:
        super().__init__(f"文件过大：{what}。请删除多余的内容，或拆分成几个文件分别上传。")


class HeaderNotFound(WorkbookRefused):
    """No sheet has a heading row with all required columns; `missing` is short of the nearest sheet."""

    code = "workbook-header-not-found"

    def __init__(self, shape_title: str, looked_for: Sequence[str], missing: Sequence[str]) -> None:
        self.looked_for = tuple(looked_for)
        self.missing = tuple(missing)
        super().__init__(
            f"没有找到{shape_title}的表头。需要的列：{'、'.join(looked_for)}；"
            f"缺少的列：{'、'.join(missing)}。请检查表头后再上传。"
        )
