"""What cannot be done with a child's file."""

from services.registry.schools.kinds import GRADES_TAUGHT, SchoolKind
from shared.kernel.refusals import Kind, Refused


class ChildNotRegistered(Refused):
    code = "child-not-registered"
    kind = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("没有找到这名儿童，请先登记儿童信息。", "no such child is registered")


class ChildAlreadyRegistered(Refused):
    code = "child-already-registered"

    def __init__(self) -> None:
        super().__init__("这名儿童已经登记过，不能重复登记。", "the child is already registered")


class BornInFuture(Refused):
    code = "born-in-future"
    kind = Kind.INVALID
    field = "birth_date"

    def __init__(self) -> None:
        super().__init__("出生日期晚于今天，请核对。", "the birth date lies in the future", field="birth_date")


class ImpossibleAge(Refused):
    code = "impossible-age"
    kind = Kind.INVALID

    def __init__(self, age: int) -> None:
        super().__init__(
            f"按出生日期计算，该生入学时{age}周岁，不可能在义务教育阶段就读，请核对出生日期。",
            f"the child would be enrolled at the age of {age}",
            field="birth_date",
        )


class EnrolledElsewhere(Refused):
    """One child, one student file: another school must ask for a transfer."""

    code = "enrolled-elsewhere"

    def __init__(self, school_name: str) -> None:
        super().__init__(
            f"该生已在{school_name}注册学籍，不能重复注册；如确已转来就读，请由接收学校发起转学手续。",
            f"the child is enrolled at {school_name}; the receiving school must start a transfer",
            field="school_code",
        )


class PrimaryNotHandedOver(Refused):
    """A junior school enters whom the primary school still has: no transfer, but the list of those who finished it."""

    code = "primary-not-handed-over"

    def __init__(self, school_name: str) -> None:
        super().__init__(
            f"{school_name}还没有办理该生的小学毕业升学，不能注册初中年级；"
            f"请{school_name}先导入《小学毕业升学名册》，写明升入学校，再办理入学。",
            f"{school_name} has to hand the child over with the list of those who finished primary school",
            field="school_code",
        )


def at_another_school(school_name: str, grade: int, entering: int) -> Refused:
    """Why a pupil of a grade of that school cannot enter a grade of another one."""
    primary = GRADES_TAUGHT[SchoolKind.PRIMARY]
    if grade in primary and entering not in primary:
        return PrimaryNotHandedOver(school_name)
    return EnrolledElsewhere(school_name)


class NotEnrolled(Refused):
    code = "not-enrolled"

    def __init__(self) -> None:
        super().__init__("该生还没有在学校注册，请先办理入学注册。", "the child is not enrolled at any school")


class OtherSchool(Refused):
    """The fact comes from a school at which the child is not enrolled."""

    code = "other-school"

    def __init__(self, school_name: str) -> None:
        super().__init__(
            f"该生的学籍在{school_name}，请由该校办理；如在他校就读，请先办理转学手续。",
            f"the child is enrolled at {school_name}",
            field="school_code",
        )
