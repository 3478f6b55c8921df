"""Keys on the Models page: where each lies, who needs it, and a field to enter it, for this visit or into this computer's keyring.

A pasted key goes from its field into the session, on the server, and nowhere else; no page ever shows it again.
"""

from collections.abc import Iterable, Sequence

import streamlit as st

from adaem_core.chat import consent, kept_keys, keys
from adaem_core.chat.pasted import key_in
from adaem_core.errors import AdaemError, BadInput
from adaem_core.panels import ModelSpec
from pages.find.trial import TRIED
from pages.shared import agree, member, show

TOLD = "key_told"  # in the session: variable → what became of the last key entered, told once
STATES: dict[keys.Place | None, tuple[str, str]] = {
    "session": ("entered for this visit", "green"),
    "environment": ("set in the environment", "green"),
    "keyring": ("in this computer's keyring", "green"),
    None: ("missing", "orange"),
}


def show_keys(models: Iterable[ModelSpec]) -> None:
    """Show each key that models need: where it lies, and a field to enter it."""
    wanted = needed_by(models)
    if not wanted:
        return
    st.subheader("Keys", anchor=False)
    st.caption(
        "A key is a password that a provider sells you. One entered here is known to your visit alone, until this tab is closed or loaded "
        "anew, and to what you start; it enters no study, file or address, and is never shown again."
    )
    for names, who in wanted.items():
        show_key(names, who)


def needed_by(models: Iterable[ModelSpec]) -> dict[tuple[str, ...], list[ModelSpec]]:
    """Return the variables that models need, alternatives together, each with who needs it; of models that were missed elsewhere, too."""
    found: dict[tuple[str, ...], list[ModelSpec]] = {}
    for spec in dict.fromkeys([*models, *st.session_state.get(agree.MISSED, ())]):
        for names in keys.needed(spec):
            found.setdefault(names, []).append(spec)
    return found


def show_key(names: tuple[str, ...], who: Sequence[ModelSpec]) -> None:
    """Show where one key lies, for whom it is and where it goes, and what can be done about it."""
    variable, where = names[0], keys.place(names, agree.in_hand())
    state, colour = STATES[where]
    goes_to = dict.fromkeys(each.api_base or keys.provider_of(each) for each in who)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{show.plain(variable)}**", width="content")
            st.badge(state, color=colour)
            st.caption(f"for {show.plain(', '.join(each.name for each in who))}; goes to {show.plain(', '.join(goes_to))}", width="content")
        if why := barred(variable):
            st.caption(show.plain(why))
            return
        tell(variable)
        with st.container() if where is None else st.expander("Enter another, or forget it"):
            ask_for(variable, where)
            if where in ("session", "keyring"):
                st.button("Forget", icon=":material/delete:", key=f"forget_{variable}", on_click=forget, args=(variable, where))


def barred(variable: str) -> str:
    """Return why a key cannot be entered here; "" where it can."""
    if not keys.enough(variable):
        return "Its provider needs more than a key: set its variables in the environment before the studio is started."
    if not consent.enterable(variable):
        return f"{variable} is no known provider's variable: whoever owns this computer first agrees to where its key goes, see below."
    return "" if member.may("work") else "Your role asks no models, so it needs no keys."


def ask_for(variable: str, where: keys.Place | None) -> None:
    """Show the field for a key, and whether it is to be remembered."""
    why = not_remembered(where)
    with st.form(f"key_{variable}", clear_on_submit=True, border=False):
        st.text_input(f"Paste the key for {variable}", type="password", key=f"pasted_{variable}", autocomplete="off", max_chars=5000)
        st.checkbox("Remember in this computer's keyring", key=f"keep_{variable}", disabled=bool(why))
        if why:
            st.caption(why)
        st.form_submit_button("Enter key", icon=":material/key:", on_click=enter, args=(variable,))


def not_remembered(where: keys.Place | None) -> str:
    """Return why a key cannot be remembered; "" where it can."""
    if not member.may("rule"):
        return "The lab's owner decides which keys this computer remembers."
    return kept_keys.absent() or ("The environment has this variable, which would be used instead." if where == "environment" else "")


def enter(variable: str) -> None:
    """Take the pasted key, for this visit or into the keyring, and note what became of it."""
    pasted, keep = st.session_state[f"pasted_{variable}"], st.session_state.get(f"keep_{variable}", False)
    st.session_state[f"pasted_{variable}"] = ""
    try:
        st.session_state[TOLD] = (variable, "", taken(variable, pasted, keep=keep))
    except AdaemError as error:
        st.session_state[TOLD] = (variable, str(error), "")


def taken(variable: str, pasted: str, *, keep: bool) -> str:
    """Return what was done with a pasted key; AdaemError says why it was not taken."""
    member.require(*(("rule", "keep a key") if keep else ("work", "enter a key")), variable=variable)
    if why := barred(variable):
        raise BadInput(why)
    key = key_in(pasted, variable)
    st.session_state.pop(TRIED, None)  # what models answered to another key says nothing of this one
    if not keep:
        st.session_state[agree.KEYS] = {**agree.in_hand(), variable: key}
        return "Entered. It is used by what you start from now on."
    kept_keys.keep(variable, key)
    drop(variable)
    return "Remembered in this computer's keyring."


def forget(variable: str, where: keys.Place) -> None:
    """Drop a key from the session, or delete it from the keyring."""
    try:
        if where == "keyring":
            member.require("rule", "delete a kept key", variable=variable)
            kept_keys.forget(variable)
        else:
            drop(variable)
        st.session_state[TOLD] = (variable, "", "Forgotten.")
    except AdaemError as error:
        st.session_state[TOLD] = (variable, str(error), "")


def drop(variable: str) -> None:
    """Take a key out of the session."""
    st.session_state[agree.KEYS] = {name: each for name, each in agree.in_hand().items() if name != variable}


def tell(variable: str) -> None:
    """Tell once what became of the key that was entered or forgotten last."""
    of, wrong, done = st.session_state.get(TOLD, ("", "", ""))
    if of != variable:
        return
    del st.session_state[TOLD]
    if wrong:
        st.error(show.plain(wrong), icon=":material/error:")
    else:
        st.success(done, icon=":material/check_circle:")
