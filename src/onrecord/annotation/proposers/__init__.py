"""Second readers, which propose acts; see :mod:`onrecord.annotation.proposing`. The base install needs none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.errors import UnknownProposer

if TYPE_CHECKING:
    from onrecord.annotation.proposing import Proposer

_SPACY = "spacy:"


def proposer_of(
    reader: str, *, model: str | None = None, key_from: str | None = None, timeout: float = 120.0
) -> Proposer:
    """Return a second reader by name: ``spacy:`` and a pipeline or its folder, or the address of an endpoint and its model.

    ``key_from`` is the environment variable that holds the endpoint's key, ``timeout`` the seconds to wait for an answer.
    Raises UnknownProposer, SpacyMissing, UnusablePipeline.
    """
    if reader.startswith(_SPACY) and len(reader) > len(_SPACY):
        if model is not None or key_from is not None:
            raise UnknownProposer("a pipeline has no --model and no --key-from", where=reader)
        from onrecord.annotation.proposers.parsing import Pipeline

        return Pipeline.load(reader.removeprefix(_SPACY))
    if reader.startswith(("http://", "https://")):
        if not model:
            raise UnknownProposer("an endpoint needs the name of its model", where=reader, hint="Name it with --model")
        from onrecord.annotation.proposers.endpoint import Endpoint

        return Endpoint(reader, model, key_from=key_from, timeout=timeout)
    raise UnknownProposer("neither a spaCy pipeline nor an address", where=reader)
