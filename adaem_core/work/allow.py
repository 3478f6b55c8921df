"""The command `allow`: the owner's word that a study from elsewhere may be worked on here, or that a key may go to an address.

Data flow: `options → what would be done or sent, kept in this computer's own folder`.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from adaem_core.archive import foreign
from adaem_core.chat import consent
from adaem_core.errors import BadInput
from adaem_core.work.command import Command
from adaem_core.work.would import would_do


def allow(options: Namespace) -> dict[str, Any]:
    """Keep the owner's word and return what it was given to."""
    if bool(options.study) == bool(options.address):
        raise BadInput(
            "Give either --study FILE.db, or --address with the --key that may be sent there (no --key for a service without one)."
        )
    if options.study:
        lines = would_do(options.study)
        foreign.allow(options.study)
        return {"study": str(options.study), "allowed": lines}
    address = consent.origin(options.address, flags=0) if "://" in options.address else options.address
    consent.allow(sending := consent.Sending(options.key or "", address))
    return {"allowed": [sending.in_words()]}


def add_options(act: ArgumentParser) -> None:
    """Add what may be allowed."""
    act.add_argument("--study", type=Path, help="a study from elsewhere: whatever it was told to do may go on here")
    act.add_argument("--key", help="name of the environment variable that holds a key")
    act.add_argument("--address", help="where that key, or requests without one, may be sent: an address, or a provider's name")


ALLOW = Command("allow", "let a study from elsewhere start here, or a key go to an address", allow, add_options)
