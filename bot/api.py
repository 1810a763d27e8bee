"""The Python interface: a :class:`Bot` on a knowledge base, and :class:`Conversation` for follow-ups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Self

from msgspec.structs import replace

from bot.answers.engine import answer_query, not_understood, with_confidence
from bot.answers.followed import no_part, repeats, unclear
from bot.answers.help import help_answer
from bot.answers.model import Answer, Citation
from bot.answers.suggest import Suggester, plain_asker
from bot.answers.weights import load_weights
from bot.answers.world import World
from bot.facts.store.reader import KnowledgeBase
from bot.language import lexicon, pipeline
from bot.language.gazetteer import Gazetteer
from bot.language.spelling import Speller
from bot.log import QuestionLog
from bot.questions.followup import Completed, Turn, complete, pair_after
from bot.questions.query import Query, Term
from bot.questions.referents import and_earlier, referents_of
from bot.questions.steps import two_steps
from bot.questions.understand import NotUnderstood, Understanding, tidy
from bot.resources import intents_folder

__all__ = ["Answer", "Bot", "Citation", "Conversation"]


class Bot:
    """Answers questions from one knowledge base. Safe to share between threads: asking changes nothing but caches."""

    def __init__(
        self,
        kb: KnowledgeBase,
        *,
        min_confidence: float | None = None,
        intents: Path | None = None,
        log: QuestionLog | None = None,
    ) -> None:
        self.kb = kb
        self.min_confidence = min_confidence
        self._log = log
        words = lexicon.load()
        self._nlp = pipeline.load()
        self._lock = RLock()  # suggestions are asked for inside a turn
        gazetteer = kb.gazetteer()
        self.world = World(kb, gazetteer, words)
        self.weights = load_weights()
        vocabulary = kb.vocabulary()
        headers = {word: 1 for word in self.world.columns() if word not in vocabulary}
        spelt = {**headers, **vocabulary, **_names_written(gazetteer, vocabulary)}
        self._understanding = Understanding(
            self._nlp,
            gazetteer,
            Speller(spelt, words),
            words,
            intents or intents_folder(),
            vocabulary.__contains__,
        )
        asker = plain_asker(self._understanding, self.world, self.weights, min_confidence)
        self._suggester = Suggester(self.world, asker)

    @classmethod
    def open(
        cls,
        kb: Path | str | None = None,
        *,
        min_confidence: float | None = None,
        intents: Path | None = None,
        log: Path | str | None = None,
    ) -> Self:
        """A bot on the base in the file ``kb``, or on the bundled corpus (built at first use, kept in the user's
        cache).

        min_confidence: answers less certain are held back. intents: a folder of intents instead of the bundled one.
        log: a file that each question is appended to, with its status and why it went unanswered; none by default.
        Raises KnowledgeBaseError where the file is missing, damaged, or not a knowledge base, IntentError where the
        intents do not validate, LogError where the log cannot be written.
        """
        kept = QuestionLog(log) if log is not None else None
        if kb is None:
            from bot.facts.cache import bundled_base

            kb = bundled_base()
        return cls(KnowledgeBase.open(Path(kb)), min_confidence=min_confidence, intents=intents, log=kept)

    def ask(self, text: str) -> Answer:
        """Answer one question on its own."""
        return self.turn(text, None)[0]

    def conversation(self) -> Conversation:
        """A conversation, in which a question may lean on the one before."""
        return Conversation(self)

    def parse(self, text: str) -> Query | NotUnderstood:
        """How a question is read, without looking anything up."""
        with self._lock:
            return self._understanding.understand(text)

    def names(self) -> tuple[str, ...]:
        """Names of the entities that the documents mention, sorted."""
        mentioned = self.kb.mentions()
        return tuple(sorted({self.world.name_of(entity) for entity in mentioned}))

    def suggestions(self, limit: int = 5) -> tuple[str, ...]:
        """Questions that have answers here, over the documents in turn; each was asked and answered before it is
        given."""
        with self._lock:
            return self._suggester.starters(limit)

    def _suggestions_for(self, query: Query) -> tuple[str, ...]:
        """Questions that have answers, about what the question named; others where nothing is said of that."""
        entities = tuple(dict.fromkeys(e for t in query.terms for e in t.entities))
        terms = tuple(dict.fromkeys(t.lemma for t in query.terms if not t.entities and t.pos == "n"))
        return self._suggester.about(entities, terms, 3) or self._suggester.starters(3)

    def turn(self, text: str, before: Turn | None) -> tuple[Answer, Turn | None]:
        """Answer a line in the light of the turn before; RETURNS the answer and the turn to remember."""
        with self._lock:
            answer, after = self._turn(text, before)
            if self._log is not None:
                self._log.note(answer, *_asked(answer, before, after))
            return answer, after

    @property
    def log_problem(self) -> str:
        """Why questions are not logged though a log was asked for; empty where all is well."""
        return self._log.problem if self._log is not None else ""

    def _turn(self, text: str, before: Turn | None) -> tuple[Answer, Turn | None]:
        line = tidy(text)
        if before is not None and len(line.split()) <= 5 and self._understanding.is_help(line):
            return help_answer(line, self), before
        completed = complete(line, before, self._type_of, self._terms_of, self._understanding.parse)
        if completed.unclear and before is not None:
            return unclear(line, before.text), before
        query = self._query(completed)
        if isinstance(query, NotUnderstood):
            offered = self._suggester.holding(query.offers) or self.suggestions(3)
            return replace(not_understood(line, query.kind, query.detail, offered), trace=query.trace), before
        if query.lookup == "help":
            return help_answer(line, self), before
        completed, query, answer = self._likeliest(completed, query, line)
        if answer.status == "not_stated":
            answer = replace(answer, suggestions=self._suggestions_for(query))
        elif answer.status == "ambiguous":
            answer = replace(answer, suggestions=self._suggester.holding(answer.suggestions))
        return answer, self._remembered(completed, query, answer, before)

    def _query(self, completed: Completed) -> Query | NotUnderstood:
        """The query of a completed line: made already, or read from its words."""
        query = completed.query or self._understanding.understand(completed.text)
        if isinstance(query, NotUnderstood) or not completed.note or completed.query is not None:
            return query
        if completed.asked:
            again = complete(completed.asked, Turn(completed.text, query), self._type_of, self._terms_of)
            query = again.query or query
        return replace(query, trace=(completed.note, *query.trace))

    def _likeliest(self, completed: Completed, query: Query, line: str) -> tuple[Completed, Query, Answer]:
        """The answer to the likeliest reading of a line; where that has none, to the next that has one."""
        answer = self._answer(replace(query, text=line), completed)
        for other in completed.others:
            if answer.status != "not_stated":
                break
            read = self._query(other)
            if isinstance(read, NotUnderstood) or read.lookup == "help":
                continue
            found = self._answer(replace(read, text=line), other)
            if found.status == "answered":
                return other, read, found
        return completed, query, answer

    def _answer(self, query: Query, completed: Completed) -> Answer:
        """The answer to a query, in two steps where it has none in one."""
        answer = with_confidence(
            answer_query(query, self._understanding.intents[query.intent], self.world, self.weights),
            self.min_confidence,
        )
        if answer.status == "not_stated":
            answer = self._in_two_steps(query) or answer
        if answer.status == "answered" and completed.part_of and repeats(answer.values, completed.part_of):
            return no_part(answer, completed.part_of)
        return answer

    def _remembered(self, completed: Completed, query: Query, answer: Answer, before: Turn | None) -> Turn:
        referents = referents_of(query, answer.values, self.world.name_of, self._type_of)
        if before is not None and completed.note:
            referents = and_earlier(referents, before.referents)
        return Turn(
            completed.text,
            query,
            answer.values,
            answer.answer,
            self._topics(query, answer),
            referents,
            completed.topic,
            answer.suggestions if answer.status in ("ambiguous", "not_stated") else (),
            completed.text if completed.query is not None else completed.asked,
            completed.note,
            pair_after(query, answer.values, before),
        )

    def _in_two_steps(self, query: Query) -> Answer | None:
        """Ask for what a relative clause describes, then the question with that in its place; None unless both are
        answered. The citations are those of both steps."""
        steps = two_steps(query)
        first = self._plain(steps.inner) if steps is not None else None
        if steps is None or first is None or len(first.values) != 1:
            return None
        text = query.sentence.text
        rest = f"{text[: steps.start]}{first.values[0]}{text[steps.end :]}"
        second = self._plain(rest)
        if second is None:
            return None
        note = f"two steps: “{steps.inner}” is {first.values[0]}, then “{rest}”"
        citations = tuple(dict.fromkeys((*second.citations, *first.citations)))[:4]
        confidence = first.confidence * second.confidence
        trace = (note, *first.trace, *second.trace)
        return replace(second, question=query.text, citations=citations, confidence=confidence, trace=trace)

    def _plain(self, text: str) -> Answer | None:
        """The answer to a question that must stand on its own; None where it has none."""
        query = self._understanding.understand(text)
        if isinstance(query, NotUnderstood) or query.lookup == "help":
            return None
        answer = answer_query(query, self._understanding.intents[query.intent], self.world, self.weights)
        return answer if answer.status == "answered" else None

    def _topics(self, query: Query, answer: Answer) -> tuple[str, ...]:
        """Names for a later pronoun: those of the question first, then the answer's values."""
        named = [t for t in query.terms if t.entities] or [
            t for t in query.terms if t.pos == "n" and t.place in ("argument", "gap")
        ]
        order = sorted(
            named,
            key=lambda t: (t.place != "argument", not (t.argument >= 0 and query.arguments[t.argument].role == "subj")),
        )
        names = [self.world.name_of(t.entities[0]) if t.entities else f"the {t.text}" for t in order]
        values = [v for v in answer.values if v not in ("yes", "no") and len(v) < 80]
        return tuple(dict.fromkeys((*names, *values)))

    def _type_of(self, term: Term) -> str:
        if term.entities:
            return self.world.type_of(term.entities[0])
        if term.value is not None:
            return term.value.kind
        return "/".join(sorted(self.world.types(term.lemma)))

    def _terms_of(self, fragment: str) -> tuple[Term, ...]:
        for text in (fragment, f"the {fragment}"):  # *purchases* alone reads as a verb
            read = self._understanding.understand(text)
            terms = () if isinstance(read, NotUnderstood) else read.terms
            found = tuple(t for t in terms if t.pos in ("n", "m", "a"))
            if found:
                return found
        return ()


