"""What a LaTeX file says before its text: its language, and short commands of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archiver.manuscripts.formats.latex.words import LANGUAGES, SHORTHANDS

_OWN = re.compile(
    r"\\(?:re|provide)?(?:new)?command\*?\s*\{?\s*\\(?P<name>[a-zA-Z]+)\s*\}?\s*(?:\[(?P<count>\d)\]\s*)?\{(?=(?P<body>[^\n]{0,200}))"
)
_WRAPPED = re.compile(r"\{?\\(?P<name>[a-zA-Z]+\*?)\{#1\}\}?")
_QUOTING = re.compile(r"(?:``|“|\"|«|„|\"`|\\glqq\{?\}?\s*)#1(?:''|”|\"|»|“|\"'|\\grqq\{?\}?)")
_OPTIONS = re.compile(
    r"\\(?:documentclass|usepackage|set(?:default|main)language)\s*(?:\[([^\]\n]{0,500})\])?\s*\{([^{}\n]{0,200})\}"
)
_LANGUAGE_PACKAGES = frozenset({"babel", "polyglossia", "csquotes"})
_BIBLIOGRAPHIES = re.compile(
    r"\\(?:bibliography|addbibresource|addglobalbib)\s*(?:\[[^\]\n]{0,200}\])?\s*\{([^{}]{1,2000})\}"
)
_MAGIC = re.compile(r"(?:main\s*=\s*)?([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Preamble:
    """``signs`` are commands that stand for words, ``same`` commands that do what another one does (``enquote`` for ``\\q``)."""

    language: str | None = None
    shorthands: bool = False
    signs: dict[str, str] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)


def read_preamble(source: str) -> Preamble:
    """Reads all of the file that stands before its text."""
    source = re.sub(r"(?<!\\)%[^\n]*", "", source)
    signs: dict[str, str] = {}
    same: dict[str, str] = {}
    for own in _OWN.finditer(source):
        body = _inside(own["body"])
        if body is None:
            continue
        wrapped = _WRAPPED.fullmatch(body)
        if own["count"] == "1" and (wrapped or _QUOTING.fullmatch(body)):
            same[own["name"]] = wrapped["name"].rstrip("*") if wrapped else "enquote"
        elif own["count"] is None and not re.search(r"[\\#$]", body):
            signs[own["name"]] = body.replace("~", "\u00a0").replace("{", "").replace("}", "")
    languages = _languages(source)
    return Preamble(languages[-1] if languages else None, bool(SHORTHANDS & set(languages)), signs, same)


def asked_for(source: str) -> list[str]:
    """The names of bibliographies as a file asks for them, one or several in each."""
    return _BIBLIOGRAPHIES.findall(re.sub(r"(?<!\\)%[^\n]*", "", source))


def _inside(body: str) -> str | None:
    depth = 0
    for at, character in enumerate(body):
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return body[:at]
    return None


def _languages(source: str) -> list[str]:
    """The languages that are asked for; babel's main one is the last."""
    found: list[str] = []
    for use in _OPTIONS.finditer(source):
        options, package = use[1] or "", use[2].strip()
        names = options.split(",") if package in _LANGUAGE_PACKAGES or "documentclass" in use[0] else []
        if "language" in use[0].partition("{")[0]:
            names = [package]
        for name in names:
            option = _MAGIC.fullmatch(name.strip())
            if option and option[1] in LANGUAGES:
                if "main" in name:
                    return [LANGUAGES[option[1]]]
                found.append(LANGUAGES[option[1]])
    return found
