"""The studio's own accuracy on the simulated panel: recovery, error or coverage against what was varied. `calibration.csv → figure, sentence`."""

import pandas as pd
import plotly.graph_objects as go

from adaem_core.validate.calibration import METHODS, Condition
from adaem_core.visualize.style import ACCENT, MUTED, finish

NAMES = {"rasch": "Rasch model", "trueskill": "TrueSkill"}
SPOKEN = {"rasch": "The Rasch model", "trueskill": "TrueSkill"}
COLOURS = {"rasch": (ACCENT, "rgba(47,122,120,0.20)", "solid"), "trueskill": (MUTED, "rgba(138,143,152,0.25)", "dash")}
MEASURES = {
    "spearman": "Order recovered (Spearman's ρ)",
    "coverage": "Intervals that hold the true win rate",
    "coverage_own": "Intervals that hold the method's own long run",
    "rmse": "Error of win rates (RMSE)",
    "width": "Width of the intervals",
}
VARIED = {
    "questions": "Number of questions",
    "models": "Number of models",
    "miss": "Recogniser misses a value (share)",
    "labelling": "Protocol: points that count",
}
LABELLINGS = {"any": "All points", "first": "First point only"}
ORDINARY = Condition()


def varied(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows in which only this column (with its partner, the false alarms) differs from the ordinary condition."""
    free = {column, "false_alarm"} if column == "miss" else {column}
    kept = pd.Series(data=True, index=frame.index)
    for name in ("questions", "models", "miss", "false_alarm", "labelling"):
        if name not in free:
            kept &= frame[name] == getattr(ORDINARY, name)
    return frame[kept].sort_values(column)


def calibration_figure(frame: pd.DataFrame, column: str, measure: str) -> go.Figure:
    """Return the measure against what was varied, one line per method with its Monte-Carlo band; a dotted line at the promised coverage."""
    figure, rows = go.Figure(), varied(frame, column)
    for method in METHODS:
        chosen = rows[rows["method"] == method]
        x = [LABELLINGS.get(str(each), each) for each in chosen[column].tolist()]
        colour, wash, dash = COLOURS[method]
        ends = [*chosen[f"{measure}_high"], *chosen[f"{measure}_low"][::-1]]
        band = {"fill": "toself", "fillcolor": wash, "line": {"width": 0}, "mode": "lines", "showlegend": False, "hoverinfo": "skip"}
        figure.add_trace(go.Scatter(x=[*x, *x[::-1]], y=ends, **band))
        drawn = {"mode": "lines+markers", "line": {"color": colour, "dash": dash, "width": 2}, "marker": {"size": 8}}
        figure.add_trace(go.Scatter(x=x, y=chosen[measure].tolist(), name=NAMES[method], hovertemplate="%{x}: %{y:.3f}", **drawn))
    if measure.startswith("coverage"):
        figure.add_hline(y=0.95, line={"color": MUTED, "width": 1, "dash": "dot"})
    finish(figure, height=400, x=VARIED[column], y=MEASURES[measure])
    return figure.update_xaxes(type="log", tickvals=sorted(set(rows[column]))) if column == "questions" else figure


def better(frame: pd.DataFrame, measure: str = "spearman") -> pd.Series:
    """Return, per condition, the first method's mean minus the second's."""
    keys = ["questions", "models", "miss", "false_alarm", "labelling"]
    wide = frame.pivot_table(index=keys, columns="method", values=measure).reindex(columns=list(METHODS)).dropna()
    return wide[METHODS[0]] - wide[METHODS[1]]


def sentence(frame: pd.DataFrame) -> str:
    """Return which method recovered the planted order better, in how many conditions, and by how much."""
    gains = better(frame)
    if gains.empty:
        return "Which method did better cannot be computed because no condition was run with both."
    leads = bool((gains > 0).sum() * 2 >= len(gains))
    one, other = (SPOKEN[each] for each in (METHODS if leads else METHODS[::-1]))
    signed = gains if leads else -gains
    middle, low, high = (f"{number:+.3f}".replace("-", "−") for number in (signed.median(), signed.min(), signed.max()))
    return (
        f"{one} recovered the planted order better than {other[0].lower() + other[1:] if other.startswith('The') else other} in {(signed > 0).sum()} of {len(gains)} conditions: "
        f"Spearman's ρ differed by {middle} at the median ({low} to {high})."
    )
