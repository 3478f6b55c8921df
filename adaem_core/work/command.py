"""One thing the command line can do: its name, its help, its options, and the function that carries it out.

Options of the method come from the settings, one per knob; None means: as the study has it, or the default.
Data flow: `Command → options of a parser`; `options → settings`.
"""

import math
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.archive.table import NO_IDS, How
from adaem_core.settings import ChatSettings, Settings

S = TypeVar("S", bound=Settings)


@dataclass(frozen=True)
class Command:
    """One command, as `--help` lists it."""

    name: str
    help: str
    run: Callable[[Namespace], Any]  # options in, one result out: a mapping or rows
    options: Callable[[ArgumentParser], None]  # adds those that are no knobs
    knobs: tuple[type[Settings], ...] = ()  # each field of these is an option

    def add_to(self, acts: Any) -> None:
        """Add the command to a parser's commands."""
        act = acts.add_parser(self.name, help=self.help)
        act.add_argument("--json", action="store_true", help="print one JSON object, last on standard output")
        act.set_defaults(run=self.run)
        self.options(act)
        for settings in self.knobs:
            for each in fields(settings):  # type: ignore[arg-type]
                add_knob(act, each)


def add_knob(act: ArgumentParser, knob: Any) -> None:
    """Add the option of one knob."""
    name, choices = f"--{knob.name.replace('_', '-')}", knob.metadata["choices"] or None
    if knob.type is bool:
        act.add_argument(name, action="store_true", default=None, help=knob.metadata["help"])
        return
    kind = {int: int, float: float, str: str, float | None: float, int | None: int}[knob.type]
    named = knob.metadata["named"]
    default = "none" if knob.default is None else knob.default
    names = " A number, or " + ", ".join(f"{each} ({value:,})" for each, value in named.items()) + "." if named else ""
    act.add_argument(
        name,
        type=number_or_name(named) if named else kind,
        choices=choices,
        help=f"{knob.metadata['help']}{names} Default: {default}.".replace("%", "%%"),
    )


def number_or_name(named: Mapping[str, int]) -> Callable[[str], int]:
    """Return what reads a whole number or the name of one; ValueError for anything else."""

    def number_of(text: str) -> int:
        return named[text] if text in named else int(text)

    number_of.__name__ = f"number or {', '.join(named)}"  # argparse says so of what it cannot read
    return number_of


def add_study(act: ArgumentParser, help: str = "the study file (.db)") -> None:
    """Add the option that names the study file."""
    act.add_argument("--study", type=Path, required=True, help=help)


def add_reading(act: ArgumentParser) -> None:
    """Add how a file of topics, questions or answers is to be read, where that is not found out rightly."""
    act.add_argument("--encoding", help="encoding of that file, such as cp1252 (UTF-8 and UTF-16 are found out)")
    act.add_argument("--separator", help="what separates its fields: comma, semicolon, tab, bar or any sign (found out by default)")
    act.add_argument("--header", type=int, help="its line that names the columns (found out by default)")
    act.add_argument("--sheet", help="the sheet of a workbook (default: the first that asks something)")


def add_ids(act: ArgumentParser) -> None:
    """Add which column of a file holds the ids."""
    act.add_argument("--id-column", help=f"column of that file that holds the ids, or {NO_IDS} to number the rows (found out by default)")


def reading(options: Namespace) -> How:
    """Return how the options say that a file is to be read."""
    return How(options.encoding, options.separator, options.header, options.sheet)


def tell_of_file(name: str | Path, notes: Iterable[str]) -> None:
    """Write how a file was read, and what of it was left out, to standard error."""
    sys.stderr.write("".join(f"{Path(name).name}: {note}.\n" for note in notes))


def given(settings: type[S], options: Namespace, base: S | None = None) -> S:
    """Return settings with the options that were given, on top of `base` or the defaults."""
    chosen = {each.name: getattr(options, each.name) for each in fields(settings) if getattr(options, each.name) is not None}  # type: ignore[arg-type]
    return settings.read({**(asdict(base) if base else {}), **chosen})  # type: ignore[call-overload]


def number(value: float) -> float | None:
    """Return a number of a result: None, which JSON has, for NaN, which it lacks."""
    return None if math.isnan(value) else float(value)


def sending(study: Study, options: Namespace) -> ChatSettings:
    """Return how the study's requests are sent, with the options that were given."""
    return given(ChatSettings, options, settings_of(study).chat)
