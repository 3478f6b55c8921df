"""The parts of the page Regions: the map, regions of the world, author models beside each other, and the questions behind a country."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.origin import Origin
from pages.landscape import places
from pages.landscape.question_sets import FURTHER, WORDING, Chosen
from pages.shared import controls, show

if TYPE_CHECKING:
    from adaem_core.landscape.representation import Counts, Lean

EVERY = ""  # all author models together
NUMBER = st.column_config.NumberColumn
SHARE = {"min_value": 0.0, "max_value": 1.0, "format": "percent"}
LEANINGS = {
    "author": "Author model",
    "place": "Country",
    "verdict": st.column_config.TextColumn("Than the others", help="“May be chance” where q is 0.05 or more."),
    "named": NUMBER("Questions", help="Of this author that name the country."),
    "share": NUMBER("Share", format="percent", help="Of this author's questions."),
    "elsewhere": NUMBER("Of the others", format="percent", help="Share of the questions of all other authors."),
    "ratio": NUMBER("Odds ratio", format="%.2f", help="Above 1: named more often than by the others; ½ is added to each count."),
    "low": NUMBER("from", format="%.2f", help="95 % interval of the odds ratio, not adjusted for the number of comparisons."),
    "high": NUMBER("to", format="%.2f"),
    "q": NUMBER("q", format="%.3g", help="Fisher's exact test, adjusted over all rows of the table (Benjamini–Hochberg)."),
}
QUESTIONS = WORDING | FURTHER


@dataclass(frozen=True)
class Found:
    """The chosen questions with what they name."""

    chosen: Chosen
    codes: list[tuple[str, ...]]  # per question
    authors: list[str]  # per question
    countries: "Counts"
    regions: "Counts"
    leanings: "list[Lean]"

    @classmethod
    def of(cls, chosen: Chosen) -> "Found":
        """Return what the questions name."""
        return cls(chosen, places.places(chosen), places.authors(chosen), *places.counted(chosen))

    def origin(self, *parts: str, author: str = EVERY) -> Origin:
        """Return what a figure or table is of: n, how many name a place, method, and the parts."""
        own = [bool(codes) for codes, name in zip(self.codes, self.authors, strict=True) if author in (EVERY, name)]
        return self.chosen.of(
            f"{len(own):,} questions, {sum(own):,} name a country",
            author or f"{len(self.countries.authors)} authors or sets",
            "places by gazetteer",
            "95 % intervals (Wilson)",
            *parts,
        )

    def file(self, what: str) -> str:
        """Return the name of a download."""
        return self.chosen.file("regions", what)


def choose_author(found: Found) -> str:
    """Draw the choice of an author model and return its name; empty for all."""
    options = [EVERY, *found.countries.authors] if len(found.countries.authors) > 1 else [EVERY]
    return controls.from_address("Author model or set", "author", options, lambda name: name or "All of them", width=320)


def show_world(found: Found, author: str) -> None:
    """Show the world map and the table behind it."""
    from adaem_core.landscape.representation import shares
    from adaem_core.landscape.shares import of_one
    from adaem_core.visualize.regions import shares_table
    from adaem_core.visualize.world import world_figure

    counted = shares(of_one(found.countries, author))
    first = max(counted, key=lambda each: each.named)
    show.figure(
        world_figure(counted), alt=f"World map of {len([each for each in counted if each.named])} countries by the share of questions that name them; most: {first.place}",
        of=found.origin(author=author), name=found.file("world"),
    )  # fmt: skip
    with st.expander("Countries as a table", icon=":material/table:"):
        columns = {
            "place": "Country", "named": NUMBER("Questions"), "share": NUMBER("Share", format="percent"),
            "low": NUMBER("from", format="percent"), "high": NUMBER("to", format="percent"),
        }  # fmt: skip
        show.table(
            shares_table(counted),
            alt="Countries by the questions that name them",
            of=found.origin(author=author),
            name=found.file("countries"),
            columns=columns,
            height=300,
        )


def show_regions(found: Found, author: str) -> None:
    """Show the regions of the world."""
    from adaem_core.visualize.regions import regions_figure

    st.subheader("Regions of the world", anchor=False)
    drawn = regions_figure(found.regions, author)
    show.figure(
        drawn,
        alt="Share of questions per region of the world, with intervals",
        of=found.origin(author=author),
        name=found.file("parts"),
    )


def show_heat(found: Found) -> None:
    """Show countries beside author models."""
    from adaem_core.visualize.regions import COLUMNS, ROWS, heat_figure

    st.subheader("Countries by author model", anchor=False)
    of = found.origin("per cent of each author's questions", f"the {ROWS} countries named most, the {COLUMNS} authors with most questions")
    show.figure(heat_figure(found.countries), alt="Heatmap of countries by author model", of=of, name=found.file("heat"))


def show_leanings(found: Found) -> None:
    """Show who names which country more or less often than the others."""
    from adaem_core.visualize.regions import leanings_table

    st.subheader("More or less often than the others", anchor=False)
    if len(found.countries.authors) < 2:
        st.caption("This needs the questions of at least two author models.")
        return
    sure = [each for each in found.leanings if each.separable]
    st.markdown(
        f"Unlikely to be chance: {len(sure):,} of {len(found.leanings):,} comparisons."
        if sure
        else "No author model names a country so much more or less often than the others that chance could be ruled out."
    )
    shown = leanings_table(sure or found.leanings[:10])
    of = found.origin("Fisher's exact test, false discovery rate held at 5 % over all comparisons")
    name = found.file("leanings")
    show.table(shown, alt="Countries named more or less often than by others", of=of, name=name, columns=LEANINGS, placeholder="–")
    show.under(of)


def show_questions(found: Found, author: str) -> None:
    """Show the questions that name a chosen country."""
    from adaem_core.landscape.representation import shares
    from adaem_core.landscape.shares import of_one
    from adaem_core.visualize.regions import named

    st.subheader("The questions", anchor=False)
    held = {each.place: each.named for each in shares(of_one(found.countries, author)) if each.named}
    if not held:
        st.caption("None of this author's questions names a country.")
        return
    codes = sorted(held, key=lambda each: -held[each])
    code = controls.from_address("That name", "country", codes, lambda code: f"{named(code)} ({held[code]:,})", width=320)
    pairs = zip(found.codes, found.authors, strict=True)
    rows = [place for place, (codes, name) in enumerate(pairs) if code in codes and author in (EVERY, name)]
    shown = found.chosen.frame.iloc[rows][list(QUESTIONS)].sort_values("score", ascending=False)
    of = found.origin(f"the {len(shown):,} questions that name {named(code)}", author=author)
    show.table(
        shown, alt="Questions that name the country", of=of, name=found.file("questions"), columns=QUESTIONS, height=300, placeholder="–"
    )


def explains() -> str:
    """Return how to read the page."""
    return (
        "A question counts once for every country it names: by its name, its people, a city, region or institution, or the seat of its government. "
        "A country that is only meant is not found, and “the European Union” is a place of its own, not shown on the map. On the map equal areas are "
        "equally large; grey countries are named by no question, small ones are dots. The colours run by square roots, so that rare countries "
        "can be told apart, too. Borders are those of Natural Earth, but for Crimea and Western Sahara, drawn as the United Nations do.\n\n"
        "**More or less often than the others** compares one author model with all the other ones together. With many countries and models some "
        "differences arise by chance; *q* takes that into account: of all rows with q below 0.05, about one in twenty may be wrong. "
        "An odds ratio of 2 means that the odds of naming the country are twice those of the others.\n\n"
        "What a model's questions name says something about what it was asked to write about, too: the topics a search started from are "
        "shared by all authors, but each author reaches them in different numbers."
    )
