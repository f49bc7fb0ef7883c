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


class NotAVillage(Refused):
    code = "not-a-village"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "包村干部应落实到村（居）或乡镇，请填写12位或9位区划代码。",
            "a cadre answers for a village or township, not for a county",
            field="division",
        )
