"""What a key may be sent to: a provider's variables go to that provider; every other pairing needs its owner's word, once.

The word is kept in this computer's own folder, never in a panel or a study, and is given per variable and address
(docs/decisions/keys-go-where-their-owner-agreed.md).
Data flow: `ModelSpec → Sending (which variable, where) → what is not agreed to`; BadInput for addresses that are never asked.
"""

import json
import os
import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from urllib.parse import urlsplit

from adaem_core import machine
from adaem_core.chat.keys import enough, needs_named, needs_of, provider_of, providers_of, unreachable
from adaem_core.errors import AdaemError, BadInput
from adaem_core.panels import VARIABLE, ModelSpec

# Where providers answer. Hosts that anybody can rent a name under (clouds' own subdomains) are none of them.
HOSTS: dict[str, tuple[str, ...]] = {
    "openai": ("api.openai.com", "us.api.openai.com", "eu.api.openai.com"),
    "anthropic": ("api.anthropic.com",),
    "gemini": ("generativelanguage.googleapis.com",),
    "mistral": ("api.mistral.ai", "codestral.mistral.ai"),
    "deepseek": ("api.deepseek.com",),
    "dashscope": ("dashscope.aliyuncs.com", "dashscope-intl.aliyuncs.com", "dashscope-us.aliyuncs.com"),
    "together_ai": ("api.together.xyz", "api.together.ai"),
    "deepinfra": ("api.deepinfra.com",),
    "openrouter": ("openrouter.ai",),
    "groq": ("api.groq.com",),
    "xai": ("api.x.ai",),
    "cohere": ("api.cohere.com", "api.cohere.ai"),
    "zai": ("api.z.ai", "open.bigmodel.cn"),
    "moonshot": ("api.moonshot.ai", "api.moonshot.cn"),
    "fireworks_ai": ("api.fireworks.ai",),
    "perplexity": ("api.perplexity.ai",),
    "cerebras": ("api.cerebras.ai",),
    "nvidia_nim": ("integrate.api.nvidia.com",),
    "huggingface": ("router.huggingface.co",),
    "sambanova": ("api.sambanova.ai",),
    "publicai": ("api.publicai.co",),
    "minimax": ("api.minimax.io", "api.minimaxi.com"),
    "volcengine": ("ark.cn-beijing.volces.com",),
}
# Providers whose address LiteLLM sends the given key to and nothing else; the others may add what they find on the computer.
PLAIN = frozenset({
    *HOSTS, "hosted_vllm", "openai_like", "custom_openai", "litellm_proxy", "ollama", "ollama_chat", "vllm", "llamafile",
    "lm_studio", "oobabooga", "xinference", "docker_model_runner", "text-completion-openai",
}) - {"huggingface"}  # fmt: skip
NEVER = frozenset({"metadata.google.internal", "metadata.goog", "metadata", "instance-data", "instance-data.ec2.internal"})
NEVER_ADDRESSES = frozenset(map(ip_address, ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254")))


@dataclass(frozen=True, order=True)
class Sending:
    """What a model's requests carry, and where to."""

    variable: str  # whose value is sent as the key; "" for none
    address: str  # scheme, host and port; or the provider's name, where it is the provider's own

    def in_words(self) -> str:
        """Return what would be sent, for the owner to decide."""
        what = f"the key in {self.variable}" if self.variable else "requests without a key"
        return f"{what} to {self.address}"


def sendings(spec: ModelSpec) -> tuple[Sending, ...]:
    """Return what a model's requests carry where; nothing for a simulated one. BadInput for an address that is never asked."""
    if spec.simulated:
        return ()
    provider = "openai" if spec.moderation else provider_of(spec)  # moderation speaks OpenAI's protocol, and to OpenAI by default
    where = origin(spec.api_base) if spec.api_base else provider
    if spec.key_env:
        return (Sending(spec.key_env, where),)
    if not spec.api_base:
        return tuple(Sending(name, where) for each in needs_of(spec) for name in each[:1])
    carried = () if provider in PLAIN else tuple(each[0] for each in needs_named(provider))
    return tuple(Sending(name, where) for name in carried or ("",))


def unagreed(models: Iterable[ModelSpec]) -> tuple[Sending, ...]:
    """Return what the owner has not agreed to yet, each once."""
    agreed = consents()
    wanted = {each for spec in models for each in sendings(spec)}
    return tuple(sorted(each for each in wanted if not usual(each) and each not in agreed))


def usual(sending: Sending) -> bool:
    """Return whether a provider's own variable goes to that provider."""
    parts = urlsplit(sending.address)
    if not parts.scheme:
        return sending.variable in names_of(sending.address)
    own = [provider for provider, hosts in HOSTS.items() if parts.hostname in hosts]
    return parts.scheme == "https" and parts.port in (None, 443) and any(sending.variable in {"", *names_of(each)} for each in own)


def names_of(provider: str) -> frozenset[str]:
    """Return all names of variables that a provider's key may have."""
    return frozenset(name for each in needs_named(provider) for name in each)


def listed(variable: str) -> bool:
    """Return whether a variable may be named in a panel: a known provider's, or one its owner has added."""
    return not variable or bool(providers_of(variable)) or any(each.variable == variable for each in consents())


def enterable(variable: str) -> bool:
    """Return whether a key can be entered on a page for a variable: one that may be named, and that needs nothing beside it."""
    return bool(variable) and enough(variable) and listed(variable)


def obstacles(models: Iterable[ModelSpec]) -> tuple[str, ...]:
    """Return what keeps models from being asked, all at once: variables and addresses that are missing, then what nobody has agreed to."""
    models = tuple(models)
    try:
        return (*unreachable(models), *map(question, unagreed(models)))
    except BadInput as error:
        return (str(error),)


def check(models: Iterable[ModelSpec], *, looked_up: bool = False) -> None:
    """Raise BadInput with everything that keeps models from being asked; `looked_up` lets names of hosts be looked up, too."""
    models = tuple(models)
    if told := obstacles(models):
        raise BadInput("\n".join(told))
    for spec in models if looked_up else ():
        if spec.api_base:
            origin(spec.api_base, flags=0)


def question(sending: Sending) -> str:
    """Return the question whether something may be sent, with the command that agrees."""
    key = f" --key {sending.variable}" if sending.variable else ""
    own = "" if listed(sending.variable) else f" {sending.variable} is no known provider's variable."
    return (
        f"This would send {sending.in_words()}, which nobody on this computer has agreed to.{own} If you trust that address, "
        f"run: python -m adaem_core allow{key} --address {sending.address}"
    )


def allow(sending: Sending) -> None:
    """Keep the owner's word that this may be sent; BadInput for what is no variable, and for an address that is never asked."""
    if sending.variable and not re.fullmatch(VARIABLE, sending.variable):
        raise BadInput(
            f"--key takes the name of an environment variable, such as OPENAI_API_KEY, got {sending.variable[:4]}…. Never give the key itself."
        )
    line = json.dumps({**vars(sending), "date": datetime.now(UTC).isoformat(timespec="seconds")})
    try:
        with os.fdopen(os.open(kept(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
            file.write(line + "\n")
    except OSError as error:
        raise AdaemError(
            f"{kept()} cannot be written ({error.strerror}), so nothing is agreed to. Make it writable, then try again."
        ) from error


def consents() -> frozenset[Sending]:
    """Return what the owner has agreed to on this computer; nothing that cannot be read."""
    found = set()
    with suppress(OSError):
        for line in kept().read_text("utf-8").splitlines():
            with suppress(ValueError, KeyError, TypeError):  # a line cut off by a full disk is no consent
                each = json.loads(line)
                found.add(Sending(str(each["variable"]), str(each["address"])))
    return frozenset(found)


def kept() -> Path:
    """Return the file of the owner's consents, one a line."""
    return machine.folder() / "consents.jsonl"


def origin(address: str, flags: int = socket.AI_NUMERICHOST) -> str:
    """Return scheme, host and port of an address; BadInput for those of a computer's or a cloud's own inside, which are never asked.

    With `flags` 0 names of hosts are looked up, which takes time.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".").lower()
    if host in NEVER or any(inside(each) for each in addresses_of(host, flags)):
        raise BadInput(
            f"{address}: requests are never sent there: it is an address for a computer's or a cloud's own inside. Give the model another api_base."
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{parts.port}" if parts.port else "")


def addresses_of(host: str, flags: int) -> list[IPv4Address | IPv6Address]:
    """Return what a host's name stands for, in any spelling; nothing where it stands for nothing at present."""
    with suppress(OSError, ValueError, UnicodeError):
        return [
            ip_address(str(each[4][0]).partition("%")[0]) for each in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=flags)
        ]
    return []


def inside(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is link-local, or one where a cloud keeps its own."""
    plain = (isinstance(address, IPv6Address) and (address.ipv4_mapped or address.sixtofour)) or address
    return plain.is_link_local or plain.is_multicast or plain in NEVER_ADDRESSES
