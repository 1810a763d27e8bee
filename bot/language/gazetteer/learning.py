"""Names that the documents themselves use: runs of capitals, labelled names, acronyms in brackets, *known as*.

Works with no entity list at all. Two names become one entity only on what a document writes (*CIS (Commonwealth of
Independent States)*, *X, known as Y*), on initials, or for persons on the surname; a short name that fits two long
ones keeps both.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct, field

from bot.language.gazetteer.keys import key_of, name_key
from bot.language.gazetteer.records import Entity
from bot.language.gazetteer.words import words
from bot.language.lexicon import load as load_lexicon
from bot.language.sentence import Sentence, Token

if TYPE_CHECKING:
    from bot.language.gazetteer.gazetteer import Gazetteer

_ROMAN = re.compile(r"[IVX]+")
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z]{1,9}")
_LABELS = {"PERSON": "person", "ORG": "organization", "LOC": "location"}
_CLOSED = frozenset({"DET", "ADP", "PRON", "ADV", "SCONJ", "CCONJ", "AUX", "PART", "INTJ", "PUNCT", "SYM"})
_MOST_SHARED = 3
"""A surname that more persons share names none of them."""


class _Name(Struct):
    """What was seen of one name."""

    shown: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    words: tuple[str, ...] = ()
    sure: int = 0
    aliases: dict[str, None] = field(default_factory=dict)
    acronyms: dict[str, None] = field(default_factory=dict)


def learn(sentences: Iterable[Sentence], known: Gazetteer | None = None) -> tuple[Entity, ...]:
    """The entities that documents name.

    sentences: of all documents that are known together. known: a gazetteer whose names need no learning.
    RETURNS: entities with ids ``doc:…``, sorted by id; none for names that ``known`` has.
    """
    names: dict[tuple[str, ...], _Name] = {}
    plain: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        plain.update(token.text.lower() for token in sentence if token.text.islower() or token.upos == "ADJ")
        pairs.update((a.text, b.text) for a, b in pairwise(sentence) if _is_small_word(a) and _is_small_word(b))
        if not _shouted(sentence):
            _collect(sentence, names)
    kept = {key: name for key, name in names.items() if _is_name(key, name, plain, pairs)}
    _initials(kept)
    _surnames(kept)
    return _entities(kept, known)


def runs(sentence: Sentence) -> list[tuple[int, ...]]:
    """Token indices of the sentence's names: runs of capitals with the small words between them, articles left out."""
    found = []
    i = 0
    while i < len(sentence):
        end = _run_end(sentence, i)
        if end > i:
            found.append(tuple(range(i, end)))
        i = max(end, i + 1)
    return found


def _shouted(sentence: Sentence) -> bool:
    """Whether a sentence is a heading whose capitals say nothing (*Security Links With Russia*, *RULES*)."""
    alphabetic = [token.text for token in sentence if token.text[0].isalpha() and len(token.text) > 3]
    return len(alphabetic) > 2 and all(text[0].isupper() for text in alphabetic)


def _capital(token: Token) -> bool:
    return token.text[0].isupper() and token.upos not in ("PUNCT", "SYM") and token.text not in ("I", "I.")


def _starts(sentence: Sentence, i: int) -> bool:
    """Whether token ``i`` stands where any word has a capital: at the beginning, after a bullet, quote or colon."""
    return (
        i == 0
        or all(t.upos in ("PUNCT", "SYM", "X", "NUM") for t in sentence.tokens[:i])
        or sentence.tokens[i - 1].text in (":", "“", '"')
    )


def _run_end(sentence: Sentence, i: int) -> int:
    """Index after the name that begins with token ``i``, ``i`` if none does."""
    token = sentence.tokens[i]
    lower = token.text.lower()
    if not _capital(token) or lower in words().titles or lower in words().calendar or lower in words().everyday:
        return i
    if _starts(sentence, i) and token.upos in _CLOSED:
        return i
    end = i + 1
    while end < len(sentence):
        if _continues(sentence, end):
            end += 1
        elif (after := _joined(sentence, i, end)) > end:
            end = after
        else:
            break
    while end > i and sentence.tokens[end - 1].upos == "ADJ" and not sentence.tokens[end - 1].ent:
        # 'Central Asian states', 'Polish kings': an adjective of the noun after it.
        if end < len(sentence) and sentence.tokens[end].upos in ("NOUN", "ADJ") and not _capital(sentence.tokens[end]):
            end -= 1
        else:
            break
    if _hyphened(sentence, i, end):
        return i
    if _starts(sentence, i) and end == i + 1 and token.upos != "PROPN" and not token.ent:
        return i
    return end


def _hyphened(sentence: Sentence, i: int, end: int) -> bool:
    """*a Kazakh-Uzbek-Kyrgyz battalion*: adjectives joined by hyphens before their noun."""
    inner = sentence.tokens[i:end]
    if len(inner) < 3 or any((token.text in ("-", "–")) != (n % 2 == 1) for n, token in enumerate(inner)):
        return False
    return end < len(sentence) and sentence.tokens[end].upos in ("NOUN", "ADJ") and not _capital(sentence.tokens[end])


