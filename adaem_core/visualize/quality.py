"""Figures of quality side by side: the tables of AdAEM 1, 7, 8 and 18 with intervals, and one figure at a time as dots.

`Quality per set → DataFrame → table, figure`. What cannot be computed is empty in the table and named in `reasons`.
"""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from adaem_core.infer.estimate import Estimate
from adaem_core.landscape.quality import DEFINITIONS, Quality
from adaem_core.visualize.categories import names
from adaem_core.visualize.style import ACCENT, finish

TITLES = {
    "mean_length": "Mean length",
    "self_bleu": "Self-BLEU",
    "dist_2": "Dist-2",
    "dist_2_same_size": "Dist-2, same size",
    "mean_similarity": "Mean similarity",
    "self_bleu_all": "Self-BLEU, all others",
}
BETTER = {"self_bleu": "lower", "self_bleu_all": "lower", "dist_2": "higher", "dist_2_same_size": "higher", "mean_similarity": "lower"}
ACCURACY = {"mean_length": 1}


def table(found: Mapping[str, Quality]) -> pd.DataFrame:
    """Return one row per set: number, reference sample, and each figure with the ends of its interval in columns of their own."""
    rows = []
    for name, each in found.items():
        row: dict[str, object] = {"set": name, "number": each.number, "references": each.references}
        for figure in TITLES:
            measured: Estimate = getattr(each, figure)
            row |= {figure: measured.value, f"{figure}_low": measured.low, f"{figure}_high": measured.high}
        rows.append(row)
    return pd.DataFrame(rows)


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table as people read it: “0.13 [0.12, 0.14]”, an interval only where there is one, an empty cell where there is no value."""
    columns = {TITLES[name]: [in_words(name, row) for _, row in frame.iterrows()] for name in TITLES}
    return pd.DataFrame({"Set": frame["set"], "Number": frame["number"], **columns})


def in_words(name: str, row: "pd.Series[float]") -> str:
    """Return one figure with its interval."""
    digits = ACCURACY.get(name, 3)
    value, low, high = (row[each] for each in (name, f"{name}_low", f"{name}_high"))
    if pd.isna(value):
        return ""
    return f"{value:.{digits}f}" + ("" if pd.isna(low) else f" [{low:.{digits}f}, {high:.{digits}f}]")


def reasons(found: Mapping[str, Quality]) -> list[str]:
    """Return one line per figure that has no value, with why."""
    return [
        f"{name}: {TITLES[figure]} {measured.why}."
        for name, each in found.items()
        for figure in TITLES
        if pd.isna((measured := getattr(each, figure)).value)
    ]


def novelty_table(found: Mapping[str, Quality]) -> pd.DataFrame:
    """Return one row per set and other set: novelty by the mean and by the nearest question, with intervals."""
    return pd.DataFrame(
        [
            {
                "set": name, "against": other, "novelty": mean.value, "novelty_low": mean.low, "novelty_high": mean.high,
                "nearest": each.novelty_nearest[other].value, "nearest_low": each.novelty_nearest[other].low,
                "nearest_high": each.novelty_nearest[other].high,
            }
            for name, each in found.items()
            for other, mean in each.novelty.items()
        ]
    )  # fmt: skip


def quality_figure(frame: pd.DataFrame, name: str) -> go.Figure:
    """Return one figure of quality as a dot with its interval per set, in the table's order from the top."""
    shown = frame[frame[name].notna()].iloc[::-1]
    low, high = (shown[f"{name}_{end}"].fillna(shown[name]) for end in ("low", "high"))
    reach = {"type": "data", "symmetric": False, "array": high - shown[name], "arrayminus": shown[name] - low}
    counted = [f"{each} (n = {number:,})" for each, number in zip(names(shown["set"]), shown["number"], strict=True)]
    hover = "%{y}<br>%{x:.3f} [%{customdata[0]:.3f}, %{customdata[1]:.3f}]<extra></extra>"
    figure = go.Figure(
        go.Scatter(
            x=shown[name].tolist(), y=counted, error_x={**reach, "color": ACCENT, "thickness": 1.5, "width": 0}, mode="markers",
            marker={"color": ACCENT, "size": 10}, customdata=list(zip(low, high, strict=True)), hovertemplate=hover,
        )
    )  # fmt: skip
    figure.update_yaxes(type="category")
    side = f" ({BETTER[name]} is more varied)" if name in BETTER else " in words"
    return finish(figure, height=90 + 34 * len(shown), x=TITLES[name] + side, legend=False)


def definitions() -> list[tuple[str, str]]:
    """Return the title of every figure with its definition."""
    titles = {"number": "Number", **TITLES, "novelty": "Novelty", "novelty_nearest": "Novelty, nearest"}
    return [(titles[name], DEFINITIONS[name]) for name in titles]
