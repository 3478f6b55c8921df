"""What stays the same through a whole run: the models, the theory, the embeddings and the settings."""

from dataclasses import dataclass

from adaem_core.chat.embed import Embedder
from adaem_core.chat.model import Model
from adaem_core.panels import Panel, Role
from adaem_core.records import Answer
from adaem_core.settings import ElicitSettings, GenerateSettings
from adaem_core.values import ValueSystem


@dataclass(frozen=True)
class Apparatus:
    """Everything a step of Algorithm 2 works with."""

    ask: Model
    embed: Embedder
    panel: Panel
    system: ValueSystem
    elicit: ElicitSettings
    settings: GenerateSettings

    @property
    def recogniser(self) -> str:
        """The model that reads values in answers; a panel without one is refused before the run."""
        name = self.panel.one(Role.RECOGNISER)
        assert name is not None, "check_roles ran before"
        return name


Answers = tuple[Answer, ...]
