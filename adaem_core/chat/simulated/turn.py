"""One request as a simulated respondent sees it: who is asked, what stands in the prompt's blocks, and its own chances.

Data flow: `messages → turn → Turn.block("question") …`.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from adaem_core.chat.blocks import read_blocks
from adaem_core.chat.simulated.draws import stable
from adaem_core.chat.simulated.profiles import Respondent
from adaem_core.messages import Message


@dataclass(frozen=True)
class Turn:
    """One request to one respondent."""

    who: Respondent
    messages: tuple[Message, ...]
    sample: int  # which time these messages are answered, from 0
    rng: random.Random  # keyed by respondent, messages and sample

    def block(self, name: str) -> str:
        """Return the last block `name` of the user's messages, "" if there is none."""
        found = read_blocks(self.messages, name)
        return found[-1] if found else ""

    def last(self, role: str) -> str:
        """Return the last message of `role`, "" if there is none."""
        return next((each["content"] for each in reversed(self.messages) if each["role"] == role), "")

    @property
    def system(self) -> str:
        """The system messages, joined."""
        return "\n".join(each["content"] for each in self.messages if each["role"] == "system")


def turn(who: Respondent, messages: Sequence[Message], sample: int) -> Turn:
    """Return the turn in which `who` answers `messages` for the `sample`-th time."""
    told = [part for each in messages for part in (each["role"], each["content"])]
    return Turn(who, tuple(messages), sample, random.Random(stable(who.name, str(sample), *told)))
