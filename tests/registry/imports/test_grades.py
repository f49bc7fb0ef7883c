import pytest

from services.registry.imports.grades import GradeClass, read_class, read_grade
from shared.faults import InvalidValue
from shared.workbooks.cells import Cell
from tests.registry.imports.sheets import TODAY


@pytest.mark.parametrize(
    ("cell", "grade", "class_no"),
    [
        ("九年级", 9, None),
        ("初三", 9, None),
        ("初中二年级", 8, None),
        ("小学三年级", 3, None),
        ("9", 9, None),
        (9.0, 9, None),
        ("９", 9, None),
        ("三年级(2)班", 3, 2),
        ("三年级（２）班", 3, 2),
        ("六(1)班", 6, 1),
        ("六1班", 6, 1),
        ("初一（12）班", 7, 12),
        ("七年级十二班", 7, 12),
    ],
)
def test_a_grade_is_read_however_it_is_written(cell: Cell, grade: int, class_no: int | None) -> None:
    assert read_grade(cell, TODAY) == GradeClass(grade, class_no)


@pytest.mark.parametrize("cell", ["高一", "十年级", "10", "0", "初四", "学前班", 9.5, "一年级0班"])
def test_what_is_no_grade_of_compulsory_education_is_refused(cell: Cell) -> None:
    with pytest.raises(InvalidValue):
        read_grade(cell, TODAY)


@pytest.mark.parametrize(
    ("cell", "grade", "class_no"),
    [
        (2.0, None, 2),
        ("2班", None, 2),
        ("（3）班", None, 3),
        ("十一班", None, 11),
        ("701班", 7, 1),
        (312.0, 3, 12),
        ("七年级(2)班", 7, 2),
        ("初二3班", 8, 3),
        ("七年级", 7, None),
    ],
)
def test_a_class_is_read_however_it_is_written(cell: Cell, grade: int | None, class_no: int | None) -> None:
    assert read_class(cell) == GradeClass(grade, class_no)


@pytest.mark.parametrize("cell", ["火箭班", "0班", "001班", "1234"])
def test_what_is_no_class_is_refused(cell: Cell) -> None:
    with pytest.raises(InvalidValue):
        read_class(cell)
