"""What stands against judging a pair."""

from services.registry.children.ids import ChildId
from shared.kernel.refusals import Kind, Refused


class FileMerged(Refused):
    """Nothing is recorded in a file that was merged into another one."""

    code = "file-merged"

    def __init__(self, kept: ChildId) -> None:
        super().__init__(
            f"这份档案是重复登记，已合并到档案{kept}，请在该档案中办理。", f"this file was merged into {kept}"
        )


class SameFile(Refused):
    code = "same-file"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__("两份档案是同一份，无法合并。", "a file cannot be merged into itself", field="absorbed_id")


class NumberWouldBeLost(Refused):
    """The file that stays must be the one with the ID number."""

    code = "number-would-be-lost"

    def __init__(self) -> None:
        super().__init__(
            "要保留的档案没有身份证号，而被合并的档案有；请保留有身份证号的档案，或先办理信息更正。",
            "the absorbed file has an ID number and the kept one has none",
            field="absorbed_id",
        )


class AwayFileMerged(Refused):
    """A child that is being looked for must not disappear into another file."""

    code = "away-file-merged"

    def __init__(self) -> None:
        super().__init__(
            "被合并的档案正在疑似辍学或辍学状态，不能合并；请保留这份档案，或先办结返校、撤销标注。",
            "the absorbed file is of a child that is away",
            field="absorbed_id",
        )


class NotMerged(Refused):
    code = "not-merged"

    def __init__(self) -> None:
        super().__init__("这份档案没有被合并过，无需拆分。", "this file was not merged into another one")


class PairUnknown(Refused):
    code = "pair-unknown"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("没有这一对疑似重复档案，请核对编号。", "no such pair was found")
