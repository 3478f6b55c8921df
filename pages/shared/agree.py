"""What models may be asked with: the visitor's keys of this session, and what the owner of this computer is asked once.

May a key go there, may a study from elsewhere start here?
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import streamlit as st

from adaem_core.archive import foreign
from adaem_core.chat import consent, keys
from adaem_core.errors import AdaemError, BadInput
from adaem_core.panels import ModelSpec
from adaem_core.work.would import would_do
from pages.shared import member, show

KEYS = "keys_in_hand"  # in the session, which lies on the server: variable → key; nobody else's pages, and no file, get them
MISSED = "keys_missed"  # in the session: models that could not be asked for want of a key


def in_hand() -> Mapping[str, str]:
    """Return the keys this visitor has entered, by variable."""
    found: Mapping[str, str] = st.session_state.get(KEYS, {})
    return found


def to_keys(models: Iterable[ModelSpec]) -> None:
    """Lead to where keys are entered, if these models lack any; the page there shows which, whatever panel it shows."""
    st.session_state[MISSED] = tuple(each for each in models if keys.missing_variables(each, in_hand()))
    if st.session_state[MISSED]:
        show.link("pages/models.py", "Enter keys on Models", ":material/key:")


def to_sendings(models: Iterable[ModelSpec]) -> list[str]:
    """Ask for each key and address that nobody has agreed to; return why the work may not start yet, as Markdown."""
    try:
        wanted = consent.unagreed(models)
    except BadInput as error:
        return [show.plain(error)]
    for number, each in enumerate(wanted):
        with st.container(border=True):
            st.markdown(f"**This will send {show.plain(each.in_words())}**, which is not an address its provider is known for.")
            if not member.may("rule"):
                st.caption("The lab's owner decides on keys and addresses.")
            elif consent.listed(each.variable):
                st.caption(
                    "Agree only if you know who runs that address. It is asked once and remembered on this computer, never in a study."
                )
                st.button("Agree", icon=":material/key:", key=f"agree_{number}", on_click=send, args=(each,))
            else:
                st.caption(show.plain(consent.question(each)))
    return ["Nobody on this computer has agreed yet to what would be sent: see above."] if wanted else []


def to_study(path: Path) -> None:
    """Show what a study from elsewhere would do, and ask whether it may."""
    with st.container(border=True):
        st.markdown(
            "**This study was not made on this computer, was moved, or was changed by others.** It can be read. If it is started, it does this:"
        )
        try:
            st.text("\n".join(would_do(path)))
        except AdaemError as error:
            show.refuse(error)
        else:
            may = member.may("rule")
            st.button(
                "Allow it on this computer",
                icon=":material/verified_user:",
                disabled=not may,
                help=None if may else "The lab's owner decides on studies from elsewhere.",
                key="allow_study",
                on_click=begin_here,
                args=(path,),
            )


def send(sending: consent.Sending) -> None:
    """Keep the owner's word that a key may go to an address."""
    with show.errors():
        member.require("rule", "agree", sending=sending.in_words())
        consent.allow(sending)


def begin_here(path: Path) -> None:
    """Keep the owner's word that a study from elsewhere may be worked on."""
    with show.errors():
        member.require("rule", "allow", path)
        foreign.allow(path)
