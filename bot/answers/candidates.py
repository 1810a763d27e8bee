"""What in a sentence could fill a gap: noun phrases, values, clauses of reason and manner, cells of a table row."""

from __future__ import annotations

from bot.answers.candidate import Candidate, candidate_of, names_days
from bot.answers.deeds import asks_deed, asks_fate, deeds, steps_to
from bot.answers.spans import clause, phrase
from bot.answers.times import ends_of_time, events, times_told
from bot.answers.types import CLAUSE_TYPES, VALUE_TYPES, types_of_phrase, types_of_value
from bot.answers.view import CALLING, View
from bot.answers.world import World
from bot.facts import lists
from bot.language import lexicon
from bot.language.sentence import Sentence
from bot.language.values import values_in
from bot.language.values.model import Value
from bot.questions.query import Query

ORDINALS = lists.words("ordinal_adjectives")
FEELING = "noun.feeling"
MOST_BEFORE = 3  # words before a while that belong to it
COUNTED_FROM = frozenset({"before", "after", "ago", "earlier", "later", "beforehand", "prior"})
LATER = frozenset({"later", "earlier"})  # after a while, which is then no age and no length of something
REASON_MARKS = frozenset({"because", "since", "as", "so", "to", "for", "due", "owing", "thanks"})
MANNER_MARKS = frozenset({"by", "through", "via", "using", "with", "without", "according"})


def candidates_of(query: Query, view: View, world: World) -> list[Candidate]:
    """All candidates of a sentence for the query's gap, in order of their place."""
    gap = query.gap
    assert gap is not None
    if asks_deed(query):
        return deeds(view)
    if asks_fate(query):
        return deeds(view, suffered=True)
    wanted = set(gap.types)
    found: list[Candidate] = []
    if wanted & VALUE_TYPES or gap.counted:
        values = _values(view, world, wanted, gap.noun if gap.counted else "", gap.measured, bool(query.predicate))
        if gap.noun and "duration" not in wanted:  # in what year? not four years before
            values = [c for c in values if c.value is None or c.value.kind != "duration"]
        # when does it open [at weekends]: on another day is no answer
        dayed = any(names_days(v) for v in values_in(query.sentence.text))
        found += [c for c in values if not (dayed and c.value is not None and _holds_days(c.value, values))]
        if gap.counted:
            found += _quantified(view, gap.noun)
    if not wanted or wanted - VALUE_TYPES or not gap.types:
        found += view.kept("nominals", lambda: (*_nominals(view, world), *_names_given(view)))
        if gap.role.startswith("obl:"):
            found += _gerunds(view, gap.role.removeprefix("obl:"))
    if query.predicate and gap.role in ("obj", "comp") and not wanted - {"definition"}:
        found += _complements(view)
    if wanted & CLAUSE_TYPES:
        found += _clauses(view, "reason" if "reason" in wanted else "manner")
        found += [*_adverbs(view), *steps_to(view).values()] if "manner" in wanted else []
    if "date" in wanted:
        found += [*events(view, world), *ends_of_time(view)]
        found += [] if gap.noun else times_told(view, world)  # in what year? at dusk is none
    cells = view.stored.passage.cells
    if cells:  # what reaches from one cell into the next is no phrase
        found = [c for c in found if any(cell.start <= c.start and c.end <= cell.end for cell in cells)]
    found += _cells(view, world)
    unique = {(c.tokens, c.start, c.end, c.text): c for c in found}
    return sorted(unique.values(), key=lambda c: (c.start, c.end, c.text))


