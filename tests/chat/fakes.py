"""A bot of three sentences: answers by table, so that the session can be tested without parsing anything."""

from __future__ import annotations

from bot.answers.model import Answer, Citation, Reason
from bot.documents.model import Passage
from bot.errors import CitebotError
from bot.facts.model import Argument, Context, Fact
from bot.facts.store.records import StoredDocument, StoredFact, StoredSentence
from bot.language.sentence import Sentence

TEXT = "Loans last three weeks."
CITATION = Citation("rules.md", "Rules", ("Loans", "Length"), 10, 10 + len(TEXT), TEXT)

ANSWERED = Answer(
    "How long do loans last?",
    "answered",
    "Loans last three weeks.",
    ("three weeks",),
    "how_long",
    "duration",
    0.93,
    (CITATION,),
    trace=("read as a question of how long", "matched last(subj=loans)"),
    query="gap last(subj=loans, duration=?duration)",
)
REFUSED = Answer(
    "Who wrote the rules?",
    "not_stated",
    "You ask who wrote the rules. The documents do not say.",
    reason=Reason("no_such_fact", "no sentence says who wrote them"),
    suggestions=("How long do loans last?",),
)


def _argument(role: str, text: str) -> Argument:
    return Argument(role, text, 0, (0,), 10, 10 + len(text))


class FakeBase:
    """One document, one sentence, two facts."""

    sentence_count = 1

    def documents(self) -> tuple[StoredDocument, ...]:
        return (StoredDocument("rules.md", "Rules", "markdown", "0" * 64, (), 0, 0),)

    def facts(self) -> tuple[StoredFact, ...]:
        last = Fact("last", "v", "last", (1,), (_argument("subj", "Loans"), _argument("obj", "three weeks")))
        cost = Fact("cost", "v", "cost", (1,), (_argument("subj", "Cards"), _argument("obj", "nothing")))
        return StoredFact(0, 0, last), StoredFact(1, 0, cost)

    def sentence(self, number: int) -> StoredSentence:
        sentence = Sentence(TEXT, 10, 10 + len(TEXT), ())
        passage = Passage(10, 10 + len(TEXT), "paragraph", ("Loans", "Length"))
        return StoredSentence(
            number, sentence, Context("rules.md", "Rules", ("Loans", "Length")), passage, (), None, None
        )


class FakeConversation:
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ask(self, text: str) -> Answer:
        self.asked.append(text)
        if text == "fail":
            raise CitebotError("the base is gone.\nBuild it again.")
        if text == "interrupt":
            raise KeyboardInterrupt
        return ANSWERED if "loan" in text.casefold() else REFUSED


class FakeBot:
    """Fits :class:`bot.chat.ports.ChatBot`."""

    def __init__(self) -> None:
        self.kb = FakeBase()
        self.conversations: list[FakeConversation] = []

    def conversation(self) -> FakeConversation:
        self.conversations.append(FakeConversation())
        return self.conversations[-1]

    def suggestions(self, limit: int) -> tuple[str, ...]:
        return ("How long do loans last?", "What do cards cost?", "Who may borrow?")[:limit]

    def names(self) -> tuple[str, ...]:
        return ("Library Board", "Lending Office", "The Reading Room")