def _continues(sentence: Sentence, j: int) -> bool:
    token = sentence.tokens[j]
    if token.text in ("-", "–") and token.start == sentence.tokens[j - 1].end:
        return j + 1 < len(sentence) and _capital(sentence.tokens[j + 1]) and sentence.tokens[j + 1].start == token.end
    numeral = token.upos in ("NUM", "PROPN", "ADJ") and re.fullmatch(r"[IVX]+|[A-Z]", token.text) is not None
    return (_capital(token) and token.text.lower() not in words().calendar) or numeral


def _joined(sentence: Sentence, i: int, j: int) -> int:
    """Index after small words and the capital that they join to the name (*Partnership for Peace*); ``j`` if none."""
    k = j
    while k < len(sentence) and sentence.tokens[k].text.lower() in words().connectors and k < j + 2:
        k += 1
    if k == j or k >= len(sentence) or not _capital(sentence.tokens[k]):
        return j
    small = [sentence.tokens[n].text.lower() for n in range(j, k)]
    if all(word in words().particles for word in small):
        return k
    head = sentence.tokens[j - 1].text.lower()
    governed = sentence.tokens[k].head
    while governed not in range(i, j) and sentence.tokens[governed].head != governed and governed >= j:
        governed = sentence.tokens[governed].head
    named = (
        words().types.get(head) not in (None, "period") or head.rstrip("s") in words().types or head in words().generic
    )
    # 'the Bank of Poland' is a name; in 'moved from Warsaw in Poland' two names meet.
    if small[0] in ("in", "on", "the") or not (named or governed in range(i, j)):
        return j
    return k if named or small[0] == "for" else j


def _collect(sentence: Sentence, names: dict[tuple[str, ...], _Name]) -> None:
    spans = runs(sentence)
    for span in spans:
        name = _seen(sentence, span, names)
        if name is None:
            continue
        acronym = _bracketed(sentence, span[-1] + 1)
        if acronym and _ACRONYM.fullmatch(acronym) and _abbreviates(acronym, name.words):
            name.acronyms[acronym] = None
        alias = _alias(sentence, span)
        if alias:
            name.aliases[alias] = None
    for before, after in pairwise(spans):
        # 'CIS (Commonwealth of Independent States)'
        short = sentence.words(before)
        bracketed = after[0] == before[-1] + 2 and sentence.tokens[after[0] - 1].text == "("
        closed = after[-1] + 1 < len(sentence) and sentence.tokens[after[-1] + 1].text == ")"
        full = tuple(sentence.tokens[i].text for i in after)
        if bracketed and closed and _ACRONYM.fullmatch(short) and _abbreviates(short, full):
            names[name_key(sentence.words(after))].acronyms[short] = None


def _seen(sentence: Sentence, span: tuple[int, ...], names: dict[tuple[str, ...], _Name]) -> _Name | None:
    shown = sentence.words(span)
    key = name_key(shown)
    if not key:
        return None
    name = names.setdefault(key, _Name())
    name.shown[shown] += 1
    name.words = name.words or tuple(sentence.tokens[i].text for i in span)
    labels = [sentence.tokens[i].ent for i in span if sentence.tokens[i].ent]
    if labels:
        name.labels[Counter(labels).most_common(1)[0][0]] += 1
    proper = any(sentence.tokens[i].upos == "PROPN" for i in span) or bool(labels)
    first = len(span) == 1 and _starts(sentence, span[0])
    # 'Demographically, …': an English word at a sentence's beginning is no name on a label alone.
    name.sure += proper and not (first and (not labels or load_lexicon().known(shown)))
    return name


def _bracketed(sentence: Sentence, j: int) -> str:
    """The one word in brackets that stands at ``j``: *Organization (SCO)*."""
    texts = [token.text for token in sentence.tokens[j : j + 3]]
    return texts[1] if len(texts) == 3 and texts[0] == "(" and texts[2] in (")", ",", ";") else ""


def _abbreviates(acronym: str, full: Sequence[str]) -> bool:
    """Whether an acronym's capitals are initials of a name's words in order, the first among them."""
    initials = [part[0].upper() for word in full for part in re.split(r"[-‑]", word) if part and part[0].isalpha()]
    letters = [c for c in acronym if c.isupper()]
    if not initials or not letters or letters[0] != initials[0]:
        return False
    rest = iter(initials)
    return all(letter in rest for letter in letters) and len(letters) * 2 >= len(full)


def _alias(sentence: Sentence, span: tuple[int, ...]) -> str:
    """*X, known as Y*: the other name."""
    head = next((i for i in span if sentence.tokens[i].head not in span), span[-1])
    for clause in sentence.children(head, "acl", "appos"):
        if clause.lemma.lower() not in words().alias_cues:
            continue
        for object_ in sentence.children(clause.i, "obl", "xcomp", "obj"):
            named = next((run for run in runs(sentence) if object_.i in run), None)
            if named is not None and not set(named) & set(span):
                return sentence.words(named)
    return ""