def _values(view: View, world: World, wanted: set[str], counted: str, measured: str, elliptic: bool) -> list[Candidate]:
    found = []
    for value in world.values_of(view.stored.id):
        tokens = tuple(t.i for t in view.sentence if value.start <= t.start and t.end <= value.end)
        if not tokens:
            continue
        types = types_of_value(value)
        if value.kind == "duration" and view.sentence.tokens[tokens[0] - 1].text.lower() in ("every", "each"):
            types, tokens = {"frequency"}, (tokens[0] - 1, *tokens)  # a copy is made [every six hours]
        told = value.kind == "duration" and _says_when(view.sentence, tokens)
        if told:
            types = types | {"time"}
        if wanted and not types & (wanted | {"number"} if counted else wanted):
            continue
        after = {t.text.lower() for t in view.sentence.tokens[tokens[-1] + 1 : tokens[-1] + 2]}
        if told and after & LATER and not types & wanted - {"duration"}:
            continue  # at what age? two years, males [a year] later
        if _converted(view.sentence, tokens, value, world.values_of(view.stored.id)):
            continue
        head = _top(view.sentence, tokens)
        if counted and not measured and not _counts(view, world, value, head, counted, elliptic):
            continue
        if told and wanted & {"date", "time"} and not counted:
            tokens = _from_preposition(view.sentence, head, tokens)
        tokens = _of_value(view, value, tokens, counted, world)
        if names_days(value):
            tokens = _which_of_them(view.sentence, tokens)
        found.append(candidate_of(view.sentence, head, tokens, types, value=value))
    return found


def _holds_days(value: Value, beside: list[Candidate]) -> bool:
    """Whether a time is one of days, or holds days where an hour is given as well: *from 7 p.m. to 11 p.m. between
    September and April*."""
    hours = any(c.value is not None and c.value.kind == "time" and not names_days(c.value) for c in beside)
    return names_days(value) or (value.kind == "date" and hours)


def _says_when(sentence: Sentence, tokens: tuple[int, ...]) -> bool:
    """*Refunded [within five working days]*, *booked [two weeks in advance]*: a while counted from something."""
    last, end = tokens[-1] + 1, len(sentence)
    words = [sentence.tokens[i].text.lower() for i in range(max(0, tokens[0] - 1), min(last + 2, end))]
    after = words[last - max(0, tokens[0] - 1) :]
    return "within" in words[:2] or bool(COUNTED_FROM & set(after[:1])) or after == ["in", "advance"]


