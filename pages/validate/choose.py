"""What several pages of Validate share: a second examination from any study, what both have in common, and a table of estimates."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Examination
from adaem_core.archive.origin import Origin, joined
from pages.measure import readings as measured
from pages.measure.choose import examination_file, method_of, pick_examination, title_of
from pages.shared import choose, show, stored
from pages.shared.caption import of
from pages.shared.controls import from_address
from pages.shared.readings import Digested

if TYPE_CHECKING:
    from adaem_core.infer.estimate import Estimate
    from adaem_core.settings import MeasureSettings

NUMBER = st.column_config.NumberColumn
COLUMNS = {
    "value": NUMBER("Value", format="%.3f"),
    "low": NUMBER("From", format="%.3f"),
    "high": NUMBER("To", format="%.3f"),
    "n": NUMBER("n", format="localized"),
    "note": st.column_config.TextColumn("Note", width="large"),
}


@dataclass(frozen=True)
class Pair:
    """Two examinations and the labels both have in common."""

    path: Path
    other_path: Path
    first: Examination
    second: Examination
    labels: Digested
    other_labels: Digested

    @property
    def names(self) -> tuple[str, str]:
        """How the two are called."""
        one, other = (f"{path.stem} · {each.id}" for path, each in self.both)
        return one, other

    @property
    def both(self) -> tuple[tuple[Path, Examination], tuple[Path, Examination]]:
        """Study and examination of each."""
        return (self.path, self.first), (self.other_path, self.second)

    @property
    def simulated(self) -> bool:
        """True when one of the two is."""
        return any(each.simulated for _, each in self.both)

    def of(self, settings: "MeasureSettings") -> Origin:
        """Return what a figure or table of both is of."""
        sides = [f"{path.stem} {each.id}: {len(each.asked):,} questions" for path, each in self.both]
        return of(
            f"{joined(*sides)}, {len(self.labels.labels.examinees)} common models",
            method_of(settings),
            simulated=self.simulated,
            studies=[self.path, self.other_path],
            source=" and ".join(dict.fromkeys(f"benchmark {each.benchmark}" for _, each in self.both)),
            date=" and ".join(dict.fromkeys(each.date for _, each in self.both)),
        )

    def stem(self, what: str) -> str:
        """Return the name of a download."""
        return examination_file(self.path, self.first, f"against-{self.other_path.stem}-{self.second.id}-{what}")


def pick_pair(path: Path) -> Pair:
    """Return the chosen examination and another one with at least two common models; say what to do and stop where there is none."""
    first = pick_examination(path)
    other_path, second = pick_other(path, first)
    from adaem_core.validate.in_common import in_common

    one, other = measured.labels(path, first.id), measured.labels(other_path, second.id)
    both = in_common(one.labels, other.labels)
    missing = "models" if len(both[0].examinees) < 2 else "values" if not both[0].dimensions else ""
    if missing:
        show.empty(
            f"These two examinations share too few {missing} (two models and one value are needed). Examine the same models on both.",
            "pages/examine.py",
            "New examination",
        )
        st.stop()
    named = repr((both[0].examinees, both[0].dimensions))
    digested = [replace(each, digest=each.digest + named, labels=labels) for each, labels in zip((one, other), both, strict=True)]
    return Pair(path, other_path, first, second, *digested)


def pick_other(path: Path, first: Examination) -> tuple[Path, Examination]:
    """Return the second examination, of any study on disk."""
    told = {}
    for place, titles in stored.wherever(measured.titles).items():
        for id, each in titles.items():
            if not each.part_of and (place, id) != (path, first.id):
                told[f"{stored.address(place)}/{id}"] = f"{stored.label(place)} · {title_of(each)}"
    if not told:
        show.empty(
            "A second examination is needed, of this or another study, with the same models on other questions.",
            "pages/examine.py",
            "New examination",
        )
        st.stop()
    name, id = from_address("Compared with", "against", list(told), lambda each: told[each]).rsplit("/", 1)
    other = stored.named(name)
    choose.show_used([other])
    return other, measured.examination(other, id)


def show_estimates(named: "Mapping[str, Estimate]", of: Origin, name: str, first: str = "statistic", label: str = "Statistic") -> None:
    """Show estimates as a table with its download; what cannot be computed says why."""
    from adaem_core.visualize.tables import estimate_table

    columns = {first: st.column_config.TextColumn(label, width="medium"), **COLUMNS}
    show.table(estimate_table(named, first), alt=f"{label}, value and interval", of=of, name=name, columns=columns, placeholder="–")


def show_dots(named: "Mapping[str, Estimate]", of: Origin, name: str, title: str, threshold: float | None = None) -> None:
    """Show estimates as dots with intervals."""
    from adaem_core.visualize.reliability import estimates_figure

    drawn = estimates_figure(named, title=title, threshold=threshold)
    show.figure(drawn, alt=title, of=of, name=name)


def value_names(path: Path) -> dict[str, str]:
    """Return the values' names by id."""
    return {each.id: f"{each.name} ({each.id})" for each in stored.system_of(path).dimensions}
