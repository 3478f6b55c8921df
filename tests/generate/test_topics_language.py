"""Topics in other languages are told; English ones never are."""

import pytest

from adaem_core.generate.topics import read_topics, shipped_topics
from adaem_core.generate.topics_language import language_of
from tests.rows import every_row


@every_row(
    "statement, language",
    [
        ("¿Debería el gobierno prohibir los coches en el centro?", "Spanish"),
        ("Faut-il interdire les voitures en ville ?", "French"),
        ("政府应该禁止私家车进入市中心吗？", "Chinese"),
        ("هل ينبغي للحكومة أن تحظر السيارات في وسط المدينة؟", "Arabic"),
        ("Wir sollten das Wahlalter senken", "German"),
        ("Czy należy zakazać samochodów w mieście?", "Polish"),
        ("Abortion", ""),
        ("Zoos", ""),
        ("We should abolish zoos", ""),
        ("Ban cars", ""),
    ],
)
def test_the_language_of_a_topic(statement: str, language: str) -> None:
    assert language_of(statement) == language


@pytest.mark.parametrize("name", sorted(shipped_topics()))
def test_no_shipped_topic_is_taken_for_another_language(name: str) -> None:
    assert read_topics(name).foreign() == {}


def test_a_file_tells_which_of_its_topics_are_foreign() -> None:
    found = read_topics(("a.txt", b"We should abolish zoos\nFaut-il interdire les voitures en ville ?\n"))
    assert found.foreign() == {"T002": "French"}
