"""Two benchmarks beside each other: how alike models look, how values spread, how far models stand apart (Figure 9a, Table 15).

`SideBySide → figure`, one row per measure, one dot per benchmark.
"""

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from adaem_core.validate.side_by_side import SideBySide
from adaem_core.visualize.reliability import reach, spoken
from adaem_core.visualize.style import ACCENT, FAINT, MUTED, finish, label

MEASURES = {
    "correlation": "Mean correlation of two models (lower: models look less alike)",
    "spread": "Spread of a model over its values (higher: values look less alike)",
    "between": "Spread between models, sampling error taken out (higher: tells more apart)",
}


def side_by_side_figure(found: SideBySide, names: tuple[str, str]) -> go.Figure:
    """Return three rows, each with its own axis, the two benchmarks as two dots with intervals."""
    figure = make_subplots(rows=3, cols=1, subplot_titles=[label(each, 38, 3) for each in MEASURES.values()], vertical_spacing=0.2)
    for number, measure in enumerate(MEASURES, start=1):
        pair = [getattr(each, measure) for each in (found.second, found.first)]
        dots = go.Scatter(
            x=[each.value if each.known else None for each in pair],
            y=[0, 1],
            mode="markers",
            marker={"size": 11, "color": [MUTED, ACCENT], "symbol": ["diamond", "circle"]},
            error_x={**reach(pair), "color": MUTED},
            text=[spoken(each) for each in pair],
            hovertemplate="%{text}<extra></extra>",
        )
        figure.add_trace(dots, row=number, col=1)
    finish(figure, height=520, legend=False)
    ends = [label(each, 20, 2) for each in names[::-1]]
    figure.update_yaxes(tickvals=[0, 1], ticktext=ends, range=[-0.6, 1.6], gridcolor=FAINT)
    return figure.update_annotations(font={"size": 12}).update_layout(margin={"t": 40})
