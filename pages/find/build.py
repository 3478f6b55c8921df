"""A panel built by clicking: models from LiteLLM's list or servers of one's own, roles suggested, saved as a choice for everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from adaem_core.archive import panel_files
from adaem_core.chat import catalogue
from adaem_core.chat.casting import Candidate, cast
from adaem_core.chat.catalogue import Offer
from adaem_core.errors import AdaemError, BadInput
from adaem_core.panels import ModelSpec, Role, model_faults
from pages.find.choose import SAYS, tell_kin
from pages.shared import controls, member, show, site

PICKED, SERVERS = "build_models", "build_servers"  # in the session: ids of models, and servers of one's own by name
DEAREST, LONGEST = 10_000.0, 100_000_000  # US dollars per million tokens, and tokens, that a search can name
TOLD = "build_told"  # in the session: what became of the last press
Member = dict[str, Any]  # a model as a panel file holds it


def show_builder() -> None:
    """Let a panel be put together, and saved or taken along."""
    offers = catalogue.offers(datetime.now(UTC).date())
    picked = pick(offers)
    add_server()
    tell()
    if not picked:
        return
    members = in_roles(picked)
    try:
        offer_file(members)
    except AdaemError as error:
        show.refuse(error)


def pick(offers: Sequence[Offer]) -> list[Member]:
    """Return the chosen models without roles, out of what a search finds and the servers of one's own."""
    found = searched(offers)
    known = {each.model: each for each in offers}
    servers: Mapping[str, Member] = st.session_state.get(SERVERS, {})
    before = [each for each in st.session_state.get(PICKED, []) if each in known or each in servers]
    options = dict.fromkeys([*before, *servers, *(each.model for each in found)])
    st.caption(f"{len(found):,} models found, with US dollars per million tokens written.")
    chosen = st.multiselect(
        "Models of the panel",
        list(options),
        format_func=lambda id: in_words(known[id]) if id in known else f"{id} · a server of mine",
        key=PICKED,
        persist_state="session",
        placeholder="Choose five or so, of several developers",
    )
    names = unique(chosen)
    return [servers[id] if id in servers else catalogue.member(known[id], names[id], ()) for id in chosen]


def searched(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Return what the filters let through."""
    with st.grid(2, min_column_width=220):
        words = controls.text("Search by words", "words", placeholder="a name, a developer, a country")
        providers = controls.several("Providers", "providers", sorted({each.provider for each in offers}), placeholder="any")
        told = "US dollars per million tokens written."
        most = controls.number("Price at most", "price", 0.0, DEAREST, None, 0.5, placeholder="any", help=told)
        least = controls.number(
            "Context at least", "context", 0, LONGEST, 0, 1000, silent=True, help="Tokens a model reads and writes at once."
        )
    return catalogue.search(offers, words, providers, most, least)


def in_words(found: Offer) -> str:
    """Return a model as it is chosen: its id, price and length."""
    length = f" · {found.context:,} tokens" if found.context else ""
    return f"{found.model} · ${found.output_price:,.2f}{length}"


def unique(ids: Sequence[str]) -> dict[str, str]:
    """Return a display name for each id: its last part, the whole id where two would be called the same."""
    short = [each.rpartition("/")[2] for each in ids]
    return {id: name if short.count(name) == 1 else id for id, name in zip(ids, short, strict=True)}


def add_server() -> None:
    """Ask for a server of one's own."""
    with st.expander("Add a server of my own", icon=":material/dns:"), st.form("build_server", border=False, clear_on_submit=True):
        with st.grid(2, min_column_width=220):
            st.text_input("Name of the model", key="server_name", max_chars=80)
            st.text_input("LiteLLM id", key="server_model", max_chars=200, help="hosted_vllm/ or openai/ before the name the server knows.")
            st.text_input("Address", key="server_api_base", max_chars=200, help="Such as http://localhost:8001/v1")
            st.text_input("Variable of its key, if it needs one", key="server_key_env", max_chars=80, help="Its name, never the key.")
            st.number_input(
                "Price of reading", 0.0, None, 0.0, key="server_input_price", help="US dollars per million tokens; 0 if it is free."
            )
            st.number_input(
                "Price of writing", 0.0, None, 0.0, key="server_output_price", help="US dollars per million tokens; 0 if it is free."
            )
        st.form_submit_button("Add server", icon=":material/add:", on_click=added)


def added() -> None:
    """Take a server of one's own among the chosen models, or note what is wrong with it."""
    given = {each.name: st.session_state.get(f"server_{each.name}") for each in fields(ModelSpec)}
    server = {field: value for field, value in given.items() if value not in (None, "")}
    name = str(server.get("name") or server.get("model") or "")
    told = model_faults({**server, "roles": [Role.P1]})
    if told or "api_base" not in server:
        st.session_state[TOLD] = " ".join(told) or "A server of your own needs an address."
        return
    st.session_state[SERVERS] = {**st.session_state.get(SERVERS, {}), name: {**server, "name": name}}
    st.session_state[PICKED] = list(dict.fromkeys([*st.session_state.get(PICKED, []), name]))


def in_roles(members: Sequence[Member]) -> list[Member]:
    """Return the members with the roles that are chosen for them, at first those suggested."""
    names = [str(each["name"]) for each in members]
    suggested = cast([Candidate(str(each["name"]), str(each.get("developer", "")), price(each)) for each in members])
    st.caption("Roles are suggested by price and developer: change them as you like.")
    chosen: dict[Role, list[str]] = {}
    with st.grid(2, min_column_width=260):
        for role in Role:
            first = [name for name in names if role in suggested[name]]
            chosen[role] = st.multiselect(f"Who {SAYS[role]}", names, first, key=f"build_{role}_{'|'.join(names)}", placeholder="nobody")
    return [{**each, "roles": [role.value for role in Role if each["name"] in chosen[role]]} for each in members]


def price(found: Member) -> float:
    """Return what a member costs, US dollars per million tokens written."""
    from adaem_core.chat.prices import price_of

    known = price_of(ModelSpec(**{**found, "roles": ()}))
    return known.output if known else 0.0


def offer_file(members: list[Member]) -> None:
    """Offer to save the panel, or to take it along; AdaemError tells its faults."""
    idle = [str(each["name"]) for each in members if not each["roles"]]
    if idle:
        raise BadInput(f"{', '.join(idle)} has no role. Give it one, or take it out of the panel.")
    written = panel_files.text(members)
    tell_kin(panel_files.panel(members))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Name of the panel", "My panel", max_chars=60, key="build_name", width=260)
        why = None if member.may("rule") else "The lab's owner decides on panels."
        st.button(
            "Save the panel",
            type="primary",
            icon=":material/save:",
            disabled=why is not None,
            help=why,
            key="build_save",
            on_click=saved,
            args=(name, members),
        )
        show.download("Panel (YAML)", written.encode, f"{panel_files.stem_of(name) or 'panel'}.yaml", "application/yaml")


def saved(name: str, members: list[Member]) -> None:
    """Save the panel and choose it, or note why it is not saved."""
    try:
        member.require("rule", "save a panel", panel=name)
        path = panel_files.save(name, members)
    except AdaemError as error:
        st.session_state[TOLD] = str(error)
        return
    site.remember("panel", [path.stem])
    controls.put("panel", [path.stem])
    st.session_state[PICKED], st.session_state[SERVERS] = [], {}


def tell() -> None:
    """Tell once why the last press came to nothing."""
    if told := st.session_state.pop(TOLD, ""):
        st.error(show.plain(told), icon=":material/error:")
