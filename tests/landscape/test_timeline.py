"""Years and dated events in questions: made-up contexts, and every hit in real arguments, read one by one."""

import csv
import math
from pathlib import Path

import pytest
from scipy.stats import binomtest

from adaem_core.landscape.timeline import by_author, cutoff_at, cutoff_year, events, find_years, only
from tests.rows import every_row

SHARED = Path(__file__).resolve().parents[2] / "../shared/testdata"
TOUCHE, VALUEBENCH = SHARED / "touche23/touche23_10values.csv", SHARED / "valuebench/value_orientation.csv"

YEARS = [
    ("Should coal end by 2030?", [("2030", 2030, 2030, "year")]),
    ("Was the 2000 election fair?", [("2000", 2000, 2000, "year")]),
    ("the 2024 elections", [("2024", 2024, 2024, "year")]),
    ("Ukraine's 2014 protests (2015).", [("2014", 2014, 2014, "year"), ("2015", 2015, 2015, "year")]),
    ("the 1848 revolutions", [("1848", 1848, 1848, "year")]),
    ("the post-2015 agenda", [("2015", 2015, 2015, "year")]),
    ("Regulation 883/2004/EC", [("2004", 2004, 2004, "year")]),
    ("between 2010 and 2020", [("2010", 2010, 2010, "year"), ("2020", 2020, 2020, "year")]),
    ("In May 2021 and on 25 April 2015", [("May 2021", 2021, 2021, "month"), ("25 April 2015", 2015, 2015, "month")]),
    ("December 3, 2022", [("December 3, 2022", 2022, 2022, "month")]),
    ("2021–2030, 2017-18", [("2021–2030", 2021, 2030, "range"), ("2017-18", 2017, 2018, "range")]),
    ("the 1990s, 1950's and 1960’s", [("1990s", 1990, 1999, "decade"), ("1950's", 1950, 1959, "decade"), ("1960’s", 1960, 1969, "decade")]),
    ("the ’90s or the early eighties", [("’90s", 1990, 1999, "decade"), ("the early eighties", 1980, 1989, "decade")]),
    ("the 2000s and the 1800s", [("2000s", 2000, 2009, "decade"), ("1800s", 1800, 1899, "century")]),
    ("the 19th century, the XXIst century", [("19th century", 1801, 1900, "century"), ("XXIst century", 2001, 2100, "century")]),
    ("twenty-first-century ideas", [("twenty-first-century", 2001, 2100, "century")]),
    ("the fall of the Berlin Wall in 1989", [("fall of the Berlin Wall", 1989, 1989, "event"), ("1989", 1989, 1989, "year")]),
    ("after the 2008 financial crisis", [("2008 financial crisis", 2007, 2009, "event")]),
    ("the Brexit referendum", [("Brexit referendum", 2016, 2016, "event")]),
    ("Russia’s invasion of Ukraine", [("Russia’s invasion of Ukraine", 2022, 2022, "event")]),
]
NO_YEARS = [
    "2,000 people", "2000 people", "a tax of 1500 euros", "$2000", "€ 1999", "USD 2000", "room 1984", "UN Resolution 1973", "Section 1983",
    "almost 2000 nuclear weapons", "more than 2019", "up to 1900", "a 2000-year-old custom", "1500 BC", "0.2020", "2020.5", "1984%", "12000",
    "2000 books", "1650 prisoners", "1812 soldiers", "Windows 2000", "Orwell's 1984", "call 555-2020", "MK-2000", "9 2000", "in her nineties",
    "Is a new Cold War likely?", "a nuclear holocaust", "1400 and 2100", "19th place", "10th century",
]  # fmt: skip


@every_row("text, expected", YEARS)
def test_years_and_events(text: str, expected: list[tuple[str, int, int, str]]) -> None:
    found = find_years(text)
    assert [(each.words, each.first_year, each.last_year, each.kind) for each in found] == expected
    assert all(text[each.start : each.end] == each.words for each in found)


