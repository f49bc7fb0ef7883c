"""What is no list of the county is refused while the clerk looks on, and nothing of it is kept."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.registry.conftest import Registry
from tests.shared.http.client import Client
from tests.shared.workbooks.building import workbook_of

OLD_FORMAT = Path(__file__).parents[1] / "shared" / "workbooks" / "old_format.xls"
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 4
SCHOOL_LIST = workbook_of({"Sheet1": [["学校标识码", "学校名称"], ["2134990001", "甲"]]})


def empty_workbook() -> bytes:
    stream = BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def upload(client: Client, kind: str, content: bytes, field: str = "file", name: str = "名单.xlsx") -> TestResponse:
    boundary, body = encode_multipart({field: FileStorage(BytesIO(content), name)})
    return client.send("POST", f"/imports/{kind}", body, f"multipart/form-data; boundary={boundary}")


@pytest.fixture
def admin(sign_in: Callable[..., Client]) -> Client:
    return sign_in("county_admin", division="349921")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "workbook-not-excel"),
        (b"hello", 422, "workbook-not-excel"),
        (b"%PDF-1.4", 422, "workbook-not-excel"),
        (b"PK\x03\x04 torn", 422, "workbook-damaged"),
        (ENCRYPTED, 422, "workbook-encrypted"),
        (empty_workbook(), 422, "workbook-empty"),
        (
            workbook_of({"Sheet1": [["学校标识码", "学校名称"], ["2134990001", "甲"]]}),
            422,
            "workbook-header-not-found",
        ),
        (b"PK\x03\x04" + bytes(2_000_000), 413, "body-too-large"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_at_once_in_chinese(
    admin: Client, nol: Registry, content: bytes, status: int, code: str
) -> None:
    answer = upload(admin, "rosters", content)
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert re.search("[一-鿿].*。$", answer.json["detail"])
    assert nol.store.jobs.count_documents({}) == 0
    assert nol.events() == 0


def test_a_file_under_another_fields_name_is_missed_by_the_right_name(admin: Client, nol: Registry) -> None:
    answer = upload(admin, "rosters", empty_workbook(), field="upload")
    assert answer.json is not None
    assert (answer.status_code, answer.json["code"], answer.json["field"]) == (422, "fields-not-valid", "file")


def test_an_old_xls_roster_is_taken(admin: Client, nol: Registry) -> None:
    assert upload(admin, "rosters", OLD_FORMAT.read_bytes(), name="旧.xls").status_code == 202
    assert nol.store.jobs.count_documents({}) == 1


def test_somebody_who_may_not_import_is_told_so_before_the_file_is_looked_at(sign_in: Callable[..., Client]) -> None:
    auditor = sign_in("auditor", division="349921")
    assert upload(auditor, "rosters", b"hello").status_code == 403
