"""Two schools of one name: who sends in a list that names them by their name alone decides which one is meant."""

from pathlib import Path

import pytest

from services.cli.sample_county.generate import generate
from services.cli.sample_county.namesakes import FILE, NAME
from services.cli.sample_county.planted import Planted
from services.registry.imports.report import ImportReport
from shared.kernel.caller import Caller, Scope
from tests.registry.conftest import COUNTY, Registry, nol

__all__ = ["nol"]  # a fixture, used by name


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    folder = tmp_path_factory.mktemp("county")
    return folder, generate(folder, 4, 240, 1)


@pytest.fixture
def codes(nol: Registry, files: tuple[Path, Planted]) -> list[str]:
    """Of the two schools; the registry knows no pupils yet."""
    for kind, name in (("divisions", "行政区划.xlsx"), ("schools", "学校名单.xlsx")):
        load(nol, files, kind, name)
    return [row["_id"] for row in nol.store.ledger_collection("schools").find({"name": NAME}).sort("_id")]


def load(nol: Registry, files: tuple[Path, Planted], kind: str, name: str, caller: Caller = COUNTY) -> ImportReport:
    return nol.load(kind, (files[0] / name).read_bytes(), name, caller)


def test_to_the_county_the_name_is_two_schools_and_each_row_comes_back_with_both_codes(
    nol: Registry, files: tuple[Path, Planted], codes: list[str]
) -> None:
    report = load(nol, files, "rosters", FILE)
    planted = [fault.row for fault in files[1].faults if fault.kind == "school_by_name_alone"]
    assert planted
    assert [row.row_number for row in report.refused] == planted
    assert len(codes) == 2
    for row in report.refused:
        (problem,) = row.problems
        assert all(code in problem.reason for code in codes)
        assert "学校标识码" in problem.remedy


@pytest.mark.parametrize("at", [0, 1])
def test_to_each_of_the_two_the_name_is_its_own(
    nol: Registry, files: tuple[Path, Planted], codes: list[str], at: int
) -> None:
    report = load(nol, files, "rosters", FILE, Caller("p1", "school_admin", Scope(school=codes[at])))
    planted = {fault.key for fault in files[1].faults if fault.kind == "school_by_name_alone"}
    assert +report.counts == {"changed": len(planted)}
    assert [row["school"] for row in nol.store.ledger_collection("children").find()] == [codes[at]] * len(planted)
