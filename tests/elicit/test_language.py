"""Other languages are named; English is never taken for one (oracle: real English texts)."""

import csv
from pathlib import Path

import pytest

from adaem_core.elicit.language import foreign
from tests.rows import every_row

ARGUMENTS = Path(__file__).resolve().parents[2] / "../shared/testdata/touche23/touche23_10values.csv"


@every_row(
    "text, language",
    [
        ("Postura: Sí. 1. La libertad individual: las personas deben poder decidir por sí mismas sobre su vida y su futuro.", "Spanish"),
        ("Position : oui. 1. La liberté : chacun doit pouvoir décider de sa vie sans contrainte, car la dignité l'exige.", "French"),
        ("Stance: Yes\n1. Autonomie: Jeder Mensch soll selbst über sein Leben bestimmen können, ohne dass der Staat eingreift.", "German"),
        ("Posisi: Ya. 1. Kebebasan: setiap orang harus dapat menentukan hidupnya sendiri tanpa paksaan dari negara.", "Indonesian"),
        ("Stance: Yes\nKey Points:\n1. 自由：每个人都应该能够决定自己的生活，国家不应该干涉。2. 信任：规则公平时人们互相信任。", "Chinese"),
        ("はい。1. 自由：誰もが自分の人生を決めるべきです。", "Japanese"),
        ("Да. 1. Свобода: каждый человек должен сам решать, как ему жить.", "Russian"),
        ("نعم. الحرية: يجب أن يقرر كل إنسان حياته بنفسه.", "Arabic"),
    ],
)
def test_other_languages_are_named(text: str, language: str) -> None:
    assert foreign(text) == language


@every_row(
    "text",
    [
        "",
        "42",
        "Yes",
        "Economic growth; job creation; tax revenue",
        "Stance: Neutral\n1. “Wa” (和): In Japan the word stands for harmony and for peace.",
    ],
)
def test_english_short_and_mixed_texts_pass(text: str) -> None:
    assert foreign(text) is None


@pytest.mark.skipif(not ARGUMENTS.is_file(), reason="needs ../shared/testdata/touche23 beside the checkout")
def test_no_false_alarm_on_real_arguments() -> None:
    with ARGUMENTS.open(encoding="utf-8", newline="") as file:
        assert [row["premise"] for row in csv.DictReader(file) if foreign(row["premise"])] == []
