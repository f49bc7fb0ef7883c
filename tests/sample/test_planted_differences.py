"""The sample county goes in as `make run` loads it, and its lists disagree as they were made to."""

from pathlib import Path

from services.cli.sample import compare_lists, load_county
from services.cli.sample_county.generate import DEFAULT_TODAY
from services.registry.reconciliation.reasons import reasons
from services.registry.snapshots.kinds import ListKind
from tests.sample.conftest import Compared


def test_exactly_the_planted_differences_are_found(county: Compared) -> None:
    expected = {
        (county.identity(each.key), each.reason, each.poor) for each in county.planted.differences if each.reason
    }
    assert county.findings() == expected


def test_every_reason_is_planted_for_the_poor_and_for_others_where_both_can_be(county: Compared) -> None:
    planted = [each for each in county.planted.differences if each.reason]
    assert {each.reason for each in planted} == set(reasons().reason)
    assert {each.poor for each in planted if each.reason in ("N2", "R1", "R2", "ROSTER_MISSING")} == {True, False}


def test_what_only_seems_to_be_a_difference_is_none(county: Compared) -> None:
    seeming = [each for each in county.planted.differences if each.reason is None]
    expected = {
        "too_young_by_a_day",
        "too_old_by_a_day",
        "moved_away_for_certain",
        "died",
        "number_only_inside_student_number",
        "written_with_spaces",
        "written_in_full_width",
        "file_that_has_ended",
        "certified_and_placed",
        "certified_and_grown_up",
        "told_for_next_year",
    }
    in_autumn = {"left_after_the_last_grade"} if county.planted.today == DEFAULT_TODAY else set()
    assert {each.why for each in seeming} == expected | in_autumn
    found = {identity for identity, _, _ in county.findings()}
    assert not found & {county.identity(each.key) for each in seeming}


def test_the_lists_are_kept_without_a_refused_row(county: Compared) -> None:
    compared = [kind.value for kind in ListKind]
    rows = list(county.nol.store.ledger_collection("lists").find({"kind": {"$in": compared}}))
    kept = {(row["kind"], row["list_on"], row["source"]) for row in rows}
    assert kept == {(each.kind, each.list_on.isoformat(), each.source) for each in county.planted.lists}
    counted = {file.kind: file.good for file in county.planted.files}
    for row in rows:
        assert row["refused"] == 0
        assert row["kind"] == "poverty" or row["good"] == counted[row["kind"]]


def test_comparing_again_makes_no_event(county: Compared) -> None:
    before = county.nol.events()
    compare_lists(county.api)
    assert county.nol.events() == before


def test_the_same_files_again_make_no_event(county: Compared, tmp_path: Path) -> None:
    before = county.nol.events()
    load_county(county.api, county.refused.parent / "files", tmp_path)
    assert county.nol.events() == before


def test_the_queue_shows_every_difference_the_poor_first(county: Compared) -> None:
    rows = list(county.api.rows("differences"))
    assert len(rows) == len(county.findings())
    priorities = [row["cells"]["priority"] for row in rows]
    assert priorities == sorted(priorities)
    assert priorities[0] == 0
