"""Files that would stall or fill the machine: each is refused in a sentence, before anything is built of it, or read within bounds."""

import io
import json
import re
import struct
import zipfile
from pathlib import Path

import pytest

from adaem_core.archive import workbooks
from adaem_core.archive.bounds import MOST_CELLS, MOST_COLUMNS, MOST_LINES, MOST_ROWS
from adaem_core.archive.table import read_table
from adaem_core.elicit.opinions import read_answer
from adaem_core.elicit.recognise import read_labels
from adaem_core.elicit.turns import Unread, outcome_of
from adaem_core.elicit.yes_no import read_yes_no
from adaem_core.errors import BadInput
from adaem_core.generate.topics import read_topics
from adaem_core.measure.sources import read_given, read_questions
from adaem_core.messages import Completion
from adaem_core.panels import panel
from adaem_core.validate.recogniser import read_reference
from adaem_core.values import read_value_system, read_yaml, value_system
from tests.hostile.apparatus import bounded, refused
from tests.rows import every_row

ROOT = Path(__file__).resolve().parents[2]
MERGES = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}], y{n}: 1}}\n" for n in range(1, 9))
ALIASES = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
YAML = {
    "merge keys": (MERGES, "alias"),
    "aliases": (ALIASES, "alias"),
    "a value within itself": ("models: &m [*m]\n", "alias"),
    "deep lists": ("[" * 90_000, "nested"),
    "deep mappings": ("{" * 90_000, "nested"),
    "deep lines": ("\n".join(" " * n + "a:" for n in range(400)), "nested"),
    "many values": ("models: [" + "1," * 50_000 + "]", "20,000"),
    "a long number": (f"models: [{{model: 0x{'f' * 5000}, roles: [p1]}}]", "digits"),
    "a long time": (f"models: [{{model: 1{':10' * 5000}, roles: [p1]}}]", "digits"),
    "a large file": ("a: b\n" * 100_000, "200,000"),
}


@every_row("attack", [*YAML])
def test_yaml_that_becomes_more_than_is_written_is_refused(tmp_path: Path, attack: str) -> None:
    text, why = YAML[attack]
    (path := tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    with refused("own.yaml", why):
        read_yaml(path.read_bytes(), path.name)
    for read in (panel, read_value_system) if attack == "merge keys" else ():
        with refused("own.yaml", why):
            read(path)


def test_a_panel_of_thousands_of_faults_tells_the_first(tmp_path: Path) -> None:
    (path := tmp_path / "own.yaml").write_text("models: [" + "1," * 15_000 + "]", encoding="utf-8")
    with refused("model 1:", "more faults"):
        panel(path)


def test_users_files_of_yaml_are_read_in_one_place() -> None:
    own = {"adaem_core/elicit/refusal.py", "adaem_core/chat/simulated/phrases.py", "adaem_core/landscape/gazetteer.py"}  # what is shipped
    code = [path for folder in ("adaem_core", "pages") for path in (ROOT / folder).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in code if re.search(r"yaml\.(safe_|full_|unsafe_)?load", path.read_text())}
    assert found == own | {"adaem_core/values.py"}


def spread_keys() -> str:
    return json.dumps([{f"k{n}_{m}": "x" for m in range(10)} for n in range(20_000)])


def ragged() -> str:
    return ",".join(f"c{n}" for n in range(900)) + "\n" + "x\n" * 190_000


TABLES = {
    "single letters": ("topics.txt", lambda: "a\n" * 9_000_000, f"{MOST_LINES:,}"),
    "single letters in a table": ("topics.csv", lambda: "text\n" + "a\r" * 9_000_000, f"{MOST_LINES:,}"),
    "too many rows": ("topics.txt", lambda: "Is it so?\n" * 300_000, f"{MOST_ROWS:,}"),
    "a million columns": ("topics.csv", lambda: "a," * 1_000_000, f"{MOST_COLUMNS:,}"),
    "columns without end": ("topics.tsv", lambda: "a" + "\t" * 18_000_000, "line"),
    "a wide head over short rows": ("topics.csv", ragged, f"{MOST_CELLS:,}"),
    "one long line": ("topics.txt", lambda: "a" * 18_000_000, "line"),
    "a million keys": ("topics.json", lambda: json.dumps({f"k{n}": "a" for n in range(1_000_000)}), f"{MOST_ROWS:,}"),
    "other keys in each row": ("topics.json", spread_keys, f"{MOST_COLUMNS:,}"),
    "a key twice at the end": ("topics.json", lambda: "{" + ",".join(f'"k{n}":1' for n in range(400_000)) + ',"k0":1}', "k0"),
    "empty lists": ("topics.json", lambda: "[" + "[]," * 6_000_000 + "[]]", "values"),
    "deep lists": ("topics.json", lambda: "[" * 500_000 + "]" * 500_000, "JSON"),
    "deep objects": ("topics.jsonl", lambda: '{"a":' * 300_000 + "1" + "}" * 300_000, "JSON"),
    "a chat within a chat": ("topics.json", lambda: '[{"text":' + '[{"role":"user","content":' * 450 + '""' + "}]" * 450 + "}]", "nested"),
    }  # fmt: skip


@every_row("attack", [*TABLES])
def test_tables_that_would_fill_the_machine_are_refused(attack: str) -> None:
    name, made, why = TABLES[attack]
    data = made().encode()
    with refused(name, why):
        read_table((name, data))


def packed(**parts: bytes) -> bytes:
    """Return a workbook with some of its parts replaced; its names have dots for slashes."""
    from openpyxl import Workbook

    (kept := io.BytesIO(), book := Workbook())
    book.active.append(["text"])
    book.save(kept)
    made = io.BytesIO()
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, parts.get(each.rsplit("/", 1)[-1].removesuffix(".xml"), old.read(each)))
    return made.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
