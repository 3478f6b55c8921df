"""What a worker can be told to do: a fixed list of acts, each with typed fields and none of them a path.

A study file says what was last begun on it; whoever wrote that file, it is checked here before it becomes words of a command.
Data flow: `act, fields (of a study, of a page) → the words of one command`; BadInput for anything else.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from adaem_core.errors import BadInput
from adaem_core.faults import faults

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Ids = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}(,[A-Za-z0-9][A-Za-z0-9_.-]{0,63}){0,99}$")]
Name = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")]  # of a model, as shown
Count = Annotated[int, Field(ge=0, lt=2**31)]


class Generate(BaseModel):
    """Look for questions: all that it needs is the study's own."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Examine(Generate):
    """Finish an examination."""

    examination: Id
    read_twice: Count = 0
    read_seed: Count = 0
    recogniser: Name | None = None


class Prime(Generate):
    """Ask one model again under system prompts that name a value."""

    examination: Id
    model: Name
    values: Ids
    wording: Id = "meaning"
    control: Id = "silence"


class Retest(Generate):
    """Ask everybody once more."""

    examination: Id
    draws: Annotated[int, Field(ge=1, le=20)] = 1


ACTS: dict[str, TypeAdapter[Any]] = {
    "generate": TypeAdapter(Generate),
    "examine": TypeAdapter(Examine),
    "prime": TypeAdapter(Prime),
    "retest": TypeAdapter(Retest),
}
Act = Literal["generate", "examine", "prime", "retest"]


def command(act: str, arguments: Mapping[str, Any]) -> list[str]:
    """Return the words of an act's command, each field with its value as one word; BadInput for an unknown act or field, or a value that is none."""
    check(act, arguments)
    return [act, *(f"--{name.replace('_', '-')}={value}" for name, value in arguments.items() if value is not None)]


def check(act: str, arguments: Mapping[str, Any]) -> None:
    """Raise BadInput unless a worker can be told this."""
    if act not in ACTS:
        raise BadInput(
            f"The study names work that the studio does not know, {act[:40]!r}. It knows: {', '.join(ACTS)}. Nothing was started."
        )
    if wrong := sorted({str(each["loc"][0]) if each["loc"] else "its fields" for each in faults(ACTS[act], dict(arguments))}):
        raise BadInput(
            f"The study names work ({act}) with something the studio does not take: {', '.join(wrong)[:200]}. Nothing was started."
        )


def fields_of(words: Sequence[str]) -> dict[str, Any]:
    """Return the fields that studies of older versions hold as words: `--draws 2` is draws = 2."""
    names, values = words[::2], words[1::2]
    return {
        name.removeprefix("--").replace("-", "_"): int(value) if value.isdecimal() and len(value) < 10 else value
        for name, value in zip(names, values, strict=False)
    }
