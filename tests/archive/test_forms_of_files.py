"""Questionnaire files in the forms people have them in: each is taken right, or refused with file, line and remedy; none silently wrong."""

import io
import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adaem_core.archive.table import How, read_table
from adaem_core.archive.texts import cleaned, spelling
from adaem_core.errors import BadInput
from adaem_core.generate.topics import read_topics
from adaem_core.measure.sources import read_given, read_questions

CARS, DIARY = "Should towns, as a rule, close their centres to cars?", "Is it right to read a partner's diary?"
BOTH = [CARS, DIARY]
SIGNS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
UNSEEN = "\u200b"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")


def field(text: str, sign: str) -> str:
    return f'"{text}"' if sign in text else text


def lines(sign: str, *rows: tuple[str, ...]) -> str:
    return "".join(sign.join(field(each, sign) for each in row) + "\n" for row in rows)


def plain(sign: str) -> str:
    return lines(sign, ("id", "question", "category"), ("1", CARS, "cars"), ("2", DIARY, "love"))


DRESSED = {
    "plain": plain,
    "sep": lambda sign: f"sep={sign}\n{plain(sign)}",
    "title": lambda sign: f"Survey items{sign * 2}\n{sign * 2}\n{plain(sign)}",
    "title alone": lambda sign: f"Survey items\n\n{plain(sign)}",
    "remark": lambda sign: f"# made by hand\n{plain(sign)}",
    "blank lines": lambda sign: plain(sign).replace("\n", "\n\n"),
    "short rows": lambda sign: lines(sign, ("id", "question", "category"), ("1", CARS, "cars"), ("2", DIARY)),
    "crlf": lambda sign: plain(sign).replace("\n", "\r\n"),
    "empty last column": lambda sign: plain(sign).replace("\n", f"{sign}\n"),
    "everything quoted": lambda sign: sign.join(['"id"', '"question"']) + "\n" + "".join(f'"{n}"{sign}"{each}"\n' for n, each in enumerate(BOTH, 1)),
    "a line break inside": lambda sign: f'id{sign}question\n1{sign}"{CARS.replace(" close", chr(10) + "close")}"\n2{sign}{field(DIARY, sign)}\n',
    "descriptions of Qualtrics": lambda sign: lines(sign, ("id", "question"), ("Response", "The question"))
    + f'"{{""ImportId"":""a""}}"{sign}"{{""ImportId"":""QID1""}}"\n'
    + lines(sign, ("1", CARS), ("2", DIARY)),
}  # fmt: skip
SEPARATED = list(product(DRESSED, SIGNS, ENCODINGS))


def test_separated_files_in_every_dress_separator_and_encoding_give_the_same_two_questions() -> None:
    assert len(SEPARATED) > 100
    wrong = {}
    for dress, sign, encoding in SEPARATED:
        source = ("survey.csv", DRESSED[dress](sign).encode(encoding))
        found = [[each.text for each in read_questions(source)], [each.text for each in read_topics(source).topics]]
        if found != [BOTH, BOTH]:
            wrong[dress, SIGNS[sign], encoding] = found
    assert wrong == {}


