"""Every job without a browser: `python -m adaem_core generate --study FILE.db …`.

Results go to standard output, progress to standard error. Exit status: 0 finished, 2 bad input, 3 paused at the
budget, 130 interrupted but resumable, 1 anything else that stopped it, and a damaged study.
Data flow: `COMMANDS → parser → one command → result → lines or JSON`.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, TextIO, cast

import orjson

from adaem_core.errors import AdaemError, BadInput, BudgetReached, Paused
from adaem_core.marks import spelt_out
from adaem_core.work import (
    allow,
    ask_again,
    calibrate,
    examine,
    exports,
    generate,
    landscape,
    people,
    probe,
    ratings,
    recognise,
    status,
    verify,
)
from adaem_core.work.command import Command
from adaem_core.work.telling import in_words

COMMANDS = (
    generate.GENERATE,
    generate.ESTIMATE,
    status.STATUS,
    exports.EXPORT,
    exports.BENCHMARK,
    examine.EXAMINE,
    ratings.RATINGS,
    landscape.QUALITY,
    landscape.PLACES,
    ask_again.PRIME,
    recognise.RECOGNISE,
    ask_again.RETEST,
    landscape.PROJECT,
    calibrate.CALIBRATE,
    probe.PROBE,
    people.MEMBER,
    allow.ALLOW,
    verify.VERIFY,
    verify.COPY,
)


def main(arguments: Sequence[str] | None = None, commands: Sequence[Command] = COMMANDS) -> int:
    """Run one of the commands and return its exit status; nothing it writes can steer a terminal."""
    with redirect_stdout(cast("TextIO", Door(sys.stdout))), redirect_stderr(cast("TextIO", Door(sys.stderr))):
        return carried_out(arguments, commands)


class Door:
    """Everything the command line writes goes through here, whoever wrote it: control characters are spelt out."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text that is seen and not obeyed."""
        return self.stream.write(spelt_out(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def carried_out(arguments: Sequence[str] | None, commands: Sequence[Command]) -> int:
    """Run one of the commands and return its exit status."""
    options = parser(commands).parse_args(arguments)
    try:
        result = options.run(options)
    except BudgetReached as error:
        return stopped(error, 3)
    except (Paused, KeyboardInterrupt) as error:
        return stopped(error, 130)
    except BadInput as error:
        return stopped(error, 2)
    except AdaemError as error:
        return stopped(error, 1)
    if result is not None:
        sys.stdout.write(shown(result, as_json=options.json))
    return int(isinstance(result, dict) and result.get("whole") is False)  # a study that was looked through and is damaged


def stopped(error: BaseException, status: int) -> int:
    """Write what happened to standard error and return `status`."""
    sys.stderr.write(f"{str(error) or 'Interrupted. Start the same command again to continue.'}\n")
    return status


def shown(result: Any, *, as_json: bool) -> str:
    """Return a result as one JSON line, or as lines for people."""
    if as_json:
        return orjson.dumps(result, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS).decode() + "\n"
    return in_words(result)


def parser(commands: Sequence[Command] = COMMANDS) -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    top = argparse.ArgumentParser(prog="python -m adaem_core", description="AdAEM Studio without a browser.")
    acts = top.add_subparsers(required=True, metavar="COMMAND")
    for each in commands:
        each.add_to(acts)
    return top
