import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.privacy.cipher import (
    CannotOpen,
    Cipher,
    NotSealed,
    SealBroken,
    Sealed,
    UnknownKey,
    is_sealed,
    key_id_of,
)
from shared.privacy.keyring import Algorithm
from shared.privacy.keyring_file import generate_keyring, parse_keyring

PLAINTEXT, CONTEXT = "34992120180831102X", "child:42:resident_id"
DOCUMENTS = {algorithm: generate_keyring(algorithm=algorithm) for algorithm in Algorithm}
CIPHERS = {algorithm: Cipher(parse_keyring(document)) for algorithm, document in DOCUMENTS.items()}
every_algorithm = pytest.mark.parametrize("cipher", CIPHERS.values(), ids=[a.value for a in CIPHERS])


def rotated(document: dict[str, Any]) -> dict[str, Any]:
    old = [{**key, "state": "retired"} for key in document["keys"]]
    return {**document, "keys": [*generate_keyring("next")["keys"], *old]}


@every_algorithm
def test_a_sealed_value_opens_in_its_context(cipher: Cipher) -> None:
    sealed = cipher.seal(PLAINTEXT, CONTEXT)
    assert is_sealed(sealed)
    assert sealed.startswith("enc:development-1:")
    assert PLAINTEXT not in sealed
    assert cipher.open(sealed, CONTEXT) == PLAINTEXT


@given(st.sampled_from(list(Algorithm)), st.text(), st.text())
def test_every_text_comes_back(algorithm: Algorithm, plaintext: str, context: str) -> None:
    cipher = CIPHERS[algorithm]
    assert cipher.open(cipher.seal(plaintext, context), context) == plaintext


@every_algorithm
def test_the_same_value_is_never_sealed_alike(cipher: Cipher) -> None:
    assert cipher.seal(PLAINTEXT, CONTEXT) != cipher.seal(PLAINTEXT, CONTEXT)


@every_algorithm
def test_a_value_moved_to_another_place_does_not_open(cipher: Cipher) -> None:
    with pytest.raises(SealBroken):
        cipher.open(cipher.seal(PLAINTEXT, CONTEXT), "child:43:resident_id")


@given(st.sampled_from(list(Algorithm)), st.integers(0, 10_000), st.permutations("Aa0+/=:é"))
def test_a_value_with_one_changed_character_does_not_open(
    algorithm: Algorithm, number: int, others: list[str]
) -> None:
    sealed = CIPHERS[algorithm].seal(PLAINTEXT, CONTEXT)  # never alike, so nothing may be drawn after looking at it
    place = number % len(sealed)
    other = next(each for each in others if each != sealed[place])
    with pytest.raises(CannotOpen):
        CIPHERS[algorithm].open(Sealed(sealed[:place] + other + sealed[place + 1 :]), CONTEXT)


@every_algorithm
def test_a_value_with_one_changed_bit_does_not_open(cipher: Cipher) -> None:
    head, text = cipher.seal(PLAINTEXT, CONTEXT).rsplit(":", 1)
    box = base64.b64decode(text)
    for place in range(len(box)):
        altered = box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :]
        with pytest.raises(SealBroken):
            cipher.open(Sealed(f"{head}:{base64.b64encode(altered).decode()}"), CONTEXT)


@pytest.mark.parametrize("text", ["", PLAINTEXT, "enc:", "enc:development-1:", "enc:a:AAAA", "enc::é"])
def test_what_is_not_sealed_is_refused(text: str) -> None:
    with pytest.raises(NotSealed):
        CIPHERS[Algorithm.AES_256_GCM].open(Sealed(text), CONTEXT)


@every_algorithm
def test_after_rotation_the_old_value_opens_and_the_new_key_seals(cipher: Cipher) -> None:
    old = cipher.seal(PLAINTEXT, CONTEXT)
    algorithm = next(name for name, one in CIPHERS.items() if one is cipher)
    renewed = Cipher(parse_keyring(rotated(DOCUMENTS[algorithm])))
    new = renewed.seal(PLAINTEXT, CONTEXT)
    assert renewed.open(old, CONTEXT) == PLAINTEXT
    assert (key_id_of(old), key_id_of(new)) == ("development-1", "next-1")
    assert renewed.needs_resealing(old)
    assert not renewed.needs_resealing(new)


def test_a_value_of_an_unknown_key_names_the_key() -> None:
    sealed = Cipher(parse_keyring(generate_keyring("elsewhere"))).seal(PLAINTEXT, CONTEXT)
    with pytest.raises(UnknownKey) as refusal:
        CIPHERS[Algorithm.AES_256_GCM].open(sealed, CONTEXT)
    assert refusal.value.key_id == "elsewhere-1"


def test_another_key_under_the_same_id_does_not_open() -> None:
    sealed = Cipher(parse_keyring(generate_keyring())).seal(PLAINTEXT, CONTEXT)
    with pytest.raises(SealBroken):
        CIPHERS[Algorithm.AES_256_GCM].open(sealed, CONTEXT)


def test_refusals_have_stable_codes() -> None:
    assert {fault.code for fault in (NotSealed, UnknownKey, SealBroken)} == {
        "privacy-not-sealed",
        "privacy-unknown-key",
        "privacy-seal-broken",
    }