def _from_preposition(sentence: Sentence, head: int, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """*Must be taken [within the first six months]*: what says when has its preposition."""
    whole = tuple(i for i in clause(sentence, head) if i <= tokens[-1])
    return whole if set(tokens) <= set(whole) and len(whole) <= len(tokens) + MOST_BEFORE else tokens


def _converted(sentence: Sentence, tokens: tuple[int, ...], value: Value, values: tuple[Value, ...]) -> bool:
    """*15 kilometres (9 miles)*: what stands in brackets says the same in another unit."""
    if value.kind not in ("quantity", "money") or not value.unit or sentence.tokens[tokens[0] - 1].text != "(":
        return False
    before = sentence.tokens[tokens[0] - 2].end if tokens[0] > 1 else -1
    return any(v.end == before and v.kind == value.kind and v.unit != value.unit for v in values)


def _of_value(view: View, value: Value, tokens: tuple[int, ...], counted: str, world: World) -> tuple[int, ...]:
    """A counted value is the number alone or with its noun as written; a rate keeps what it is per (*30 cents per
    day*)."""
    while counted and len(tokens) > 1 and world.same_word(view.sentence.tokens[tokens[-1]].lemma.lower(), counted):
        tokens = tokens[:-1]
        if not (value.unit and value.kind != "quantity"):
            # thirteen [natural] reserves: what describes the counted noun goes with it
            last = max((i for i in tokens if view.sentence.tokens[i].upos == "NUM"), default=-1)
            tokens = tuple(i for i in tokens if i <= last) if last >= 0 and value.kind != "money" else tokens
    return tokens


def _which_of_them(sentence: Sentence, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """*open on the [first] Saturday [of each month]*: a day that only some of its kind are says which of them."""
    day = tokens[-1]
    ordinal = next((c.i for c in sentence.children(day, "amod") if c.lemma.lower() in ORDINALS and c.i < day), -1)
    if ordinal < 0 or ordinal < tokens[0] - 1:
        return tokens
    after = next((c for c in sentence.children(day, "nmod") if c.i > day), None)
    of = after is not None and any(case.lemma.lower() == "of" for case in sentence.children(after.i, "case"))
    last = max(sentence.subtree(after.i)) if of and after is not None else day
    return tuple(range(ordinal, last + 1))


def _top(sentence: Sentence, tokens: tuple[int, ...]) -> int:
    inside = set(tokens)
    tops = [i for i in tokens if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i]
    # *up to 10*: *up* and *10* both hang on the verb; the figure is the head
    for upos in (("NUM", "NOUN", "PROPN", "SYM"), ("NUM",)):
        named = next((i for i in (tops if len(upos) > 1 else tokens) if sentence.tokens[i].upos in upos), None)
        if named is not None:
            return named
    return tops[0] if tops else tokens[-1]


def _counts(view: View, world: World, value: Value, head: int, noun: str, elliptic: bool) -> bool:
    """Whether the number counts what is asked for: its unit, the noun it modifies, its column, or a noun left out
    (*members up to 20 items, children up to 10*)."""
    if value.kind in ("date", "time", "percent", "ordinal") or (value.kind == "duration" and noun not in value.text):
        return False
    token = view.sentence.tokens[head]
    above = view.sentence.tokens[token.head]
    nouns = {value.unit.lower()} if value.unit else set()
    # customers with five or more [licences]: a counted noun of its own stands below another
    counting = (head,) if token.upos == "NOUN" and token.rel == "nmod" else (head, above.i)
    nouns |= {
        view.sentence.tokens[i].lemma.lower() for i in counting if view.sentence.tokens[i].upos in ("NOUN", "PROPN")
    }
    if any(n and _same_kind(noun, n, world) for n in nouns):
        return True
    if any(
        cell.start <= token.start < cell.end and _same_kind(noun, world.lemma_of(cell.header), world)
        for cell in view.stored.passage.cells
    ):
        return True
    if view.stored.passage.cells:
        return False
    if _changed(view, world, head, noun):
        return True
    bare = not value.unit and token.upos == "NUM" and token.rel not in ("nummod", "compound")
    # 48,200 visitors in 2021, compared with 74,000 in 2019: counted before, and dated like the first
    values = world.values_of(view.stored.id)
    dated = any(v.kind == "date" and 0 < v.start - value.end <= len(" in ") for v in values)
    units = {v.unit.lower() for v in values if v.unit and v.kind == "quantity"} if dated else set()
    return (
        bare
        and (elliptic or any(_same_kind(noun, unit, world) for unit in units))
        and not view.stored.passage.cells
        and any(_same_kind(noun, t.lemma.lower(), world) for t in view.sentence if t.upos == "NOUN")
    )


def _changed(view: View, world: World, head: int, noun: str) -> bool:
    """*Thefts fell from 212 in 2021 to 143*: what a verb of change says of its subject counts the subject."""
    sentence = view.sentence
    verb = next((i for i in sentence.ancestors(head) if sentence.tokens[i].upos == "VERB"), None)
    if verb is None or sentence.tokens[verb].lemma.lower() not in world.lexicon.words.sets["changing"]:
        return False
    return any(_same_kind(noun, s.lemma.lower(), world) for s in sentence.children(verb, "nsubj"))


def _same_kind(noun: str, other: str, world: World) -> bool:
    if noun == other:
        return True
    relation = world.related(noun, "n", other, "n")
    return relation is not None and relation.weight >= 0.7


def _quantified(view: View, noun: str) -> list[Candidate]:
    """*Some*, *a few*, *most* before the noun that is counted are what the document says about how many."""
    found = []
    for fact in view.facts:
        for argument in fact.arguments:
            if argument.quantifier and argument.head >= 0 and view.sentence.tokens[argument.head].lemma.lower() == noun:
                words = argument.quantifier.split()
                tokens = tuple(
                    t.i
                    for t in view.sentence
                    if t.text.lower() in words and t.i < argument.head and t.i >= argument.head - 6
                )
                if tokens and argument.quantifier not in ("no", "all", "the"):
                    found.append(candidate_of(view.sentence, argument.head, tokens, {"number"}, argument=argument))
    return found


def _nominals(view: View, world: World) -> list[Candidate]:
    found = []
    for token in view.sentence:
        if token.upos not in ("NOUN", "PROPN", "PRON", "NUM", "X", "SYM") and not (
            token.upos == "ADJ" and view.entities.get(token.i)
        ):
            continue
        if token.rel in ("compound", "flat", "fixed", "goeswith") and view.spans.get(token.i, ())[-1:] != (token.i,):
            continue
        if token.upos == "PRON" and token.i not in view.antecedents:
            continue
        if token.upos == "NUM" and token.rel == "nummod":
            continue
        if token.upos == "NOUN" and view.sentence.child(token.i, "nsubj") and view.sentence.child(token.i, "obj"):
            continue  # constitutional law [concerns] the structure: a verb, whatever the tagger took it for
        span = view.spans.get(token.i)
        if span and token.i != _top(view.sentence, span):
            continue
        types = frozenset(types_of_phrase(token, view, world))
        for tokens in _extents(view, token.i):
            text = view.sentence.words(list(tokens))
            if token.i in view.antecedents:
                text = view.antecedents[token.i].text
            if text:
                start, end = view.sentence.tokens[tokens[0]].start, view.sentence.tokens[tokens[-1]].end
                found.append(Candidate(token.i, tokens, text, start, end, types))
    return found


def _names_given(view: View) -> list[Candidate]:
    """*were called "new converts"*: what is said to be a name is a phrase, whatever its words were tagged."""
    found = []
    for fact in view.facts:
        name = fact.argument("attr") if fact.predicate in CALLING else None
        if name is not None and name.head >= 0 and view.sentence.tokens[name.head].upos in ("VERB", "ADJ", "ADV"):
            found.append(candidate_of(view.sentence, name.head, name.tokens, (), nominal=True, argument=name))
    return found


def _extents(view: View, head: int) -> tuple[tuple[int, ...], ...]:
    """How far the phrase of a head may reach: with what follows it, as extraction mended it, and up to its head only
    (*courts of member states*, *courts*)."""
    whole = phrase(view.sentence, head)
    mended = _as_mended(view, head, whole)
    if _named_with_of(view.sentence, head):
        return tuple(dict.fromkeys((whole, mended)))
    return tuple(dict.fromkeys((whole, mended, phrase(view.sentence, head, keep_of=False))))


def _named_with_of(sentence: Sentence, head: int) -> bool:
    """*the Museum of Independence*: its name does not end before *of*."""
    if sentence.tokens[head].upos != "PROPN":
        return False
    after = (child for child in sentence.children(head, "nmod") if child.i > head and child.text[:1].isupper())
    return any(case.lemma.lower() == "of" for child in after for case in sentence.children(child.i, "case"))


def _as_mended(view: View, head: int, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """The phrase less what extraction found to belong elsewhere (*links [the clubs] with Norway*)."""
    arguments = [a.tokens for f in view.facts for a in f.arguments if a.head == head and a.tokens]
    shortest: tuple[int, ...] = min(arguments, key=len) if arguments else tokens
    own = set(shortest)
    kept = tuple(i for i in tokens if i in own)
    return kept if head in kept else tokens


def _clauses(view: View, kind: str) -> list[Candidate]:
    """Clauses and phrases that give a reason or a way, by their mark."""
    marks = REASON_MARKS if kind == "reason" else MANNER_MARKS
    found = []
    for token in view.sentence:
        mark = next((c for c in view.sentence.children(token.i, "mark", "case") if c.text.lower() in marks), None)
        fits = token.rel in ("advcl", "obl", "nmod", "acl") and mark is not None
        if kind == "reason" and _for_fear(view.sentence, token.i):
            found.append(candidate_of(view.sentence, token.i, clause(view.sentence, token.i), {kind}))
            continue
        if not fits or (mark is not None and mark.text.lower() in ("to", "for", "with", "as") and token.rel != "advcl"):
            continue
        found.append(candidate_of(view.sentence, token.i, clause(view.sentence, token.i), {kind}))
    return found


def _for_fear(sentence: Sentence, i: int) -> bool:
    """*dismissed him [for fear of betrayal]*: a feeling after *for* is why something was done."""
    token = sentence.tokens[i]
    cases = [c.text.lower() for c in sentence.children(i, "case")]
    return (
        token.rel in ("obl", "nmod")
        and cases == ["for"]
        and lexicon.load().supersense(token.lemma.lower(), "n") == FEELING
    )


def _complements(view: View) -> list[Candidate]:
    """*What does a red flag mean?* … *means that nobody may go out*: the clause that a verb takes."""
    found = []
    for fact in view.facts:
        for argument in fact.arguments:
            clausal = argument.head >= 0 and view.sentence.tokens[argument.head].rel in ("ccomp", "xcomp")
            if clausal and argument.tokens and argument.role in ("comp", "obj"):
                tokens = argument.tokens
                found.append(candidate_of(view.sentence, argument.head, tokens, {"definition"}, argument=argument))
    return found


def _gerunds(view: View, marker: str) -> list[Candidate]:
    """*In what does it assist them?* … *in reforming and training their forces*: what is done, after *in*."""
    found = []
    for token in view.sentence:
        marks = {c.lemma.lower() for c in view.sentence.children(token.i, "mark", "case")}
        gerund = "VerbForm=Ger" in token.feats or ("VerbForm=Part" in token.feats and "Tense=Pres" in token.feats)
        if token.upos == "VERB" and gerund and marker in marks:
            found.append(candidate_of(view.sentence, token.i, clause(view.sentence, token.i), {"activity"}))
    return found


def _adverbs(view: View) -> list[Candidate]:
    """*The packets are routed individually*: adverbs of manner beside a verb."""
    return [
        candidate_of(view.sentence, t.i, (t.i,), {"manner"})
        for t in view.sentence
        if t.upos == "ADV" and t.rel == "advmod" and t.text.lower().endswith("ly")
        if view.sentence.tokens[t.head].upos == "VERB"
    ]


def _cells(view: View, world: World) -> list[Candidate]:
    """Cells of a row: their header says what kind of thing they are; the first column's is that of the row's
    subject."""
    cells = view.stored.passage.cells
    found = []
    for cell in cells:
        tokens = tuple(t.i for t in view.sentence if cell.start <= t.start and t.end <= cell.end)
        if not tokens or cell.end <= cell.start:
            continue
        text = view.sentence.words(list(tokens))
        head = _top(view.sentence, tokens)
        headed = world.types(world.lemma_of(cell.header))
        values = [v for v in world.values_of(view.stored.id) if cell.start <= v.start and v.end <= cell.end]
        value = values[0] if values else None
        if value is not None:
            types = types_of_value(value) | (headed & VALUE_TYPES)  # 120 under Seats is no place
        else:
            types = types_of_phrase(view.sentence.tokens[head], view, world) | headed
        argument = next(
            (a for f in view.facts for a in f.arguments if f.kind == "table" and a.start == cell.start), None
        )
        found.append(
            Candidate(
                head,
                tokens,
                text,
                cell.start,
                cell.end,
                frozenset(types),
                True,
                value,
                argument,
                world.lemma_of(cell.header),
            )
        )
    return found
