"""Compile the patterns of ``predicates.toml`` into ``predicates.json``, after every change of them.

python -m bot.language.lexicon.compile_frames
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

from bot.language import lexicon
from bot.language.lexicon.compiled_frames import COMPILED, SOURCE, digest_of, rows_of
from bot.language.lexicon.frames import load_frames
from bot.language.lexicon.tables import PACKAGE


def compile_frames() -> bytes:
    """What ``predicates.json`` should hold."""
    found = lexicon.load()
    rows = rows_of(load_frames(found.participle_of, found.words.sets["prepositions"]))
    source = resources.files(PACKAGE).joinpath("data", SOURCE).read_bytes()
    content = {"source": digest_of(source), "frames": rows}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def main() -> None:
    """Write ``predicates.json`` beside the patterns."""
    target = Path(__file__).parent / "data" / COMPILED
    target.write_bytes(compile_frames())
    print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
