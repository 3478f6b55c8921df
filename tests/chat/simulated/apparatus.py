"""Asks the simulated panel through prompts of its own: only the blocks of the contract count, not the studio's wording."""

import json
import re
from collections.abc import Sequence
from itertools import permutations
from statistics import mean

from adaem_core.chat.blocks import block
from adaem_core.chat.simulated.respond import respond
from adaem_core.messages import Message, Purpose
from adaem_core.values import ValueSystem, value_system

SCHWARTZ = value_system("schwartz")
FOUNDATIONS = value_system("moral_foundations")
NINE = ("aurora", "boreal", "cedar", "delta", "ember", "fennel", "garnet", "harbor", "indigo")
TOPICS = (
    "Should schools require uniforms?", "Is animal testing acceptable?", "Should cities ban private cars?", "Should the voting age be lowered?",
    "Should museums return looted art?", "Is homework good for children?", "Should doctors help terminally ill patients to die?",
    "Should people give up eating meat?", "Should employers monitor remote workers?", "Is nuclear energy worth having?",
    "Should drugs be decriminalised?", "Should hate speech be a crime?", "Should inheritance be taxed?", "Is zoo keeping defensible?",
    "Should boxing stay legal?", "Should journalists name suspects?", "Should tourists pay entry fees?", "Is space travel worth its price?",
    "Should parents limit screen time?", "Should vaccination be compulsory?", "Should police wear cameras?", "Is arranged marriage acceptable?",
    "Should rents be capped?", "Should surrogacy be paid?", "Should whales be hunted?", "Should shops open on Sundays?",
    "Should prisoners vote?", "Is gene editing of embryos right?", "Should monarchies end?", "Should robots care for the elderly?",
)  # fmt: skip


def user(text: str) -> Message:
    return {"role": "user", "content": text}


def assistant(text: str) -> Message:
    return {"role": "assistant", "content": text}


def answer_prompt(question: str, prime: str = "") -> list[Message]:
    system = [{"role": "system", "content": prime}] if prime else []
    return [*system, user(f"Give a stance and exactly 3 key points.\n{block('question', question)}")]


def answer(name: str, question: str, prime: str = "", sample: int = 0) -> str:
    return respond(name, answer_prompt(question, prime), Purpose.ANSWER, sample)


def opinions(reply: str) -> list[str]:
    return re.findall(r"^\d+\. (.+)$", reply, re.MULTILINE)


def value_lines(system: ValueSystem) -> str:
    return "\n".join(f"{each.id} | {each.name} | {each.definition}" for each in system.dimensions)


def labels(texts: Sequence[str], system: ValueSystem = SCHWARTZ, name: str = "recogniser") -> list[dict[str, str]]:
    """Return id → quote for each text."""
    numbered = "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
    reply = respond(name, [user(f"{block('values', value_lines(system))}\n{block('opinions', numbered)}")], Purpose.RECOGNISE)
    return [{each["id"]: each["quote"] for each in entry["values"]} for entry in json.loads(reply)["opinions"]]


def profile(name: str, question: str, prime: str = "", system: ValueSystem = SCHWARTZ) -> frozenset[str] | None:
    """Return the values recognised in an answer; None for a refusal."""
    found = opinions(answer(name, question, prime))
    return frozenset(id for each in labels(found, system) for id in each) if found else None


def value_diversity(names: Sequence[str], question: str) -> float:
    """Return the mean over ordered pairs of |union| / max(|intersection|, 1): written here anew, as an oracle."""
    profiles = [found for name in names if (found := profile(name, question)) is not None]
    return mean(len(one | other) / max(len(one & other), 1) for one, other in permutations(profiles, 2))


def grow(author: str, topic: str, sample: int = 0, parent: str = "", examples: str = "(none yet)") -> tuple[str, str]:
    """Return an author's fact and question."""
    blocks = [block("topic", topic), block("parent", parent or topic), block("examples", examples)]
    messages = [user("\n\n".join(blocks))]
    fact = respond(author, messages, Purpose.FACT, sample)
    reply = respond(author, [*messages, assistant(fact), user("Now the question.")], Purpose.QUESTION, sample)
    return fact, reply.removeprefix("Question: ")


def reflection(
    author: str, question: str, answers: str = "Model 1 | values: SEC, BEN\n- x\n\nModel 2 | values: SEC"
) -> tuple[list[Message], str]:
    """Return the prompt and the suggestions."""
    blocks = [block("topic", "t"), block("question", question), block("fact", "f"), block("answers", answers), block("score", "2.00")]
    messages = [user("\n\n".join(blocks))]
    return messages, respond(author, messages, Purpose.REFLECT)


def refine(author: str, question: str, sample: int = 0) -> str:
    messages, suggestions = reflection(author, question)
    reply = respond(author, [*messages, assistant(suggestions), user("Rewrite it.")], Purpose.REWRITE, sample)
    return reply.removeprefix("Question: ")
