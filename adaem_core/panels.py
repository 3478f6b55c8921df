"""Panels: which models take part, in which roles. Read from `data/panels/*.yaml` or a user's file.

A panel file never holds a key: only the *name* of the environment variable that holds it.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter

from adaem_core.errors import BadInput
from adaem_core.faults import STRICT, WANTED, Text, faults, tell, whole
from adaem_core.folders import files, is_file
from adaem_core.marks import straight
from adaem_core.values import read_yaml_file

MODEL = r"^[A-Za-z0-9][\w.:/@+ -]{0,199}$"
REGION = r"[a-z]{2}(-[a-z]+)+-\d"  # of Amazon's clouds, in an id that names one of their resources
VARIABLE = r"^([A-Z_][A-Z0-9_]*|[a-z_][a-z0-9_]{0,23})$"  # keys mix small and large letters, or are longer
Rule = tuple[TypeAdapter[Any], str]  # what a field must be, and that in words


class Role(StrEnum):
    """What a model of a panel is asked to do."""

    P1 = "p1"  # fast: writes, answers and refines questions
    P2 = "p2"  # strong: gives the final score
    EXAMINEE = "examinee"  # is measured
    RECOGNISER = "recogniser"  # reads values in answers
    GUARD = "guard"  # drops harmful questions


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
    return files("panels", ".yaml")


def panel(name: str | Path | Panel) -> Panel:
    """Return the panel called `name` or in the YAML file `name`; BadInput names file, model, field and remedy. A panel is returned as it is."""
    if isinstance(name, Panel):
        return name
    path = panels().get(str(name), Path(name))
    if not is_file(path):
        raise BadInput(f"No panel {str(name)!r}. Known: {', '.join(panels())}; or give the path of a YAML file.")
    return parse_panel(path.stem, read_yaml_file(path), str(path))


def parse_panel(name: str, content: Any, where: str) -> Panel:
    """Return a panel from the mapping a YAML file or a study holds; BadInput tells all its faults, model by model."""
    if not isinstance(content, dict) or not isinstance(content.get("models"), list):
        raise BadInput(f"{where}: expected a list under 'models'.")
    told = [f"{where}, model {number}: {line}" for number, each in enumerate(content["models"], 1) for line in model_faults(each)]
    names = Counter(display_name(each) for each in content["models"] if isinstance(each, dict) and each.get("model"))
    if repeated := sorted(each for each, times in names.items() if times > 1):
        told.append(f"{where}: name {', '.join(repeated)} is used twice: names must differ.")
    tell(told)
    return Panel(name, tuple(map(made_model, content["models"])))


def model_faults(content: Any) -> list[str]:
    """Return what is wrong with one model: unknown names first, then its fields as they stand; no value is shown, for it may be a key."""
    if not isinstance(content, dict) or not content.get("model"):
        got = ", ".join(map(str, content)) or "nothing" if isinstance(content, dict) else type(content).__name__  # names alone: no key
        return [f"needs at least 'model' (a LiteLLM id) and 'roles', got {got}."]
    told = [] if content.get("roles") else [f"has no role; roles are {', '.join(Role)}."]
    if unknown := sorted(map(str, content.keys() - {each.name for each in fields(ModelSpec)})):
        told.append(f"unknown field {', '.join(unknown)}. A key itself must never stand in a panel file: name its variable in key_env.")
    for name, value in content.items():
        if name == "roles":
            told += role_faults(value)
        elif name in RULES and value is not None and faults(RULES[name][0], value):
            told.append(f"{name} must be {RULES[name][1]}.")
    return told


def role_faults(content: Any) -> list[str]:
    """Return what is wrong with the roles of one model."""
    found = [f"{each['input']!r} is not a valid Role" if each["loc"] else "roles must be a list" for each in faults(ROLES, content or [])]
    return [f"{each}; roles are {', '.join(Role)}." for each in found]


def display_name(content: Mapping[str, Any]) -> str:
    """Return the name under which a model is shown: its id where it has no other; on one line, and without marks that turn what stands beside it."""
    return " ".join(straight(str(content["model"] if content.get("name") in (None, "") else content["name"])).split())


def made_model(content: Mapping[str, Any]) -> ModelSpec:
    """Return a model without faults as a record; numbers stay as they were written."""
    texts = {name: str(content[name]) for name in TEXTS if content.get(name) not in (None, "")}  # YAML makes dates and numbers of some
    others = {name: value for name, value in content.items() if name not in TEXTS}
    return ModelSpec(**{**others, **texts, "name": display_name(content), "roles": tuple(map(Role, content["roles"]))})


def address(value: str) -> str:
    """Return the address of a service; ValueError for what is none, or holds something that might be secret."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password or parts.query:
        raise ValueError
    return value


