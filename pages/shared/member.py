"""Who is at the page, and what they may do there: asked here before anything is spent, changed or shown, whatever the page shows or hides.

Without a lab file there is one user, who may do everything. Data flow: `session → person`; `action → nothing, or NotAllowed`.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from adaem_core import folders, machine
from adaem_core.errors import AdaemError
from adaem_core.work import caps, guard, jobs, journal
from adaem_core.work.lab import Action, NotAllowed, allowed, lab
from adaem_core.work.people import Door, Person, key, people

ALONE = Person("", "owner")  # the one user of a studio that is not shared
READER = Person("", "viewer")  # anybody, where the lab shows itself without sign-in
SIGNED_IN = "signed_in"  # name and hash, in the session, which lies on the server
NEEDS: dict[str, frozenset[Action]] = {  # page → what opens it, one of these; all others are for reading
    "New run": frozenset({"work"}),
    "New examination": frozenset({"work"}),
    "Blind adjudication": frozenset({"read", "judge"}),
    "Human rating": frozenset({"read", "judge"}),
}
READS: frozenset[Action] = frozenset({"read"})
LOG_SHOWN = 500
door = Door()
starting = Lock()  # two starts at once would both be given what is left of the day


def person() -> Person | None:
    """Return who is at the page; None while nobody has signed in. A role that was changed, or a new password, counts at once."""
    shared = lab()
    if shared is None:
        return ALONE
    if shared.sign_in == "none":
        return READER
    if shared.sign_in == "oidc":
        return known_elsewhere()
    name, hash = st.session_state.get(SIGNED_IN, ("", ""))
    found = people().get(key(name))
    return found if found and found.hash and found.hash == hash else None


def known_elsewhere() -> Person | None:
    """Return whom the lab's identity provider has let in, if they belong to the lab; an address it has not confirmed is nobody's."""
    told = st.user.to_dict()
    address = str(told.get("email") or "")
    confirmed = told.get("is_logged_in") and told.get("email_verified", True) is True and address.isascii()
    return people().get(key(address)) if confirmed else None


def may(action: Action, path: Path | None = None) -> bool:
    """Return whether who is at the page may do this, with this study if one is named."""
    found = person()
    return found is not None and allowed(found.role, action, own=path is None or lab() is None or journal.maker(path.stem) == found.name)


def require(action: Action, what: str, path: Path | None = None, **details: Any) -> None:
    """Let an action pass and write in the lab's journal what it is; NotAllowed, which is written as well, where the role does not allow it."""
    if lab() is None:
        return
    details = {**({"study": path.stem} if path else {}), **details}
    try:
        check(action, path)
    except NotAllowed:
        journal.write(name(), f"refused: {what}", **details)
        raise
    journal.write(name(), what, **details)


def check(action: Action, path: Path | None = None) -> None:
    """Raise NotAllowed where who is at the page may not do this."""
    if not may(action, path):
        raise NotAllowed(refusal(person(), path))


def refusal(found: Person | None, path: Path | None = None) -> str:
    """Return why somebody may not do what they asked for."""
    if found is None:
        return "Nobody is signed in here any more. Nothing was done."
    if path and allowed(found.role, "work"):
        return "Only who made a study, and the lab's owner, may change it or run it."
    return f"The role {found.role} does not allow this. The lab's owner gives roles."


def against(path: Path | None = None) -> Iterator[str]:
    """Yield why work on this study, or on a new one, may not be started by who is at the page: their role, or their day's cap."""
    shared, found = lab(), person()
    if shared is None:
        return
    if found is None or not may("work", path):
        yield refusal(found, path)
        return
    left = caps.left_today(shared, found.name)
    used_up = left.calls == 0 or left.dollars == 0 < shared.dollars_a_day  # a lab whose models cost nothing may give no dollars
    if found.role != "owner" and used_up:
        yield f"Your cap for today is reached: {left.dollars:,.2f} US dollars and {left.calls:,} requests are left. It is full again at midnight (UTC)."


@contextmanager
def run(path: Path, *act: str) -> Iterator[None]:
    """Around the start of work on a study: checked, given what is left of the day as its cap, and written in the journal."""
    with starting:
        shared, found = lab(), person()
        capped = shared and found and found.role != "owner" and may("work", path)
        require("work", "run", path, act="".join(act), **(caps.allotted(shared, found.name, path) if shared and found and capped else {}))
        yield


