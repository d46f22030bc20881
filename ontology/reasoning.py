"""Reasoning: whether statements can be true together.

HermiT (its program comes with owlready2, and needs Java) decides; it says yes or no and nothing more:
``ontology.clashes`` looks for what explains a no. A reasoner that could not run is told apart from both.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import Literal, RdfFormat, Triple, serialize

from ontology import NAMESPACES

MEMORY = 2000
"""Megabytes that the reasoner may take."""
SECONDS = 600
"""How long it may take."""

_HERMIT = "org.semanticweb.HermiT.cli.CommandLine"
_INCONSISTENT = "InconsistentOntologyException"
# HermiT knows the datatypes of OWL 2 only; what a text says contradicts nothing.
_KEPT_DATATYPES = frozenset(NAMESPACES["xsd"] + name for name in ("integer", "boolean"))


class Verdict(StrEnum):
    """What came of asking the reasoner."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """The reasoner's answer: ``why`` it did not run, or which classes can have no member."""

    verdict: Verdict
    why: str = ""
    empty_classes: tuple[str, ...] = ()
    triples: int = 0
    seconds: float = 0.0


def find_java() -> str | None:
    """Return the Java program: of JAVA_HOME if that is set, or on the PATH."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which(str(Path(home) / "bin" / "java")) if home else shutil.which("java")


def reason(triples: Iterable[Triple], *, seconds: float = SECONDS) -> Reasoned:
    """Ask HermiT whether ``triples`` can be true together.

    Texts and dates are left out: no rule of the ontology speaks of them.
    """
    kept = [triple for triple in triples if _matters(triple)]
    java, folder = find_java(), _hermit_folder()
    if java is None:
        return Reasoned(verdict=Verdict.NOT_RUN, why="Java was not found: install Java 11 or later, or set JAVA_HOME")
    if folder is None:
        return Reasoned(verdict=Verdict.NOT_RUN, why="HermiT was not found: install owlready2")
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "asked.nt"
        serialize(kept, str(path), format=RdfFormat.N_TRIPLES)
        answer = _run(java, folder, path, seconds)
    verdict, why, empty = answer
    return Reasoned(verdict=verdict, why=why, empty_classes=empty, triples=len(kept), seconds=time.monotonic() - start)


def _matters(triple: Triple) -> bool:
    value = triple.object
    return not isinstance(value, Literal) or value.datatype.value in _KEPT_DATATYPES


def _hermit_folder() -> Path | None:
    spec = find_spec("owlready2")
    folder = Path(spec.origin).parent / "hermit" if spec and spec.origin else None
    return folder if folder and (folder / "HermiT.jar").is_file() else None


def _run(java: str, folder: Path, path: Path, seconds: float) -> tuple[Verdict, str, tuple[str, ...]]:
    classpath = os.pathsep.join([str(folder), str(folder / "HermiT.jar")])
    command = [java, f"-Xmx{MEMORY}M", "-Dfile.encoding=UTF-8", "-cp", classpath, _HERMIT, "-U", path.as_uri()]
    try:
        done = subprocess.run(  # noqa: S603 -- the program is Java, its arguments are ours
            command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return Verdict.NOT_RUN, f"HermiT was stopped after {seconds:.0f} s: ask for fewer documents", ()
    except OSError as error:
        return Verdict.NOT_RUN, f"Java could not be started: {error.strerror}", ()
    if done.returncode == 0:
        empty = tuple(sorted(set(re.findall(r"^\t<?(\S+?)>?$", done.stdout, re.MULTILINE)) - {"owl:Nothing"}))
        return Verdict.CONSISTENT, "", empty
    if _INCONSISTENT in done.stderr:
        return Verdict.INCONSISTENT, "", ()
    words = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    return Verdict.NOT_RUN, f"Java or HermiT failed ({done.returncode}): {words[0] if words else 'no message'}", ()
