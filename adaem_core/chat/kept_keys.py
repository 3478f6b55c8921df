"""Keys in this computer's keyring, which is the system's own store of passwords: Keychain, Windows' credentials, GNOME's keyring, KWallet.

Beside it only the names of the variables are noted, as empty files in this computer's own folder, so that nobody is asked to open the keyring
for a key that is not in it (docs/decisions/a-key-lies-in-the-session-or-the-keyring.md). Data flow: `variable, key → keyring → key`.
"""

from contextlib import suppress
from pathlib import Path

from adaem_core import folders, machine
from adaem_core.errors import AdaemError

SERVICE = machine.NAME  # under which the keyring shows them to its owner
ABSENT = "This computer has no keyring that the studio can open, as is usual on servers."


def absent() -> str:
    """Return why no key can be kept on this computer; "" where one can."""
    import keyring  # takes most of a second: only who looks at keys waits for it

    try:
        return "" if keyring.core.recommended(keyring.get_keyring()) else ABSENT
    except Exception:  # each store has errors of its own, and they may quote what was asked for
        return ABSENT


def names() -> frozenset[str]:
    """Return the variables whose keys lie in the keyring."""
    return frozenset(each.name for each in folders.within(noted()))


def keep(variable: str, key: str) -> None:
    """Put a key into the keyring; AdaemError where it does not take it."""
    import keyring

    if why := absent():
        raise AdaemError(f"{why} The key was not kept there.")
    try:
        keyring.set_password(SERVICE, variable, key)
    except Exception:
        raise AdaemError(
            f"This computer's keyring did not take the key for {variable}: it may be locked. Unlock it, then try again."
        ) from None
    try:
        noted().mkdir(mode=0o700, exist_ok=True)
        (noted() / variable).touch(mode=0o600)
    except OSError as error:
        keyring.delete_password(SERVICE, variable)  # nobody would know of it
        raise AdaemError(
            f"{noted()} cannot be written ({error.strerror}), so the key was not kept. Make it writable, then try again."
        ) from error


def fetch(variable: str) -> str:
    """Return a kept key; AdaemError where the keyring does not give it."""
    import keyring

    try:
        found = keyring.get_password(SERVICE, variable)
    except Exception:
        found = None
    if not found:
        raise AdaemError(
            f"The key for {variable} was kept in this computer's keyring, which does not give it: it may be locked, or the key was removed. "
            "Unlock it, or enter the key anew on the Models page."
        )
    return found


def forget(variable: str) -> None:
    """Take a key out of the keyring; AdaemError where it cannot be taken out. One that is gone already is forgotten, too."""
    import keyring

    try:
        if keyring.get_password(SERVICE, variable) is not None:
            keyring.delete_password(SERVICE, variable)
    except Exception:
        raise AdaemError(
            f"This computer's keyring did not delete the key for {variable}: it may be locked. Unlock it, then try again."
        ) from None
    with suppress(OSError):  # still noted, it would only be asked for in vain
        (noted() / variable).unlink()


def noted() -> Path:
    """Return the folder with an empty file for each kept key, of its variable's name."""
    return machine.folder() / "keyring"