def whole(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def by_line(*values: Any) -> bytes:
    return b"\n".join(map(whole, values))


OTHERS = {
    "list.json": whole(BOTH),
    "objects.json": whole([{"question": each} for each in BOTH]),
    "map.json": whole({"A1": CARS, "A2": DIARY}),
    "within.json": whole({"name": "Survey", "questions": [{"text": each} for each in BOTH]}),
    "lines.json": by_line(*({"question": each} for each in BOTH)),
    "lines.jsonl": by_line(*BOTH),
    "one list.jsonl": whole([{"question": each} for each in BOTH]),
    "chats.jsonl": by_line(*({"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": each}]} for each in BOTH)),
    "prompts.jsonl": by_line(*({"prompt": [{"role": "user", "content": [{"type": "text", "text": each}]}]} for each in BOTH)),
    "scales.json": whole([{"name": "Cars", "items": {"1": CARS}}, {"name": "Love", "items": {"1": DIARY}}]),
    "lists of scales.json": whole([{"name": "Both", "questions": BOTH}]),
    "plain.txt": "\n".join(BOTH).encode(),
    "numbered.txt": f"1. {CARS}\n2) {DIARY}\n# a remark".encode(),
    "dotted.txt": f"- {CARS}\n\n• {DIARY}\n".encode(),
    "no header.csv": f'"{CARS}"\n"{DIARY}"\n'.encode(),
    "one column with commas.csv": f"question\n{CARS}\n{DIARY}\n".encode(),
    "markup.csv": f'id,question\n1,"<p>{CARS.replace("close", "<b>close</b>")}</p>"\n2,"{DIARY.replace(chr(39), "&#39;")}"\n'.encode(),
    "twice.csv": f'question\n"{CARS}"\n"{CARS.replace("towns", "tow" + UNSEEN + "ns")}"\n{DIARY}\n{DIARY.replace(" ", chr(160))}\n'.encode(),
    "an index without a name.csv": f',question\n0,"{CARS}"\n1,{DIARY}\n'.encode(),
    "a last word.csv": f'item_id,item_text\n1,"{CARS}"\n2,{DIARY}\n'.encode(),
    "two lines of names.csv": f'section,items\nid,question\n1,"{CARS}"\n2,{DIARY}\n'.encode(),
    "in single quotes.tsv": f"id\tquestion\n1\t'{CARS}'\n2\t'{DIARY}'\n".encode(),
    "in curly quotes.txt": f"“{CARS}”\n“{DIARY}”\n".encode(),
    "markdown.txt": f"| id | question |\n|---|---|\n| 1 | {CARS} |\n| 2 | {DIARY} |\n".encode(),
    "headed.txt": f"# Questions\n\n* {CARS}\n* {DIARY}\n".encode(),
    "letters.txt": f"a) {CARS}\nb) {DIARY}\n".encode(),
    "coded.txt": f"Q1: {CARS}\nQ2. {DIARY}\n".encode(),
    "labelled.txt": f"- text: {CARS}\n- text: {DIARY}\n".encode(),
    "wrapped.txt": (CARS.replace(" close", "\nclose") + "\n\n" + DIARY.replace(" a partner", "\na partner")).encode(),
    "rows within.json": whole({"rows": [{"row_idx": 0, "row": {"question": CARS}}, {"row_idx": 1, "row": {"question": DIARY}}]}),
    "limesurvey.csv": lines("\t", ("class", "name", "text"), ("G", "g1", "A group"), ("Q", "q1", CARS), ("A", "1", "Yes"), ("Q", "q2", DIARY)).encode(),
}  # fmt: skip


def test_other_files_give_the_same_two_questions() -> None:
    found = {name: [each.text for each in read_questions((name, content))] for name, content in OTHERS.items()}
    assert {name: each for name, each in found.items() if each != BOTH} == {}


def workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("Survey items",), (), ("id", "question"), (1.0, CARS), (2, DIARY)):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_and_data_files(tmp_path: Path) -> None:
    import pandas as pd
    import pyreadstat

    asked = read_questions(("survey.xlsx", workbook()))
    assert [(each.id, each.text) for each in asked] == [("1", CARS), ("2", DIARY)]
    frame = pd.DataFrame({"q1": [1.0, 2.0], "q2": [2.0, 1.0]})
    pyreadstat.write_sav(frame, tmp_path / "items.sav", column_labels=BOTH)
    said = pd.DataFrame({"q1": ["I think it is too loud here", "It is none of my business"], "q2": [2.0, 1.0]})
    pyreadstat.write_sav(said, tmp_path / "said.sav", column_labels=BOTH)
    assert [each.text for each in read_questions(tmp_path / "said.sav")] == BOTH
    pyreadstat.write_dta(pd.DataFrame({"question": BOTH}), tmp_path / "items.dta")
    assert [(each.id, each.text) for each in read_questions(tmp_path / "items.sav")] == [("q1", CARS), ("q2", DIARY)]
    assert [each.text for each in read_questions(tmp_path / "items.dta")] == BOTH


def test_answers_as_parts_and_below_the_descriptions_of_qualtrics() -> None:
    said = "Stance: Yes\nKey Points:\n1. Air: It is clean."
    parts = [{"type": "thinking", "thinking": "Stance: No"}, {"type": "text", "text": said}]
    (given,) = read_given(("a.jsonl", by_line({"model": "A", "question": CARS, "answer": parts})))
    assert given.text == said
    told = 'id,model,question,answer\nId,Which,The question,Its answer\n"{""ImportId"":""a""}",,,\n1,A,' + f'"{CARS}","{said}"\n'
    assert [(each.model, each.text) for each in read_given(("a.csv", told.encode()))] == [("A", said)]


