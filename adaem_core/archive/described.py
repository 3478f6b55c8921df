"""What people say of a study: its title, their notes and tags. They lie in the study and travel with it.

Data flow: `Described → study file → Described`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of, stored
from adaem_core.errors import BadInput
from adaem_core.faults import STRICT, faults

TITLE = TypeAdapter(Annotated[str, Field(min_length=1, max_length=200)])
NOTES = TypeAdapter(Annotated[str, Field(max_length=20_000)])
TAGS = TypeAdapter(Annotated[list[Annotated[str, Field(min_length=1, max_length=40)]], Field(max_length=20)], config=STRICT)


@dataclass(frozen=True)
class Described:
    """What people say of a study."""

    title: str
    notes: str = ""
    tags: tuple[str, ...] = ()


def described(study: Study) -> Described:
    """Return what people say of a study; BadInput where that is damaged."""
    return Described(settings_of(study).title, stored(study, "notes", NOTES, ""), tuple(stored(study, "tags", TAGS, [])))


def describe(path: Path, title: str, notes: str, tags: str) -> None:
    """Store title, notes, and tags parted by commas, also while a worker is on the study; BadInput for what is too long or no title."""
    title, each_tag = " ".join(title.split()), list(dict.fromkeys(filter(None, map(str.strip, tags.split(",")))))
    wrong = {
        "the title must have 1 to 200 letters": faults(TITLE, title),
        "notes may have 20,000 letters": faults(NOTES, notes),
        "there may be 20 tags of 40 letters each": faults(TAGS, each_tag),
    }
    if told := [rule for rule, found in wrong.items() if found]:
        raise BadInput(f"Nothing was stored: {'; '.join(told)}. Shorten it, then store it again.")
    Study.note(path, title=title, notes=notes, tags=each_tag)
