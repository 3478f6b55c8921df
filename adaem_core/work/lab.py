"""A lab that shares one server: its file says how people sign in and what each may spend a day; their roles say what they may do.

Without a lab file the studio has one user, who may do everything and is never asked who they are.
Data flow: `ADAEM_LAB → Lab`; `role, action → allowed`.
"""

import os
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from adaem_core.errors import AdaemError, BadInput
from adaem_core.faults import faults

VARIABLE = "ADAEM_LAB"
Role = Literal["owner", "member", "viewer", "rater"]
Action = Literal["read", "judge", "work", "rule"]
ROLES = get_args(Role)
# read: see studies and download; judge: label and rate under one's own name; work: make studies, and change and run those one made;
# rule: all that concerns everybody, which is keys, panels, addresses, others' studies and the log.
MAY: dict[str, frozenset[str]] = {
    "owner": frozenset({"read", "judge", "work", "rule"}),
    "member": frozenset({"read", "judge", "work"}),
    "viewer": frozenset({"read"}),
    "rater": frozenset({"judge"}),
}


class NotAllowed(AdaemError):
    """Somebody asked for what their role does not allow."""


class Lab(BaseModel):
    """What the lab file says."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    sign_in: Literal["passwords", "oidc", "none"]  # none: everybody reads, nobody can start or change anything
    hosts: tuple[
        Annotated[str, Field(pattern=r"^[a-z0-9.:-]+$")], ...
    ] = ()  # names the server is reached under, beside this computer's own
    dollars_a_day: Annotated[float, Field(ge=0)] = 5.0  # what a member's studies may cost between two midnights (UTC)
    calls_a_day: Annotated[int, Field(ge=0)] = 10_000  # and how many requests they may send


def lab() -> Lab | None:
    """Return the lab this server is for; None where it has one user. BadInput where the variable ADAEM_LAB names no such file."""
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    try:
        return read(Path(named), Path(named).stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        raise BadInput(f"The lab file that {VARIABLE} names cannot be read ({error}). Until it can, nobody is let in.") from error


@lru_cache(maxsize=4)
def read(path: Path, changed: int) -> Lab:
    """Return what a lab file says, as it was last `changed`; BadInput tells what is wrong with it."""
    told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    if wrong := faults(TypeAdapter(Lab), told):
        lines = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in wrong)
        raise BadInput(f"{path.name}: {lines}. Known are: {', '.join(Lab.model_fields)}.")
    return Lab.model_validate(told)


def allowed(role: str, action: Action, *, own: bool = True) -> bool:
    """Return whether a role allows an action; only the owner works on studies that are not their `own`."""
    may = MAY.get(role, frozenset())
    return action in may and (action != "work" or own or "rule" in may)
