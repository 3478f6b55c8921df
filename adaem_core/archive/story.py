"""How a study is told: the titles and notes that people gave the steps of its presentation. They lie in the study and travel with it.

Data flow: `Said by step → study file → Said by step`.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass as checked

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import stored
from adaem_core.errors import BadInput
from adaem_core.faults import faults


@checked(frozen=True, config=ConfigDict(extra="forbid"))
class Said:
    """What somebody says at one step: a title instead of the studio's, and a note under it."""

    title: Annotated[str, Field(max_length=200)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""


STORY = TypeAdapter(Annotated[dict[str, Said], Field(max_length=20)])


def story(study: Study) -> dict[str, Said]:
    """Return what was said at each step; BadInput where that is damaged."""
    return STORY.validate_python(stored(study, "story", STORY, {}))


def tell(path: Path, step: str, title: str, note: str) -> None:
    """Store what is said at one step, also while a worker is on the study; BadInput for what is too long."""
    said = {"title": " ".join(title.split()), "note": note.strip()}
    if faults(STORY, {step: said}):
        raise BadInput("Nothing was stored: a title may have 200 letters, a note 2,000. Shorten it, then store it again.")
    with Study.read(path) as study:
        before = story(study)
    Study.note(path, story={name: asdict(each) for name, each in {**before, step: Said(**said)}.items()})
