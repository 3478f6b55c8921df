"""Keyrings for tests: one in a file, which programs of their own find where PYTHON_KEYRING_BACKEND names it, and one that is locked."""

import json
import os
from pathlib import Path
from typing import NoReturn

from keyring.backend import KeyringBackend

PLACE = "TEST_KEYRING_FILE"  # environment variable with the file, for programs of their own


class Drawer(KeyringBackend):
    """A keyring that works; `asked` tells what was looked up."""

    priority = 5  # type: ignore[assignment]  # as the system's own have

    def __init__(self, file: Path | None = None) -> None:
        super().__init__()
        self.file = file or Path(os.environ[PLACE])
        self.asked: list[str] = []

    def get_password(self, service: str, username: str) -> str | None:
        """Return what lies in the drawer."""
        self.asked.append(username)
        return self.content().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Lay something into the drawer."""
        self.file.write_text(json.dumps({**self.content(), f"{service}/{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        """Take something out of the drawer."""
        kept = self.content()
        del kept[f"{service}/{username}"]
        self.file.write_text(json.dumps(kept))

    def content(self) -> dict[str, str]:
        """Return all that lies in the drawer."""
        return dict(json.loads(self.file.read_text())) if self.file.exists() else {}


class Locked(KeyringBackend):
    """A keyring that nobody unlocks; what it says quotes what it was given."""

    priority = 5  # type: ignore[assignment]

    def get_password(self, *given: str) -> NoReturn:
        """Refuse."""
        raise RuntimeError(f"locked: {given}")

    set_password = delete_password = get_password
