"""What `--help` says, word for word: people's scripts and the documents rest on it.

After a wanted change write it anew: `COLUMNS=100 python -m tests.work.test_help > tests/work/help.txt`, and read the difference.
"""

import argparse
import contextlib
import io
import re
import sys
from pathlib import Path

import pytest

from adaem_core.work.cli import parser

WRITTEN = Path(__file__).with_name("help.txt")


def every_help() -> str:
    """Return the help of the program and of each of its commands, one after the other."""
    top = parser()
    (acts,) = (each for each in top._actions if isinstance(each, argparse._SubParsersAction))
    return "".join(f"=== {each.prog}\n{help_of(each)}" for each in (top, *acts.choices.values()))


def help_of(program: argparse.ArgumentParser) -> str:
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        program.print_help()
    return told.getvalue()


def test_help_is_word_for_word_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    told, written = (re.split(r"(?m)^=== ", text)[1:] for text in (every_help(), WRITTEN.read_text(encoding="utf-8")))
    assert [each.split("\n", 1)[0] for each in told] == [each.split("\n", 1)[0] for each in written]
    assert [each.split("\n", 1)[0] for each, other in zip(told, written, strict=True) if each != other] == []


if __name__ == "__main__":
    sys.stdout.write(every_help())
