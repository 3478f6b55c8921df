"""What this computer keeps to itself: a secret that never leaves it, and what its owner has agreed to.

Nothing of it lies in a study, a cache or the checkout, so that what is sent, copied or synced carries no trust along.
Data flow: `content, purpose → seal`, which no other computer can make.
"""

import hashlib
import hmac
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import get_ident

from platformdirs import user_config_path

from adaem_core.errors import AdaemError

NAME = "adaem-studio"
SECRET_BYTES = 32


def folder() -> Path:
    """Return the folder of what stays on this computer, which nobody else may read; the environment variable ADAEM_MACHINE_DIR moves it.

    Raises AdaemError where there can be none, or where it may not be entered.
    """
    path = Path(os.environ.get("ADAEM_MACHINE_DIR") or user_config_path(NAME, appauthor=False))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.stat(f"{path}/.")  # what lies in it is asked for by many, who could not tell why
    except OSError as error:
        raise AdaemError(
            f"This computer's own folder {path} cannot be used ({error.strerror}): what its owner agrees to is kept there. "
            "Make its place writable, or name another folder in the environment variable ADAEM_MACHINE_DIR."
        ) from error
    return path


def seal(content: bytes, purpose: str) -> bytes:
    """Return 32 bytes that show that this computer has written `content` for this purpose (HMAC-SHA256)."""
    return hmac.digest(secret(folder()), purpose.encode() + b"\0" + content, hashlib.sha256)


def sealed(content: bytes, purpose: str, found: bytes) -> bool:
    """Return whether `found` is this computer's seal of the content."""
    return hmac.compare_digest(seal(content, purpose), found)


@cache
def secret(place: Path) -> bytes:
    """Return the secret kept in a folder, made at first need; of two processes that make it at once, both get the first one's."""
    path, made = place / "secret", place / f"secret.{os.getpid()}.{get_ident()}"
    try:
        if not path.exists():
            with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(os.urandom(SECRET_BYTES))
            with suppress(FileExistsError):
                os.link(made, path)
            made.unlink()
        found = path.read_bytes()
    except OSError as error:
        raise AdaemError(
            f"This computer's secret cannot be kept in {place} ({error.strerror}). Make the folder writable, "
            "or name another one in the environment variable ADAEM_MACHINE_DIR."
        ) from error
    if len(found) != SECRET_BYTES:
        raise AdaemError(f"{path} is damaged: delete it. What was sealed with it then counts as foreign, nothing is lost.")
    return found
