"""Requests under way, noted in the study before they are sent: what was paid and not recorded is counted after a kill.

Data flow: `request → note → sent → note taken back where it came to nothing; where there is a reply, recording it does so`.
"""

from asyncio import CancelledError
from collections.abc import Mapping

from adaem_core.archive.study import Study
from adaem_core.chat.addressed import endpoint_of
from adaem_core.chat.budget import bound_tokens
from adaem_core.chat.endpoint.trouble import Trouble
from adaem_core.chat.model import Provider, request_key
from adaem_core.chat.prices import Price
from adaem_core.chat.usage import charge
from adaem_core.messages import Completion, Request
from adaem_core.panels import ModelSpec


class Noting:
    """A provider that notes each try of a request in the study, with the most it may cost."""

    def __init__(self, provider: Provider, study: Study, prices: Mapping[str, Price]) -> None:
        self._provider, self._study, self._prices = provider, study, prices

    async def send(self, spec: ModelSpec, request: Request) -> Completion:
        """Return the reply, without key and cost; raises Trouble. A simulated model bills nobody, so nothing is noted of it."""
        if spec.simulated:
            return await self._provider.send(spec, request)
        key, (prompt, reply) = request_key(request, endpoint_of(spec)), bound_tokens(request, spec)
        self._study.sending(key, spec.name, prompt + reply, charge(self._prices[spec.name], prompt, reply))
        try:
            return await self._provider.send(spec, request)
        except (Trouble, CancelledError):  # what such a try may cost, the client records
            self._study.unsent(key)
            raise

    async def aclose(self) -> None:
        """Free connections."""
        await self._provider.aclose()
