"""Exported tables: whole files, and no cell that a spreadsheet would run."""

import csv
import io
import math
from argparse import Namespace
from dataclasses import fields
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaem_core.archive.origin import Origin
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import create
from adaem_core.archive.writing import RISKY, neutralised, to_csv, to_xlsx
from adaem_core.errors import BadInput
from adaem_core.generate.edition import edition, edition_id, table
from adaem_core.work.exports import TABLES, benchmark, export_tables
from tests.pages.fixture_study import SETTINGS
from tests.rich_pulls import HOSTILE, TOPICS, rich_pulls
from tests.rows import every_row

CELLS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("=+-@\t\r\n\"',;"), max_size=20)


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(st.lists(st.fixed_dictionaries({"id": CELLS, "text": CELLS, "score": st.none() | st.floats(-9, 9)}), max_size=5))
def test_no_text_cell_begins_like_a_formula_and_all_others_are_unchanged(rows: list[dict[str, Any]]) -> None:
    found = read(to_csv(rows))
    assert len(found) == len(rows)
    for row, cells in zip(rows, found, strict=True):
        for name in ("id", "text"):
            assert not cells[name].startswith(RISKY)
            assert cells[name] == (f"'{row[name]}" if row[name][:1] in RISKY and row[name] else row[name])
        assert cells["score"] == ("" if row["score"] is None else str(row["score"])), "a negative number stays a number"


@every_row("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run(text: str) -> None:
    assert neutralised(text) == f"'{text}"


@every_row("value", ["text", "'=1", "", -1.5, None, True])
def test_what_stays(value: Any) -> None:
    assert neutralised(value) is value


ABOUT = [f"about_{each.name}" for each in fields(Origin)]


def study(path: Path) -> Study:
    made = create(path, SETTINGS, TOPICS)
    made.save_pulls(rich_pulls())
    return made


def test_every_table_is_written_whole(tmp_path: Path) -> None:
    with study(tmp_path / "s.db") as found:
        names = export_tables(found, tmp_path / "out")
        assert names == sorted([*(f"{each}.csv" for each in TABLES), "benchmark.csv", "benchmark.jsonl"])
        assert sorted(each.name for each in (tmp_path / "out").iterdir()) == names, "and no part of a file is left"
        for name in TABLES:
            content = (tmp_path / "out" / f"{name}.csv").read_bytes()
            stored = found.select(f"SELECT * FROM {name}")
            assert len(read(content)) == len(stored)
            if stored:
                assert list(read(content)[0]) == [*stored[0], *(["pressed"] if name == "responses" else []), *ABOUT]
                assert content.startswith(b"\xef\xbb\xbf"), "the mark by which a spreadsheet knows UTF-8"
            assert not any(cell.startswith(RISKY) for row in read(content) for name, cell in row.items() if not is_number(cell)), name


def test_every_row_of_every_form_says_what_it_is_of_and_not_where_the_file_lies(tmp_path: Path) -> None:
    with study(tmp_path / "s.db") as found, study(tmp_path / "elsewhere.db") as twin:
        id = edition_id(found)
        for each, out in ((found, tmp_path / "a"), (twin, tmp_path / "b")):
            names = export_tables(each, out)
        for name in names:
            assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    told = {
        "about_simulated": "SIMULATED",
        "about_study": f"{SETTINGS.title} · edition {id}",
        "about_n": "2 questions",
        "about_method": "AdAEM Studio 0.1.0",
        "about_source": "panel small <b>",
        "about_date": SETTINGS.date,
        "about_link": "",
    }
    lines = [orjson.loads(line) for line in (tmp_path / "a" / "benchmark.jsonl").read_bytes().splitlines()]
    assert len(lines) == 2 and all(
        told.items() <= each.items() for each in [*lines, *read((tmp_path / "a" / "benchmark.csv").read_bytes())]
    )


def is_number(cell: str) -> bool:
    try:
        return not math.isnan(float(cell))
    except ValueError:
        return False


def test_the_benchmark_is_the_same_in_both_forms(tmp_path: Path) -> None:
    with study(tmp_path / "s.db") as found:
        export_tables(found, tmp_path / "out")
    lines = [orjson.loads(line) for line in (tmp_path / "out" / "benchmark.jsonl").read_bytes().splitlines()]
    cells = read((tmp_path / "out" / "benchmark.csv").read_bytes())
    assert [row["id"] for row in lines] == [row["id"] for row in cells] == ["T1.1.1", "T2.1.1"]
    assert lines[0]["fact"] == HOSTILE and cells[0]["fact"] == f"'{HOSTILE}"


def test_a_study_without_questions_exports_its_tables(tmp_path: Path) -> None:
    with create(tmp_path / "s.db", SETTINGS, TOPICS) as found:
        assert export_tables(found, tmp_path / "out") == sorted(f"{each}.csv" for each in TABLES)


def test_an_export_to_an_impossible_place_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with study(tmp_path / "s.db") as found, pytest.raises(BadInput, match="cannot be written"):
        export_tables(found, tmp_path / "file")


def test_a_workbook_holds_the_same_cells_and_no_formula(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    with study(tmp_path / "s.db") as found:
        best = edition(found)
    rows = list(table(best))
    sheet = load_workbook(io.BytesIO(to_xlsx([*rows, {**rows[0], "question": "=1+1", "fact": "a\x01b"}]))).active
    told = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert told[0] == list(rows[0]) and str(told[1][2]).split() == str(rows[0]["question"]).split()
    assert told[-1][2] == "'=1+1" and "a\ufffdb" in told[-1]
    assert not any(cell.data_type == "f" for line in sheet.iter_rows() for cell in line)
    assert to_xlsx([])


def test_the_benchmark_is_written_in_the_form_its_ending_says(tmp_path: Path) -> None:
    study(tmp_path / "s.db").close()
    for name, begins in (("b.csv", b"\xef\xbb\xbf"), ("b.xlsx", b"PK"), ("b.jsonl", b"{"), ("b", b"{")):
        benchmark(Namespace(study=tmp_path / "s.db", top=None, out=tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_study_without_a_scored_question_is_told_so(tmp_path: Path) -> None:
    create(tmp_path / "s.db", SETTINGS, TOPICS).close()
    with pytest.raises(BadInput, match="no scored question yet"):
        benchmark(Namespace(study=tmp_path / "s.db", top=None, out=tmp_path / "b.csv"))
    assert not (tmp_path / "b.csv").exists()
