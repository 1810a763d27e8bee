"""From the pipeline's ``Doc`` to :class:`Sentence`: the one place where spaCy objects become plain records (law 4).

Character positions are carried through to the stored text, white space is no token, and sentence ends that the parser
puts inside a bracket or before a small-lettered scrap are mended. Very long texts are parsed in pieces, so that the
parser's memory stays bounded whatever a document contains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from sys import intern
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from bot.language.sentence import Sentence, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as Word

    Words: TypeAlias = list[Word]

PIECE_CHARS = 20_000
"""The longest text that the parser is given at once."""

BATCH = 96
"""Texts that the pipeline works on together."""

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+")
_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_BRACKETED_CHARS = 600
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))


class Source(Struct, frozen=True):
    """A text to parse. ``offsets`` gives, for each character, its place in the stored text (absent: its index);
    ``base`` is added to it. ``parts``, where given, are bounds in ``text`` to be parsed each on its own and joined to
    one sentence: the cells of a table row, which say nothing together that grammar could tell."""

    text: str
    offsets: Sequence[int] | None = None
    base: int = 0
    parts: tuple[tuple[int, int], ...] = ()


def analyse(nlp: Language, text: str, offsets: Sequence[int] | None = None, base: int = 0) -> tuple[Sentence, ...]:
    """The sentences of a text.

    nlp: the pipeline. text: cleaned text. offsets: see :class:`Source`. base: offset of the text in the stored text.
    RETURNS: sentences in order; a text of nothing but white space has none.
    """
    return next(analyse_many(nlp, [Source(text, offsets, base)]))


def analyse_many(nlp: Language, items: Iterable[Source], n_process: int = 1) -> Iterator[tuple[Sentence, ...]]:
    """Like :func:`analyse` for many texts, in order; one result for each.

    nlp: the pipeline. items: the texts. n_process: processes that spaCy may use; 1 keeps to this one.
    """
    listed = list(items)
    pieces = [(piece, (n, start)) for n, source in enumerate(listed) for start, piece in _pieces(source)]
    parsed = iter(nlp.pipe(pieces, as_tuples=True, batch_size=BATCH, n_process=n_process)) if pieces else iter(())
    at = next(parsed, None)
    for n, source in enumerate(listed):
        sentences: list[Sentence] = []
        while at is not None and at[1][0] == n:
            text = at[0].text  # spaCy joins it from its words each time it is asked
            sentences += [_sentence(words, source, at[1][1], text) for words in _spans(at[0], text)]
            at = next(parsed, None)
        yield (_joined(sentences, source.text),) if source.parts and sentences else tuple(sentences)


def sentence_of(doc: Doc) -> Sentence | None:
    """The whole of a parsed text as one sentence, as a question is read; None where it holds no words."""
    words = [word for word in doc if not word.is_space]
    text = doc.text
    return _sentence(words, Source(text), 0, text) if words else None


def _pieces(source: Source) -> Iterator[tuple[int, str]]:
    """What to parse at once, with its start: at most ``PIECE_CHARS`` of a part, cut after a sentence's end, else at a
    blank, else anywhere."""
    for start, end in source.parts or ((0, len(source.text)),):
        while end - start > PIECE_CHARS:
            window = source.text[start : start + PIECE_CHARS]
            ends = [match.end() for match in _SENTENCE_END.finditer(window, PIECE_CHARS // 2)]
            cut = ends[-1] if ends else window.rfind(" ", PIECE_CHARS // 2) + 1 or PIECE_CHARS
            yield start, window[:cut]
            start += cut
        if not (text := source.text[start:end]).isspace() and text:
            yield start, text


def _spans(doc: Doc, text: str) -> list[Words]:
    """The words of each sentence, without white space; the parser's scraps joined to the sentence before them."""
    spans: list[Words] = []
    for sent in doc.sents:
        words = [word for word in sent if not word.is_space]
        if not words:
            continue
        if spans and _belongs(spans[-1], words, text):
            spans[-1].extend(words)
        else:
            spans.append(words)
    return spans


def _belongs(before: Words, words: Words, text: str) -> bool:
    """Whether ``words`` continue the sentence before them: mere punctuation, the rest of a bracket opened there, or a
    scrap without a verb that begins with a small letter although nothing has ended (*the Aral Sea | and its basin*)."""
    if all(word.is_punct for word in words):
        return True
    ahead, here = text[before[0].idx : words[0].idx], text[words[0].idx : words[-1].idx + len(words[-1])]
    if len(ahead) + len(here) <= _BRACKETED_CHARS and any(
        ahead.count(opening) > ahead.count(closing) and closing in here for opening, closing in _PAIRS
    ):
        return True
    small = words[0].text[:1].islower()
    return small and not _ENDED.search(ahead.rstrip()) and not any(word.pos_ in {"VERB", "AUX"} for word in words)


def _sentence(words: Words, source: Source, start: int, text: str) -> Sentence:
    index = {word.i: i for i, word in enumerate(words)}
    heads = [_head(word, index) for word in words]
    root = next(i for i, head in enumerate(heads) if head == i)
    tokens = []
    for i, (word, head) in enumerate(zip(words, heads, strict=True)):
        first, last = start + word.idx, start + word.idx + len(word) - 1
        if source.offsets is not None:
            first, last = source.offsets[first], source.offsets[last]
        relation = "root" if i == root else "parataxis" if head == i else word.dep_ or "dep"
        tokens.append(
            Token(
                i,
                word.text,
                word.lemma_ or word.lower_,
                intern(word.pos_ or "X"),
                intern(relation),
                root if head == i else head,
                first + source.base,
                last + source.base + 1,
                intern(str(word.morph)),
                intern(word.ent_type_),
            )
        )
    text = text[words[0].idx : words[-1].idx + len(words[-1])]
    return Sentence(text, tokens[0].start, tokens[-1].end, tuple(tokens))


def _head(word: Word, index: dict[int, int]) -> int:
    """The governor's place among the words kept; the word's own where it has none there."""
    head = word.head
    while head.i not in index and head.head.i != head.i:
        head = head.head
    return index.get(head.i, index[word.i])


def parted(sentence: Sentence, bounds: Iterable[tuple[int, int]]) -> tuple[Sentence, ...]:
    """The sentences of a joined one's parts again, each with its first root as root.

    bounds: offsets in the stored text; a part without a token is left out.
    """
    parts = []
    for start, end in bounds:
        tokens = [token for token in sentence.tokens if start <= token.start and token.end <= end]
        if not tokens:
            continue
        base, inside = tokens[0].i, {token.i for token in tokens}
        root = next((token.i for token in tokens if token.head not in inside or token.head == token.i), base)
        moved = tuple(
            replace(token, i=token.i - base, head=(token.head if token.head in inside else root) - base)
            for token in tokens
        )
        text = sentence.words(tuple(token.i for token in tokens))
        parts.append(Sentence(text, tokens[0].start, tokens[-1].end, moved))
    return tuple(parts)


def _joined(sentences: list[Sentence], text: str) -> Sentence:
    """Several sentences as one, each root but the first hanging from the first."""
    tokens: list[Token] = []
    root = sentences[0].root.i
    for sentence in sentences:
        base = len(tokens)
        for token in sentence.tokens:
            own = token.head == token.i and bool(base)
            head, dep = (root, "list") if own else (token.head + base, token.dep)
            tokens.append(replace(token, i=token.i + base, head=head, dep=dep))
    return Sentence(text, tokens[0].start, tokens[-1].end, tuple(tokens))
