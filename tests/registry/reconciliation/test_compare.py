"""Four checks and three comparisons: what each disagreement of the lists is called, and who counts."""

from datetime import date
from typing import Any

import pytest

from services.registry.policy import read_policy
from services.registry.reconciliation.compare import Difference, Lists, compare
from services.registry.reconciliation.reasons import reasons
from tests.registry.reconciliation.people import BORN, ON, OTHER, SCHOOL, file, line, pupil, unknown, unnumbered

AGES = read_policy().age


def compared(**lists: Any) -> list[Difference]:
    return list(compare(Lists(**lists), ON, AGES, reasons()))


def found(**lists: Any) -> list[tuple[str, str]]:
    return [(each.identity, each.reason) for each in compared(**lists)]


def test_lists_that_agree_give_nothing() -> None:
    assert found(people=[line()], registrations=[file()], attending=[pupil()]) == []


@pytest.mark.rule("9-05")
@pytest.mark.rule("9-07")
def test_a_child_of_school_age_without_a_file_is_found_though_nobody_else_knows_it() -> None:
    assert found(people=[line()], registrations=[]) == [(unknown("ID1"), "N2")]


@pytest.mark.rule("9-05")
@pytest.mark.parametrize(
    ("born", "counts"),
    [
        (date(2020, 8, 31), True),  # six on the cut-off day
        (date(2020, 9, 1), False),
        (date(2010, 9, 1), True),  # still fifteen
        (date(2010, 8, 31), False),
        (None, False),
    ],
)
def test_school_age_is_six_to_fifteen_on_the_cut_off_day(born: date | None, counts: bool) -> None:
    assert bool(found(people=[line(birth_date=born)], registrations=[])) is counts


@pytest.mark.rule("9-06")
@pytest.mark.parametrize("status", ["IN_SCHOOL", "IN_SCHOOL_UNREGISTERED", "RETURNED_PROBATION", "HOME_TEACHING"])
def test_in_school_without_a_file_is_n1(status: str) -> None:
    assert found(people=[line()], registrations=[], attending=[pupil(status=status)]) == [("cID1", "N1")]


@pytest.mark.rule("9-07")
@pytest.mark.parametrize("status", ["NEVER_ENROLLED", "DROPPED_OUT", "SUSPECTED_DROPOUT", "NOT_DUE"])
def test_neither_in_school_nor_on_file_is_n2(status: str) -> None:
    assert found(people=[line()], registrations=[], attending=[pupil(status=status)]) == [("cID1", "N2")]


@pytest.mark.rule("9-07")
def test_a_child_of_age_that_the_registry_knows_to_be_at_no_school_is_found_though_every_list_forgot_it() -> None:
    at_home = pupil(status="NEVER_ENROLLED", registration="NONE")
    assert found(registrations=[], attending=[at_home]) == [("cID1", "N2")]
    assert found(attending=[at_home]) == [("cID1", "N2")]
    assert found(attending=[pupil(status="NEVER_ENROLLED", registration="NONE", birth_date=date(2021, 1, 1))]) == []


@pytest.mark.rule("9-08")
def test_gone_by_an_unconfirmed_move_is_n3() -> None:
    moved = line(state="OUT", on=date(2026, 7, 1))
    assert found(people=[line()], registrations=[], migrated=[moved]) == [(unknown("ID1"), "N3")]


@pytest.mark.rule("9-09")
def test_untraceable_without_a_file_is_n4() -> None:
    assert found(people=[line()], registrations=[], attending=[pupil(status="UNTRACEABLE")]) == [("cID1", "N4")]


@pytest.mark.parametrize("status", sorted(reasons().explained))
def test_of_whom_it_is_known_where_it_is_there_is_no_difference(status: str) -> None:
    known = [pupil(status=status)]
    assert found(people=[line()], registrations=[], attending=known) == []
    assert found(people=[line()], registrations=[file()], attending=known) == []


def test_who_died_or_moved_away_for_certain_is_not_of_the_population() -> None:
    moved = line(state="OUT", on=date(2026, 7, 1), confirmed=True)
    assert found(people=[line()], registrations=[], deaths=[line()]) == []
    assert found(people=[line()], registrations=[], migrated=[moved]) == []