def _names_written(gazetteer: Gazetteer, vocabulary: Mapping[str, int]) -> dict[str, int]:
    """Words of names in their own capitals, as often as the base has them: what can correct a capitalised word."""
    written = {word for _, name, how in gazetteer.names() if how != "acronym" for word in name.split()}
    return {w: vocabulary[w.lower()] + 1 for w in sorted(written) if w[:1].isupper() and w.lower() in vocabulary}


def _asked(answer: Answer, before: Turn | None, after: Turn | None) -> tuple[str, str]:
    """The question as a log tells it: completed, and the one before where it leans on that without saying so in words
    (*And when?* keeps the reading of the question before)."""
    if after is None or after is before:
        return answer.question, ""
    kept = before is not None and before.query and after.query and before.query.sentence is after.query.sentence
    return after.text, before.text if before is not None and kept and after.text == answer.question else ""


@dataclass
class Conversation:
    """Questions one after the other; ``state`` is what the next one can lean on."""

    bot: Bot
    turn: Turn | None = None

    def ask(self, text: str) -> Answer:
        """Answer a line, which may lean on the turn before."""
        answer, self.turn = self.bot.turn(text, self.turn)
        return answer

    def reset(self) -> None:
        """Forget the turn before."""
        self.turn = None

    @property
    def state(self) -> str:
        """What the next question can lean on, in words."""
        return "nothing yet" if self.turn is None else str(self.turn)
