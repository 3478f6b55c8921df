"""Controls whose state is the page's address: what is on screen can be shared, reloaded, come back to.

The address is what a control reads, and choosing changes the address. What it names and isn't there ends the page, which opens nothing else
in its place (docs/decisions/the-address-says-what-is-shown.md). Data flow: `address → value → control → address`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import streamlit as st

from pages.shared import show, site

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
    from streamlit.elements.lib.mutable_tab_container import TabContainer

Value = TypeVar("Value")
LONGEST = 200  # letters of a text in an address
YES, NO = "yes", "no"
NOTHING = ""  # in an address: none of several is chosen
FIRST = 8  # of what there is, named where the address names something else
BETWEEN = "~"  # the ends of a range


@dataclass(frozen=True)
class Control(Generic[Value]):
    """A control and its parameter in the address."""

    label: str
    name: str
    default: Value
    read: Callable[[list[str]], Value]  # from the address; ValueError where it names what isn't there
    write: Callable[[Value], list[str]]  # into the address
    offers: str  # what there is, in words
    silent: bool = False  # the default is the same always and everywhere, so the address need not say it

    @property
    def key(self) -> str:
        """What the session calls the control."""
        return f"choice_{self.name}"

    def value(self) -> Value:
        """Return what the address says, else what was last chosen, else the default; end the page where the address names what isn't there."""
        said = st.query_params.get_all(self.name)
        for each in (said, site.remembered(self.name)):
            try:
                if each:
                    return self.read(each)
            except ValueError:
                if each is said and st.session_state.get(site.TO_THE_LETTER, True):
                    self.miss(said)
        return self.default

    def miss(self, said: list[str]) -> None:
        """Begin the page anew, to end where its study is shown: figures may have been drawn already, and none may stand there."""
        named = show.plain(show.short(", ".join(said) or "nothing"))
        told = f"The address says **{self.name}={named}**, and that is not here. There is: {show.plain(self.offers)}."
        st.session_state[site.ASTRAY] = (told, self.name, said)
        st.rerun()

    def keep(self, value: Value) -> None:
        """Have the address, and what is remembered, say the value."""
        said = self.write(value)
        site.remember(self.name, said)
        put(self.name, [] if self.silent and value == self.default else said)

    def follow(self) -> None:
        """Write a new choice into the address; what it makes impossible elsewhere on the page is then chosen anew."""
        st.session_state[site.TO_THE_LETTER] = False
        self.keep(st.session_state[self.key])

    def draw(self, widget: Callable[..., Any], *given: Any, made: bool = False, **drawn: Any) -> Any:
        """Draw the control with the value it has, and return that; with `made`, what was drawn."""
        assert self.name in site.SAYS.get(st.session_state.get(site.PAGE, ""), self.name).split(), f"{self.name} is in no page's address"
        value = st.session_state[self.key] = self.value()
        shown = widget(self.label, *given, key=self.key, on_change=self.follow, **drawn)
        self.keep(value)
        return shown if made else value


def end_astray() -> None:
    """End the page where its address was found to name what isn't there; say what, and what there is instead."""
    told, name, said = st.session_state.pop(site.ASTRAY, ("", "", []))
    if name and st.query_params.get_all(name) == said:
        st.session_state[site.ASTRAY] = (told, name, said)
        show.astray(told, name)


def put(name: str, said: list[str]) -> None:
    """Have the address say something, or nothing, under a name."""
    if not said:
        st.query_params.pop(name, None)
    elif st.query_params.get_all(name) != said:
        st.query_params[name] = said


def one_of(options: Mapping[str, Value], said: list[str]) -> Value:
    """Return the option that the address names; ValueError where there is no such."""
    if said[-1] not in options:
        raise ValueError(said)
    return options[said[-1]]


def some_of(options: Mapping[str, Value], said: list[str]) -> list[Value]:
    """Return the options that the address names; ValueError where one of them is none."""
    return [] if said == [NOTHING] else [one_of(options, [each]) for each in said]


def told(words: Iterable[str]) -> str:
    """Return what there is to choose from, in words."""
    every = [show.short(each) for each in words]
    return ", ".join(every[:FIRST]) + f" and {len(every) - FIRST:,} more" * (len(every) > FIRST) or "nothing"


def from_address(
    label: str,
    name: str,
    options: Sequence[Value],
    shown: Callable[[Value], str] = str,
    *,
    default: Value | None = None,
    silent: bool = False,
    widget: Callable[..., Any] = st.selectbox,
    **drawn: Any,
) -> Value:
    """Return the option that the address names, else the default, else the first; the box changes the address."""
    known = {str(each): each for each in options}
    first = options[0] if default is None else default
    control = Control(label, name, first, lambda said: one_of(known, said), lambda value: [str(value)], told(known), silent)
    return control.draw(widget, options, format_func=shown, **drawn)


