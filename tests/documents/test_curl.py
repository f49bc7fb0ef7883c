"""Every `curl` example in the documents is sent to the registry, and none is refused."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.documents.curl import Example, NotReadable, examples
from tests.documents.documents import ROOT
from tests.documents.test_command_lines import OF_TODAY
from tests.registry.conftest import Registry, app, keys, nol, runtime, settings, sign_in, signer
from tests.shared.http.client import Client
from tests.shared.workbooks.building import workbook_of

__all__ = ["app", "keys", "nol", "runtime", "settings", "sign_in", "signer"]  # fixtures, used by name

EXAMPLES = [example for document in OF_TODAY for example in examples(document)]
SCHOOL = {"school_code": "2134990001", "name": "落雁镇中心小学", "kind": "PRIMARY", "division": "349921101"}
PUPIL = {"name": "高俊一", "sex": "M", "birth_date": "2017-11-14", "division": "349921101201"}
PLACE = {"school_code": "2134990001", "grade": 3, "class_no": 1, "enrolled_on": "2026-09-01"}
FILES = {
    "people.xlsx": [["姓名", "身份证号", "村（居）代码"], ["高俊一", "349921201711140016", "349921101201"]],
    "week47.xlsx": [
        ["学生姓名", "学籍号", "班级", "日期", "缺勤类别"],
        ["高俊一", "", "3年级1班", "2026-11-18", "病假"],
    ],
}
"""What the files have in them that the examples send."""


@pytest.fixture
def clerk(nol: Registry, sign_in: Callable[..., Client]) -> Client:
    """A county's clerk, with the token of the examples."""
    return sign_in("county_admin", division="349921")


@pytest.fixture
def child(nol: Registry, clerk: Client) -> str:
    """A pupil of the examples' school who has been away."""
    assert clerk.post("/schools/registrations", SCHOOL).status_code == 201
    stream = clerk.post("/children/registrations", PUPIL | {"enrolment": PLACE}).json["stream"]
    id_: str = stream.removeprefix("child-")
    assert clerk.post(f"/children/{id_}/absences", {"day": "2026-11-20"}).status_code == 201
    nol.wait_until(date(2026, 11, 24))
    return id_


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_example_is_answered(example: Example, clerk: Client, child: str) -> None:
    with sent(example, clerk, child) as answer:
        assert answer.status_code < 300, answer.text


def sent(example: Example, clerk: Client, child: str) -> TestResponse:
    url = urlsplit(example.url.replace("$REGISTRY", "http://127.0.0.1:8101").replace("$CHILD", child))
    assert (url.port, example.headers["Authorization"]) == (8101, "Bearer $TOKEN")
    path = f"{url.path.removeprefix('/api/v1')}?{url.query}"
    key = example.headers.get("Idempotency-Key")
    headers = {"idempotency_key": key} if key else {}
    if example.files:
        boundary, body = encode_multipart({field: _file(file) for field, file in example.files.items()})
        return clerk.send(example.method, path, body, f"multipart/form-data; boundary={boundary}", **headers)
    body = example.body.encode()
    return clerk.send(example.method, path, body, example.headers.get("Content-Type", ""), **headers)


def _file(name: str) -> FileStorage:
    return FileStorage(BytesIO(workbook_of({"Sheet1": FILES[name]})), name)


def test_the_examples_of_both_readmes_and_of_the_integrators_are_found() -> None:
    assert {each.document for each in EXAMPLES} == {"README.md", "README.zh-CN.md", "docs/integrators.md"}


def test_an_option_that_nobody_reads_here_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "```sh\ncurl --frobnicate http://127.0.0.1:8101/\n```\n"
    monkeypatch.setattr(Path, "read_text", lambda *_: told)
    with pytest.raises(NotReadable):
        list(examples(ROOT / "README.md"))