def test_signs_within_a_text_separate_nothing() -> None:
    for sign in SIGNS:
        texts = [f"Should towns{sign} as a rule{sign} close?", f"Is it right{sign} ever?"]
        found = [each.text for each in read_questions(("a.csv", "\n".join(["question", *texts]).encode()))]
        assert found == [" ".join(text.split()) for text in texts], sign


REFUSED = {
    "latin.csv": ("id,question\n1,Is a café a right?\n".encode("cp1252"), ["line 2", "cp1252", "café", "--encoding cp1252"]),
    "macroman.csv": ("id,question\n1,Is a café a right?\n".encode("mac_roman"), ["line 2", "not UTF-8"]),
    "foo.csv": (b"foo,bar\n", ["cannot tell which column", "foo, bar"]),
    "words.csv": (b"question\nfoo\nbar\n", ["holds no question"]),
    "batch.jsonl": (by_line({"custom_id": "a", "response": {"body": {"model": "m", "choices": [{"message": {"role": "assistant", "content": "x"}}]}}}), ["which column"]),
    "long.csv": (b'question,n\n"' + b"word " * 30_000 + b'",1\n', ["line 2", "too long", "131,072"]),
    "wide.csv": (b"id,question\n1,Is it?,2,3\n", ["line 2", "4 fields", "2 columns"]),
    "open.csv": (b'id,question\n1,"Is it?\n2,Was it?\n', ["line 2", "quotation marks"]),
    "twice.csv": (b"question,question\nIs it?,Was it?\n", ["line 1", "twice"]),
    "structures.jsonl": (by_line({"n": {"a": "Is it?"}}), ["holds no question"]),
    "odd.json": (b'{"a": 1}', ["list"]),
    "zip.xlsx": (b"PK\x03\x04", ["workbook"]),
    "spss.sav": (b"$FL2 no", [".sav"]),
    "zero.csv": (b"id,question\n1,Is\0 it?\2\n", ["line 2", "zero byte"]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_place_and_remedy(name: str) -> None:
    content, told = REFUSED[name]
    with pytest.raises(BadInput) as caught:
        read_questions((name, content))
    assert name in str(caught.value) and [each for each in told if each not in str(caught.value)] == []


def test_what_was_understood_is_told_and_can_be_said_otherwise() -> None:
    found = read_table(("a.csv", b"# made by hand\nid;question\n1;Is it?\n"))
    assert found.notes == ("Encoding: UTF-8", "Separator: semicolon", "Lines left out because they begin with # or //: 1")
    cafe = ("a.csv", "question\nIs a café a right?\n".encode("cp1252"))
    assert read_questions(cafe, how=How(encoding="cp1252"))[0].text == "Is a café a right?"
    below = ("a.csv", b"x,y\nid,question\n1,Is it so?\n")
    assert [each.text for each in read_questions(below, how=How(header=2))] == ["Is it so?"]
    assert read_table(("a.csv", b"a~b\n1~2\n"), How(separator="~")).columns == ("a", "b")
    for how, told in ((How(encoding="klingon"), "no encoding"), (How(separator="ab"), "no separator"), (How(header=9), "line 9")):
        with pytest.raises(BadInput, match=told):
            read_table(below, how)


WORDS = st.text(st.characters(categories=["L", "N"], include_characters=" ,;|'-"), min_size=3, max_size=30).map(
    lambda text: f"Is {text.strip(' ,;|-')} right?"
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(WORDS, min_size=2, max_size=6, unique_by=spelling),
    st.sampled_from(sorted(SIGNS)),
    st.sampled_from(ENCODINGS),
    st.booleans(),
)
def test_any_questions_come_back_as_they_were_or_are_refused(texts: list[str], sign: str, encoding: str, quoted: bool) -> None:
    rows = [(str(number), text) for number, text in enumerate(texts, 1)]
    content = (
        lines(sign, ("id", "question"), *rows) if not quoted else "".join(f'"{a}"{sign}"{b}"\n' for a, b in [("id", "question"), *rows])
    )
    try:
        found = [each.text for each in read_questions(("a.csv", content.encode(encoding)))]
    except BadInput:
        return
    assert found == [cleaned(text) for text in texts]
