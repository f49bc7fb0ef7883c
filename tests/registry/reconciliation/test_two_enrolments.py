"""Two active student files of one child are a doubt about its file, for as long as the lists find them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.registry.children.ids import ChildId
from services.registry.ledgers.children import CHILDREN_LEDGER
from services.registry.reconciliation.resolving import ReopenDifference
from services.registry.schools.schools import RegisterSchool
from shared.kernel.caller import system_caller
from shared.kernel.rebuild import rebuild
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, OTHER_SCHOOL, SCHOOL, enrol, register
from tests.registry.imports.test_importing import OTHER
from tests.registry.imports.test_importing import school as imported
from tests.registry.reconciliation.facts import FOUND_ON, find, resolve
from tests.registry.reconciliation.test_running import LI_FILE, WANG_FILE, ZHAO_FILE, files, run

__all__ = ["imported"]  # a fixture, used by name
ISSUE = "TWO_ACTIVE_ENROLMENTS"
SYSTEM = system_caller("registry")


@pytest.fixture
def pupil(nol: Registry) -> Registry:
    """A pupil without any other doubt about her file than that of her ID number."""
    for code in (SCHOOL, OTHER_SCHOOL):
        nol.do(RegisterSchool(school_code=code, name=f"学校{code}", kind="PRIMARY", division="349921101"))
    nol.do(replace(register(), guardian_name="林大山"))
    nol.do(enrol())
    return nol


def is_doubtful(nol: Registry) -> bool:
    return ISSUE in nol.child(CHILD)["issues"]


@pytest.mark.rule("3-20")
def test_two_active_enrolments_stand_as_long_as_the_difference_is_open(pupil: Registry) -> None:
    pupil.do(find("DUP"), caller=SYSTEM)
    assert is_doubtful(pupil)
    assert pupil.child(CHILD)["issues_since"][ISSUE] == FOUND_ON.isoformat()
    pupil.do(resolve("DUP"))
    assert not is_doubtful(pupil)
    pupil.do(ReopenDifference(difference_id=f"{CHILD}:DUP", why="注销回执不属实", reopened_on=FOUND_ON))
    assert is_doubtful(pupil)
    pupil.do(resolve("DUP"), id="resolved again")
    pupil.clock.advance(timedelta(days=1))
    later = FOUND_ON + timedelta(days=1)
    pupil.do(find("DUP", lists=("l2",), lists_on=later), caller=SYSTEM)
    assert is_doubtful(pupil)


@pytest.mark.parametrize("reason", ["R1", "OTHER_SCHOOL", "GHOST"])
def test_no_other_difference_touches_the_childs_row(pupil: Registry, reason: str) -> None:
    before = pupil.child(CHILD)
    pupil.do(find(reason), caller=SYSTEM)
    assert pupil.child(CHILD) == before


def test_a_difference_moves_no_child_to_the_place_where_it_was_found(pupil: Registry) -> None:
    before = pupil.child(CHILD)
    pupil.do(find("DUP", school_code=OTHER_SCHOOL, division="349921102201"), caller=SYSTEM)
    after = pupil.child(CHILD)
    assert is_doubtful(pupil)
    assert [after[name] for name in ("school", "division")] == [before[name] for name in ("school", "division")]


def test_somebody_whom_the_registry_does_not_know_has_no_row_for_it(pupil: Registry) -> None:
    unknown = ChildId("somebody")
    pupil.do(find("DUP", difference_id=f"{unknown}:DUP", child_id=None), caller=SYSTEM)
    pupil.do(replace(resolve("DUP"), difference_id=f"{unknown}:DUP"))
    assert pupil.store.ledger_collection("children").count_documents({}) == 1


def test_the_childrens_ledger_is_rebuilt_with_its_guests(pupil: Registry) -> None:
    pupil.do(find("DUP", school_code=OTHER_SCHOOL), caller=SYSTEM)
    pupil.do(find("DUP", difference_id="somebody:DUP", child_id=None), caller=SYSTEM)
    before = list(pupil.store.ledger_collection("children").find())
    rebuild(pupil.application, CHILDREN_LEDGER, {})
    assert list(pupil.store.ledger_collection("children").find()) == before


@pytest.mark.rule("9-05")
def test_a_run_says_so_on_the_file_of_the_child_that_it_finds_twice(imported: Registry) -> None:
    """Given an export with a girl at two schools; then the doubt is hers alone."""
    files(imported, WANG_FILE, [WANG_FILE[0], WANG_FILE[1], OTHER, *WANG_FILE[3:]], LI_FILE, ZHAO_FILE)
    run(imported)
    doubtful = imported.store.ledger_collection("children").find({"issues": ISSUE})
    assert [row["name"] for row in doubtful] == ["王小雨"]
