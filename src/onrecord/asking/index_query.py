"""A query tree as a query of the text index. What the index cannot decide alone is asked a little too widely, and the
texts themselves decide."""

from __future__ import annotations

from typing import Any

from onrecord.asking.query import Either, Near, Node, Phrase, Without
from onrecord.desk.text_index import TextIndex
from onrecord.languages.tokens import BREAK


def tree_query(index: TextIndex, node: Node, across: bool) -> Any:
    """The index's query for a tree: exact, or too wide where :func:`needs_texts` says so."""
    if isinstance(node, Phrase):
        if node.prefix:
            return index.prefix(node.words[0])
        if across and len(node.words) > 1:
            return index.combine([("must", index.word(word)) for word in node.words if word is not BREAK])
        return index.phrase(node.words)
    if isinstance(node, Near):
        sides = (tree_query(index, side, across) for side in (node.left, node.right))
        return index.combine([("must", side) for side in sides])
    if isinstance(node, Either):
        return index.combine([("should", tree_query(index, part, across)) for part in node.parts])
    if isinstance(node, Without):
        if needs_texts(node.part, across):  # too wide inside a NOT would exclude too much: the texts exclude instead
            return index.everything()
        return index.combine([("must", index.everything()), ("must not", tree_query(index, node.part, across))])
    parts = []
    for part in node.parts:
        if isinstance(part, Without) and not needs_texts(part.part, across):
            parts.append(("must not", tree_query(index, part.part, across)))
        else:
            parts.append(("must", tree_query(index, part, across)))
    return index.combine(parts)


def needs_texts(node: Node, across: bool) -> bool:
    """Whether the index alone cannot answer exactly: for NEAR, and for phrases across punctuation."""
    if isinstance(node, Phrase):
        return across and len(node.words) > 1
    if isinstance(node, Near):
        return True
    if isinstance(node, Without):
        return needs_texts(node.part, across)
    return any(needs_texts(part, across) for part in node.parts)