@every_row("text", NO_YEARS)
def test_other_numbers_are_no_years(text: str) -> None:
    assert find_years(text) == ()


def test_events_have_years_in_order() -> None:
    dated = [each for each in events().values() if each.first_year is not None]
    assert len({each.name for each in dated}) >= 60
    assert all(1500 <= each.first_year <= each.last_year <= 2099 for each in dated if each.first_year and each.last_year)
    assert find_years("Did COVID-19 and 9/11 change law?")[0].event == "COVID-19 pandemic"


# Every time named in the 8,865 premises of Touché'23 but for the Holocaust, of which many arguments speak; each was read in its place.
REAL = """2011|cold war*3|apartheid*2|Hiroshima and Nagasaki|2016|2010|21st century*4|covid*7|2021|2020|covid-19*5|2016|2017|2014|2015|2008|2009
|2017-18|2050|Brexit*7|2019|Brexit referendum|2004|1870|1914|XXI century|1964|2017|WW1|1938/1939|2021-2030|XXth century|WW2*2
|war in Ukraine|19th century|2050|June 1980|the eighties*2|Paris Agreement|Paris climate agreement*2|1951|arab spring|2014|2019|2030*2|2019|25 April 2015
|2018|2018|2017|2006|2019-2021|1881|2001|2015|Fukushima|1976|2015|2013|2021|9/11*2|2021|2011|2012|2011|2018|2011|2021|1800|2014|1960s*2"""


def planted() -> list[str]:
    pairs = [each.strip().partition("*") for each in REAL.replace("\n", "").split("|")]
    return sorted(words.lower() for words, _, times in pairs for _ in range(int(times or 1)))


@pytest.mark.skipif(not TOUCHE.is_file(), reason="Touché'23 is not beside the repository")
def test_real_arguments() -> None:
    with TOUCHE.open(encoding="utf-8", newline="") as file:
        found = [each.words.lower() for row in csv.DictReader(file) for each in find_years(row["premise"])]
    assert sorted(words for words in found if words not in ("holocaust",)) == planted()
    assert found.count("holocaust") > 30


@pytest.mark.skipif(not VALUEBENCH.is_file(), reason="ValueBench is not beside the repository")
def test_items_of_personality_name_no_time() -> None:
    with VALUEBENCH.open(encoding="utf-8", newline="") as file:
        assert [each for row in csv.DictReader(file) for each in find_years(f"{row['item']} {row['question']}")] == []


def test_counts_per_author_and_what_lies_beyond_the_cutoff() -> None:
    texts = ["By 2030?", "In 1990 or 2024?", "Is care a duty?", "In 2024?", "In 2023?"]
    found = by_author([find_years(text) for text in texts], ["a", "a", "a", "b", "c"], {"a": "2023-12", "b": "2024-06"})
    first, second, third = found
    oracle = binomtest(2, 3).proportion_ci(method="wilson")
    assert (first.questions, first.dated, first.beyond, first.latest, first.middle) == (3, 2, 2, 2030, 2024)
    assert (first.share, first.low, first.high) == pytest.approx((2 / 3, oracle.low, oracle.high), abs=2e-5)
    assert second.beyond == 0
    assert third.beyond is None
    assert math.isnan(by_author([()], ["d"])[0].middle)


def test_a_cutoff_is_the_end_of_its_month() -> None:
    assert (cutoff_year("2024-06"), cutoff_at("2024-06")) == (2024, 2024.5)
    assert (cutoff_year("June 2024"), cutoff_at("2024")) == (2024, 2025.0)
    assert (cutoff_year(""), cutoff_at("unknown")) == (None, None)


def test_kinds_can_be_left_out() -> None:
    found = [find_years("The 21st century since 2001"), find_years("Brexit")]
    assert [[each.kind for each in mentions] for mentions in only(found, ["year", "event"])] == [["year"], ["event"]]
