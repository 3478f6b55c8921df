"""Answers of models side by side, with the words that express a value highlighted. All HTML is built here, from escaped text only."""

import html
from collections.abc import Mapping, Sequence
from pathlib import Path

import orjson
import streamlit as st

from adaem_core.marks import straight
from adaem_core.records import Answer, Label, Opinion, Outcome
from adaem_core.values import ValueSystem
from adaem_core.visualize.style import Swatch, palette
from pages.shared import show, stored

SAYS = {Outcome.REFUSED: "Refused to answer", Outcome.UNREADABLE: "Answer not readable", Outcome.FAILED: "No reply"}
BADGE = (
    '<span title="{name}" style="background:light-dark({0.wash},{0.dark_wash});color:light-dark({0.ink},{0.dark_ink});'
    'border-radius:4px;padding:0 .4em;margin-right:.25em;font-size:.78rem;font-weight:600;white-space:nowrap">{id}</span>'
)
MARK = '<mark style="background:light-dark({0.wash},{0.dark_wash});color:inherit;border-bottom:2px solid {0.mark};padding:0 .1em" title="{name}">{text}</mark>'
PLAIN = Swatch("#8a8f98", "#eceef0", "#3c4248", "#33393d", "#dfe3e6")  # a value the study's system does not know


def show_answers(path: Path, answers: Sequence[Answer], system: ValueSystem, key: str) -> None:
    """Show one card per answer: stance, values, opinions with highlighted words, and where it came from."""
    colours = palette(system)
    names = {each.id: each.name for each in system.dimensions}
    with st.grid("auto", min_column_width=290):
        for number, answer in enumerate(answers):
            with st.container(border=True, height="stretch"):
                st.html(card(answer, colours, names))
                provenance(path, answer, f"{key}_{number}")


def card(answer: Answer, colours: Mapping[str, Swatch], names: Mapping[str, str]) -> str:
    """Return the HTML of one answer: every text in it is escaped."""
    response = answer.response
    title = (
        f'<div style="font-weight:600;margin-bottom:.35rem;overflow-wrap:anywhere">{escaped(response.model)}{stance(response.stance)}</div>'
    )
    if response.outcome is not Outcome.ANSWERED:
        return title + aside(f"{SAYS[response.outcome]}. {response.reason}") + aside("Left out of every comparison.")
    labels = answer.recognition.labels if answer.recognition else ()
    unread = "" if answer.usable else aside(f"Values not read. {answer.recognition.reason if answer.recognition else ''}")
    unread += aside("Said only when asked once more.") * response.pressed
    unread += aside(f"Not known, because a verdict could not be read: {', '.join(sorted(answer.unknown))}.") * bool(answer.unknown)
    values = "".join(badge(id, colours, names) for id in colours if id in answer.expressed) or aside("No value recognised.") * answer.usable
    points = "".join(point(number, each, labels, colours, names) for number, each in enumerate(response.opinions))
    return f'{title}<div>{values}</div>{unread}<ol style="padding-left:1.2rem;margin:.5rem 0 0;font-size:.92rem">{points}</ol>'


def point(number: int, opinion: Opinion, labels: Sequence[Label], colours: Mapping[str, Swatch], names: Mapping[str, str]) -> str:
    """Return the HTML of one opinion, followed by the codes of the values it expresses."""
    own = [each for each in labels if each.opinion == number]
    body = "".join(marked(text, id, colours, names) for text, id in segments(opinion.text, own))
    codes = "".join(badge(id, colours, names) for id in dict.fromkeys(each.dimension for each in own))
    return f'<li style="margin-bottom:.45rem;overflow-wrap:anywhere">{body} {codes}</li>'


def segments(text: str, labels: Sequence[Label]) -> list[tuple[str, str | None]]:
    """Return `text` cut into (piece, dimension whose evidence it is or None); pieces joined give the text. The first of overlapping ones wins."""
    found: list[tuple[int, int, str]] = []
    for label in labels:
        start = text.lower().find(label.evidence.lower()) if label.evidence else -1
        end = start + len(label.evidence)
        if start >= 0 and len(text.lower()) == len(text) and all(end <= low or start >= high for low, high, _ in found):
            found.append((start, end, label.dimension))
    pieces: list[tuple[str, str | None]] = []
    at = 0
    for start, end, dimension in sorted(found):
        pieces += [(text[at:start], None), (text[start:end], dimension)]
        at = end
    return [(piece, id) for piece, id in [*pieces, (text[at:], None)] if piece]


def marked(text: str, id: str | None, colours: Mapping[str, Swatch], names: Mapping[str, str]) -> str:
    """Return escaped text, highlighted if it is the evidence of a value."""
    if id is None:
        return escaped(text)
    return MARK.format(colours.get(id, PLAIN), text=escaped(text), name=escaped(names.get(id, id)))


def badge(id: str, colours: Mapping[str, Swatch], names: Mapping[str, str]) -> str:
    """Return a value's code in its colour; the full name shows on hover."""
    return BADGE.format(colours.get(id, PLAIN), id=escaped(id), name=escaped(names.get(id, id)))


def badges(ids: Sequence[str], system: ValueSystem) -> str:
    """Return several values' codes."""
    colours, names = palette(system), {each.id: each.name for each in system.dimensions}
    return "".join(badge(id, colours, names) for id in ids)


def stance(said: str | None) -> str:
    """Return the stance as a small grey word."""
    return f' <span style="font-weight:400;opacity:.7">· {escaped(said)}</span>' if said else ""


def aside(text: str) -> str:
    """Return a small grey remark."""
    return f'<div style="font-size:.85rem;opacity:.75;overflow-wrap:anywhere">{escaped(text)}</div>'


def escaped(text: str) -> str:
    """Return text in which no HTML is alive, and which cannot turn what stands beside it."""
    return html.escape(straight(text), quote=True)


def provenance(path: Path, answer: Answer, key: str) -> None:
    """Offer where an answer came from: prompt, parameters, model, date, cost; read only when opened."""
    if not answer.response.request:
        return
    place = st.popover("Where this came from", icon=":material/receipt_long:", type="tertiary", key=f"from_{key}", on_change="rerun")
    if place.open:
        with place:
            show_call(stored.call(path, answer.response.request), answer)


def show_call(call: dict[str, object] | None, answer: Answer) -> None:
    """Show one request of the ledger as it was sent and answered."""
    if call is None:
        st.caption("The request is not in this file.")
        return
    asked, reply = orjson.loads(str(call["request"])), orjson.loads(str(call["reply"]))
    paid = "from the cache, free" if call["cached"] else f"${float(str(call['cost'])):,.6f}"
    facts = {
        "Model asked": call["endpoint"],
        "Model that served": reply.get("served_by") or "not said",
        "Date": call["at"],
        "Cost": paid,
        "Tokens": f"{call['prompt_tokens']} in, {call['completion_tokens']} out",
        "Parameters": ", ".join(f"{name} {value}" for name, value in asked["params"].items() if value not in (None, False)),
        "Draw": asked["sample"],
        "Request": call["key"],
    }
    st.dataframe(
        [{"": name, "Value": str(value)} for name, value in facts.items()],
        hide_index=True,
        alt="Provenance of this answer",
        height="content",
    )
    for message in asked["messages"]:
        st.caption(f"Sent as {show.plain(message['role'])}")
        st.code(message["content"], language=None, wrap_lines=True)
    st.caption("Reply")
    st.code(reply.get("text") or f"(none) {reply.get('reason', '')}", language=None, wrap_lines=True)
