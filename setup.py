"""The packages of the wheel; everything else is in ``pyproject.toml``, which can name packages or find them, not both.

``knowledge/`` and ``intents/`` go into the package, so that an ordinary install has them (see ``bot/resources.py``).
"""

from setuptools import find_packages, setup

BUNDLED = {"bot._knowledge": "knowledge", "bot._intents": "intents"}

setup(packages=[*find_packages(include=["bot", "bot.*"]), *BUNDLED], package_dir=BUNDLED)
