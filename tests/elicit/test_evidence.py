"""Quotes are mapped back to the opinion's own words, or dropped."""

from adaem_core.elicit.evidence import verbatim
from tests.rows import every_row

TEXT = "Social trust: When rules are fair, people’s trust “grows” – İstanbul shows it."


@every_row(
    "quote, words",
    [
        ("people’s trust", "people’s trust"),
        ('"PEOPLE\'S  trust \n"grows""', "people’s trust “grows"),
        ("“When rules are fair”", "When rules are fair"),
        ("when rules ... people's trust", "people’s trust"),
        ("- İstanbul SHOWS it.", "– İstanbul shows it"),
        ("rules are unfair", ""),
        ("", ""),
        ("…", ""),
    ],
)
def test_verbatim(quote: str, words: str) -> None:
    found = verbatim(quote, TEXT)
    assert found == words
    assert found in TEXT