def trial(takes: caps.Purse, **details: Any) -> None:
    """Let a trial of models pass, which is paid outside any study: set aside in the journal first; NotAllowed where role or day's cap forbid it."""
    with starting:
        shared, found = lab(), person()
        if shared and found and found.role != "owner" and not caps.left_today(shared, found.name).holds(takes):
            raise NotAllowed(
                "What is left of your cap for today does not cover a trial of these models. It is full again at midnight (UTC)."
            )
        require("work", caps.TRY, **vars(takes), **details)


def name() -> str:
    """Return the name judgements are kept under; empty where people give one themselves, because the studio is not shared."""
    found = person()
    return found.name if found else ""


def opens(title: str) -> bool:
    """Return whether who is at the page may open the page of this title; nobody opens one before signing in, or where files are damaged."""
    try:
        return any(may(action) for action in NEEDS.get(title, READS))
    except AdaemError:
        return False


def gate(title: str) -> None:
    """Stop a page here unless who is there may see it; who has not signed in is asked to."""
    try:
        found = person()
    except AdaemError:  # a damaged file opens no door
        logging.getLogger(__name__).exception("nobody is let in")
        st.error("The lab's files cannot be read, so nobody is let in. Its owner finds the reason in the server's log.")
        st.stop()
    if visit := get_script_run_ctx():
        guard.let(visit.session_id, bring=found is not None and (may("work") or may("judge")))
    if found is None:
        sign_in()
        st.stop()
    if lab() and found.name:
        show_person(found)
    if not opens(title):
        st.info(refusal(found), icon=":material/block:")
        st.stop()


def nowhere(text: str) -> str:
    """Return a text without the server's folders, which concern none of a lab's visitors; where there is one user, as it is."""
    if lab() is None:
        return text
    places = (jobs.studies_dir(), folders.cache(), folders.own(), folders.STUDIO, machine.folder(), Path.home())
    for place in sorted(map(str, places), key=len, reverse=True):  # the innermost first
        text = text.replace(f"{place}/", "")
    return text


def sign_in() -> None:
    """Ask who is there, as the lab file says."""
    st.title("Sign in", anchor=False)
    shared = lab()
    if shared and shared.sign_in == "oidc":
        if st.user.to_dict().get("is_logged_in"):
            st.info("You are known to the identity provider, but do not belong to this lab. Ask its owner to add you.")
            st.button("Sign out", on_click=st.logout, key="sign_out")
        else:
            st.button("Sign in", type="primary", on_click=st.login, key="sign_in")
        return
    with st.form("sign_in", width=420):
        named = st.text_input("Name", max_chars=60, key="sign_in_name", autocomplete="username")
        password = st.text_input("Password", type="password", max_chars=200, key="sign_in_password", autocomplete="current-password")
        if st.form_submit_button("Sign in", type="primary"):
            enter(named, password)


def enter(named: str, password: str) -> None:
    """Let somebody in, or say why not; both are written in the journal."""
    try:
        found = door.sign_in(named, password)
        journal.write(found.name, "signed in")
    except AdaemError as error:
        journal.write("", "not signed in", name=named)
        st.error(str(error))
    else:
        st.session_state[SIGNED_IN] = (found.name, found.hash)
        st.rerun()


def show_person(found: Person) -> None:
    """Show who is signed in, and the way out."""
    with st.sidebar:
        st.text(f"{found.name} ({found.role})")
        st.button("Sign out", type="tertiary", icon=":material/logout:", on_click=leave, key="sign_out")


def leave() -> None:
    """End the session: nothing of it is left for who comes next to this screen."""
    oidc = (shared := lab()) is not None and shared.sign_in == "oidc"
    journal.write(name(), "signed out")
    st.session_state.clear()
    if oidc:
        st.logout()


def show_journal() -> None:
    """Show the lab's owner who did what, the latest first."""
    if lab() is None or not may("rule"):
        return
    with st.expander("Who did what in this lab", icon=":material/history:"):
        rows = [{name: str(value) for name, value in each.items()} for each in reversed(journal.entries()[-LOG_SHOWN:])]
        st.dataframe(rows, hide_index=True, alt="Who did what, and when")
