"""Places in questions: labelled questions of our own and of others, words beside words, and what only looks like a place."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from adaem_core.landscape.contexts import RULES
from adaem_core.landscape.gazetteer import FOLDER
from adaem_core.landscape.regions import countries, find_places, places, world_regions
from tests.rows import every_row

HERE = Path(__file__).resolve()
OTHERS = HERE.parents[2] / "../shared/testdata/gazetteer/questions.json"
REAL = HERE.parents[2] / "../shared/testdata/touche23/touche23_10values.csv"
Labelled = list[tuple[str, set[str]]]


def own() -> Labelled:
    with HERE.with_name("place_questions.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], set(row["places"].split())) for row in csv.DictReader(file)]


def counted(labelled: Iterable[tuple[str, set[str]]]) -> tuple[float, float]:
    """Return precision and recall over all labelled places."""
    found = [(set(places(text)), gold) for text, gold in labelled]
    right = sum(len(got & gold) for got, gold in found)
    return right / sum(len(got) for got, _ in found), right / sum(len(gold) for _, gold in found)


@every_row("question, gold", own())
def test_own_questions(question: str, gold: set[str]) -> None:
    assert set(places(question)) == gold


@pytest.mark.skipif(not OTHERS.is_file(), reason="the labelled questions are not beside the repository")
def test_questions_of_others() -> None:
    labelled = [(row["q"], set(row["gold"])) for row in json.loads(OTHERS.read_text(encoding="utf-8"))]
    precision, recall = counted(labelled)
    assert precision >= 0.97 and recall >= 0.95


@pytest.mark.skipif(not REAL.is_file(), reason="Touché'23 is not beside the repository")
def test_real_arguments_name_the_countries_a_reader_finds() -> None:
    """The words found in 8,865 arguments were read one by one; those that occur must be the words of that list and no common word."""
    with REAL.open(encoding="utf-8", newline="") as file:
        found = {each.text for row in csv.DictReader(file) for text in row.values() for each in find_places(text or "")}
    assert {"EU", "India", "Gaza Strip", "Jammu and Kashmir", "Turkey", "Frontex", "Brexit"} <= found
    assert not found & {"Can", "Of", "Nice", "Reading", "Same", "Male", "Mobile", "Bath", "Split", "Hope", "Most", "Union", "Mary"}


WORDS = [
    ("U.S. courts", ["US"]),
    ("The us of today", []),
    ("Germany’s", ["DE"]),
    ("Germanium prices", []),
    ("Non-Germans", ["DE"]),
    ("NIGERIA and Niger", ["NG", "NE"]),
    ("Sino-American talks", ["CN", "US"]),
    ("Côte d'Ivoire", ["CI"]),
    ("Cote d’Ivoire", ["CI"]),
    ("São Paulo and Sao Paulo", ["BR", "BR"]),
    ("South Sudanese and Sudanese", ["SS", "SD"]),
    ("New Zealand", ["NZ"]),
    ("Guinea, Guinea-Bissau, Equatorial Guinea, Papua New Guinea", ["GN", "GW", "GQ", "PG"]),
    ("Georgia's voting law", ["US"]),
    ("Georgia and Armenia", ["GE", "AM"]),
    ("the Jordan River", []),
    ("Jordan and Israel", ["JO", "IL"]),
    ("in English courts", ["GB"]),
    ("taught in English.", []),
    ("", []),
    ("<b>France</b>", ["FR"]),
]


@every_row("text, gold", WORDS)
def test_words_beside_words(text: str, gold: list[str]) -> None:
    assert ["/".join(each.codes) for each in find_places(text)] == gold


def test_a_mention_says_where_it_stands() -> None:
    text = "Should Norway follow the Swiss?"
    assert [(text[each.start : each.end], each.codes[0], each.kind) for each in find_places(text)] == [
        ("Norway", "NO", "name"),
        ("Swiss", "CH", "demonym"),
    ]


def test_the_table_has_codes_kinds_and_sources_we_may_ship() -> None:
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["source"] for row in rows} == {"own", "cldr", "geonames", "countryinfo"}
    assert len({row["term"] for row in rows}) == len(rows)
    assert {row["rule"] for row in rows} == set(RULES)
    assert all((row["kind"] == "stop") == (row["iso2"] == "") for row in rows)
    named = {code for row in rows for code in row["iso2"].split()}
    assert named == set(countries()) and len(named) > 240 and "EU" in named


def test_every_country_lies_in_a_region() -> None:
    assert world_regions(["DE", "FR", "IN"]) == ("Western Europe", "Southern Asia")
    assert len({country.region for country in countries().values()}) == 17  # sixteen parts of the world and the European Union


def test_two_codes_for_both_koreas() -> None:
    assert places("Is peace on the Korean peninsula possible?") == ("KR", "KP")


def test_brussels_is_a_city_and_a_seat() -> None:
    assert places("Should Brussels fine Poland?") == ("EU", "PL")
    assert places("Is life in Brussels expensive?") == ("BE",)
