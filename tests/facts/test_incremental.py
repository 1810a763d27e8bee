"""A long series of edits, renames and deletions leaves nothing stale: the base equals one built afresh."""

from __future__ import annotations

import random
from pathlib import Path

from bot.facts.build import build
from bot.facts.store import KnowledgeBase

STEPS = 40
COMPARED_EACH = 4
SENTENCES = [
    "Oslo lies in Norway.",
    "The pilot boards ships.",
    "She speaks Norwegian.",
    "A tug costs 90 euros.",
    "Ann Berg leads the crew of the Orla.",
    "The crew of the Orla has 12 members.",
    "The harbour was built in 1911 by Ruth Calloway.",
    "It is closed in winter.",
    "All ferries except the Maud carry cars.",
    "The Maud links Oslo with Skerry Island.",
]


def said(kb: Path) -> list[object]:
    """Everything a base holds of its documents: texts, sentences, facts."""
    with KnowledgeBase.open(kb) as base:
        return [
            [(document.path, document.title, base.text(document.path)) for document in base.documents()],
            [(one.id, one.document, one.passage, one.sentence, one.facts) for one in base.sentences()],
            [(one.sentence, one.fact) for one in base.facts()],
        ]


def page(chance: random.Random, number: int) -> str:
    title = f"# Page {number}\n\n"
    return title + "\n\n".join(" ".join(chance.sample(SENTENCES, 3)) for _ in range(2)) + "\n"


def change(folder: Path, chance: random.Random, number: int) -> str:
    """Change one thing in the folder; RETURNS what was done."""
    present = sorted(folder.glob("*.md"))
    action = chance.choice(["write", "edit", "edit", "rename", "swap", "copy", "delete"])
    if len(present) < 2:
        action = "write"
    one, other = chance.sample(present, 2) if len(present) > 1 else (folder, folder)
    match action:
        case "write":
            (folder / f"page {number}.md").write_text(page(chance, number), encoding="utf-8")
        case "edit":
            text = one.read_text(encoding="utf-8")
            gone, new = chance.choice([s for s in SENTENCES if s in text]), chance.choice(SENTENCES)
            one.write_text(text.replace(gone, new), encoding="utf-8")
        case "rename":
            one.rename(folder / f"moved {number}.md")
        case "swap":
            first, second = one.read_bytes(), other.read_bytes()
            one.write_bytes(second)
            other.write_bytes(first)
        case "copy":
            (folder / f"copy {number}.md").write_bytes(one.read_bytes())
        case "delete":
            one.unlink()
    return action


def test_base_after_forty_changes_equals_one_from_nothing(tmp_path: Path) -> None:
    folder, kept, chance = tmp_path / "documents", tmp_path / "kept.kb", random.Random(40)
    folder.mkdir()
    done: list[str] = []
    for number in range(STEPS):
        done.append(change(folder, chance, number))
        build(folder, kept)
        if (number + 1) % COMPARED_EACH == 0:
            fresh = tmp_path / f"fresh {number}.kb"
            build(folder, fresh)
            assert said(kept) == said(fresh), done
            assert kept.read_bytes() == fresh.read_bytes(), done
    assert set(done) == {"write", "edit", "rename", "swap", "copy", "delete"}
