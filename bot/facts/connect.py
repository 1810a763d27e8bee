"""What a fact cannot know from its own sentence: which entities its names mean, and what its pronouns stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from bot.facts.anaphora import resolve
from bot.facts.linking import link
from bot.facts.model import Fact
from bot.facts.store.records import BaseContent, ParsedDocument, ParsedPassage
from bot.language.analysis import parted
from bot.language.gazetteer import Gazetteer, learn, load
from bot.language.sentence import Sentence


def connect(
    parsed: Sequence[ParsedDocument], entities: Path | None, tell: Callable[[int, int], None]
) -> tuple[list[ParsedDocument], BaseContent]:
    """Link all facts of some documents, which are known together.

    parsed: the documents with their facts. entities: the folder's entity list, if it has one. tell: told how many
    documents are done, and of how many.
    RETURNS: the documents with linked facts, and the rest of what the base is to hold.
    """
    tell(0, len(parsed))
    listed = Gazetteer(*load(entities)) if entities else Gazetteer()
    passages = [item for document in parsed for item in document.passages]
    gazetteer = listed.extended(learn((part for item in passages for part in _parts(item)), listed))
    linked: list[ParsedDocument] = []
    mentions: list[tuple[str, ...]] = []
    for document in parsed:
        named = replace(document, passages=tuple(_linked(item, gazetteer) for item in document.passages))
        linked.append(_resolved(named, gazetteer))
        mentions += (_mentioned(item, n, gazetteer) for item in named.passages for n in range(len(item.sentences)))
        tell(len(linked), len(parsed))
    return linked, BaseContent(gazetteer.to_text(), tuple(mentions))


def _linked(item: ParsedPassage, gazetteer: Gazetteer) -> ParsedPassage:
    pairs = zip(item.sentences, item.facts, strict=True)
    if item.passage.cells:
        return replace(item, facts=tuple(_linked_row(item, facts, gazetteer) for _, facts in pairs))
    return replace(item, facts=tuple(link(facts, sentence, gazetteer) for sentence, facts in pairs))


def _linked_row(item: ParsedPassage, facts: Sequence[Fact], gazetteer: Gazetteer) -> tuple[Fact, ...]:
    """A row's facts with entities where a cell, or an item of one, is a name and nothing else.

    A demonym alone is none: *Kazakh* in a column of languages does not mean the country.
    """
    named: dict[tuple[int, int], tuple[str, ...]] = {}
    for part in _parts(item):
        for mention in gazetteer.mentions(part):
            if mention.how != "demonym":
                first, last = part.tokens[mention.tokens[0]], part.tokens[mention.tokens[-1]]
                named[first.start, last.end] = mention.entities
    return tuple(
        replace(
            fact,
            arguments=tuple(replace(a, entities=named.get((a.start, a.end), a.entities)) for a in fact.arguments),
        )
        for fact in facts
    )


def _resolved(document: ParsedDocument, gazetteer: Gazetteer) -> ParsedDocument:
    """The document with what its pronouns stand for; table rows, which have none, do not come between."""
    running = [item for item in document.passages if not item.passage.cells]
    facts = iter(
        resolve(
            [found for item in running for found in item.facts],
            [sentence for item in running for sentence in item.sentences],
            [document.context(item) for item in running for _ in item.sentences],
            gazetteer,
        )
    )
    passages = (
        item if item.passage.cells else replace(item, facts=tuple(islice(facts, len(item.sentences))))
        for item in document.passages
    )
    return replace(document, passages=tuple(passages))


def _parts(item: ParsedPassage) -> Iterator[Sentence]:
    """The sentences of a passage; of a table row its cells, for no name runs from one into the next."""
    if not item.passage.cells:
        yield from item.sentences
        return
    for sentence in item.sentences:
        yield from parted(sentence, ((cell.start, cell.end) for cell in item.passage.cells))


def _mentioned(item: ParsedPassage, number: int, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Ids of the entities that a sentence names."""
    sentences = _parts(item) if item.passage.cells else (item.sentences[number],)
    return tuple(sorted({e for s in sentences for mention in gazetteer.mentions(s) for e in mention.entities}))
