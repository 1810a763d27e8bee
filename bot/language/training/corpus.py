"""Universal Dependencies treebanks, read with their real spacing and turned into gold spaCy documents.

CoNLL-U says where blanks stand (``SpaceAfter=No``; a multi-word token has none inside), so the raw text that a user
would have typed is rebuilt to the character, and the pipeline is trained from that text and not from gold tokens.
Named entities come from two sources: the Universal NER layer on EWT's development sentences, and GUM's mention
brackets (``Entity=``), narrowed here from mentions (*the famous University of Portsmouth*) to names.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from spacy.tokens import Doc
from spacy.vocab import Vocab

NAME_LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
UNER_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}

# ATIS keeps relation names that UD has since replaced; EWT and GUM use the new ones.
RENAMED_RELATIONS = {
    "nmod:tmod": "nmod:unmarked",
    "obl:tmod": "obl:unmarked",
    "nmod:npmod": "nmod:unmarked",
    "obl:npmod": "obl:unmarked",
}


# Features that rules over the parse can use; Abbr, ExtPos, Foreign, NumForm, Style and Typo are not learned.
_KEPT_FEATURES = """
Case Definite Degree Gender Mood NumType Number Person Polarity Poss PronType Reflex Tense VerbForm Voice
"""
KEPT_FEATURES = frozenset(_KEPT_FEATURES.split())


class Sentence(Struct, frozen=True):
    """One treebank sentence; ``heads`` are 0-based and a root is its own head.

    ``entities`` are IOB tags, or ``None`` where nobody annotated names.
    """

    source: str
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    lemmas: tuple[str, ...]
    pos: tuple[str, ...]
    xpos: tuple[str, ...]
    morphs: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    entities: tuple[str, ...] | None = None
    new_document: bool = False

    @property
    def text(self) -> str:
        """The sentence as typed, without the blank after it."""
        pairs = zip(self.words, self.spaces, strict=True)
        return "".join(word + " " * space for word, space in pairs).rstrip(" ")


def read_treebank(path: Path) -> list[Sentence]:
    """Read one ``.conllu.xz`` file; *don't* spans the words *do* and *n't*, which therefore touch."""
    sentences: list[Sentence] = []
    rows: list[list[str]] = []
    glued: set[int] = set()
    new_document = False
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("#"):
                new_document = new_document or line.startswith("# newdoc")
            elif line:
                row = line.split("\t")
                if "-" in row[0]:
                    first, last = (int(number) for number in row[0].split("-"))
                    glued.update(range(first, last))
                    if "SpaceAfter=No" in row[9].split("|"):
                        glued.add(last)
                elif "." not in row[0]:
                    rows.append(row)
            elif rows:
                sentences.append(_sentence(path.name.split(".")[0], rows, glued, new_document))
                rows, glued, new_document = [], set(), False
    return sentences


def kept_features(features: str) -> str:
    """The features that extraction and questions use; ATIS leaves *what* undecided, and its *what* always asks."""
    parts = features.replace("PronType=Int,Rel", "PronType=Int").split("|")
    return "|".join(part for part in parts if part.partition("=")[0] in KEPT_FEATURES)


def _sentence(source: str, rows: Sequence[Sequence[str]], glued: set[int], new_document: bool) -> Sentence:
    misc = [row[9].split("|") for row in rows]
    mentions = None
    if source.startswith("gum"):
        mentions = _gum_names(rows, misc)
    return Sentence(
        source=source,
        words=tuple(row[1] for row in rows),
        spaces=tuple(
            "SpaceAfter=No" not in marks and number not in glued for number, marks in enumerate(misc, start=1)
        ),
        lemmas=tuple(row[2] for row in rows),
        pos=tuple(row[3] for row in rows),
        xpos=tuple(row[4] for row in rows),
        morphs=tuple(kept_features(row[5]) for row in rows),
        heads=tuple(int(row[6]) - 1 if row[6] != "0" else index for index, row in enumerate(rows)),
        deps=tuple("ROOT" if row[7] == "root" else RENAMED_RELATIONS.get(row[7], row[7]) for row in rows),
        entities=mentions,
        new_document=new_document,
    )


def _gum_mentions(misc: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str, bool]]:
    """Yield (start, end, type, names a Wikipedia article) for each mention bracket of one sentence."""
    open_mentions: list[tuple[str, int, str, bool]] = []
    for index, marks in enumerate(misc):
        value = next((mark.removeprefix("Entity=") for mark in marks if mark.startswith("Entity=")), "")
        position = 0
        while position < len(value):
            if value[position] == "(":
                end = position + 1
                while end < len(value) and value[end] not in "()":
                    end += 1
                fields = value[position + 1 : end].split("-", 7)
                has_article = len(fields) > 7 or (len(fields) == 7 and fields[6][:1].isupper())
                if len(fields) > 1:
                    open_mentions.append((fields[0], index, fields[1], has_article))
                    if end < len(value) and value[end] == ")":
                        number, start, kind, article = open_mentions.pop()
                        yield start, index + 1, kind, article
                        end += 1
                position = end
            else:
                end = position
                while end < len(value) and value[end] not in "()":
                    end += 1
                number = value[position:end]
                for slot in range(len(open_mentions) - 1, -1, -1):
                    if open_mentions[slot][0] == number:
                        _, start, kind, article = open_mentions.pop(slot)
                        yield start, index + 1, kind, article
                        break
                position = end + 1


def _gum_names(rows: Sequence[Sequence[str]], misc: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """IOB tags of the names of persons, organizations and places among GUM's mentions (the longer name wins)."""
    spans: set[tuple[int, int, str]] = set()
    heads = [int(row[6]) - 1 for row in rows]
    for start, end, kind, _ in _gum_mentions(misc):
        label = NAME_LABELS.get(kind)
        head = next((i for i in range(start, end) if not start <= heads[i] < end), start)
        if label is None or not rows[head][4].startswith("NNP"):
            continue
        if label == "PERSON" and (rows[head][4] == "NNPS" or rows[head][1].lower() in PERSON_TITLES):
            continue  # *Americans*, *the President*: Universal NER does not count these as names
        first, last = _name_extent(rows, heads, start, end, head, across_of=label != "PERSON")
        spans.add((first, last + 1, label))
    tags = ["O"] * len(rows)
    for first, last, label in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(tag == "O" for tag in tags[first:last]):
            tags[first:last] = [f"B-{label}", *[f"I-{label}"] * (last - first - 1)]
    return tuple(tags)


