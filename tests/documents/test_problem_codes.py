"""The page of problem codes says what the code says."""

from tests.documents.problem_codes import OWNERS, PAGE, lines, page


def test_the_page_of_problem_codes_is_as_the_code_has_it() -> None:
    assert PAGE.read_text("utf-8") == page(), "write it anew: python -m tests.documents.problem_codes"


def test_every_service_has_codes_and_no_code_is_empty_of_words() -> None:
    found = lines()

    assert {line.owner for line in found} == set(OWNERS)
    assert [line for line in found if not line.zh or not line.en] == []