def test_the_last_move_counts() -> None:
    out, back = line(state="OUT", on=date(2026, 6, 1), confirmed=True), line(state="IN", on=date(2026, 7, 1))
    assert found(people=[line()], registrations=[], migrated=[back, out]) == [(unknown("ID1"), "N2")]


def test_who_moved_out_and_in_on_one_day_is_not_decided_to_be_away() -> None:
    day = date(2026, 7, 1)
    moves = [line("IDa", state="OUT", on=day, confirmed=True), line("IDa", state="IN", on=day)]
    for listed in (moves, moves[::-1]):
        assert found(people=[line("IDa")], registrations=[], migrated=listed) == [(unknown("IDa"), "N3")]


@pytest.mark.rule("9-10")
@pytest.mark.parametrize("status", ["SUSPECTED_DROPOUT", "DROPPED_OUT", "UNTRACEABLE", "NEVER_ENROLLED"])
def test_on_file_but_not_in_school_is_r1_and_names_the_school_of_the_file(status: str) -> None:
    away = pupil(status=status)
    (difference,) = compared(people=[line()], registrations=[file(school=OTHER)], attending=[away])
    assert (difference.identity, difference.reason, difference.other) == ("cID1", "R1", OTHER)


@pytest.mark.rule("9-10")
@pytest.mark.parametrize("remark", ["在家反省", "停课一周"])
def test_home_reflection_is_no_leave_but_r2(remark: str) -> None:
    sent_home = pupil(status="ABSENT_UNEXCUSED", remark=remark)
    assert found(people=[line()], registrations=[file()], attending=[sent_home]) == [("cID1", "R2")]


def test_a_day_missed_is_the_attendance_books_affair() -> None:
    assert found(people=[line()], registrations=[file()], attending=[pupil(status="ABSENT_UNEXCUSED")]) == []


@pytest.mark.parametrize("status", ["ON_APPROVED_LEAVE", "HOME_TEACHING", "SPECIAL_PLACEMENT"])
def test_leave_and_home_teaching_are_not_absence(status: str) -> None:
    assert found(people=[line()], registrations=[file()], attending=[pupil(status=status)]) == []


def test_of_the_population_and_on_file_but_at_no_school_is_r1() -> None:
    assert found(people=[line()], registrations=[file()]) == [(unknown("ID1"), "R1")]


def test_a_file_of_nobody_here_is_a_ghost() -> None:
    assert found(people=[], registrations=[file()]) == [(unknown("ID1"), "GHOST")]


def test_the_file_of_the_dead_is_a_ghost_and_no_case_of_persuasion() -> None:
    away = [pupil(status="DROPPED_OUT")]
    assert found(people=[line()], registrations=[file()], attending=away, deaths=[line()]) == [("cID1", "GHOST")]


def test_two_active_files_of_one_person_are_a_duplicate() -> None:
    second = file(number_index="L99", school=OTHER)
    (difference,) = compared(people=[line()], registrations=[file(), second], attending=[pupil()])
    assert (difference.reason, difference.other) == ("DUP", f"{SCHOOL}、{OTHER}")


def test_a_file_that_has_ended_is_none() -> None:
    assert (
        found(people=[line()], registrations=[file(), file(number_index="L99", state="ENDED")], attending=[pupil()])
        == []
    )
    assert found(people=[line()], registrations=[file(state="ENDED")], attending=[pupil()]) == [("cID1", "N1")]


@pytest.mark.rule("11-04")
def test_the_file_is_where_the_child_goes_to_school() -> None:
    (difference,) = compared(people=[line()], registrations=[file(school=OTHER)], attending=[pupil()])
    assert (difference.reason, difference.other) == ("OTHER_SCHOOL", OTHER)


@pytest.mark.rule("11-04")
def test_an_export_from_before_a_transfer_says_nothing_of_where_the_file_is() -> None:
    moved = pupil(moved_on=date(2026, 10, 20))
    lists = {"people": [line()], "registrations": [file(school=OTHER)], "attending": [moved]}
    assert found(**lists, registrations_on=date(2026, 10, 1)) == []
    assert found(**lists, registrations_on=date(2026, 11, 1)) == [("cID1", "OTHER_SCHOOL")]


