from shared.privacy.blind_index import BlindIndex
from shared.privacy.keyring_file import generate_keyring, parse_keyring

INDEX = BlindIndex(parse_keyring(generate_keyring()).index_key)
NUMBER = "34992120180831102X"


def test_every_spelling_of_a_number_is_found_under_the_same_value() -> None:
    spellings = [NUMBER, NUMBER.lower(), " ３４９９２１２０１８０８３１１０２Ｘ\u3000"]
    assert len({INDEX.of(spelling, "resident_id") for spelling in spellings}) == 1


def test_another_number_another_kind_and_another_key_give_other_values() -> None:
    other_key = BlindIndex(parse_keyring(generate_keyring()).index_key)
    values = {
        INDEX.of(NUMBER, "resident_id"),
        INDEX.of("349921201409031020", "resident_id"),
        INDEX.of(NUMBER, "student_number"),
        other_key.of(NUMBER, "resident_id"),
    }
    assert len(values) == 4


def test_the_value_is_short_and_tells_nothing() -> None:
    value = INDEX.of(NUMBER, "resident_id")
    assert len(value) == 32
    assert set(value) <= set("0123456789abcdef")
    assert "secret" not in repr(INDEX)
