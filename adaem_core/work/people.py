"""Who belongs to the lab: names, roles and salted hashes of passwords (Argon2id), in this computer's own folder; and signing in.

Trying passwords is slow: after a few failures in a row a name waits, whether it exists or not, and every answer is the same.
Data flow: `name, password → Person`; `python -m adaem_core member → people.json`.
"""

import getpass
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

import orjson
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from adaem_core import machine
from adaem_core.archive.writing import write_whole
from adaem_core.errors import AdaemError, BadInput
from adaem_core.work import journal
from adaem_core.work.command import Command
from adaem_core.work.lab import ROLES, NotAllowed

SHORTEST, LONGEST = 12, 200  # letters of a password
FREE_TRIES, FIRST_WAIT, LONGEST_WAIT = 5, 30.0, 900.0  # failures in a row before a name waits; seconds, doubling with each
REMEMBERED = 10_000  # names whose failures are kept
WRONG = "Name and password do not belong together."
HASHER = PasswordHasher()
ONE_AT_A_TIME = threading.Lock()  # a check takes 64 MB and a twentieth of a second


@dataclass(frozen=True)
class Person:
    """Somebody of the lab."""

    name: str
    role: str  # one of lab.ROLES
    hash: str = ""  # of the password; empty for who signs in with the lab's identity provider


def people() -> dict[str, Person]:
    """Return everybody by the key of their name; AdaemError where the file is damaged."""
    path = place()
    try:
        state = path.stat()
        return dict(read(path, state.st_mtime_ns, state.st_ino))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError) as error:
        raise AdaemError(
            f"{path.name} cannot be read, so nobody is let in. Put back a copy, or delete it and add everybody anew."
        ) from error


@lru_cache(maxsize=2)
def read(path: Path, changed: int, number: int) -> dict[str, Person]:
    """Return everybody in a file as it was last `changed`; a file written anew also has another `number` on its disk."""
    return {key(each.name): each for each in (Person(**told) for told in orjson.loads(path.read_bytes()))}


def place() -> Path:
    """Return where the people are kept."""
    return machine.folder() / "people.json"


def key(name: str) -> str:
    """Return what two names must differ in to be two: neither capital letters nor another way to write a letter."""
    return normalize("NFKC", name).casefold().strip()


def add(name: str, role: str, password: str | None = None) -> Person:
    """Add somebody, or change their role and password; None where the identity provider checks who they are. BadInput for a poor password."""
    if not 0 < len(name) <= 60 or name != " ".join(name.split()) or any(category(each)[0] == "C" for each in name):
        raise BadInput(f"A name has 1 to 60 visible letters on one line, got {name!r}.")
    if password is not None and not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(f"A password has {SHORTEST} to {LONGEST} letters, got {len(password)}.")
    made = Person(name, role, HASHER.hash(password) if password is not None else "")
    keep({**people(), key(name): made})
    return made


def remove(name: str) -> None:
    """Take somebody out of the lab: they are signed out at once. BadInput for an unknown name."""
    known = people()
    if key(name) not in known:
        raise BadInput(f"There is nobody called {name!r}. Known are: {', '.join(each.name for each in known.values()) or 'nobody'}.")
    keep({each: person for each, person in known.items() if each != key(name)})


def keep(known: dict[str, Person]) -> None:
    """Write everybody to the file."""
    write_whole(place(), orjson.dumps([asdict(each) for each in known.values()], option=orjson.OPT_INDENT_2))


class Door:
    """Signing in with a password; remembers failures while the server runs."""

    def __init__(self) -> None:
        self.failures: dict[str, tuple[int, float]] = {}  # name → how many in a row, when the last was (seconds, monotonic)
        self.lock = threading.Lock()

    def sign_in(self, name: str, password: str, now: float | None = None) -> Person:
        """Return who this is; NotAllowed, in the same words for a wrong password and an unknown name."""
        name = key(name)[:60]
        self.knock(name, time.monotonic() if now is None else now)
        person = people().get(name)
        if not matches(person, password[: LONGEST + 1]):
            raise NotAllowed(WRONG)
        assert person is not None
        with self.lock:
            self.failures.pop(name, None)
        return person

    def knock(self, name: str, now: float) -> None:
        """Count a try as failed, before it is looked at, so that many at once do not slip through; NotAllowed while the name waits."""
        with self.lock:
            count, last = self.failures.pop(name, (0, now))
            remaining = last + pause_after(count) - now
            self.failures[name] = (count, last) if remaining > 0 else (count + 1, now)
            if len(self.failures) > REMEMBERED:
                del self.failures[next(iter(self.failures))]
        if remaining > 0:
            raise NotAllowed(f"Too many tries. Wait {remaining:.0f} seconds before the next.")


def pause_after(failures: int) -> float:
    """Return how many seconds a name waits after so many failures in a row."""
    return 0.0 if failures < FREE_TRIES else min(FIRST_WAIT * 2.0 ** min(failures - FREE_TRIES, 10), LONGEST_WAIT)


def matches(person: Person | None, password: str) -> bool:
    """Return whether the password is this person's; as much work is done for nobody as for somebody."""
    with ONE_AT_A_TIME:
        try:
            return HASHER.verify(person.hash if person and person.hash else nobody(), password) and bool(person and person.hash)
        except (VerificationError, InvalidHashError):
            return False


@cache
def nobody() -> str:
    """Return the hash that stands for a name that does not exist."""
    return HASHER.hash("nobody's password")


def member(options: Namespace) -> list[dict[str, Any]]:
    """Add, change or remove somebody; return who belongs to the lab now."""
    if options.add:
        if not options.role:
            raise BadInput(f"Say what {options.add} may do: --role {', '.join(ROLES)}.")
        add(options.add, options.role, None if options.no_password else asked_for(options.add))
        journal.write("command line", "member", name=options.add, role=options.role)
    if options.remove:
        remove(options.remove)
        journal.write("command line", "member removed", name=options.remove)
    return [{"name": each.name, "role": each.role, "password": bool(each.hash)} for each in people().values()]


def asked_for(name: str) -> str:
    """Return the password typed twice on the terminal, or the one line of a standard input that is none; never an option, which others could see."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(f"Password for {name}: ")
    if getpass.getpass("Once more: ") != first:
        raise BadInput("The two passwords differ. Nothing was changed.")
    return first


def add_options(act: ArgumentParser) -> None:
    """Add who, and what they may do."""
    which = act.add_mutually_exclusive_group()
    which.add_argument("--add", metavar="NAME", help="add somebody, or change their role and password, which is asked for")
    which.add_argument("--remove", metavar="NAME", help="take somebody out of the lab")
    act.add_argument("--role", choices=ROLES, help="what they may do")
    act.add_argument(
        "--no-password", action="store_true", help="they sign in with the lab's identity provider; the name is their e-mail address"
    )


MEMBER = Command("member", "say who belongs to the lab that shares this server", member, add_options)
