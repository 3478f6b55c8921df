"""What a file that leaves the studio says of itself: SIMULATED where it is, of which study, how much, how, when, and where to see it.

One record for pictures, tables and texts. In tables it stands in the last columns, whose names begin with `about_`, in every row: rows that are
put together with others keep it, whoever needs it not drops the columns, and no program stumbles over a line that is no row.
Data flow: `rows or text, Origin → bytes of a file`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

import orjson

from adaem_core.archive.writing import to_csv, to_xlsx

SIMULATED = "SIMULATED"
PREFIX = "about_"


@dataclass(frozen=True)
class Origin:
    """What a figure, table or text is of. Texts are as studies and models have them: plain, and to be shown as such."""

    simulated: bool  # anything simulated is in it
    study: str = ""  # title and file; of several studies, all of them
    n: str = ""  # how many of what
    method: str = ""
    source: str = ""  # panel or benchmark
    date: str = ""  # ISO day on which study or examination was made
    link: str = ""  # address of the page with its choices; where no server is known, the part after it

    @property
    def told(self) -> dict[str, str]:
        """Every part by its name, SIMULATED first."""
        return {**asdict(self), "simulated": SIMULATED if self.simulated else "no"}

    @property
    def short(self) -> str:
        """The line under a figure on a page, whose head names the study and whose address is the link."""
        return joined(SIMULATED * self.simulated, self.n, self.method, self.source, self.date)

    @property
    def line(self) -> str:
        """The whole in one line, for a picture or a text that stands alone."""
        return joined(SIMULATED * self.simulated, self.study, self.n, self.method, self.source, self.date, self.link)


def joined(*parts: str) -> str:
    """Return parts in one line, empty ones left out."""
    return " · ".join(each for each in parts if each)


def named(title: str, stem: str) -> str:
    """Return how a study is called where it stands alone: its title, and its file where that differs."""
    return f"study {title} ({stem})" if title and title != stem else f"study {stem}"


def address(page: str, **choices: str) -> str:
    """Return the address of a page with its choices, as it follows the address of any server."""
    return f"{page}?{urlencode({name: each for name, each in choices.items() if each})}"


def says_simulated(rows: Iterable[Mapping[str, str]]) -> bool:
    """Return whether rows of a file say that they come from a simulated panel, as those of our own exports do."""
    return any(row.get(f"{PREFIX}simulated") == SIMULATED or row.get("simulated", "").lower() == "true" for row in rows)


def signed(rows: Iterable[Mapping[str, Any]], of: Origin) -> Iterator[dict[str, Any]]:
    """Yield the rows with what they are of in their last columns."""
    last = {f"{PREFIX}{name}": told for name, told in of.told.items()}
    return ({**row, **last} for row in rows)


def csv_file(rows: Iterable[Mapping[str, Any]], of: Origin) -> bytes:
    """Return rows as CSV that says what it is of."""
    return to_csv(signed(rows, of))


def workbook(rows: Iterable[Mapping[str, Any]], of: Origin) -> bytes:
    """Return rows as a workbook that says what it is of, in the last columns and on a sheet of its own."""
    return to_xlsx(signed(rows, of), [{"about": name, "is": told} for name, told in of.told.items()])


def json_lines(rows: Iterable[Mapping[str, Any]], of: Origin) -> bytes:
    """Return rows as JSON lines that say what they are of."""
    return b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in signed(rows, of))


def text_file(text: str, of: Origin) -> bytes:
    """Return a text with a last line that says what it is of."""
    return f"{text}\n\n{of.line}\n".encode("utf-8", "replace")
