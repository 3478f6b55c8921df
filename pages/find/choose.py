"""The three choices of a new run (values, topics, models): ready-made or a file of one's own, checked and previewed."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st

from adaem_core import panels, values
from adaem_core.archive.table import Table
from adaem_core.archive.translations import Translation
from adaem_core.chat.keys import unreachable
from adaem_core.chat.lifetime import ending
from adaem_core.generate import topics, topics_deduplicate
from adaem_core.generate.translate import awaited
from adaem_core.panels import Panel, Role
from adaem_core.records import Topic
from pages.find import files
from pages.shared import agree, controls, member, show, stored

OWN, A_FILE = "/own", "A file of my own …"  # in an address, where no file's name has a slash, and on a page
FIRST = ("schwartz", "general", "simulated")  # what is chosen first: the theory of the paper, all topics, and what costs nothing
LEAVE_OUT, AS_THEY_ARE, TRANSLATED = "left-out", "kept", "translated"
WISHES = {LEAVE_OUT: "Leave them out", AS_THEY_ARE: "Ask them as they are", TRANSLATED: "Have them translated"}
SAYS = {
    Role.P1: "writes and tries questions",
    Role.P2: "gives the final score",
    Role.EXAMINEE: "is measured later",
    Role.RECOGNISER: "reads the values in answers",
    Role.GUARD: "drops harmful questions",
}
ABOUT_PANELS = {
    "simulated": "Simulated: invented respondents with known values. No key, no network, no cost.",
    "paper": "The paper's models and their present successors.",
    "openai": "One key: OpenAI's models.",
    "anthropic": "One key: Anthropic's models.",
    "gemini": "One key: Google's Gemini models.",
    "mistral": "One key: Mistral's models.",
    "deepinfra": "One key: DeepInfra's open models, of six developers.",
    "together": "One key: Together AI's open models, of four developers.",
    "frugal": "Cheap hosted models from several cultures.",
    "local": "Models on this computer, served by Ollama.",
    "self_hosted": "Your own server (vLLM or any OpenAI-compatible address), with log-probabilities.",
}


def choose_values() -> values.ValueSystem | None:
    """Return the chosen value system; None while a file is awaited."""
    known = {id: system.name if system else words(id) for id, system in values.value_systems().items()}
    chosen = controls.from_address("Value system", "system", [*in_order(known), OWN], lambda id: A_FILE if id == OWN else known[id])
    system = values.value_system(chosen) if chosen in known else None
    if chosen == OWN:
        file = st.file_uploader(
            "Value system (YAML)", ["yaml", "yml"], help="The fields are name, source, circular and dimensions.", key="own_system"
        )
        system = values.parse_value_system(file.name.rsplit(".", 1)[0], mapping(file)) if file else None
    if system:
        with st.expander(f"The {len(system.dimensions)} values and their definitions"):
            rows = [{"Code": each.id, "Value": each.name, "Definition": each.definition, "Group": each.group} for each in system.dimensions]
            st.dataframe(rows, hide_index=True, alt="The values of the chosen system", height="content")
    return system


def choose_topics(seed: int) -> tuple[tuple[Topic, ...], dict[str, str]]:
    """Return the topics of the run, and the language of each that is to be translated; both empty while a file is awaited.

    They are drawn as evenly over categories as a set or a file allows.
    """
    which, how_many = st.columns([3, 1])
    with which:
        chosen = controls.from_address("Topic set", "topics", [*in_order(topics.shipped_topics()), OWN], words)
    source: Any = chosen
    asked: dict[str, Any] = {}
    if chosen == OWN:
        taken = files.take("Topics", "own_topics", "A table, a list or plain lines; one topic a row, in a column you choose.")
        if not taken:
            return (), {}
        source, asked = taken.source, {**choose_columns(taken.found), "how": taken.how}
    found = topics.read_topics(source, **asked)
    read, languages = in_other_languages(found) if chosen == OWN else (found.topics, {})
    distinct, merged = distinct_topics(read) if chosen == OWN else (read, ())
    told = "Drawn at random, as evenly over the categories as they allow. The seed (under Advanced) fixes the draw."
    with how_many:
        count = controls.number("How many topics", "count", 1, len(distinct), min(5, len(distinct)), help=told)
    drawn = topics.sample_topics(distinct, count, seed)
    preview(found, drawn, merged)
    return drawn, languages


def choose_columns(found: Table) -> dict[str, str | None]:
    """Return which columns hold the texts, their categories and their ids."""
    columns = found.columns
    with st.grid(3, min_column_width=200):
        text = files.choose_column(columns, topics.text_column(found), "text_column")
        category = st.selectbox("Column with categories", columns, None, placeholder="found by its name, if any", key="category_column")
        return {"column": text, "category_column": category, "ids": files.choose_ids(columns, "id_column")}


def in_other_languages(found: topics.TopicFile) -> tuple[tuple[Topic, ...], dict[str, str]]:
    """Return the topics of a file, and the language of each that is to be translated, by its id; others are left out or kept, as chosen."""
    foreign = found.foreign()
    if not foreign:
        return found.topics, {}
    kept = tuple(each for each in found.topics if each.id not in foreign)
    languages = ", ".join(sorted(set(foreign.values())))
    wish = controls.segments(
        f"{len(foreign):,} of {len(found.topics):,} topics are not in English ({languages})",
        "foreign",
        [each for each in WISHES if kept or each != LEAVE_OUT],
        lambda each: WISHES[each],
        default=AS_THEY_ARE,
        help="Authors are asked in English, and write best on English topics. A translation is a paid request to a model of the panel below.",
    )
    if wish == TRANSLATED:
        return found.as_written(), foreign
    return (kept if wish == LEAVE_OUT else found.topics), {}


def choose_translator(panel: Panel | None, drawn: tuple[Topic, ...], languages: Mapping[str, str]) -> tuple[Translation, ...]:
    """Return the translations that the drawn topics await, by the model that is chosen for it; none where none is wished for."""
    wanted = sum(each.id in languages for each in drawn)
    if not (panel and wanted):
        return ()
    real = [each.name for each in panel.models if not each.simulated]
    if not real:  # a reason against starting, which says what to do instead
        return awaited(drawn, languages, panel.models[0].name)
    chosen = controls.from_address(
        f"Translates {wanted:,} topics into English",
        "translator",
        real,
        help="A topic without a readable translation is left out, and the Run monitor says why. Originals are kept beside translations.",
    )
    return awaited(drawn, languages, chosen)


def distinct_topics(read: tuple[Topic, ...]) -> tuple[tuple[Topic, ...], tuple[topics_deduplicate.Merged, ...]]:
    """Return the topics of a file that differ, and what was merged; meanings are compared only when asked, for it takes seconds."""
    told = "Compares meanings as well as wordings; the first time takes some seconds."
    by_meaning = controls.switch("Also merge topics that mean the same", "merged", help=told)
    with st.spinner("Comparing the topics"):
        found = stored.distinct(read, by_meaning=by_meaning)
    return found.kept, found.merged


def choose_earlier() -> tuple[Path, ...]:
    """Return the studies whose questions must not come back; empty where there are none to choose."""
    labels = stored.labels(path for path in stored.studies().values() if path not in stored.demos())
    if not labels:
        return ()
    known = {stored.address(path): path for path in labels}
    told = "A new question too similar to one of theirs is dropped, so that editions do not overlap."
    chosen = controls.several(
        "Earlier studies it must differ from", "earlier", list(known), (), lambda at: labels[known[at]], placeholder="none", help=told
    )
    return tuple(known[each] for each in chosen)


def preview(found: topics.TopicFile, drawn: tuple[Topic, ...], merged: tuple[topics_deduplicate.Merged, ...]) -> None:
    """Show what was read, merged and drawn."""
    told = [f"{found.rows:,} rows", f"{len(found.topics):,} topics"]
    told += [f"{found.repeated:,} repeated ones merged"] * bool(found.repeated) + [f"{found.empty:,} empty ones skipped"] * bool(
        found.empty
    )
    told += [f"{len(merged):,} alike ones merged"] * bool(merged)
    told += [f"{found.rewritten:,} statements turned into questions"] * bool(found.rewritten)
    with st.expander(f"{' · '.join(told)} · {len(drawn):,} drawn"):
        files.tell(found.notes)
        rows = [{"Id": each.id, "Topic": each.text, "Category": each.category} for each in drawn]
        st.dataframe(rows, hide_index=True, alt="The topics drawn for this run")
        if merged:
            st.caption("Merged, because they ask nearly the same:")
            told_of = [
                {"Topic": each.topic.text, "Stands for it": each.into.text, "Why": each.reason, "Similarity": each.similarity}
                for each in merged
            ]
            st.dataframe(told_of, hide_index=True, alt="Topics that were merged")


def choose_panel(*, show_roles: bool = True) -> Panel | None:
    """Return the chosen panel, who plays which role shown below it; None while a file is awaited."""
    known = in_order(panels.panels())
    offered = [*known, *([OWN] if member.may("rule") else [])]
    chosen = controls.from_address("Models", "panel", offered, lambda name: ABOUT_PANELS.get(name, words(name)))
    panel = panels.panel(chosen) if chosen in known else None
    if chosen == OWN:
        member.check("rule")  # a browser may choose what it was not offered
        file = st.file_uploader(
            "Panel (YAML)", ["yaml", "yml"], help="It names models, roles and the variable that holds a key; never a key.", key="own_panel"
        )
        panel = panels.parse_panel(file.name.rsplit(".", 1)[0], mapping(file), file.name) if file else None
    if panel and show_roles:
        show_panel(panel)
    return panel


def show_panel(panel: Panel) -> None:
    """Show who plays which role, and name the keys that are missing."""
    with st.expander(f"{len(panel.models)} models and their roles"):
        rows = [{"Role": SAYS[role], "Models": ", ".join(panel.names(role)) or "nobody"} for role in Role]
        st.dataframe(rows, hide_index=True, alt="Who plays which role", height="content")
    warn(panel)


def warn(panel: Panel) -> None:
    """Tell what is missing before these models can be asked, and what to know of them."""
    if absent := unreachable(panel.models, agree.in_hand()):
        st.warning(show.plain(" ".join(absent)))
    remark(panel)


def remark(panel: Panel) -> None:
    """Tell which of these models will not answer for long, and whether one family reads itself."""
    today = datetime.now(UTC).date()
    tell_kin(panel)
    if going := [told for each in panel.models if (told := ending(each, today))]:
        st.warning("  \n".join(map(show.plain, going)))


def tell_kin(panel: Panel) -> None:
    """Tell where the reader of answers is of the same developer as models it reads: it may favour its own kind."""
    if kin := panels.kin_of_reader(panel):
        reader, measured = panel.having(Role.RECOGNISER)[0], panel.having(Role.EXAMINEE) or panel.having(Role.P2)
        named = ", ".join("itself" if each == reader.name else each for each in kin)
        whom = "all models that are measured" if len(kin) == len(measured) else named
        st.info(
            f"One family reads itself: {show.plain(reader.name)}, made by {show.plain(reader.developer)}, reads the values in the answers "
            f"of models by the same developer: {show.plain(whom)}. A reader may favour its own kind. Before you publish, have the answers read again by a model of another "
            "developer (*Recogniser check*)."
        )


def mapping(file: Any) -> Any:
    """Return the content of an uploaded YAML file; BadInput if it is too large or not readable."""
    return values.read_yaml(file.getvalue(), file.name)


def in_order(names: Iterable[str]) -> list[str]:
    """Return the names of files that can be chosen, first what comes with the studio for this: a file of the user's own may be broken."""
    return sorted(names, key=lambda name: (name not in FIRST, name))


def words(name: str) -> str:
    """Return a file's name as words, whose capitals stay."""
    return A_FILE if name == OWN else f"{name[:1].upper()}{name[1:]}".replace("_", " ")
