"""What a fact cannot know from its own sentence: which entities its names mean, and what its pronouns stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

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
    mentions = [_mentioned(item, n, gazetteer) for item in passages for n in range(len(item.sentences))]
    tell(len(parsed), len(parsed))
    return list(parsed), BaseContent(gazetteer.to_text(), tuple(mentions))


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
