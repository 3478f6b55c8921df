"""Every drop zone for tables shows how a file was read, and what cannot be found out rightly can be said there: one way for all pages."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.find.choose import OWN
from pages.find.files import NUMBERED
from pages.measure import examine
from tests.pages.opening import alone, routed, texts
from tests.rows import every_row

ROWS = "key;question;number\n" + "".join(f"k{place};Should café {place} stay open at night?;{place}\n" for place in range(1, 14))
QUESTIONS = f"# a remark\n{ROWS}\n14;;\n".encode("cp1252")
LABELS = "text;SEC\nRegeln fürs Café;1\nNichts;0\nAltes;0\n".encode("cp1252")


def on_new_run() -> AppTest:
    app = routed("new_run")
    return app.selectbox(key="choice_topics").select(OWN).run()


def on_examine() -> AppTest:
    app = routed("examine")
    return app.segmented_control(key="choice_source").set_value(examine.QUESTIONS).run()


def on_recogniser() -> AppTest:
    return alone("recogniser").segmented_control(key="choice_tab").set_value("new").run()


def on_rating() -> AppTest:
    app = alone("human_rating")
    app.query_params["tab"] = "invite"
    return app.run()


def on_map() -> AppTest:
    return routed("quality")


ZONES = [
    ("new run", on_new_run, "own_topics", "own_topics", QUESTIONS),
    ("examination", on_examine, "upload_False", "upload_False", QUESTIONS),
    ("recogniser check", on_recogniser, "labels", "labels", LABELS),
    ("human rating", on_rating, "baseline_file", "baseline_file", QUESTIONS),
    ("landscape", on_map, "set_files", "set_files_mine.csv", QUESTIONS),
]


@every_row("zone, page, uploader, key, content", ZONES)
def test_a_file_in_another_encoding_is_refused_and_then_read_as_it_is_said(
    zone: str, page: Callable[[], AppTest], uploader: str, key: str, content: bytes, study: Path
) -> None:
    app = page()
    app.file_uploader(key=uploader).upload("mine.csv", content).run()
    assert "cp1252" in app.error[0].value.replace("\\", ""), zone
    app.selectbox(key=f"{key}_encoding").select("cp1252").run()
    assert not app.error and not app.exception, zone
    assert any("was read" in each.label for each in app.expander), zone
    said = texts(app).replace("\\", "")
    assert "Encoding: cp1252" in said and "Separator: semicolon" in said, zone
    ends = next(each.value for each in app.dataframe if "Line" in each.value)
    assert len(ends) == (3 if content is LABELS else 10), zone
    app.selectbox(key=f"{key}_separator").select("tab").run()
    assert "Separator: tab" in texts(app).replace("\\", "") or app.error, f"{zone}: with no such separator there may be nothing to read"


def test_the_column_with_ids_is_chosen_or_the_rows_are_numbered(folder: Path) -> None:
    app = on_new_run()
    app.file_uploader(key="own_topics").upload("mine.csv", b"id,key,text\n1,a,Should we fish in the deep sea?\n2,b,Build roads?\n").run()
    for chosen, ids in ((None, {"1", "2"}), ("key", {"a", "b"}), (NUMBERED, {"T001", "T002"})):
        app.selectbox(key="id_column").set_value(chosen).run()
        assert set(next(each.value for each in app.dataframe if "Topic" in each.value)["Id"]) == ids


def test_an_examination_takes_the_ids_that_are_chosen(folder: Path) -> None:
    app = on_examine()
    app.file_uploader(key="upload_False").upload("mine.csv", b"id,key,question\n1,a,Should we fish?\n2,b,Should we build roads?\n").run()
    app.selectbox(key="id_column").set_value("key").run()
    assert [*next(each.value for each in app.dataframe if "Question" in each.value)["Id"]] == ["a", "b"]


def test_one_of_several_landscape_files_is_corrected_and_its_column_chosen(study: Path) -> None:
    app = on_map()
    first = b"text,other\nShould we fish in the deep sea?,Should towns ban all dogs?\n,x\n"
    app.file_uploader(key="set_files").set_value(
        [("a.csv", first, "text/csv"), ("b.csv", b"question\nMay states spy on us?\n", "text/csv")]
    )
    app.run()
    assert not app.error and not app.exception
    assert [each.label.split(" was")[0].replace("\\", "") for each in app.expander if "was read" in each.label] == [
        "How a.csv",
        "How b.csv",
    ]
    assert "have no text: 1 (3)" in texts(app).replace("\\", "")
    app.selectbox(key="set_column_a.csv").select("other").run()
    assert "have no text" not in texts(app)


def test_a_sheet_is_named_where_a_workbook_has_several(folder: Path, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active.append(["text"])
    book.active.append(["Should we fish in the deep sea?"])
    second = book.create_sheet("Second")
    second.append(["text"])
    second.append(["Should we build more roads?"])
    book.save(tmp_path / "two.xlsx")
    app = on_new_run()
    app.file_uploader(key="own_topics").upload("two.xlsx", (tmp_path / "two.xlsx").read_bytes()).run()
    app.text_input(key="own_topics_sheet").set_value("Third").run()
    assert "no sheet" in app.error[0].value
    app.text_input(key="own_topics_sheet").set_value("Second").run()
    assert not app.error and "Sheet: Second" in texts(app).replace("\\", "")
