"""Every address, file and setting that the documents name is there."""

import re
import subprocess
from pathlib import Path

import pytest

from services.process import SERVICES
from shared.config.environment import REMEDIES
from tests.documents.addresses import Address, addresses, fault_of
from tests.documents.command_lines import shell_lines
from tests.documents.documents import ROOT, blocks, name
from tests.documents.test_command_lines import OF_TODAY

ADDRESSES = [address for document in OF_TODAY for address in addresses(document)]
SECRETS = "deploy/secrets/"  # made by deploy/new_secrets.py, never kept in the repository
each_document = pytest.mark.parametrize("document", OF_TODAY, ids=name)


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_the_address_leads_somewhere(address: Address) -> None:
    assert fault_of(address) == ""


def test_addresses_are_found() -> None:
    assert len(ADDRESSES) > 100


@pytest.mark.parametrize(
    ("method", "path", "query"),
    [
        ("POST", "/children/{id}/loses", ""),
        ("GET", "/children/{id}/losses", ""),
        ("GET", "/ledgers/childrens", ""),
        ("POST", "/imports/rooster", ""),
        ("", "…/findigns", ""),
        ("", "/api/v1/ledger/{name}", ""),
        ("GET", "/divisions/{code}", "day="),
    ],
)
def test_a_wrong_one_is_noticed(method: str, path: str, query: str) -> None:
    assert fault_of(Address("", method, path, query)) != ""


@each_document
def test_every_file_named_is_there(document: Path) -> None:
    named = re.findall(r"`((?:services|shared|tests|docs|deploy)/[^`\s]+)`", document.read_text("utf-8"))
    named += re.findall(r"(?<=\s)deploy/\S+", "\n".join(shell_lines(blocks(document, "sh"))))
    whole = {path.replace("<service>", service) for path in named for service in SERVICES}
    assert [path for path in whole if not path.startswith(SECRETS) and not (ROOT / path).exists()] == []


@each_document
def test_every_setting_named_is_read_somewhere(document: Path) -> None:
    for setting in set(re.findall(r"\bNOL_[A-Z_]+\b", document.read_text("utf-8"))) - REMEDIES.keys():
        elsewhere = [
            "git",
            "grep",
            "-lw",
            setting,
            "--",
            "services",
            "shared",
            "deploy",
            "tests/conftest.py",
            "Makefile",
        ]
        assert subprocess.run(elsewhere, cwd=ROOT, capture_output=True, text=True, check=False).stdout, setting
