"""Timings to look at, never assertions: ``python -m tests.benchmarks.ask``, ``.build`` and ``.startup``."""
