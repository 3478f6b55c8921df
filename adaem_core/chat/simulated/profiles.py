"""The planted truth: which values each simulated respondent puts first, and how a priming system prompt moves it.

A respondent lives at an angle of Schwartz's circle: latent(v) = strength · cos(angle(v) - its angle) + noise,
centred so that mean exp(latent) is 1: respondents differ in what they put first, not in how much they say.
Data flow: `respondents.yaml → latent_profile → (system prompt) → primed → preferences`.
"""

import cmath
import math
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from statistics import NormalDist
from types import MappingProxyType
from typing import Any

from adaem_core.chat.simulated.draws import stable
from adaem_core.chat.simulated.phrases import bank, find, index, schwartz, wording
from adaem_core.errors import BadInput
from adaem_core.values import Dimension, ValueSystem, value_system, value_systems

Profile = Mapping[str, float]
FULL_STRENGTH = 2.4  # of the profile that a priming prompt pulls towards, in log-priority units


@dataclass(frozen=True)
class Respondent:
    """One simulated respondent, as planted in `data/simulated/respondents.yaml` (meaning and units of the fields: there)."""

    name: str
    angle: float
    strength: float
    noise: float
    priming: float
    regions: tuple[str, ...]
    years: tuple[int, int]
    voice: int
    refuses: float = 0.0
    miss: float | None = None  # None: the default rate of errors
    false_alarm: float | None = None


@cache
def respondents() -> Mapping[str, Respondent]:
    """Return every simulated respondent by name."""
    listed: dict[str, dict[str, Any]] = wording("respondents")["respondents"]
    tuples = {name: {key: tuple(told[key]) for key in ("regions", "years")} for name, told in listed.items()}
    return MappingProxyType({name: Respondent(**{**told, **tuples[name], "name": name}) for name, told in listed.items()})


def respondent(name: str) -> Respondent:
    """Return the respondent called `name`, with or without `simulated/` before it; BadInput if there is none."""
    found = respondents().get(name.removeprefix("simulated/"))
    if found is None:
        raise BadInput(f"No simulated respondent {name!r}. Known: {', '.join(respondents())}.")
    return found


@cache
def angles() -> Mapping[str, float]:
    """Return the angle of each Schwartz value on the circle in radians, evenly spaced in circular order from Self-direction at 0."""
    ids = schwartz().ids
    return MappingProxyType({id: 2 * math.pi * place / len(ids) for place, id in enumerate(ids)})


def latent_profile(name: str, system: str | Path | ValueSystem = "schwartz") -> dict[str, float]:
    """Return the planted log-priority of each dimension of `system` for respondent `name`: the truth a measurement should recover.

    Schwartz values: strength · cos + noise, centred to mean exp = 1; exp(latent) is how much likelier than average the respondent
    draws on the value where it speaks for itself. Another system: log of how much likelier than a respondent without preferences its
    phrases carry a marker of the dimension; NaN where no phrase of the bank does. BadInput for an unknown name or system.
    """
    own = latent(respondent(name))
    found = system if isinstance(system, ValueSystem) else value_system(system)
    return {each.id: seen_as(each, own) for each in found.dimensions}


def seen_as(dimension: Dimension, own: Profile) -> float:
    """Return the log-priority of `dimension` for a respondent with Schwartz profile `own`."""
    shares = share_of(dimension.markers)
    total = sum(shares.values())
    return math.log(sum(share * math.exp(own[id]) for id, share in shares.items()) / total) if total else math.nan


@lru_cache(maxsize=1024)
def share_of(markers: tuple[str, ...]) -> Profile:
    """Return which share of each Schwartz value's phrases holds one of `markers`, in [0, 1]."""
    known = index({"": markers})
    return {id: sum(bool(find(known, phrase)) for phrase in phrases) / len(phrases) for id, phrases in bank().items()}


@cache
def latent(who: Respondent) -> Profile:
    """Return the Schwartz profile of `who`, centred."""
    return centred(
        {id: who.strength * math.cos(at - math.radians(who.angle)) + who.noise * deviation(who, id) for id, at in angles().items()}
    )


def deviation(who: Respondent, value: str) -> float:
    """Return a standard normal number that belongs to this respondent and value for good."""
    return NormalDist().inv_cdf(random.Random(stable("latent noise", who.name, value)).random())


def centred(profile: Profile) -> Profile:
    """Return `profile` shifted to mean exp = 1."""
    shift = math.log(sum(map(math.exp, profile.values())) / len(profile))
    return MappingProxyType({id: number - shift for id, number in profile.items()})


@lru_cache(maxsize=4096)
def primed(who: Respondent, system_prompt: str) -> tuple[Profile, float]:
    """Return the profile of `who` under a system prompt, and how far the prompt took over in [0, 1]: 0 where it names no value."""
    target = named_direction(system_prompt) if system_prompt and who.priming else None
    if target is None:
        return latent(who), 0.0
    pull = {id: FULL_STRENGTH * math.cos(at - target) for id, at in angles().items()}
    return centred({id: (1 - who.priming) * own + who.priming * pull[id] for id, own in latent(who).items()}), who.priming


def named_direction(text: str) -> float | None:
    """Return the angle, in radians, of the values that `text` names; None where it names none or they cancel out."""
    directions = [direction(each) for each in known_dimensions() if naming(each.name).search(text)]
    total = sum(directions, 0j)
    return cmath.phase(total) if abs(total) > 0.1 * len(directions) else None


def direction(dimension: Dimension) -> complex:
    """Return where on Schwartz's circle a dimension of any system lies, as a unit vector; 0 where its markers do not tell."""
    total = sum((share * cmath.exp(1j * angles()[id]) for id, share in share_of(dimension.markers).items()), 0j)
    return total / abs(total) if abs(total) > 1e-6 else 0j


@lru_cache(maxsize=1024)
def naming(name: str) -> re.Pattern[str]:
    """Return the pattern of a value named in a prompt: with a capital, or in small letters after a word such as "reflect"."""
    own = re.escape(name[0].upper()) + f"(?i:{re.escape(name[1:])})"
    asked = r"(?i:reflect|embod|priorit|champion|guided by|committed to|the value|the foundation)[^.!?\n]{0,80}?"
    return re.compile(rf"\b{own}\b|{asked}\b(?i:{re.escape(name)})\b")


@cache
def known_dimensions() -> tuple[Dimension, ...]:
    """Return the dimensions of all value systems that can be read."""
    return tuple(dimension for system in known_systems() for dimension in system.dimensions)


@cache
def known_systems() -> tuple[ValueSystem, ...]:
    """Return all value systems that can be read: a user's broken file must not stop the panel."""
    return tuple(filter(None, value_systems().values()))
