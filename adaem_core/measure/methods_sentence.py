"""How an examination was measured, in one paragraph for a methods section. `Standings, counts → text`."""

from adaem_core.archive.examinations import Examination
from adaem_core.measure.standings import Standings

NAMES = {"trueskill": "TrueSkill", "rasch": "Rasch model"}


def sentence(examination: Examination, standings: Standings, absent: int) -> str:
    """Return the paragraph; `absent` answers were missing. Every setting that changes a number is named."""
    settings, asked = standings.settings, len(examination.asked) * len(examination.examinees)
    whose = "simulated respondents, not real models," if examination.simulated else "language models"
    return (
        f"{len(examination.examinees)} {whose} answered {len(examination.asked):,} questions (benchmark {examination.benchmark}, "
        f"{examination.date}). Values in their answers were recognised by {examination.recogniser} ({examination.elicit.protocol} protocol). "
        f"{absent:,} of {asked:,} answers were missing and left out. {how(standings)} Intervals are {settings.confidence:.0%} percentile "
        f"intervals over {settings.resamples:,} bootstrap resamples of the questions, shared by all models (seed {settings.seed}); models count "
        f"as separable when their paired difference is significant after Holm's correction. AdAEM Studio {examination.engine}."
    )


def how(standings: Standings) -> str:
    """Return how the win rates were computed."""
    settings = standings.settings
    if settings.method == "rasch":
        return f"Win rates were computed with a conditional Rasch model per value (prior of {settings.prior:g} logits)."
    return (
        f"Win rates were computed with TrueSkill per value, a question being a game between the models that express the value and those "
        f"that do not (member weight: {settings.weighting}, drift {settings.drift:g}), averaged over {settings.orders} random orders."
    )
