"""Guardians as callers meet them: in the child's file, in the ledgers, masked."""

from tests.registry.test_api import SignIn, child_id, code, officer
from tests.shared.http.client import Client

__all__ = ["SignIn", "child_id", "officer"]  # fixtures, used by name
GRANDMOTHER = {"name": "程桂兰", "relation": "62", "linked_on": "2026-09-10", "phone": "13900001234"}


def test_who_comes_first_by_law_is_shown_with_name_and_phone_until_the_next_follows(
    officer: Client, child_id: str
) -> None:
    assert officer.post(f"/children/{child_id}/guardians", GRANDMOTHER).status_code == 201
    file = officer.get(f"/children/{child_id}").json["child"]
    assert [guardian["name"] for guardian in file["guardians"]] == ["程桂兰", "林大山"]  # whose relation nobody told
    assert (file["guardian_name"], file["guardian_phone"]) == ("程桂兰", "139****1234")
    death = {
        "guardian_id": file["guardians"][0]["id"],
        "reason": "DECEASED",
        "unlinked_on": "2026-10-01",
        "evidence": ["证明3号"],
    }
    assert officer.post(f"/children/{child_id}/guardian-departures", death).status_code == 201
    answer = officer.get(f"/children/{child_id}")
    child = answer.json["child"]
    assert (child["guardian_name"], child["guardian_phone"]) == ("林大山", "138****5678")
    assert "13900001234" not in answer.text
    assert "enc:" not in answer.text


def test_a_guardian_without_the_consent_it_needs_is_refused_with_a_sentence(officer: Client, child_id: str) -> None:
    uncle = GRANDMOTHER | {"name": "林大海", "relation": "97"}
    assert code(officer.post(f"/children/{child_id}/guardians", uncle)) == (422, "guardian-consent-needed")
    assert officer.post(f"/children/{child_id}/guardians", uncle | {"consent": "村委会1号"}).status_code == 201
