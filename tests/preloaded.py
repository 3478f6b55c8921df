"""What the fork server imports and loads beforehand: seconds that every command would spend anew."""

import os

os.environ["OMP_NUM_THREADS"] = "1"  # torch's threads would not come along into the children, which would wait for them

import sentence_transformers  # noqa: F401

import adaem_core.measure.groups
import adaem_core.measure.two_readings
import adaem_core.validate.recogniser
import adaem_core.work.cli  # noqa: F401
from adaem_core.chat import embed
from adaem_core.chat.endpoint.provider import load
from adaem_core.elicit.refusal import every_language

load()
every_language()
embed.load(embed.WHEEL)
