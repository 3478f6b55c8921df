"""The simulated panel's chances: keyed by content, so that the same request has the same reply on any machine, in any order.

Data flow: `texts → stable → random.Random → pick, draw`.
"""

import hashlib
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

Option = TypeVar("Option")


def stable(*parts: str) -> int:
    """Return a 64-bit number that depends on `parts` alone: the same in every process, unlike hash()."""
    # surrogatepass: models' texts may hold broken characters and must not raise
    digest = hashlib.sha256(b"\x1f".join(part.encode("utf-8", "surrogatepass") for part in parts)).digest()
    return int.from_bytes(digest[:8], "big")


def pick(rng: random.Random, options: Sequence[Option]) -> Option:
    """Return one of `options`, all equally likely."""
    # Only rng.random() is used anywhere: its stream is the same in every Python version, that of choice() is not promised.
    return options[int(rng.random() * len(options))]


def rotated(options: Sequence[Option], first: int) -> list[Option]:
    """Return `options` (at least one) from number `first` on, counted round and round."""
    start = first % len(options)
    return [*options[start:], *options[:start]]


def draw(rng: random.Random, weights: Mapping[str, float]) -> str:
    """Return one key of `weights` (at least one above 0), as likely as its share of their sum."""
    rest = rng.random() * sum(weights.values())
    for key, weight in weights.items():
        rest -= weight
        if rest < 0:
            return key
    return max(weights, key=lambda key: weights[key])
