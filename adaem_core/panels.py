"""Panels: which models take part, in which roles. Read from `data/panels/*.yaml` or a user's file.

A panel file never holds a key: only the *name* of the environment variable that holds it.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from adaem_core.errors import BadInput
from adaem_core.folders import files
from adaem_core.records import Role
from adaem_core.values import read_yaml_file

VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*|[a-z_][a-z0-9_]{0,23}")  # keys mix small and large letters, or are longer
Rule = tuple[Callable[[Any], bool], str]  # what a field must be, and that in words


@dataclass(frozen=True)
class ModelSpec:
    """One model of a panel: how to reach it, what it does, and its model card."""

    name: str  # display name, unique in the panel
    model: str  # LiteLLM id, e.g. openai/gpt-4o or simulated/aurora
    roles: tuple[Role, ...]
    api_base: str | None = None
    key_env: str | None = None  # name of the environment variable that holds the key
    input_price: float | None = None  # US dollars per million tokens; None: LiteLLM's list
    output_price: float | None = None
    requests_per_minute: int | None = None
    concurrency: int | None = None
    max_tokens: int | None = None  # raises the reply limit, for models that think before they answer
    json: bool = False  # the endpoint honours a JSON response format
    logprobs: bool = False  # the endpoint returns log-probabilities
    moderation: bool = False  # a guard that is a moderation endpoint, not a chat model
    developer: str = ""
    country: str = ""
    kind: str = ""  # chat, reasoning, base
    released: str = ""  # ISO date or month
    knowledge_cutoff: str = ""

    @property
    def simulated(self) -> bool:
        return self.model.startswith("simulated/")


@dataclass(frozen=True)
class Panel:
    """The models of a study and their roles."""

    name: str
    models: tuple[ModelSpec, ...]

    def having(self, role: Role) -> tuple[ModelSpec, ...]:
        """Return the models with `role`, in file order."""
        return tuple(each for each in self.models if role in each.roles)

    def names(self, role: Role) -> tuple[str, ...]:
        """Return the display names of the models with `role`, in file order."""
        return tuple(each.name for each in self.having(role))

    def one(self, role: Role) -> str | None:
        """Return the name of the first model with `role`, None if there is none."""
        return next(iter(self.names(role)), None)

    @property
    def simulated(self) -> bool:
        """True when any member is simulated: results must then say SIMULATED."""
        return any(each.simulated for each in self.models)


def panels() -> dict[str, Path]:
    """Return the shipped or user-added panel files by name."""
    return files("panels", "*.yaml")


def panel(name: str | Path | Panel) -> Panel:
    """Return the panel called `name` or in the YAML file `name`; BadInput names file, model, field and remedy. A panel is returned as it is."""
    if isinstance(name, Panel):
        return name
    path = panels().get(str(name), Path(name))
    if not path.is_file():
        raise BadInput(f"No panel {str(name)!r}. Known: {', '.join(panels())}; or give the path of a YAML file.")
    return parse_panel(path.stem, read_yaml_file(path), str(path))


def parse_panel(name: str, content: Any, where: str) -> Panel:
    """Return a panel from the mapping a YAML file or a study holds."""
    if not isinstance(content, dict) or not isinstance(content.get("models"), list):
        raise BadInput(f"{where}: expected a list under 'models'.")
    found = Panel(name, tuple(parse_model(each, f"{where}, model {number}") for number, each in enumerate(content["models"], 1)))
    names = [each.name for each in found.models]
    if repeated := sorted({each for each in names if names.count(each) > 1}):
        raise BadInput(f"{where}: name {', '.join(repeated)} is used twice: names must differ.")
    return found


def parse_model(content: Any, where: str) -> ModelSpec:
    """Return one model of a panel."""
    if not isinstance(content, dict) or not content.get("model"):
        got = ", ".join(map(str, content)) or "nothing" if isinstance(content, dict) else type(content).__name__  # names alone: no key
        raise BadInput(f"{where}: needs at least 'model' (a LiteLLM id) and 'roles', got {got}.")
    if unknown := sorted(map(str, content.keys() - {each.name for each in fields(ModelSpec)})):
        raise BadInput(
            f"{where}: unknown field {', '.join(unknown)}. A key itself must never stand in a panel file: name its variable in key_env."
        )
    try:
        roles = tuple(Role(each) for each in content.get("roles") or ())
    except ValueError as error:
        raise BadInput(f"{where}: {error}; roles are {', '.join(Role)}.") from None
    if not roles:
        raise BadInput(f"{where}: has no role; roles are {', '.join(Role)}.")
    check_fields(content, where)
    texts = {name: str(content[name]) for name in TEXTS if content.get(name) not in (None, "")}  # YAML makes dates and numbers of some
    others = {name: value for name, value in content.items() if name not in TEXTS}
    return ModelSpec(**{"name": texts["model"], **others, **texts, "roles": roles})


def is_address(value: Any) -> bool:
    """Say whether a value is the address of a service, with nothing in it that might be secret."""
    try:
        parts = urlsplit(value)
    except (ValueError, AttributeError):
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.username or parts.password or parts.query)


def is_number(value: Any) -> bool:
    """Say whether a value is a finite number from 0 up."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf


PRICE: Rule = is_number, "a number from 0 up, without quotes (US dollars per million tokens)"
COUNT: Rule = lambda value: is_number(value) and value == int(value) and value >= 1, "a whole number from 1 up, without quotes"
SWITCH: Rule = lambda value: isinstance(value, bool), "true or false, without quotes"
TEXT: Rule = lambda value: isinstance(value, str | int | float | date) and not isinstance(value, bool), "a text; put it in quotes"
TEXTS = ("name", "model", "developer", "country", "kind", "released", "knowledge_cutoff")
RULES: dict[str, Rule] = {
    **dict.fromkeys(TEXTS, TEXT),
    "api_base": (is_address, "an address that begins with http:// or https:// and holds no user, password or query"),
    "key_env": (
        lambda value: isinstance(value, str) and VARIABLE.fullmatch(value) is not None,
        "the name of the environment variable that holds the key, such as OPENAI_API_KEY, and never the key itself",
    ),
    **dict.fromkeys(("input_price", "output_price"), PRICE),
    **dict.fromkeys(("requests_per_minute", "concurrency", "max_tokens"), COUNT),
    **dict.fromkeys(("json", "logprobs", "moderation"), SWITCH),
}


def check_fields(content: Mapping[str, Any], where: str) -> None:
    """Raise BadInput naming the first field whose value does not fit; the value is not shown, for it may be a key."""
    for name, (fits, told) in RULES.items():
        if content.get(name) is not None and not fits(content[name]):
            raise BadInput(f"{where}: {name} must be {told}.")


def check_roles(panel: Panel, *needed: tuple[Role, int]) -> None:
    """Raise BadInput unless the panel has at least so many models in each role."""
    for role, least in needed:
        if (got := len(panel.having(role))) < least:
            raise BadInput(
                f"Panel {panel.name!r} needs at least {least} model(s) with role {role}, got {got}: add the role in the panel file."
            )


def as_mapping(panel: Panel) -> dict[str, Any]:
    """Return the panel as the mapping `parse_panel` reads; holds no key."""
    return {
        "models": [
            {key: value for key, value in asdict(each).items() if value is not None and value is not False and value != ""}
            for each in panel.models
        ]
    }
