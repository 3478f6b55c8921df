"""Value systems: a theory's dimensions, read from `data/value_systems/*.yaml`. Data, never code.

A user adds a system by adding a file; it is then a choice everywhere (docs/decisions/value-systems-are-data.md).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import yaml
from pydantic import StrictBool, TypeAdapter
from pydantic_core import ErrorDetails

from adaem_core.errors import BadInput
from adaem_core.faults import WANTED, Text, faults, tell
from adaem_core.folders import files, is_file, own_named

LARGEST_YAML = 200_000  # bytes; a panel or a value system is a page of text
DEEPEST, MOST_PARTS = 20, 20_000  # levels of nesting, and values and names, of such a file
LONGEST_NUMBER = 40  # digits


@dataclass(frozen=True)
class Dimension:
    """One value of a system, with its place in the system's structure."""

    id: Text  # short code, e.g. SEC
    name: Text
    definition: Text
    group: Text = ""  # higher-order group
    opposites: tuple[Text, ...] = ()  # ids of the dimensions the theory says conflict with it
    markers: tuple[Text, ...] = ()  # phrases by which the SIMULATED recogniser knows it; real recognisers never see them


@dataclass(frozen=True)
class ValueSystem:
    """A theory's dimensions in structural order (round the circle where there is one)."""

    id: str
    name: Text
    source: Text
    circular: StrictBool  # True when neighbours in `dimensions` are compatible and the order closes to a circle
    dimensions: tuple[Dimension, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dimension.id for dimension in self.dimensions)

    def name_of(self, dimension: str) -> str:
        """Return the full name of the dimension with id `dimension`."""
        return next(each.name for each in self.dimensions if each.id == dimension)


def value_systems() -> dict[str, ValueSystem | None]:
    """Return every shipped or user-added system by id, None for a file that is none: `value_system` tells what is wrong with it."""
    return {id: readable(path) for id, path in files("value_systems", ".yaml").items()}


def readable(path: Path) -> ValueSystem | None:
    """Return the system in `path`, None where there is none: one broken file stops no other."""
    try:
        return read_value_system(path)
    except BadInput:
        return None


def value_system(name: str | Path | ValueSystem) -> ValueSystem:
    """Return the system with id `name`, or the one in the YAML file `name`; a system is returned as it is."""
    if isinstance(name, ValueSystem):
        return name
    known = files("value_systems", ".yaml")
    path = Path(name) if str(name).endswith((".yaml", ".yml")) else known.get(str(name))
    if not path or not is_file(path):
        raise BadInput(f"No value system {str(name)!r}. Known: {', '.join(known)}. Add one as a YAML file in {own_named('value_systems')}.")
    return read_value_system(path)


@cache
def read_value_system(path: Path) -> ValueSystem:
    """Return the system in `path`; BadInput names file, field and remedy."""
    content = read_yaml_file(path)
    try:
        return parse_value_system(path.stem, content)
    except BadInput as error:
        raise BadInput("\n".join(f"{path}: {line}" for line in str(error).splitlines())) from None


def read_yaml_file(path: Path) -> Any:
    """Return what the YAML file at `path` holds; BadInput names file, line and problem."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_YAML + 1)
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}). Check the name and your right to read it.") from error
    return read_yaml(data, str(path))


class Unbounded(yaml.MarkedYAMLError):
    """A file would become much more than is written in it."""


class Bounded(yaml.SafeLoader):
    """YAML that stands for no more than is written in it, refused while it is read: a few lines of aliases can fill a machine."""

    depth = parts = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next value, unless it is an alias, nested too deeply, or one too many."""
        self.depth, self.parts = self.depth + 1, self.parts + 1
        if self.check_event(yaml.AliasEvent):
            self.refuse("an alias (*name) is not read. Write out what it stands for")
        if self.depth > DEEPEST:
            self.refuse(f"nested more than {DEEPEST} levels deep. Is it the right file?")
        if self.parts > MOST_PARTS:
            self.refuse(f"more than the {MOST_PARTS:,} values that are read. Is it the right file?")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        """Return a whole number, unless it has too many digits to be one that anybody means."""
        if len(node.value) > LONGEST_NUMBER:
            raise Unbounded(problem=f"a number of more than {LONGEST_NUMBER} digits. Put a text in quotes", problem_mark=node.start_mark)
        return super().construct_yaml_int(node)

    def refuse(self, problem: str) -> NoReturn:
        """Raise Unbounded at the present place."""
        raise Unbounded(problem=problem, problem_mark=self.peek_event().start_mark)  # type: ignore[no-untyped-call]


