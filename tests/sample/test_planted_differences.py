"""The sample county goes in through the API as `make run` loads it, and its lists disagree as they were made to.

Each request that asks for a job finds it done, and what was due meanwhile has happened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from services.cli.client import ApiClient
from services.cli.sample import compare_lists, load_county
from services.cli.sample_county.generate import DEFAULT_TODAY, generate
from services.cli.sample_county.planted import Planted
from services.registry.bootstrap import blueprints, job_kinds
from services.registry.groups.catalogue import catalogue
from services.registry.personal import PersonalData
from services.registry.policy import read_policy
from services.registry.reconciliation.people import stranger
from services.registry.reconciliation.reasons import reasons
from services.registry.service import registry
from services.registry.snapshots.kinds import ListKind
from services.roles import ROLES
from shared.auth.signing import TokenSigner
from shared.calendar import read_working_calendar
from shared.calendar.zone import start_of_local_day
from shared.config import Service
from shared.http.app import create_app
from shared.kernel.application import Application
from shared.kernel.caller import Caller, Scope
from shared.kernel.clock import FixedClock
from shared.kernel.firing import fire_due
from shared.kernel.ledgers import Row
from shared.kernel.store import Store, connect
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from shared.runtime import Ports, Runtime, assemble
from tests.registry.conftest import Registry
from tests.settings import settings_of
from tests.shared.http.conftest import keys, signer

__all__ = ["keys", "signer"]  # fixtures, used by name
IN_SPRING = date(2027, 4, 30)
EMPTY = {
    "dropouts": "nobody has confirmed a suspicion",
    "dropout-marks": "nobody has confirmed a suspicion",
    "returned-probation": "nobody has returned",
    "data-quality-issues": "rows with contradictions are refused",
    "closed-schools": "no school has closed",
    "pupils-of-closed-schools": "no school has closed",
    "corrections": "nobody has asked for one",
    "corrections-to-enter": "nobody has asked for one",
    "school-headcounts": "no principal has counted",
    "class-headcounts": "no principal has counted",
    "duplicates": "no two files are alike",
    "elsewhere-learners": "nobody has been confirmed elsewhere",
    "junior-school-hand-over": "the school year has not ended",
    "leavers": "the school year has not ended",
    "resolved-differences": "the queue is new",
    "deferrals": "nobody has applied",
    "suspensions": "nobody has applied",
    "respites-to-decide": "nobody has applied",
    "transfers-in-flight": "nobody has moved",
    "transfers": "nobody has moved",
    "transfer-requests": "nobody has moved",
    "push-out-reports": "no school has been reported",
    "home-teaching": "nobody has been placed at home",
    "registration-gaps": "no school has reported one",
}
"""The ledgers that wait for what has not happened, each with why."""
Finding = tuple[str, str, bool]
"""Of whom, for which reason, and whether poor."""


class Working(httpx.BaseTransport):
    """The API in this process, and the worker that is never late."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._api = httpx.WSGITransport(app=create_app(runtime, blueprints(), ROLES))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/api/v1/jobs/"):
            while self._runtime.jobs.run_next(job_kinds(self._runtime)):
                pass
            while fire_due(self._runtime.application):
                pass
        return self._api.handle_request(request)


@dataclass(frozen=True)
class Compared:
    nol: Registry
    api: ApiClient
    planted: Planted
    refused: Path

    def findings(self) -> set[Finding]:
        """What is in the queue."""
        rows = self.nol.store.ledger_collection("differences").find({"status": "OPEN"})
        return {(row["_id"].partition(":")[0], row["reason"], row["poor"]) for row in rows}

    def identity(self, key: str) -> str:
        """The child that the registry knows by a number, or who stands for somebody unknown."""
        field, column = (
            ("student_number", "student_number_index") if key.startswith("L") else ("id_number", "id_index")
        )
        index = self.nol.personal.index(field, key)
        row: Row | None = self.nol.store.ledger_collection("children").find_one({column: index})
        return row["_id"] if row else stranger(field, index)


@pytest.fixture(
    scope="module",
    params=[(8, 600, 1, DEFAULT_TODAY), (4, 120, 9, IN_SPRING)],
    ids=["eight schools in autumn", "four schools in spring"],
)
def county(
    request: pytest.FixtureRequest,
    mongo: str,
    tmp_path_factory: pytest.TempPathFactory,
    keys: Path,
    signer: TokenSigner,
) -> Iterator[Compared]:
    folder = tmp_path_factory.mktemp("county")
    planted = generate(folder / "files", *request.param)
    keyring, database = parse_keyring(generate_keyring()), f"nol_test_{uuid4().hex}"
    clock = FixedClock(start_of_local_day(planted.today) + timedelta(hours=18))
    calendar = read_working_calendar()
    with connect(mongo) as client:
        store = Store(client, database, registry(read_policy(), calendar), 4)
        store.install()
        ports = Ports(
            settings=settings_of(Service.REGISTRY, keys=keys, folder=folder, mongo=mongo, database=database),
            clock=clock,
            calendar=calendar,
            cipher=Cipher(keyring),
            blind_index=BlindIndex(keyring.index_key),
        )
        runtime = assemble(ports, store.service, store)
        personal = PersonalData(ports.cipher, ports.blind_index)
        token = signer.sign(Caller("import", "county_admin", Scope("349921")), timedelta(hours=2))
        with httpx.Client(transport=Working(runtime)) as http:
            api = ApiClient("http://registry.invalid", token, http)
            load_county(api, folder / "files", folder / "refused")
            yield Compared(Registry(Application(store, clock), clock, personal), api, planted, folder / "refused")
        client.drop_database(database)


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


def test_no_ledger_is_empty_without_a_reason(county: Compared) -> None:
    empty = {view.name for view in county.nol.store.service.views if not next(county.api.rows(view.name), None)}
    assert empty == set(EMPTY)


def test_the_special_groups_are_those_on_the_list_and_nobody_else_is_disabled(county: Compared) -> None:
    rows = list(county.nol.store.ledger_collection("children").find({"groups": {"$ne": []}}))
    known = {group for row in rows for group in row["groups"]}
    assert known == set(catalogue().codes) - {"IN_LEGAL_CASE"}
    recorded = ("certified_and_placed", "recorded_and_not_placed")
    planted = {county.identity(each.key) for each in county.planted.differences if each.why in recorded}
    assert {row["_id"] for row in rows if "DISABLED" in row["groups"]} == planted


def test_whoever_is_left_behind_has_the_parents_before_the_grandfather(county: Compared) -> None:
    rows = list(county.nol.store.ledger_collection("children").find({"groups": "LEFT_BEHIND"}))
    assert rows
    for row in rows:
        guardians = county.api.get(f"/api/v1/children/{row['_id']}")["child"]["guardians"]
        assert [each["relation"] for each in guardians] == ["51", "52", "61"]


def test_an_enterprise_has_a_code_whose_check_character_holds(county: Compared) -> None:
    rows = list(county.api.rows("enterprises"))
    assert [row["cells"]["code_checked"] for row in rows] == [True, True]


def test_the_head_of_the_central_school_sits_in_the_groups_of_school_and_township(county: Compared) -> None:
    central = next(county.api.rows("central-schools"))["cells"]
    township = county.api.get(f"/api/v1/leading-groups/{central['township_code']}")
    school = county.api.get(f"/api/v1/leading-groups/{central['central_school']}")
    (head,) = [each["name"] for each in township["members"] if each["post"] == "CENTRAL_SCHOOL_HEAD"]
    assert head in [each["name"] for each in school["members"] if each["post"] == "PRINCIPAL"]
    assert not township["vacant"]
