"""The informativeness score in its exact form, for endpoints that return log-probabilities (Eq. 1-2; Appendix I.2).

Value terms come from the probability of a yes-token per dimension; where the recogniser returns none, from the share
of yes over repeated draws (the sampling form). Text terms are the log-likelihood of each answer under each model,
per token (docs/decisions/likelihood-is-per-token.md).
Data flow: `question, answers → value probabilities, likelihoods → Score` (None where a model returns no likelihoods).
"""

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from adaem_core.elicit.recognise_paper import value_probabilities
from adaem_core.elicit.respond import answer_request
from adaem_core.elicit.turns import together
from adaem_core.generate.tools import Answers, Apparatus
from adaem_core.messages import Params, Purpose, Request
from adaem_core.records import Answer, Score

SMALLEST = 1e-6  # probabilities are kept this far from 0 and 1: one sure yes-token must not make a score infinite
DRAWS = 8  # of the sampling form

Numbers = NDArray[np.float64]


async def exact_score(tools: Apparatus, text: str, answers: Answers) -> Score | None:
    """Return S(x) from probabilities, or None when fewer than two answers are usable or one of their models returns no likelihoods."""
    usable = [answer for answer in answers if answer.usable]
    likely = {spec.name for spec in tools.panel.models if spec.logprobs}
    if len(usable) < 2 or any(answer.model not in likely for answer in usable):
        return None
    texts = [answer.response.text for answer in usable]
    found = await together(value_probabilities(tools.ask, tools.recogniser, each, tools.system, DRAWS) for each in [text, *texts])
    likelihood = await log_likelihoods(tools, text, usable)
    if likelihood is None or any(each is None for each in found):
        return None
    own, *expressed = (np.array([each[id] for id in tools.system.ids]) for each in found if each is not None)
    return combine(np.array(expressed), own, likelihood, tools, len(answers))


def combine(expressed: Numbers, own: Numbers, likelihood: Numbers, tools: Apparatus, asked: int) -> Score:
    """Return the score from p(v|y), shape (models, dimensions), p(v|x), shape (dimensions), and likelihoods, shape (models, models).

    conformity = mean log p_i(v^i|y_i); value diversity = -mean log p_M(v^i|y_j); opinion diversity = mean of
    log p_i(y_i) - log p_M(y_i), where p_M averages over the other models. v^i is the more probable labelling of y_i.
    """
    chosen = expressed >= 0.5
    agreement = log_joint(expressed, chosen)  # [j, i]: log p(v^i | y_j)
    conformity = float(np.diagonal(agreement).mean())
    value = -float(np.mean([log_mean(np.delete(agreement[:, i], i)) for i in range(len(chosen))]))
    opinion = float(np.mean([likelihood[i, i] - log_mean(np.delete(likelihood[:, i], i)) for i in range(len(chosen))]))
    apart = float(np.abs(expressed - own).sum(axis=1).mean())
    sign = 1 if tools.settings.disentanglement == "equation" else -1
    total = conformity + value + opinion + sign * tools.settings.beta / 2 * apart
    return Score(value, opinion, conformity, apart, total, "exact", len(expressed), asked)


def log_joint(probability: Numbers, labelling: NDArray[np.bool_]) -> Numbers:
    """Return log p(labelling_i | y_j) = Σ_d log p, shape (models j, models i), treating dimensions as independent."""
    safe = np.clip(probability, SMALLEST, 1 - SMALLEST)
    return np.asarray(np.log(safe) @ labelling.T + np.log(1 - safe) @ (~labelling).T)


def log_mean(logs: Numbers) -> float:
    """Return the logarithm of the mean of exp(logs), without overflow."""
    top = logs.max()
    return float(top + math.log(np.exp(logs - top).mean()))


async def log_likelihoods(tools: Apparatus, text: str, answers: Sequence[Answer]) -> Numbers | None:
    """Return mean log-probability per token, [j, i] of model i's answer under model j; None if any is not returned."""
    pairs = product(answers, repeat=2)
    found = await together(log_likelihood(tools, judge.model, text, answer) for judge, answer in pairs)
    return None if None in found else np.array(found, dtype=float).reshape(len(answers), len(answers))


async def log_likelihood(tools: Apparatus, model: str, text: str, answer: Answer) -> float | None:
    """Return the mean log-probability per token of an answer's text after the question, under `model`."""
    asked = answer_request(model, text, tools.elicit)
    reply = await tools.ask.complete(Request(model, asked.messages, Params(continuation=answer.response.text), purpose=Purpose.LIKELIHOOD))
    tokens = reply.logprobs
    return math.fsum(each.logprob for each in tokens) / len(tokens) if tokens and not reply.failure else None
