"""What stands against working off a difference."""

from shared.kernel.refusals import Kind, Refused


class DifferenceUnknown(Refused):
    code = "difference-unknown"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("没有找到这条差异，请核对差异编号。", "no such difference", field="difference_id")


class DifferenceNotOpen(Refused):
    code = "difference-not-open"

    def __init__(self) -> None:
        super().__init__("这条差异已经销号，无需再次办理。", "the difference is resolved already")


class DifferenceOpen(Refused):
    code = "difference-open"

    def __init__(self) -> None:
        super().__init__("这条差异还没有销号，不必重新打开。", "the difference is open already")


class KnownAlready(Refused):
    """The difference is a child's that the registry has."""

    code = "listed-person-known"

    def __init__(self) -> None:
        super().__init__("这条差异的儿童已在册，无需登记；请直接办理其就学事项。", "the child is registered already")


class ListSaysTooLittle(Refused):
    """What the list does not say of a person, whoever registers it must add."""

    code = "list-says-too-little"
    kind = Kind.INVALID

    def __init__(self, field: str, label: str) -> None:
        super().__init__(
            f"名单中没有该儿童的{label}，请补填后再登记。", f"the list does not say the {field}", field=field
        )


class ReasonOfOtherFamily(Refused):
    """What a difference turns out to be is another reason of the same family."""

    code = "difference-reason-not-possible"
    kind = Kind.INVALID

    def __init__(self, family_label: str) -> None:
        super().__init__(
            f"这条差异属于“{family_label}”，不能按所填类别销号，请核对类别。",
            "the difference cannot have this reason",
            field="reason",
        )


class MatchUndecided(Refused):
    """A proposed match is resolved by saying whether the two are one person, and nothing else is."""

    code = "match-undecided"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "请说明两条记录是否为同一人；其他类别的差异不填此项。",
            "say of a proposed match, and only of one, whether the two are one person",
            field="same",
        )