@pytest.mark.rule("9-03")
def test_a_child_on_the_poverty_list_belongs_to_the_population_and_comes_first() -> None:
    (difference,) = compared(people=[], registrations=[], poor=[line()])
    assert (difference.reason, difference.poor) == ("N2", True)
    (known,) = compared(people=[line()], registrations=[], attending=[pupil(status="DROPPED_OUT", poor=True)])
    assert known.poor


def test_without_an_export_the_registrys_own_word_counts() -> None:
    unregistered = pupil("ID2", registration="NONE", number_index=None)
    assert found(people=[line(), line("ID2")], attending=[pupil(), unregistered]) == [("cID2", "N1")]


def test_a_child_known_by_its_student_number_is_found_by_it() -> None:
    without_id = pupil("ID1", id_index=None, number_index="J7")
    assert found(people=[], registrations=[file(None, number_index="J7")], attending=[without_id]) == []


def test_an_export_tells_which_identity_number_belongs_to_a_student_number() -> None:
    numbered = file("ID1", number_index="J7")
    assert found(people=[line(None, number_index="J7", key="x")], registrations=[numbered]) == [(unknown("ID1"), "R1")]


def test_the_numbers_of_a_merged_file_are_those_of_the_child_that_stays() -> None:
    second = pupil("ID2", status="MERGED", registration="CANCELLED", merged_into="cID1")
    people, files = [line("ID2")], [file()]
    assert found(people=people, registrations=files, attending=[second, pupil()]) == []


def alike(**lists: Any) -> list[tuple[str, str, str]]:
    return [(each.identity, each.reason, each.other) for each in compared(**lists)]


def test_the_same_name_birth_and_guardian_are_a_proposal_and_never_a_match() -> None:
    person, other = line(guardian_name="王大山"), file(None, number_index="L5", guardian_name="王大山")
    assert alike(people=[person], registrations=[other]) == [
        (unknown("ID1"), "N2", ""),
        (unnumbered("L5"), "GHOST", ""),
        (unknown("ID1"), "SAME_PERSON", unnumbered("L5")),
    ]


@pytest.mark.parametrize(
    "other", [{"guardian_name": "李大江"}, {"guardian_name": ""}, {"birth_date": date(2014, 9, 4)}, {"name": "王小宇"}]
)
def test_a_name_alone_proposes_nothing(other: dict[str, Any]) -> None:
    told = {"guardian_name": "王大山", **other}
    differences = found(people=[line(guardian_name="王大山")], registrations=[file(None, number_index="L5", **told)])
    assert [reason for _, reason in differences] == ["N2", "GHOST"]


def test_a_confirmed_match_is_one_person_and_a_rejected_one_is_not_proposed_again() -> None:
    person, other = line(guardian_name="王大山"), file(None, number_index="L5", guardian_name="王大山")
    lists: dict[str, Any] = {"people": [person], "registrations": [other]}
    assert alike(**lists, same={unnumbered("L5"): unknown("ID1")}) == [(unknown("ID1"), "R1", "")]
    assert [reason for _, reason, _ in alike(**lists, apart={(unknown("ID1"), unnumbered("L5"))})] == ["N2", "GHOST"]


def test_a_child_with_a_temporary_number_is_proposed_to_the_person_of_the_population() -> None:
    known = pupil("X", id_index=None, number_index="L5", guardian_name="王大山")
    files = [file(None, number_index="L5")]
    differences = alike(people=[line(guardian_name="王大山")], registrations=files, attending=[known])
    assert differences == [(unknown("ID1"), "N2", ""), (unknown("ID1"), "SAME_PERSON", "cX")]


def test_what_was_compared_is_counted() -> None:
    from collections import Counter

    totals: Counter[str] = Counter()
    lists = Lists(people=[line(), line("ID2", birth_date=BORN)], registrations=[file()], attending=[pupil()])
    list(compare(lists, ON, AGES, reasons(), totals))
    assert totals == {"of_age": 2, "registered": 1, "attending": 1}
