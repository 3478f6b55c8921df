"""What the fork server imports beforehand: seconds that every command would spend anew."""

import sentence_transformers  # noqa: F401

import adaem_core.cli  # noqa: F401
from adaem_core.chat.litellm_provider import load

load()
