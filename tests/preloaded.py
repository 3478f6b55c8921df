"""What the fork server imports beforehand: seconds that every command would spend anew."""

import sentence_transformers  # noqa: F401

import adaem_core.measure.groups
import adaem_core.measure.two_readings
import adaem_core.validate.recogniser
import adaem_core.work.cli  # noqa: F401
from adaem_core.chat.endpoint.provider import load

load()
