"""What cannot be assigned."""

from shared.kernel.refusals import Kind, Refused


class SchoolNotKnown(Refused):
    code = "school-not-known"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("没有这所学校，请核对学校标识码。", "there is no such school", field="school_code")


class NobodyNamed(Refused):
    code = "nobody-named"
    kind = Kind.INVALID

    def __init__(self, field: str) -> None:
        super().__init__("请填写责任人姓名或工号。", "name the person who becomes responsible", field=field)