ENTITIES = b'<!DOCTYPE a [<!ENTITY b0 "lol">' + b"".join(
    b'<!ENTITY b%d "%s">' % (n, b"&b%d;" % (n - 1) * 10) for n in range(1, 12)
) + b"]>" + SHEET % b'<row r="1"><c r="A1" t="str"><v>&b11;</v></c></row>'  # fmt: skip
BOOKS = {
    "gigabytes of nothing": (lambda: SHEET % (b" " * 2**28), "unpacked"),
    "a cell far to the right": (lambda: SHEET % b'<row r="1"><c r="XFD1" t="str"><v>a</v></c></row>', "columns"),
    "a cell far below": (lambda: SHEET % b'<row r="1048576"><c r="A1048576" t="str"><v>a</v></c></row>', "empty"),
    "wide rows": (lambda: SHEET % b"".join(b'<row r="%d"><c r="ALL%d"><v>1</v></c></row>' % (n, n) for n in range(1, 5_100)), "cells"),
    "entities within entities": (lambda: ENTITIES, "not a workbook"),
}


@every_row("attack", [*BOOKS])
def test_workbooks_that_unpack_to_more_than_is_read_are_refused(attack: str) -> None:
    made, why = BOOKS[attack]
    data = packed(sheet1=made())
    assert len(data) < 2**20
    with refused("own.xlsx", why):
        read_table(("own.xlsx", data))


def statistics(tmp_path: Path) -> bytes:
    import pandas as pd
    import pyreadstat

    pyreadstat.write_sav(pd.DataFrame({"text": ["Is it so?"], "n": [1.0]}), str(tmp_path / "own.sav"))
    return (tmp_path / "own.sav").read_bytes()


@pytest.mark.parametrize("count", [2**31 - 1, -2, -(2**31), 10**9])
@pytest.mark.parametrize("at", [64, 68, 72, 80], ids=["layout", "case size", "compression", "cases"])
def test_a_data_file_of_absurd_counts_is_read_within_bounds_or_refused(tmp_path: Path, at: int, count: int) -> None:
    data = bytearray(statistics(tmp_path))
    data[at : at + 4] = struct.pack("<i", count)
    with bounded():
        try:
            assert len(read_table(("own.sav", bytes(data))).rows) <= 1
        except BadInput as error:
            assert "own.sav" in str(error)


def test_a_data_file_that_unpacks_to_gigabytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pandas as pd
    import pyreadstat

    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 2**20)  # a gigabyte takes long to write
    frame = pd.DataFrame({f"v{n}": ["a" * 30_000] * 4 for n in range(10)})
    pyreadstat.write_sav(frame, str(path := tmp_path / "own.zsav"), compress=True)
    with refused("own.zsav", "rows"):
        read_table(path)


SYSTEM = value_system("schwartz")
LENGTH = 30_000
SIGNS = (
    "(", "[", "{", "`", "```\n", "<", "</", "<!--", "<style>", "<p>", "<x/>", "<think>a</think>\n", "<a b=", "| ", "| | |", "|-", "--|",
    "1.", "1.1.1.", "1. \n", "*", "**", "_", "~~", '"', '""', "“", "\\", '{"a":', '[{"', "&amp;", "&amp;amp;", "\u202e", " ", "\n", "# ",
    "Stance: ", "Point 1: ", "](", "[x](", "a: ", "http://a ", "<opinion>", "Answer: ", "Yes. ", "$", "😀",
)  # fmt: skip
READERS = {
    "an answer": lambda text: read_answer(text, 3),
    "labels": lambda text: read_labels(text, ["one", "other"], SYSTEM),
    "yes or no": read_yes_no,
    "a value system": lambda text: read_yaml(text.encode(), "own.yaml"),
    "topics": lambda text: read_topics(("own.txt", text.encode())),
    "questions": lambda text: read_questions(("own.csv", f"question\n{text}\n".encode())),
    "answers": lambda text: read_given(("own.csv", f'model;question;answer\nm;Is it so?;"{text}"\n'.encode())),
    "answers in JSON": lambda text: read_given(("own.json", json.dumps([{"model": "m", "question": text, "answer": text}]).encode())),
    "labelled texts": lambda text: read_reference(("own.tsv", f"text\tvalue\tlabel\n{text}\tSEC\t1\n".encode()), SYSTEM),
}


def test_a_reply_without_end_is_not_looked_through() -> None:
    with bounded(5):
        found = read_answer("<" * 20_000_000, 3)
        again = outcome_of(Completion("<think>" * 3_000_000), lambda reply: read_labels(reply, ["one"], SYSTEM))
    assert isinstance(found, Unread)
    assert isinstance(again, Unread)
    assert "too long" in found.reason
    assert "too long" in again.reason


@every_row("attack", [*YAML])
def test_a_reply_in_yaml_is_bounded_as_a_file_is(attack: str) -> None:
    with bounded(5):
        read_labels(f"```yaml\nopinions:\n  - number: 1\n{YAML[attack][0]}\n```", ["one"], SYSTEM)
        read_labels("opinions: [" + YAML["aliases"][0].replace("\n", ",")[:-1] + "]", ["one"], SYSTEM)


@every_row("reader", [*READERS])
def test_a_sign_repeated_without_end_stalls_no_reader(reader: str) -> None:
    for sign in SIGNS:
        text = (sign * LENGTH)[:LENGTH]
        with bounded(5):
            try:
                READERS[reader](f"Stance: Yes\n1. A point: because.\n2. {text}")
            except BadInput as error:
                assert len(str(error)) < 3000, sign
