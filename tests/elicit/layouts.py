"""Ways in which real models lay out an answer: the oracle of the grammar's tests renders known points in each of them."""

from collections.abc import Callable, Sequence

from adaem_core.records import Opinion

Layout = Callable[[int, str, str], str]
ROMAN = ("i", "ii", "iii", "iv", "v", "vi")
ORDINAL = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")

LAYOUTS: dict[str, Layout] = {
    "as asked": lambda i, p, j: f"{i}. {p}: {j}",
    "bracket": lambda i, p, j: f"{i}) {p}: {j}",
    "brackets": lambda i, p, j: f"({i}) {p}: {j}",
    "square": lambda i, p, j: f"[{i}] {p}: {j}",
    "colon": lambda i, p, j: f"{i}: {p}: {j}",
    "number dash": lambda i, p, j: f"{i} - {p}: {j}",
    "mixed marks": lambda i, p, j: f"{i}{'.):'[i % 3]} {p}: {j}",
    "restarting": lambda i, p, j: f"1. {p}: {j}",
    "no space": lambda i, p, j: f"{i}.{p}: {j}",
    "hyphen": lambda i, p, j: f"- {p}: {j}",
    "star": lambda i, p, j: f"* {p}: {j}",
    "dot": lambda i, p, j: f"• {p}: {j}",
    "roman": lambda i, p, j: f"{ROMAN[i - 1]}. {p}: {j}",
    "capital roman": lambda i, p, j: f"{ROMAN[i - 1].upper()}) {p}: {j}",
    "letters": lambda i, p, j: f"{'abcdef'[i - 1]}) {p}: {j}",
    "ordinals": lambda i, p, j: f"{ORDINAL[i - 1]}, {p}: {j}",
    "ordinals to the end": lambda i, p, j: f"{(*ORDINAL[:2], 'Finally', *['Lastly'] * 3)[i - 1]}, {p}: {j}",
    "full width": lambda i, p, j: f"{chr(0xFF10 + i)}．{p}：{j}",
    "circled": lambda i, p, j: f"{chr(0x2460 + i - 1)} {p}: {j}",
    "key cap": lambda i, p, j: f"{i}\ufe0f\u20e3 **{p}**: {j}",
    "escaped": lambda i, p, j: f"{i}\\. \\*\\*{p}\\*\\*: {j}",
    "indented": lambda i, p, j: f"   {i}. {p}: {j}",
    "tabs": lambda i, p, j: f"\t{i}.\t{p}: {j}",
    "bold": lambda i, p, j: f"{i}. **{p}**: {j}",
    "bold with colon": lambda i, p, j: f"{i}.  **{p}:** {j}",
    "bold with stop": lambda i, p, j: f"{i}. **{p}.** {j}",
    "bold alone": lambda i, p, j: f"{i}. **{p}** {j}",
    "bold dash": lambda i, p, j: f"{i}. **{p}** – {j}",
    "bold number": lambda i, p, j: f"**{i}. {p}:** {j}",
    "bold mark": lambda i, p, j: f"**{i}.** {p}: {j}",
    "bold throughout": lambda i, p, j: f"**{i}. {p}: {j}**",
    "italic": lambda i, p, j: f"{i}. *{p}*: {j}",
    "bold bullet": lambda i, p, j: f"* **{p}:** {j}",
    "html": lambda i, p, j: f"{i}. <strong>{p}</strong>: {j}<br>",
    "list items": lambda i, p, j: f"<li>{p}: {j}</li>",
    "element": lambda i, p, j: f"<point>{p}: {j}</point>",
    "latex": lambda i, p, j: f"{i}. \\textbf{{{p}}}: {j}",
    "emoji bullet": lambda i, p, j: f"✅ **{p}**: {j}",
    "emoji and number": lambda i, p, j: f"{i}. 🚗 **{p}**: {j}",
    "emoji in bold": lambda i, p, j: f"- **🚗 {p}** – {j}",
    "link": lambda i, p, j: f"{i}. [{p}](https://example.org/a_b): {j}",
    "em dash": lambda i, p, j: f"{i}. {p} — {j}",
    "en dash": lambda i, p, j: f"{i}. {p} – {j}",
    "quoted": lambda i, p, j: f'{i}. "{p}": "{j}"',
    "quoted together": lambda i, p, j: f'{i}. "{p}: {j}"',
    "curly": lambda i, p, j: f"{i}. “{p}”: {j}",
    "angles": lambda i, p, j: f"{i}. <{p}>: <{j}>",
    "heading": lambda i, p, j: f"### {i}. {p}\n{j}",
    "bare heading": lambda i, p, j: f"#### {p}\n\n{j}\n",
    "bold line": lambda i, p, j: f"**{p}**\n{j}\n",
    "bold line with bullet": lambda i, p, j: f"**{p}:**\n- {j}\n",
    "title line": lambda i, p, j: f"{i}. {p}\n   {j}",
    "title paragraph": lambda i, p, j: f"{i}. **{p}**\n\n{j}\n",
    "title bullet": lambda i, p, j: f"{i}. **{p}**:\n   - {j}",
    "mark alone": lambda i, p, j: f"{i}.\n{p}: {j}",
    "rule between": lambda i, p, j: f"{i}. **{p}**: {j}\n\n---\n",
    "justification line": lambda i, p, j: f"{i}. {p}\n   Justification: {j}",
    "justification in bold": lambda i, p, j: f"{i}. {p}.\n\n   **Justification**: {j}\n",
    "justification bullet": lambda i, p, j: f"{i}. **{p}**\n   - *Justification:* {j}",
    "justification inline": lambda i, p, j: f"{i}. {p}. Justification: {j}",
    "justification in brackets": lambda i, p, j: f"{i}. {p} (Justification: {j})",
    "named parts": lambda i, p, j: f"{i}. Point: {p}\n   Justification: {j}",
    "named bullets": lambda i, p, j: f"- Point: {p}\n- Justification: {j}",
    "point n": lambda i, p, j: f"Point {i}: {p}\nJustification: {j}",
    "key point n": lambda i, p, j: f"**Key Point {i}: {p}**\n{j}\n",
    "argument n": lambda i, p, j: f"Argument {i}: **{p}** – {j}",
    "table": lambda i, p, j: f"| {i} | {p} | {j} |",
}
# A single line marked so is an ordinary sentence too: these layouts need a second point to be a list.
NEEDS_TWO = {"roman", "capital roman", "letters", "ordinals", "ordinals to the end", "bold line with bullet"}


def render(opinions: Sequence[Opinion], layout: Layout, *, between: str = "\n") -> str:
    """Return the points laid out."""
    return between.join(layout(number, each.point, each.justification) for number, each in enumerate(opinions, 1))
