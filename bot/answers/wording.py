"""The plain sentence of an answer, made from the words of the evidence: never generated."""

from __future__ import annotations

import re

from bot.answers.match import Match
from bot.answers.view import View
from bot.language import lexicon
from bot.language.possessives import possessive
from bot.language.sentence import Sentence

LONGEST = 300
ROW = 160


def said(view: View, match: Match | None = None, limit: int = LONGEST) -> str:
    """The evidence as a sentence that stands alone: its words on one line, a leading pronoun replaced by what it stands
    for, cut to the fact's own words where it is long."""
    sentence = view.sentence
    if view.stored.passage.kind == "row":
        return row_said(view, match, min(limit, ROW))
    text = substituted(view, range(len(sentence)))
    if len(text) <= limit:
        return finished(text)
    if match is not None and match.fit is not None:
        fact = match.fit.fact
        kept = set(fact.predicate_tokens)
        for argument in fact.arguments:
            kept |= set(argument.tokens)
            kept |= {c.i for h in (argument.head,) if h >= 0 for c in sentence.children(h, "case", "det")}
        for i in list(kept):
            kept |= {
                c.i
                for c in sentence.children(
                    i, "aux", "cop", "case", "det", "mark", "nummod", "fixed", "flat", "compound"
                )
            }
        if match.candidate is not None:
            kept |= set(match.candidate.tokens)
        text = substituted(view, sorted(kept))
        if 20 < len(text) <= limit:
            return finished(text)
    return shortened(sentence_text(view), limit, _around(match))


def sentence_text(view: View) -> str:
    """The sentence on one line."""
    return " ".join(view.sentence.text.split())


def substituted(view: View, indices: range | list[int]) -> str:
    """The words of the tokens, pronouns with one reading written out."""
    sentence = view.sentence
    parts: list[str] = []
    before = None
    for i in indices:
        token = sentence.tokens[i]
        gap = before is None or before != i - 1 or sentence.tokens[before].end < token.start
        text = token.text
        antecedent = view.antecedents.get(i)
        if antecedent is not None and token.upos == "PRON" and antecedent.text:
            text = _ARTICLE.sub(_definite, antecedent.text)
            owner = token.dep == "nmod:poss" and "Case=Acc" not in token.feats  # nine of [them] astronomers own nothing
            if "Poss=Yes" in token.feats or owner:
                text = possessive(text, plural=token.text.lower() == "their")
            text = _inside(text, sentence) if parts else text
        parts.append((" " if gap and parts else "") + text)
        before = i
    return re.sub(r"\s+([,.;:])", r"\1", "".join(parts)).strip()


_ARTICLE = re.compile(r"^an? ", re.IGNORECASE)


def _definite(article: re.Match[str]) -> str:
    """A dish was added in 1988, but it, [the dish], was sold: what is spoken of again is known."""
    return "The " if article.group()[0].isupper() else "the "


def _inside(text: str, sentence: Sentence) -> str:
    """What began a sentence inside another: *The bridge* as *the bridge*, *Lessons* as *lessons*, a name as it is."""
    first, begins = text.partition(" ")[0], sentence.tokens[0]
    common = first.lower() in lexicon.load().words.function_words or (begins.upos == "NOUN" and begins.text == first)
    return text[:1].lower() + text[1:] if common else text


def row_said(view: View, match: Match | None = None, limit: int = ROW) -> str:
    """A table row in words: *Hall: Seats 120; Equipment projector, piano.* Of a match only the first cell, which names
    the row, and the cells that it rests on; a row that is too long ends after a cell."""
    tokens = view.sentence.tokens
    named, *columns = [
        (cell.header, tuple(t.i for t in tokens if cell.start <= t.start and t.end <= cell.end))
        for cell in view.stored.passage.cells
    ] or [("", ())]
    columns = [(header, inside) for header, inside in columns if inside]
    used = _used(match)
    told = [column for column in columns if used & set(column[1])] or columns
    if not named[1] and not told:
        return finished(sentence_text(view))
    said = view.sentence.words(list(named[1]))
    for n, (header, inside) in enumerate(told):
        more = f"{header} {view.sentence.words(list(inside))}".strip()
        longer = f"{said}{'; ' if n else ': ' if said else ''}{more}"
        if n and len(longer) > limit:
            return f"{said}; …"
        said = longer
    return finished(said)


def _used(match: Match | None) -> set[int]:
    """The tokens that an answer rests on: its value and the arguments of its fact."""
    if match is None:
        return set()
    used = set(match.candidate.tokens) if match.candidate is not None else set()
    if match.fit is not None:
        used.update(i for argument in match.fit.fact.arguments for i in argument.tokens)
    return used


def finished(text: str) -> str:
    """With a capital at the start and a full stop at the end."""
    text = text.strip().rstrip(",;:")
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text[-1] in '.!?”"’' else text + "."


def shortened(text: str, limit: int, around: str = "") -> str:
    """At most ``limit`` characters, cut at word ends and marked with …"""
    if len(text) <= limit:
        return finished(text)
    at = max(text.find(around), 0) if around else 0
    start = max(0, min(at - limit // 3, len(text) - limit))
    if start:
        start = text.find(" ", start) + 1
    end = text.rfind(" ", start, start + limit - 2)
    return ("… " if start else "") + text[start:end].rstrip(",;:") + " …"


def _around(match: Match | None) -> str:
    return match.candidate.text if match is not None and match.candidate is not None else ""


def listed(values: tuple[str, ...] | list[str]) -> str:
    """*A, B and C*."""
    values = list(values)
    if len(values) < 2:
        return "".join(values)
    return ", ".join(values[:-1]) + " and " + values[-1]