_PERSON_TITLES = """
mr. mrs. ms. dr. prof. mr mrs ms dr president professor sir king queen pope minister secretary senator general
captain judge chancellor governor rep. sen. gen. gov. rev. lord lady prince princess emperor
"""
PERSON_TITLES = frozenset(_PERSON_TITLES.split())


def _name_extent(
    rows: Sequence[Sequence[str]], heads: Sequence[int], start: int, end: int, head: int, across_of: bool
) -> tuple[int, int]:
    """Grow a name from its head over proper nouns, hyphens and *of*: *Bank* in *the Bank of England* gives all three.

    Titles stay outside a person's name, as in Universal NER's guidelines.
    """

    def proper(index: int) -> bool:
        return start <= index < end and rows[index][4].startswith("NNP")

    def below(index: int) -> bool:
        while index >= 0 and index != head:
            index = heads[index]
        return index == head

    first = last = head
    while True:
        if proper(last + 1) and below(last + 1):
            last += 1
        elif (
            proper(last + 2)
            and below(last + 2)
            and rows[last + 1][1].lower() in ({"of", "-", "&", "for"} if across_of else {"-"})
        ):
            last += 2
        elif (
            across_of
            and proper(last + 3)
            and below(last + 3)
            and (f"{rows[last + 1][1]} {rows[last + 2][1]}".lower() in {"of the", "for the"})
        ):
            last += 3
        else:
            break
    while (proper(first - 1) and below(first - 1)) or (
        proper(first - 2) and below(first - 2) and rows[first - 1][1] in {"-", "&"}
    ):
        first -= 1 if proper(first - 1) else 2
    if not across_of:
        titles = [i for i in range(first, last) if rows[i][1].lower() in PERSON_TITLES]
        first = titles[-1] + 1 if titles else first
    return first, last


def read_names(path: Path) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Read one Universal NER file (``.iob2.xz``): the words and the IOB tags of each sentence."""
    result: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    words: list[str] = []
    tags: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            fields = line.rstrip("\n").split("\t")
            if len(fields) > 2 and fields[0].isdigit():
                words.append(fields[1])
                prefix, _, label = fields[2].partition("-")
                tags.append(f"{prefix}-{UNER_LABELS[label]}" if label in UNER_LABELS else "O")
            elif words and not line.strip():
                result.append((tuple(words), tuple(tags)))
                words, tags = [], []
    return result


def with_names(sentences: Sequence[Sentence], path: Path) -> list[Sentence]:
    """Add Universal NER's names to the treebank sentences.

    Universal NER was made on an earlier release, in another order and with other words here and there, so sentences
    are matched and names carried over by their characters; a sentence without a match keeps ``None``.
    """
    names = {"".join(words): (words, tags) for words, tags in read_names(path)}
    result = []
    for sentence in sentences:
        key = "".join(sentence.words)
        found = _carry(sentence.words, *names[key]) if key in names else None
        result.append(replace(sentence, entities=found))
    return result


def _carry(words: Sequence[str], other: Sequence[str], tags: Sequence[str]) -> tuple[str, ...]:
    by_character = [
        tag
        for word, tag in zip(other, tags, strict=True)
        for tag in (tag, *["I" + tag[1:] if tag != "O" else tag] * (len(word) - 1))
    ]
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return tuple(by_character[start] for start in starts[:-1])


def gold_doc(vocab: Vocab, sentences: Iterable[Sentence]) -> Doc:
    """One spaCy document of these sentences with everything that is annotated; the last blank is dropped."""
    parts = list(sentences)
    words: list[str] = []
    spaces: list[bool] = []
    heads: list[int] = []
    for part in parts:
        heads.extend(head + len(words) for head in part.heads)
        words.extend(part.words)
        spaces.extend((*part.spaces[:-1], True))
    spaces[-1] = False
    annotated = any(part.entities is not None for part in parts)
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        pos=[pos for part in parts for pos in part.pos],
        morphs=[morph for part in parts for morph in part.morphs],
        lemmas=[lemma for part in parts for lemma in part.lemmas],
        heads=heads,
        deps=[dep for part in parts for dep in part.deps],
        ents=[tag for part in parts for tag in (part.entities or ("",) * len(part.words))] if annotated else None,
    )