def perhaps(label: str, name: str, options: Sequence[str], shown: Callable[[str], str] = str, **drawn: Any) -> str | None:
    """Return the option that the address names; None where none is chosen."""
    known = {each: each for each in options}
    control = Control[str | None](label, name, None, lambda said: one_of(known, said), lambda value: [value] if value else [], told(known))
    return control.draw(st.selectbox, options, index=None, format_func=shown, **drawn)


def several(
    label: str,
    name: str,
    options: Sequence[str],
    default: Sequence[str] = (),
    shown: Callable[[str], str] = str,
    widget: Callable[..., Any] = st.multiselect,
    **drawn: Any,
) -> list[str]:
    """Return the options that the address names, as many as there are."""
    known = {each: each for each in options}
    control = Control(
        label, name, list(default), lambda said: some_of(known, said), lambda value: list(value) or [NOTHING], told(known), not default
    )
    return control.draw(widget, options, format_func=shown, **drawn)


def segments(label: str, name: str, options: Sequence[str], shown: Callable[[str], str] = str, **drawn: Any) -> str:
    """Return the option that the address names, of a few that stand beside each other."""
    return from_address(label, name, options, shown, widget=st.segmented_control, required=True, **drawn)


def switch(label: str, name: str, *, default: bool = False, **drawn: Any) -> bool:
    """Return whether a toggle is on."""
    return yes_or_no(label, name, default=default).draw(st.toggle, **drawn)


def yes_or_no(label: str, name: str, *, default: bool) -> Control[bool]:
    """Return the control of what is on or off."""
    known = {YES: True, NO: False}
    return Control(label, name, default, lambda said: one_of(known, said), lambda on: [YES if on else NO], told(known), silent=True)


def number(
    label: str, name: str, low: float, high: float, default: float | None, step: float = 1, *, silent: bool = False, **drawn: Any
) -> Any:
    """Return a number within its bounds, whole where the step is; None only where that is the default, for an empty box."""
    control = numeric(label, name, low, high, default, step, silent=silent)
    return control.draw(st.number_input, low, high, step=step, value=None if default is None else "min", **drawn)


def numeric(label: str, name: str, low: float, high: float, default: float | None, step: float, *, silent: bool) -> Control[float | None]:
    """Return the control of a number."""
    kind = type(step)

    def read(said: list[str]) -> float | None:
        if said == [NOTHING] and default is None:
            return None
        found = kind(said[-1])
        if not low <= found <= high:  # what is no number is within no bounds
            raise ValueError(said)
        return found

    bounds = f"numbers from {low:,} to {high:,}"
    return Control(label, name, default, read, lambda value: [NOTHING if value is None else str(value)], bounds, silent)


def text(label: str, name: str, default: str = "", longest: int = LONGEST, **drawn: Any) -> str:
    """Return a text."""

    def read(said: list[str]) -> str:
        if len(said[-1]) > longest:
            raise ValueError(said)
        return said[-1]

    control = Control(label, name, default, read, lambda value: [value], f"room for {longest} letters", silent=True)
    return control.draw(st.text_input, max_chars=longest, **drawn)


def span(label: str, name: str, low: float, high: float, **drawn: Any) -> tuple[float, float]:
    """Return a range between two bounds, at first all of it."""

    def read(said: list[str]) -> tuple[float, float]:
        least, _, most = said[-1].partition(BETWEEN)
        found = (float(least), float(most))
        if not low <= found[0] <= found[1] <= high:
            raise ValueError(said)
        return found

    control = Control(
        label, name, (low, high), read, lambda value: [BETWEEN.join(map(str, value))], f"ranges within {low}{BETWEEN}{high}", silent=True
    )
    return control.draw(st.slider, low, high, **drawn)


def tabs(name: str, views: Mapping[str, str]) -> "list[TabContainer]":
    """Draw tabs, by what the address calls each and what the page does, and return them; only one is open."""
    called = {label: id for id, label in views.items()}
    control = Control("", name, next(iter(called)), lambda said: one_of(views, said), lambda label: [called[label]], told(views))
    return control.draw(lambda _, **given: st.tabs(list(called), **given), made=True)


def opening(label: str, name: str, *, default: bool = False, **drawn: Any) -> "ExpanderContainer":
    """Draw what can be opened and return it; what is in it is made only once it is open."""
    return yes_or_no(label, name, default=default).draw(st.expander, made=True, **drawn)


def picked(name: str, ids: Sequence[str], rows: Sequence[int]) -> None:
    """Write a newly chosen row of a table into the address; one that stands chosen already must not undo a later choice made elsewhere."""
    chosen = ids[rows[0]] if rows and rows[0] < len(ids) else None
    if chosen and st.session_state.get(f"row_{name}") != chosen:
        put(name, [chosen])
    st.session_state[f"row_{name}"] = chosen
