"""AdAEM Studio's engine: find the questions on which language models' values differ.

A topic is an arm of a bandit. Pulling it writes specific questions (`generate.write`), refines each with a fast panel until it stops
getting more telling (`generate.refine`), and scores it with a strong panel (`generate.score`). Answers are elicited and the values in
them recognised (`elicit`), through one client with cache and budget (`chat`); models are then compared, value by value (`measure`).
Everything an investigation produces lies in one study file (`archive.study`). In a notebook:

    import adaem_core as adaem

    adaem.generate_questions("my.db", adaem.settings.GenerateSettings(budget=5))  # the simulated panel, unless you name another
    adaem.examine("my.db")
    with adaem.open_study("my.db") as study:
        standings = adaem.stand(adaem.labels(study), adaem.settings.MeasureSettings())
    adaem.rated(standings)  # win rates with intervals and ranks, a row per model and value

A folder imports only from itself and from folders that come before it in the alphabet
(docs/decisions/folders-in-alphabetical-order.md).
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"
# What a notebook needs, and where it stands: loaded when first asked for, because every page imports this file and must not wait.
HOMES = {
    "compare": "measure.compare",
    "edition": "generate.edition",
    "examine": "work.notebook",
    "generate_questions": "work.notebook",
    "groups": "measure.groups",
    "labels": "work.notebook",
    "open_study": "work.notebook",
    "panel": "panels",
    "prime": "work.notebook",
    "priming_table": "validate.priming_table",
    "rated": "work.ratings",
    "read_topics": "generate.topics",
    "settings": "settings",
    "split_half": "validate.subsets",
    "stand": "measure.standings",
    "value_system": "values",
}
__all__ = list(HOMES)

if TYPE_CHECKING:
    from adaem_core import settings as settings
    from adaem_core.generate.edition import edition as edition
    from adaem_core.generate.topics import read_topics as read_topics
    from adaem_core.measure.compare import compare as compare
    from adaem_core.measure.groups import groups as groups
    from adaem_core.measure.standings import stand as stand
    from adaem_core.panels import panel as panel
    from adaem_core.validate.priming_table import priming_table as priming_table
    from adaem_core.validate.subsets import split_half as split_half
    from adaem_core.values import value_system as value_system
    from adaem_core.work.notebook import examine as examine
    from adaem_core.work.notebook import generate_questions as generate_questions
    from adaem_core.work.notebook import labels as labels
    from adaem_core.work.notebook import open_study as open_study
    from adaem_core.work.notebook import prime as prime
    from adaem_core.work.ratings import rated as rated
else:

    def __getattr__(name: str) -> object:
        if name not in HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(f"{__name__}.{HOMES[name]}")
        return home if HOMES[name] == name else getattr(home, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *HOMES})
