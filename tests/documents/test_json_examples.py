"""The JSON in the documents is JSON, and what it shows is what the suite would say."""

import json
from typing import Any

from services.registry.service import EVENTS
from shared.http.jobs import JobSchema
from shared.http.receipts import ReceiptsSchema
from shared.http.schemas import OutcomeSchema
from shared.kernel.recorded import from_cloud_event, to_cloud_event
from tests.documents.documents import DOCUMENTS, ROOT, blocks
from tests.documents.problem_codes import lines

INTEGRATORS = ROOT / "docs" / "integrators.md"


def examples() -> list[Any]:
    return [json.loads(block.code) for document in DOCUMENTS for block in blocks(document, "json")]


def with_field(name: str) -> list[Any]:
    found = [example for example in examples() if name in example]
    assert found, f"no example has {name}"
    return found


def test_every_event_shown_reads_back_as_it_is_written() -> None:
    for event in with_field("specversion"):
        recorded = from_cloud_event(event)

        assert to_cloud_event(recorded) == event
        assert EVENTS.encode(EVENTS.decode(recorded.type, recorded.data)) == event["data"]


def test_every_problem_shown_has_a_code_that_exists() -> None:
    assert {problem["code"] for problem in with_field("detail_en")} <= {line.code for line in lines()}


def test_every_outcome_job_and_receipt_shown_has_the_fields_of_its_schema() -> None:
    always = {name for name, field in OutcomeSchema().fields.items() if field.required}
    assert all(set(each) == always for each in with_field("repeated"))
    assert all(set(each) == set(JobSchema().fields) for each in with_field("result_name"))
    assert all(not ReceiptsSchema().validate(each) for each in with_field("receipts"))
