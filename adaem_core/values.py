"""Value systems: a theory's dimensions, read from `data/value_systems/*.yaml`. Data, never code.

A user adds a system by adding a file; it is then a choice everywhere (docs/decisions/value-systems-are-data.md).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from adaem_core.errors import BadInput
from adaem_core.folders import files, own_named


@dataclass(frozen=True)
class Dimension:
    """One value of a system, with its place in the system's structure."""

    id: str  # short code, e.g. SEC
    name: str
    definition: str
    group: str = ""  # higher-order group
    opposites: tuple[str, ...] = ()  # ids of the dimensions the theory says conflict with it
    markers: tuple[str, ...] = ()  # phrases by which the SIMULATED recogniser knows it; real recognisers never see them


@dataclass(frozen=True)
class ValueSystem:
    """A theory's dimensions in structural order (round the circle where there is one)."""

    id: str
    name: str
    source: str
    circular: bool  # True when neighbours in `dimensions` are compatible and the order closes to a circle
    dimensions: tuple[Dimension, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dimension.id for dimension in self.dimensions)

    def name_of(self, dimension: str) -> str:
        """Return the full name of the dimension with id `dimension`."""
        return next(each.name for each in self.dimensions if each.id == dimension)


def value_systems() -> dict[str, ValueSystem]:
    """Return every shipped or user-added system by id."""
    return {id: read_value_system(path) for id, path in files("value_systems", "*.yaml").items()}


def value_system(name: str | Path | ValueSystem) -> ValueSystem:
    """Return the system with id `name`, or the one in the YAML file `name`; a system is returned as it is."""
    if isinstance(name, ValueSystem):
        return name
    known = files("value_systems", "*.yaml")
    path = Path(name) if str(name).endswith((".yaml", ".yml")) else known.get(str(name))
    if not path or not path.is_file():
        raise BadInput(f"No value system {str(name)!r}. Known: {', '.join(known)}. Add one as a YAML file in {own_named('value_systems')}.")
    return read_value_system(path)


@cache
def read_value_system(path: Path) -> ValueSystem:
    """Return the system in `path`; BadInput names file, field and remedy."""
    content = read_yaml_file(path)
    try:
        return parse_value_system(path.stem, content)
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from None


def read_yaml_file(path: Path) -> Any:
    """Return what the YAML file at `path` holds; BadInput names file, line and problem."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}). Check the name and your right to read it.") from error
    return read_yaml(data, str(path))


def read_yaml(data: bytes, name: str) -> Any:
    """Return what YAML from the file `name` holds; BadInput names line and problem, but shows no line: it may hold a key by mistake."""
    try:
        return yaml.safe_load(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{name}: line {line} is not UTF-8. Save the file as UTF-8 and try again.") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(
            f"{name}: line {line} is no YAML ({error.problem}). Check its indents, colons and quotes in a text editor."
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise BadInput(f"{name}: not a readable YAML file. Check it in a text editor.") from None


def parse_value_system(id: str, content: Any) -> ValueSystem:
    """Return a system from the mapping a YAML file holds."""
    if not isinstance(content, dict):
        raise BadInput("expected the fields name, source, circular and dimensions.")
    if missing := [key for key in ("name", "dimensions") if not content.get(key)]:
        raise BadInput(f"missing field {', '.join(missing)}.")
    if not isinstance(content["dimensions"], list) or not isinstance(content.get("circular", False), bool):
        raise BadInput("dimensions must be a list, and circular true or false without quotes.")
    dimensions = tuple(parse_dimension(number, each) for number, each in enumerate(content["dimensions"], 1))
    system = ValueSystem(id, str(content["name"]), str(content.get("source", "")), content.get("circular", False), dimensions)
    check_dimensions(system)
    return system


def parse_dimension(number: int, content: Any) -> Dimension:
    """Return the `number`-th dimension of a file."""
    if not isinstance(content, dict) or not all(content.get(key) for key in ("id", "name", "definition")):
        raise BadInput(f"dimension {number}: needs id, name and definition, got {content!r}.")
    opposites, markers = (tuple(map(str, content.get(key) or ())) for key in ("opposites", "markers"))
    return Dimension(
        str(content["id"]), str(content["name"]), str(content["definition"]), str(content.get("group", "")), opposites, markers
    )


def check_dimensions(system: ValueSystem) -> None:
    """Raise BadInput on fewer than two dimensions, ids or names that a recogniser could not tell apart, or unknown opposites."""
    if len(system.dimensions) < 2:
        raise BadInput("a value system needs at least two dimensions.")
    if repeated := sorted({id for id in system.ids if system.ids.count(id) > 1}):
        raise BadInput(f"dimension id {', '.join(repeated)} is used twice: ids must differ.")
    spellings = [spelling for each in system.dimensions for spelling in {folded(each.id), folded(each.name)}]
    if alike := sorted({spelling for spelling in spellings if spellings.count(spelling) > 1}):
        raise BadInput(
            f"ids and names must differ by more than case and marks: {', '.join(alike)} stands for more than one dimension. Rename one."
        )
    if unknown := sorted({other for each in system.dimensions for other in each.opposites} - set(system.ids)):
        raise BadInput(f"opposites name {', '.join(unknown)}, which is no dimension of this file.")


def folded(text: str) -> str:
    """Return letters and digits alone, without case: how ids and names are recognised in a reply."""
    return "".join(character for character in text.casefold() if character.isalnum())
