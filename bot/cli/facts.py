"""``text`` and ``facts``: a base's documents as stored, and what was understood of them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.cli.bases import open_base
from bot.cli.command import Command, add_kb
from bot.cli.streams import show, show_json
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.facts.model import Fact
    from bot.facts.store.reader import KnowledgeBase
    from bot.facts.store.records import StoredFact, StoredSentence


def _text_options(parser: ArgumentParser) -> None:
    parser.add_argument("document", metavar="DOCUMENT", help="its path in the built folder, with /")
    add_kb(parser)


def _text(options: Namespace) -> int:
    with open_base(options.kb) as base:
        text = base.text(options.document)
    sys.stdout.write(text)  # exactly: no line end is added, nothing is escaped, offsets count in this
    return 0


def _facts_options(parser: ArgumentParser) -> None:
    parser.add_argument("words", metavar="WORD", nargs="*", help="only facts that have all these words")
    add_kb(parser)
    parser.add_argument("--entity", metavar="NAME", help="only facts about this entity, by id or any of its names")
    parser.add_argument("--relation", metavar="VERB", help="only facts with this predicate, such as link")
    parser.add_argument("--document", metavar="DOCUMENT", help="only facts of this document")
    parser.add_argument("--text", metavar="DOCUMENT", help="the other way round: each sentence with its facts")
    parser.add_argument("--silent", action="store_true", help="list sentences that yielded no fact instead")
    parser.add_argument("--conflicts", action="store_true", help="list pairs of facts that cannot both hold instead")
    parser.add_argument("--trace", action="store_true", help="show the rules that made each fact, in order")
    parser.add_argument("--json", action="store_true", help="one JSON object for each fact, on one line")


def _facts(options: Namespace) -> int:
    from bot.chat.safe import readable
    from bot.facts.store.terms import has_words

    with open_base(options.kb) as base:
        if options.silent:
            for text in silent_lines(base, options.document):
                show(text)
        elif options.conflicts:
            show_conflicts(base, options.document, as_json=options.json)
        elif options.text is not None:
            for text in reverse_lines(base, options.text, trace=options.trace):
                print(text)
        else:
            entity = None if options.entity is None else entity_id(base, options.entity)
            relation = None if options.relation is None else readable(options.relation)
            found = base.facts(entity=entity, relation=relation, document=options.document)
            if options.words:
                wanted = " ".join(map(readable, options.words))
                found = (stored for stored in found if has_words(stored.fact, wanted))
            _show_facts(base, found, options)
    return 0


def entity_id(base: KnowledgeBase, name: str) -> str:
    """The id of the entity that a name or an id stands for; UsageError where there is none, or more than one."""
    ids = base.gazetteer().ids(name)
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise UsageError(f"--entity {name}: several entities have this name: {', '.join(ids)}. Give one of these ids.")
    raise UsageError(f"--entity {name}: the knowledge base has no such entity")


def reverse_lines(base: KnowledgeBase, document: str, *, trace: bool = False) -> Iterator[str]:
    """A document's sentences in order, each with its facts."""
    from bot.chat.safe import visible

    for stored in base.sentences(base.document(document).path):
        said = stored.sentence
        yield f"[{said.start}:{said.end}] {visible(said.text)}"
        for fact in stored.facts:
            yield from ("    " + line for line in fact_lines(fact, trace=trace))


def silent_lines(base: KnowledgeBase, document: str | None = None) -> Iterator[str]:
    """Sentences, headings left out, that yielded no fact."""
    for stored in base.sentences(document):
        if not stored.facts and stored.context.kind not in {"title", "heading"}:
            yield f"{stored.document} [{stored.sentence.start}:{stored.sentence.end}] {stored.sentence.text}"


def fact_lines(fact: Fact, *, trace: bool) -> Iterator[str]:
    """A fact on one line, its rules on the next."""
    from bot.chat.safe import visible
    from bot.facts.store.terms import statement

    notes = [note for note in (fact.hedge, fact.modal, fact.tense) if note]
    yield visible(statement(fact)) + (f"  ({', '.join(notes)})" if notes else "")
    if trace:
        yield "  by " + visible(", ".join(step.rule + (f" ({step.note})" if step.note else "") for step in fact.trace))


def show_conflicts(base: KnowledgeBase, document: str | None = None, *, as_json: bool = False) -> None:
    """Pairs of facts that cannot both hold: what they disagree about, then each quote with its place."""
    from bot.chat.render import INDENT, place
    from bot.chat.safe import visible

    path = None if document is None else base.document(document).path
    for conflict in base.conflicts():
        sides = [(stored, base.sentence(stored.sentence)) for stored in (conflict.first, conflict.second)]
        if path is not None and all(sentence.document != path for _, sentence in sides):
            continue
        if as_json:
            values = (conflict.first_value, conflict.second_value)
            facts = [
                {"value": value, "quote": quote_of(base, sentence), **fact_record(stored, sentence)}
                for value, (stored, sentence) in zip(values, sides, strict=True)
            ]
            show_json({"kind": conflict.kind, "detail": conflict.detail, "facts": facts})
            continue
        print(visible(f"{conflict.kind} | {conflict.detail}"))
        for _, sentence in sides:
            said = sentence.sentence
            print(f"{INDENT}“{visible(quote_of(base, sentence))}”")
            print(INDENT + place(sentence.document, sentence.context.section, said.start, said.end))


def quote_of(base: KnowledgeBase, sentence: StoredSentence) -> str:
    """A sentence as the stored text has it."""
    return base.text(sentence.document)[sentence.sentence.start : sentence.sentence.end]


def _show_facts(base: KnowledgeBase, found: Iterator[StoredFact], options: Namespace) -> None:
    from bot.chat.render import render_fact

    for stored in found:
        sentence = base.sentence(stored.sentence)
        if options.json:
            show_json(fact_record(stored, sentence))
            continue
        for line in render_fact(stored, sentence):
            print(line.text)
        if options.trace:
            print(f"    {list(fact_lines(stored.fact, trace=True))[1].strip()}")


def fact_record(stored: StoredFact, sentence: StoredSentence) -> dict[str, object]:
    """A fact as JSON: its parts, its rules, and the evidence."""
    fact, said = stored.fact, sentence.sentence
    return {
        "id": stored.id,
        "predicate": fact.predicate,
        "relation": fact.relation,
        "kind": fact.kind,
        "polarity": fact.polarity,
        "hedge": fact.hedge,
        "arguments": [
            {"role": a.role, "text": a.text, "start": a.start, "end": a.end, "entities": list(a.entities)}
            for a in fact.arguments
        ],
        "confidence": round(fact.confidence, 3),
        "trace": [step.rule for step in fact.trace],
        "document": sentence.document,
        "section": list(sentence.context.section),
        "start": said.start,
        "end": said.end,
    }


TEXT = Command(
    "text", "print a document's text as stored, which the offsets of citations count in", _text_options, _text
)
FACTS = Command("facts", "list the facts of a base with their evidence", _facts_options, _facts)