def model_id(value: str) -> str:
    """Return a LiteLLM id; ValueError for one that would choose an address: some providers' ids may be one, or hold a part of one."""
    region = value.split(":")[3:4] if "arn:" in value else []
    if "://" in value or ".." in value or any(not re.fullmatch(REGION, each) for each in region):
        raise ValueError
    return value


ROLES = TypeAdapter(list[Role])
TEXT: Rule = TypeAdapter(Text), WANTED["string_type"]
PRICE: Rule = (
    TypeAdapter(Annotated[float, Field(ge=0)], config=STRICT),
    "a number from 0 up, without quotes (US dollars per million tokens)",
)
COUNT: Rule = TypeAdapter(Annotated[int, BeforeValidator(whole), Field(ge=1)], config=STRICT), "a whole number from 1 up, without quotes"
SWITCH: Rule = TypeAdapter(bool, config=STRICT), WANTED["bool_type"]
TEXTS = ("name", "model", "developer", "country", "kind", "released", "knowledge_cutoff")
RULES: dict[str, Rule] = {
    **dict.fromkeys(TEXTS, TEXT),
    "model": (
        TypeAdapter(Annotated[Text, Field(pattern=MODEL), AfterValidator(model_id)]),
        "a LiteLLM id, such as openai/gpt-4o: letters, digits and . _ - / : @ +, and no address",
    ),
    "api_base": (
        TypeAdapter(Annotated[str, AfterValidator(address)]),
        "an address that begins with http:// or https:// and holds no user, password or query",
    ),
    "key_env": (
        TypeAdapter(Annotated[str, Field(pattern=VARIABLE)]),
        "the name of the environment variable that holds the key, such as OPENAI_API_KEY, and never the key itself",
    ),
    **dict.fromkeys(("input_price", "output_price"), PRICE),
    **dict.fromkeys(("requests_per_minute", "concurrency", "max_tokens"), COUNT),
    **dict.fromkeys(("json", "logprobs", "moderation"), SWITCH),
}


def check_roles(panel: Panel, *needed: tuple[Role, int]) -> None:
    """Raise BadInput unless the panel has at least so many models in each role."""
    for role, least in needed:
        if (got := len(panel.having(role))) < least:
            raise BadInput(
                f"Panel {panel.name!r} needs at least {least} model(s) with role {role}, got {got}: add the role in the panel file."
            )


def kin_of_reader(panel: Panel) -> tuple[str, ...]:
    """Return the names of the real models that are measured and of the same developer as who reads their answers, itself included."""
    reader = next(iter(panel.having(Role.RECOGNISER)), None)
    measured = panel.having(Role.EXAMINEE) or panel.having(Role.P2)
    if reader is None or reader.simulated or not reader.developer:
        return ()
    return tuple(each.name for each in measured if each.developer == reader.developer)


def as_mapping(panel: Panel) -> dict[str, Any]:
    """Return the panel as the mapping `parse_panel` reads; holds no key."""
    return {
        "models": [
            {key: value for key, value in asdict(each).items() if value is not None and value is not False and value != ""}
            for each in panel.models
        ]
    }
