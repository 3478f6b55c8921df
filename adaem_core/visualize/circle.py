"""What priming for one value did to all, drawn on the theory's circle (§4.2): outward a rise, inward a fall, expected signs beside.

Relation is told by colour and by shape; a filled marker moved as the theory says. Systems without a circle get rows.
Data flow: `Shifts of one target, ValueSystem → figure`.
"""

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from adaem_core.validate.priming_tests import OPPOSITE, OTHER, SAME, TARGET, Shift
from adaem_core.values import ValueSystem
from adaem_core.visualize.style import FAINT, MUTED, finish, inert

# Okabe and Ito's colours, told apart by colour-blind readers; the shapes say the same.
LOOKS = {TARGET: ("#D55E00", "star"), SAME: ("#E69F00", "circle"), OPPOSITE: ("#0072B2", "diamond"), OTHER: (MUTED, "square")}
SCALE = 1.0  # the shift, in win rate, that reaches from the circle to its centre; fixed, so that figures can be compared
SIGNS = {1: "+", -1: "−", 0: ""}


def shift_figure(shifts: Sequence[Shift], system: ValueSystem) -> go.Figure:
    """Return the shifts (win rate, in [−1, 1]) of one target; a shift that is not known is not drawn."""
    figure = go.Figure()
    known = [each for each in shifts if each.change.known]
    for which in LOOKS:
        if chosen := [each for each in known if each.relation == which]:
            for each in chosen:
                figure.add_trace(reach(each, system))
            figure.add_trace(markers(chosen, which, system))
    return on_circle(figure, shifts, system) if system.circular else in_rows(figure, system)


def place(value: str, shift: float, system: ValueSystem) -> tuple[float, float]:
    """Return where a shift is drawn: on the ray of its value, 1 for none; or in its row."""
    position = system.ids.index(value)
    if not system.circular:
        return shift, -float(position)
    angle, radius = math.tau * position / len(system.ids), max(0.0, 1 + shift / SCALE)
    return radius * math.sin(angle), radius * math.cos(angle)


def reach(each: Shift, system: ValueSystem) -> go.Scatter:
    """Return the interval of one shift as a thin line; without an interval, nothing to see."""
    ends = [end for end in (each.change.low, each.change.high) if not math.isnan(end)]
    x, y = zip(*(place(each.value, end, system) for end in ends), strict=True) if ends else ((), ())
    line = {"color": LOOKS[each.relation][0], "width": 2}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def markers(chosen: Sequence[Shift], which: str, system: ValueSystem) -> go.Scatter:
    """Return the markers of one relation."""
    points = [place(each.value, each.change.value, system) for each in chosen]
    colour, shape = LOOKS[which]
    symbols = [shape if each.as_expected else f"{shape}-open" for each in chosen]
    return go.Scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="markers",
        name=which,
        marker={"symbol": symbols, "size": 13, "color": colour, "line": {"width": 2}},
        hovertext=[hover(each, system) for each in chosen],
        hoverinfo="text",
    )


def hover(each: Shift, system: ValueSystem) -> str:
    """Return what one marker says."""
    interval = "" if math.isnan(each.change.low) else f" [{each.change.low:+.2f}, {each.change.high:+.2f}]"
    told = f"<br>expected: {SIGNS[each.expected]}" if each.expected else "<br>no sign expected"
    return f"{inert(system.name_of(each.value))}<br>{each.change.value:+.2f}{interval}{told}"


def on_circle(figure: go.Figure, shifts: Sequence[Shift], system: ValueSystem) -> go.Figure:
    """Return the figure with the circle of no shift and the values' names round it."""
    signs = {each.value: SIGNS[each.expected] for each in shifts}
    figure.add_shape(type="circle", x0=-1, y0=-1, x1=1, y1=1, line={"color": FAINT, "width": 1}, layer="below")
    for id in system.ids:
        x, y = place(id, 1.3, system)
        figure.add_annotation(x=x, y=y, text=inert(f"{id} {signs.get(id, '')}".strip()), showarrow=False)
    finish(figure, height=460)
    figure.update_xaxes(visible=False, range=[-2.6, 2.6])
    return figure.update_yaxes(visible=False, range=[-2.6, 2.6], scaleanchor="x")


def in_rows(figure: go.Figure, system: ValueSystem) -> go.Figure:
    """Return the figure with a row per value and the line of no shift."""
    figure.add_vline(x=0, line={"color": FAINT, "width": 1})
    finish(figure, height=120 + 36 * len(system.ids), x="Shift of the win rate")
    return figure.update_yaxes(tickvals=[-i for i in range(len(system.ids))], ticktext=[inert(each) for each in system.ids])
