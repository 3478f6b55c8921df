"""The family tree of one topic: the general question on the left, what grew from it to the right.

`outgrowths of one topic → positions → figure`.
"""

from collections.abc import Sequence

import plotly.graph_objects as go

from adaem_core.records import Fate, Outgrowth
from adaem_core.visualize.style import ACCENT, FAINT, MUTED, finish, label

WORDS = {
    Fate.SCORED: "scored",
    Fate.DUPLICATE: "dropped: duplicate",
    Fate.UNSAFE: "dropped: unsafe",
    Fate.UNWRITTEN: "not written",
    Fate.UNSCORED: "too few answers to score",
    Fate.SURPLUS: "beyond those kept",
}


def tree_figure(grown: Sequence[Outgrowth], chosen: str) -> go.Figure:
    """Return the tree with S beside every scored question; the chosen one and its ancestors stand out."""
    places = positions(grown)
    line = ancestry(grown, chosen)
    figure = go.Figure([edges(grown, places, line, kept=False), edges(grown, places, line, kept=True)])
    for name, members, marker in groups(grown, line, chosen):
        figure.add_trace(nodes(name, members, places, marker))
    figure.update_xaxes(tickvals=[0, 1, 2, 3], ticktext=["topic", "1st", "2nd", "3rd"], showgrid=False)
    figure.update_xaxes(range=[-0.25, max(x for x, _ in places.values()) + 0.6])
    rows = max(y for _, y in places.values()) + 1
    figure.update_yaxes(visible=False, range=[rows - 0.3, -0.8])  # downwards, with room for the label of the first row
    return finish(figure, height=130 + round(36 * rows), x="Generation")


def positions(grown: Sequence[Outgrowth]) -> dict[str, tuple[float, float]]:
    """Return (generation, row) per question id: leaves on rows of their own, a parent amid its children."""
    known = {each.question.id for each in grown}
    children: dict[str | None, list[Outgrowth]] = {}
    for each in grown:
        parent = each.question.parent_id if each.question.parent_id in known else None
        children.setdefault(parent, []).append(each)
    places: dict[str, tuple[float, float]] = {}
    row = 0.0

    def place(each: Outgrowth, depth: int) -> float:
        nonlocal row
        below = [place(child, depth + 1) for child in children.get(each.question.id, [])]
        if not below:
            row += 1
        own = sum(below) / len(below) if below else row - 1
        places[each.question.id] = (depth, own)
        return own

    for root in children.get(None, []):
        place(root, root.question.depth)
    return places


def ancestry(grown: Sequence[Outgrowth], chosen: str) -> set[str]:
    """Return the ids of the chosen question and its ancestors."""
    parents = {each.question.id: each.question.parent_id for each in grown}
    line: set[str] = set()
    id: str | None = chosen
    while id and id not in line:
        line.add(id)
        id = parents.get(id)
    return line


Group = tuple[str, list[Outgrowth], dict[str, object]]


def groups(grown: Sequence[Outgrowth], line: set[str], chosen: str) -> list[Group]:
    """Return the nodes by how they are drawn: this question, its ancestors, other scored ones, those not scored."""
    this = [each for each in grown if each.question.id == chosen]
    above = [each for each in grown if each.question.id in line and each.question.id != chosen]
    others = [each for each in grown if each.question.id not in line]
    scored = [each for each in others if each.fate is Fate.SCORED]
    lost = [each for each in others if each.fate is not Fate.SCORED]
    drawn = (
        ("This question", this, {"size": 15, "color": ACCENT}),
        ("Its ancestors", above, {"size": 11, "color": ACCENT}),
        ("Other questions", scored, {"size": 10, "color": MUTED}),
        ("Not scored", lost, {"size": 9, "color": MUTED, "symbol": "x-thin-open"}),
    )
    return [(name, members, marker) for name, members, marker in drawn if members]


def nodes(name: str, members: Sequence[Outgrowth], places: dict[str, tuple[float, float]], marker: dict[str, object]) -> go.Scatter:
    """Return one group of nodes, labelled with S, the text in the hover."""
    at = [places[each.question.id] for each in members]
    scores = [f" {each.score.total:.2f}" if each.score else "" for each in members]
    told = [f"<b>{label(each.question.id)}</b> · {WORDS[each.fate]}<br>{label(each.question.text)}" for each in members]
    return go.Scatter(
        x=[x for x, _ in at],
        y=[y for _, y in at],
        mode="markers+text",
        text=scores,
        textposition="top center",
        customdata=told,
        name=name,
        marker=marker,
        hovertemplate="%{customdata}<extra></extra>",
    )


def edges(grown: Sequence[Outgrowth], places: dict[str, tuple[float, float]], line: set[str], *, kept: bool) -> go.Scatter:
    """Return the lines from parent to child: those of the chosen question's line (`kept`) or all others."""
    x: list[float | None] = []
    y: list[float | None] = []
    for each in grown:
        child, parent = each.question.id, each.question.parent_id
        if parent in places and (child in line) is kept:
            x += [places[parent][0], places[child][0], None]
            y += [places[parent][1], places[child][1], None]
    drawn = {"color": ACCENT if kept else FAINT, "width": 2 if kept else 1}
    return go.Scatter(x=x, y=y, mode="lines", line=drawn, hoverinfo="skip", showlegend=False)
