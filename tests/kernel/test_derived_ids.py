"""Ids that are derived from their cause: always the same for it, side by side with what else it caused."""

from shared.kernel.deadlines import derived_id


def test_the_same_cause_gives_the_same_id_and_another_part_another() -> None:
    assert derived_id("import", "file", "row 1") == derived_id("import", "file", "row 1")
    assert len({derived_id("import", "file", f"row {number}") for number in range(1000)}) == 1000


def test_ids_of_one_cause_lie_side_by_side() -> None:
    of_one = [derived_id("import", "file", f"row {number}") for number in range(100)]
    of_others = [derived_id("import", f"file {number}", "row 1") for number in range(100)]

    together = sorted(of_one + of_others)
    first = together.index(min(of_one))
    assert set(together[first : first + 100]) == set(of_one)


def test_an_id_is_thirty_two_hexadecimal_digits() -> None:
    assert len(bytes.fromhex(derived_id("a"))) == len(bytes.fromhex(derived_id("a", "b", "c"))) == 16
