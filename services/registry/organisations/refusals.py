"""What stands against filling a post of a leading group."""

from shared.kernel.refusals import Kind, Refused


class OwnerUnknown(Refused):
    code = "group-owner-unknown"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            "没有这个单位：请填写县（6位）或乡镇（9位）区划代码，或已登记学校的标识码。",
            "neither a county, a township nor a registered school",
        )


class PostUnknown(Refused):
    code = "post-unknown"
    kind = Kind.INVALID

    def __init__(self, labels: list[str]) -> None:
        super().__init__(
            f"该级领导小组没有这个职务，可用：{'、'.join(labels)}。", "no such post at this level", field="post"
        )


class SeatUnclear(Refused):
    """The post has a seat for each department, grade or class, and the order names none, or one too many."""

    code = "seat-unclear"
    kind = Kind.INVALID

    def __init__(self, label: str, field: str, needs: str) -> None:
        super().__init__(f"登记“{label}”须且只须写明{needs}。", f"this post is held {needs}", field=field)


class SeatEmpty(Refused):
    code = "seat-empty"

    def __init__(self, label: str) -> None:
        super().__init__(f"“{label}”目前无人担任，无需免去。", "nobody holds the post")
