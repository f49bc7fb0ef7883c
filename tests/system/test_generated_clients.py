"""A client generated from each document makes a call of each kind, and gets what the document promised."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from services.cli.suite import Suite
from services.process import SERVICES
from shared.http.ids import new_id
from shared.kernel.caller import Caller as Who
from shared.kernel.caller import Scope
from tests.shared.workbooks.building import workbook_of
from tests.system.generated import Caller, Generated, generate
from tests.system.running import eventually
from tests.system.served import PHOTO

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]
COUNTY = Scope("349921")
SCHOOL = {"kind": "PRIMARY", "division": "349921101", "name": "云岭镇中心小学"}
PUPILS = "school-age-children"
Sign = Callable[..., Caller]


@pytest.fixture(scope="session")
def packages(county: Suite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Generated]:
    folder = tmp_path_factory.mktemp("clients")
    return {service: generate(county, service, folder) for service in SERVICES}


@pytest.fixture
def sign_in(county: Suite, packages: dict[str, Generated]) -> Iterator[Sign]:
    """`sign_in("registry", "county_admin")`: who calls that service with its generated client."""
    clients = []

    def sign(service: str, role: str, scope: Scope = COUNTY) -> Caller:
        caller = packages[service].by(county.sign(Who(f"{role}-1", role, scope), timedelta(hours=1)))
        clients.append(caller.client.get_httpx_client())
        return caller

    yield sign
    for client in clients:
        client.close()


@pytest.fixture
def registry(sign_in: Sign) -> Caller:
    return sign_in("registry", "county_admin")


def school(models: Any, code: str, **more: Any) -> Any:
    return models.SchoolFact.from_dict(SCHOOL | {"school_code": code} | more)


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_of_the_document_has_its_call(packages: dict[str, Generated], service: str) -> None:
    document = httpx.get(f"{packages[service].url}/api/v1/openapi.json").json()
    named = {
        told["operationId"] for item in document["paths"].values() for told in item.values() if isinstance(told, dict)
    }
    assert packages[service].calls.keys() == named


@pytest.mark.parametrize("service", SERVICES)
def test_its_health_its_ledgers_its_events_and_their_schemas_are_read(sign_in: Sign, service: str) -> None:
    caller = sign_in(service, "county_admin")

    assert caller("get_healthz").parsed.status == "alive"
    assert caller("get_readyz").parsed.service == service
    assert "nol_http_requests" in caller("get_metrics").parsed

    ledgers = caller("get_ledgers").parsed.ledgers
    assert [caller("get_ledgers_view", each.name, limit=1).parsed.title for each in ledgers] == [
        each.title for each in ledgers
    ]
    page = sign_in(service, "service", Scope())("get_events", limit=3).parsed
    assert (len(page.events), page.more) == (3, True)
    assert caller("get_schemas_type", page.events[0].type_).parsed["$schema"]


def test_a_fact_is_posted_once_however_often_it_is_sent(registry: Caller, packages: dict[str, Generated]) -> None:
    key = new_id("k")
    body = school(packages["registry"].models, "2134000091")

    first = registry("post_schools_registrations", body=body, idempotency_key=key)
    again = registry("post_schools_registrations", body=body, idempotency_key=key)

    assert (first.status_code, first.parsed.stream, first.parsed.repeated) == (201, "school-2134000091", False)
    assert first.headers["ETag"] == f'"{first.parsed.version}"'
    assert (again.parsed.events, again.parsed.repeated) == (first.parsed.events, True)
    assert again.headers["Idempotent-Replay"] == "true"


def test_a_refused_fact_is_a_problem_with_a_code(registry: Caller, packages: dict[str, Generated]) -> None:
    models = packages["registry"].models
    key, body = new_id("k"), school(models, "2134000092")
    registry("post_schools_registrations", body=body, idempotency_key=key)

    reused = registry(
        "post_schools_registrations", body=school(models, "2134000092", name="另一所"), idempotency_key=key
    )
    stale = registry("post_schools_registrations", body=school(models, "2134000092", name="又一所"), if_match='"0"')
    wrong = registry("post_schools_registrations", body=school(models, "21340"))

    told = [(each.status_code, type(each.parsed).__name__, each.parsed.code) for each in (reused, stale, wrong)]
    assert told == [
        (422, "Problem", "idempotency-key-reused"),
        (412, "Problem", "version-conflict"),
        (422, "Problem", "fields-not-valid"),
    ]
    assert (stale.parsed.expected, stale.parsed.actual) == (0, 1)
    assert [fault.field for fault in wrong.parsed.errors] == ["school_code"]


def test_a_ledger_is_read_page_by_page_row_by_row_and_as_a_workbook(registry: Caller) -> None:
    asked = {"limit": 1, "division": "349921", "from_": date(2000, 1, 1)}
    first = registry("get_ledgers_view", PUPILS, count=True, **asked).parsed
    second = registry("get_ledgers_view", PUPILS, cursor=first.cursor, **asked).parsed

    assert first.total > 1
    assert first.rows[0].key != second.rows[0].key
    assert registry("get_ledgers_view_key", PUPILS, first.rows[0].key).parsed == first.rows[0]
    assert registry("get_ledgers_view_xlsx", PUPILS).parsed.payload.read(2) == b"PK"


def test_personal_data_is_revealed_with_a_reason(registry: Caller, packages: dict[str, Generated]) -> None:
    row = registry("get_ledgers_view", PUPILS, limit=1).parsed.rows[0]
    reason = packages["registry"].models.Reveal(field="id_number", reason="核对证件")

    told = registry("post_ledgers_view_key_reveals", PUPILS, row.key, body=reason)

    assert (told.status_code, len(told.parsed.value)) == (201, 18)


def test_a_workbook_is_sent_and_its_job_is_looked_after_until_its_result_is_there(
    registry: Caller, packages: dict[str, Generated]
) -> None:
    package = packages["registry"]
    content = workbook_of(
        {"学校": [["学校标识码", "学校名称", "办学类型", "所在乡镇代码"], ["21340", "错号小学", "小学", "349921101"]]}
    )
    file = package.types.File(BytesIO(content), "学校名单.xlsx", "application/octet-stream")
    kind = package.models.PostImportsKindKind.SCHOOLS

    begun = registry("post_imports_kind", kind, body=package.models.Upload(file=file), idempotency_key=new_id("k"))

    assert (begun.status_code, begun.parsed.state) == (202, "queued")
    assert begun.headers["Location"].endswith(begun.parsed.id)
    last = SimpleNamespace(job=begun.parsed)

    def ended() -> bool:
        last.job = registry("get_jobs_id", begun.parsed.id).parsed
        return last.job.state in ("done", "failed")

    eventually(ended, "the job has ended")
    assert (last.job.state, last.job.counts["refused"]) == ("done", 1), last.job
    assert registry("get_jobs_id_result", begun.parsed.id).parsed.payload.read(2) == b"PK"


def test_a_photograph_is_sent_and_fetched(sign_in: Sign, packages: dict[str, Generated]) -> None:
    visits = sign_in("visits", "township_clerk", Scope("349921101"))
    content = PHOTO + b"sent by a generated client"

    sent = visits("post_photos", body=packages["visits"].types.File(BytesIO(content))).parsed

    assert (sent.media_type, sent.size) == ("image/jpeg", len(content))
    assert visits("get_photos_photo", sent.photo).parsed.payload.read() == content


def test_the_feed_is_read_on_and_an_event_is_followed_to_its_readers(sign_in: Sign) -> None:
    registry = sign_in("registry", "service", Scope())
    first = registry("get_events", limit=1).parsed
    second = registry("get_events", limit=1, cursor=first.cursor, wait=0.1).parsed

    [event], [other] = first.events, second.events
    assert event.id != other.id
    service, partition, position = event.id.split("/")
    place = (service, int(partition), int(position))
    assert registry("get_events_service_partition_position", *place).parsed == event
    receipts = registry("get_events_service_partition_position_receipts", *place).parsed.receipts
    assert {each.consumer: each.state for each in receipts} == dict.fromkeys(
        ["assistance", "supervision", "visits"], "applied"
    )
