"""What a page offers to download, made as the browser would get it, and whether each file says by itself what it is of."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields
from html import unescape
from pathlib import Path

import orjson
from openpyxl import load_workbook

from adaem_core.archive.origin import SIMULATED, Origin
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of

PARTS = tuple(each.name for each in fields(Origin))
PICTURES = (".png", ".svg", "-png.zip", "-svg.zip")


def about(name: str, content: bytes, folder: Path) -> Iterator[str]:
    """Yield what a file says it is of, a text for each place where it must: every row, every figure; nothing where it says nothing."""
    kind = name.rpartition(".")[2]
    if kind == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from about(member, archive.read(member), folder)
    elif kind == "db":
        (folder / "downloaded.db").write_bytes(content)
        with Study.read(folder / "downloaded.db") as study:
            made = settings_of(study)
            yield f"{SIMULATED * made.simulated} {made.title} {made.panel.name} {made.date}"
    else:
        yield from FORMS[kind](content)


def of_rows(rows: list[dict[str, object]]) -> Iterator[str]:
    """Yield what each row says; every part must be a column."""
    for row in rows:
        yield " · ".join(str(row[f"about_{part}"] or "") for part in PARTS)


def of_csv(content: bytes) -> Iterator[str]:
    return of_rows(list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))))  # type: ignore[arg-type]


def of_xlsx(content: bytes) -> Iterator[str]:
    with closing(load_workbook(io.BytesIO(content), read_only=True)) as book:
        head, *rows = book["Table"].iter_rows(values_only=True)
        yield from of_rows([dict(zip(map(str, head), row, strict=True)) for row in rows])
        yield " · ".join(str(row[1] or "") for row in book["About"].iter_rows(min_row=2, values_only=True))


def of_jsonl(content: bytes) -> Iterator[str]:
    return of_rows([orjson.loads(line) for line in content.splitlines()])


def of_txt(content: bytes) -> Iterator[str]:
    yield content.decode().splitlines()[-1]


def of_yaml(content: bytes) -> Iterator[str]:
    yield content.decode().splitlines()[0]


def of_html(content: bytes) -> Iterator[str]:
    """Yield the footer of each figure; that a browser shows it is tried in tests/browser."""
    drawn = content.count(b"Plotly.newPlot(  ") or content.count(b'class="plotly-graph-div"')
    footers = re.findall(rb'"footer":\s*\{"lines":\s*(\[.*?\])\}', content)
    assert len(footers) == drawn > 0
    for each in footers:
        yield unescape(" ".join(orjson.loads(each)))


def of_svg(content: bytes) -> Iterator[str]:
    """Yield the texts of a picture, which are letters in it and no outlines."""
    yield unescape(re.sub("<[^>]*>", " ", content.decode()))


def of_png(content: bytes) -> Iterator[str]:
    """Yield what stands in the data of a picture; that as much room is kept for it in the picture is tried in tests/visualize."""
    assert content.startswith(b"\x89PNG")
    yield content.partition(b"iTXtDescription\0\0\0\0\0")[2].partition(b"IDAT")[0][:-8].decode("utf-8", "replace")


FORMS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "csv": of_csv,
    "xlsx": of_xlsx,
    "jsonl": of_jsonl,
    "txt": of_txt,
    "yaml": of_yaml,
    "html": of_html,
    "svg": of_svg,
    "png": of_png,
}