Bounded.add_constructor("tag:yaml.org,2002:int", Bounded.construct_yaml_int)


def read_yaml(data: bytes, name: str) -> Any:
    """Return what YAML from the file `name` holds; BadInput names line and problem, but shows no line: it may hold a key by mistake."""
    if len(data) > LARGEST_YAML:
        raise BadInput(f"{name}: more than the {LARGEST_YAML:,} bytes such a file may have. Is it the right file?")
    try:
        return yaml.load(data.decode("utf-8-sig"), Bounded)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{name}: line {line} is not UTF-8. Save the file as UTF-8 and try again.") from None
    except Unbounded as error:
        raise BadInput(f"{name}: line {error.problem_mark.line + 1 if error.problem_mark else 1}: {error.problem}.") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(
            f"{name}: line {line} is no YAML ({error.problem}). Check its indents, colons and quotes in a text editor."
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise BadInput(f"{name}: not a readable YAML file. Check it in a text editor.") from None


def parse_value_system(id: str, content: Any) -> ValueSystem:
    """Return a system from the mapping a YAML file holds; BadInput tells all its faults, in the order of the file."""
    if not isinstance(content, dict):
        raise BadInput("expected the fields name, source, circular and dimensions.")
    given = filled(content)
    given |= {"id": id, "source": given.get("source", ""), "circular": given.get("circular", False)}
    rows = given.get("dimensions")
    if isinstance(rows, list):
        rows = given["dimensions"] = list(map(filled, rows))
    missing = [key for key in ("name", "dimensions") if key not in given]
    found = sorted(faults(SYSTEM, given), key=lambda each: list(given).index(each["loc"][0]) if each["loc"][0] in given else -1)
    first = f"missing field {', '.join(missing)}." if missing else ""
    tell(
        [
            first,
            *(fault(each, content) for each in found if each["loc"][0] not in missing),
            *(disagreements(rows) if isinstance(rows, list) else ()),
        ]
    )
    return SYSTEM.validate_python(given)


def filled(content: Any) -> Any:
    """Return a mapping without its empty fields and with texts as their names; all else as it is."""
    if not isinstance(content, dict):
        return content
    return {str(name): value for name, value in content.items() if value not in (None, "", [])}


def fault(found: ErrorDetails, content: Mapping[str, Any]) -> str:
    """Return one fault that pydantic found in a file, in words."""
    match found["loc"]:
        case ("dimensions", int(index), ("group" | "opposites" | "markers") as field, *_):
            return f"dimension {index + 1}: {field} must be {WANTED['string_type'] if field == 'group' else 'a list of texts'}."
        case ("dimensions", int(index), *_):
            return f"dimension {index + 1}: needs id, name and definition, got {content['dimensions'][index]!r}."
    return f"{found['loc'][0]} must be {WANTED[found['type']]}."


def disagreements(rows: list[Any]) -> Iterator[str]:
    """Yield what is wrong between dimensions: fewer than two, ids or names that a recogniser could not tell apart, unknown opposites."""
    found = [DIMENSION.validate_python(each) for each in rows if not faults(DIMENSION, each)]
    known = {str(each.get("id")) for each in rows if isinstance(each, dict)}  # of those with faults of their own as well
    ids, named = Counter(each.id for each in found), {each.id: each.name for each in found}
    spellings = Counter(spelling for id, name in named.items() for spelling in {folded(id), folded(name)})
    if len(rows) < 2:
        yield "a value system needs at least two dimensions."
    if repeated := sorted(id for id, times in ids.items() if times > 1):
        yield f"dimension id {', '.join(repeated)} is used twice: ids must differ."
    if alike := sorted(spelling for spelling, times in spellings.items() if times > 1):
        yield f"ids and names must differ by more than case and marks: {', '.join(alike)} stands for more than one dimension. Rename one."
    if unknown := sorted({other for each in found for other in each.opposites} - known):
        yield f"opposites name {', '.join(unknown)}, which is no dimension of this file."


def folded(text: str) -> str:
    """Return letters and digits alone, without case: how ids and names are recognised in a reply."""
    return "".join(character for character in text.casefold() if character.isalnum())


DIMENSION, SYSTEM = TypeAdapter(Dimension), TypeAdapter(ValueSystem)
