"""What a study was made with: its panel and its value system.

Data flow: `study file → Panel, ValueSystem`.
"""

from adaem_core.archive.study import Study
from adaem_core.panels import Panel, parse_panel
from adaem_core.values import ValueSystem, parse_value_system


def panel_of(study: Study) -> Panel:
    """Return the panel a study was made with."""
    return parse_panel(study.meta("panel_name"), study.meta("panel"), study.path.name)


def system_of(study: Study) -> ValueSystem:
    """Return the value system a study was made with."""
    stored = study.meta("value_system")
    return parse_value_system(stored["id"], stored)
