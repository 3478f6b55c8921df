"""Choose the form of S(x) the study asked for; the score says which form it has.

Data flow: `text, answers, question's own labels → Score`.
"""

from adaem_core.generate.apparatus import Answers, Apparatus
from adaem_core.generate.exact import exact_score
from adaem_core.generate.score import black_box_score
from adaem_core.records import Score


async def reward(tools: Apparatus, text: str, answers: Answers, question_labels: tuple[str, ...] | None) -> Score:
    """Return the exact score where it was asked for and every endpoint returns likelihoods, else the black-box score."""
    if tools.settings.reward == "exact" and (exact := await exact_score(tools, text, answers)) is not None:
        return exact
    return await black_box_score(tools.embed, answers, question_labels, tools.settings)