def _is_small_word(token: Token) -> bool:
    return token.upos in ("NOUN", "ADJ", "VERB") and token.text.islower()


def _is_name(key: tuple[str, ...], name: _Name, plain: Counter[str], pairs: Counter[tuple[str, str]]) -> bool:
    """Whether what was seen is a name: no word that the documents write small or as an adjective as often, and no run
    of words: *The marbled fen otter is …* under the title *Marbled Fen Otter*. pairs: of words that stand side by side,
    both small."""
    if len(key) > 1:
        small = min((pairs[a.lower(), b.lower()] for a, b in pairwise(name.words)), default=0)
        return (name.sure > 0 or len(name.words) > 1) and small < sum(name.shown.values())
    shown = name.shown.most_common(1)[0][0]
    if len(shown) < 2 or plain[shown.lower()] >= sum(name.shown.values()) or not shown[0].isalpha():
        return False
    return name.sure > 0


def _kind(name: _Name) -> str:
    """person, organization, location … or empty: by the labels, which the name's own noun overrules."""
    texts = [word.lower() for word in name.words]
    ends = next((i for i, word in enumerate(texts) if word in words().connectors and i), len(texts))
    by_noun = words().types.get(texts[ends - 1], "")
    if by_noun and len(texts) > 1:
        return by_noun
    if not name.labels:
        return ""
    (label, count), *rest = sorted(name.labels.items(), key=lambda item: (-item[1], item[0]))
    return _LABELS.get(label, "") if not rest or count > rest[0][1] else ""


def _initials(names: dict[tuple[str, ...], _Name]) -> None:
    """Acronyms that nobody spelled out: *Shanghai Cooperation Organization* → SCO, *Partnership for Peace* → PfP."""
    for name in names.values():
        large = [word for word in name.words if word[0].isupper()]
        kind = _kind(name)
        if (
            len(large) < 2
            or kind in ("person", "event", "period")
            or (len(large) == 2 and kind == "location" and large[-1] != "States")
        ):
            continue
        parts = [part for word in name.words for part in word.split("-") if part and part[0].isalpha()]
        # World War II is WWII, and no WWI
        parts = [part if n and _ROMAN.fullmatch(part) else part[0] for n, part in enumerate(parts)]
        capitals = "".join(part for part in parts if part[0].isupper())
        if not 2 <= len(capitals) <= 8 or (len(capitals) == 2 and kind != "organization" and large[-1] != "States"):
            continue
        name.acronyms.setdefault(capitals)
        mixed = "".join(parts)
        if mixed != capitals and len(mixed) <= 5:
            name.acronyms.setdefault(mixed)


def _surnames(names: dict[tuple[str, ...], _Name]) -> None:
    """*Lena Vogel* is *Vogel* as well, unless many share it."""
    bearers: dict[str, list[_Name]] = {}
    for name in names.values():
        large = [word for word in name.words if word[0].isupper() and word[0].isalpha()]
        if _kind(name) == "person" and 1 < len(large) <= 4 and len(large[-1]) > 2 and not _ROMAN.fullmatch(large[-1]):
            bearers.setdefault(large[-1], []).append(name)
    for surname, found in bearers.items():
        alone = names.get(name_key(surname))
        # The city of Warsaw is no short form of a club taken for a person, Polonia Warsaw.
        other = alone is not None and (_kind(alone) not in ("", "person") or not _mostly_person(alone, found))
        if len(found) <= _MOST_SHARED and not other:
            for name in found:
                name.aliases.setdefault(surname)


def _mostly_person(alone: _Name, found: Sequence[_Name]) -> bool:
    """Whether a surname that also stands alone can be that of the persons found, by labels and by how often it does."""
    return alone.labels["PERSON"] * 2 >= sum(alone.labels.values()) and alone.sure <= 8 * sum(n.sure for n in found)


def _entities(names: dict[tuple[str, ...], _Name], known: Gazetteer | None) -> tuple[Entity, ...]:
    """One entity for each name, short forms folded into the names that they shorten."""
    short = {key_of(alias): None for name in names.values() for alias in (*name.aliases, *name.acronyms)}
    entities: dict[str, Entity] = {}
    for key in sorted(names):
        name = names[key]
        shown = min(name.shown.items(), key=lambda item: (-item[1], item[0]))[0]
        if (len(key) == 1 and key[0] in short) or _taken(shown, known):
            continue
        aliases = tuple(sorted(alias for alias in name.aliases if name_key(alias) != key and not _taken(alias, known)))
        acronyms = tuple(
            sorted(acronym for acronym in name.acronyms if name_key(acronym) != key and not _taken(acronym, known))
        )
        identity = "doc:" + _slug(shown)
        while identity in entities:
            identity += "-2"
        entities[identity] = Entity(identity, shown, _kind(name), aliases, acronyms)
    return tuple(entities[identity] for identity in sorted(entities))


def _taken(name: str, known: Gazetteer | None) -> bool:
    return known is not None and known.has_name(name)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^\w]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-") or "name"
