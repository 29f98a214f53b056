"""The mutants of a module: small faults put into its syntax tree, each with a name that stays as long as its line does.

A module's tables count too (which networks are inside, which words deny), so faults are made at module level as well as in functions.
Left alone: annotations, decorators, docstrings, what only a type checker reads, and the words of a sentence that a person is told (raised, noted
or returned): no test states them but by repeating them. That it is told, and what is filled into it, is changed like anything else. So is left what
can change no verdict and no message: ``None`` for the ``False`` of a function that gives truth or falsehood, which is as false to all who ask
(``True`` for it is tried); ``strict=True`` of a zip, which compares lengths and gives nothing; ``repr`` and ``compare`` of a field.
"""

from __future__ import annotations

import ast
import copy
import hashlib
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

TABLE = 8
"""Constants from which a literal is a table: of one, a sample takes few."""

SENTENCE = 3
"""Words from which an f-string is a sentence."""
_WORD = re.compile(r"(?<![^ (])[A-Za-z]{2,}(?=[ ,.;:)]|$)")

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: ``name`` is the same in every run, ``first`` to ``last`` the lines of which a test has to run one, ``table`` the line of the
    literal that it is one constant of (0: of none); ``make`` gives what is compiled in the module's place."""

    name: str
    path: str
    line: int
    first: int
    last: int
    kind: str
    before: str
    after: str
    table: int
    make: Callable[[], ast.Module] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Place:
    node: ast.AST
    kind: str
    change: Callable[[ast.AST], ast.AST]
    table: int = 0


def mutants(root: Path, path: str) -> list[Mutant]:
    """All mutants of the module at ``path`` (from the root, with slashes)."""
    tree = ast.parse((root / path).read_text("utf-8"), path)
    false = {id(one) for one in _falsehoods(tree)}
    order = {id(node): number for number, node in enumerate(ast.walk(tree))}
    statements = {id(node): span for node, span in _spans(tree, (1, 1))}
    seen: dict[str, int] = {}
    made = []
    for place in _places(tree):
        if id(place.node) in false:
            continue
        before = ast.unparse(place.node)
        after = ast.unparse(ast.fix_missing_locations(place.change(copy.deepcopy(place.node))))
        if before == after:
            continue
        line = getattr(place.node, "lineno", 1)
        what = f"{path}\0{place.kind}\0{_scope(tree, place.node)}\0{before}\0{after}"
        seen[what] = seen.get(what, 0) + 1
        name = hashlib.sha256(f"{what}\0{seen[what]}".encode()).hexdigest()[:10]
        first, last = statements[id(place.node)]
        make = _maker(tree, order[id(place.node)], place.change)
        made.append(Mutant(name, path, line, first, last, place.kind, before, after, place.table, make))
    return made


def _falsehoods(tree: ast.Module) -> Iterator[ast.Return]:
    for function in ast.walk(tree):
        if (
            isinstance(function, ast.FunctionDef)
            and function.returns is not None
            and ast.unparse(function.returns) == "bool"
        ):
            yield from (
                one
                for one in ast.walk(function)
                if isinstance(one, ast.Return) and one.value is not None and ast.unparse(one.value) == "False"
            )


def _spans(node: ast.AST, around: tuple[int, int]) -> Iterator[tuple[ast.AST, tuple[int, int]]]:
    """Each node with the lines of its statement, of one that holds others with those of its head."""
    if isinstance(node, ast.stmt):
        body = getattr(node, "body", None)
        last = body[0].lineno - 1 if isinstance(body, list) and body else node.end_lineno or node.lineno
        around = (node.lineno, max(node.lineno, last))
    yield node, around
    for child in ast.iter_child_nodes(node):
        yield from _spans(child, around)


def _maker(tree: ast.Module, number: int, change: Callable[[ast.AST], ast.AST]) -> Callable[[], ast.Module]:
    def make() -> ast.Module:
        fresh = copy.deepcopy(tree)
        target = next(node for at, node in enumerate(ast.walk(fresh)) if at == number)
        new = change(target)
        for parent in ast.walk(fresh):
            for name, value in ast.iter_fields(parent):
                if value is target:
                    setattr(parent, name, new)
                elif isinstance(value, list) and any(one is target for one in value):
                    setattr(parent, name, [new if one is target else one for one in value])
        ast.copy_location(new, target)
        return ast.fix_missing_locations(fresh)

    return make


def _scope(tree: ast.Module, node: ast.AST) -> str:
    # the innermost function or class, so that a name does not hang on what stands above it
    scopes = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    line = getattr(node, "lineno", 1)
    around = [one for one in ast.walk(tree) if isinstance(one, scopes) and one.lineno <= line <= (one.end_lineno or 0)]
    return max(around, key=lambda one: one.lineno).name if around else ""


def _places(tree: ast.Module) -> Iterator[_Place]:
    yield from _walk(tree, table=0, told=False, pattern=False)


def _walk(node: ast.AST, *, table: int, told: bool, pattern: bool) -> Iterator[_Place]:
    if isinstance(node, ast.Constant) and _is_sentence(node):
        return
    yield from _faults(node, table=table, told=told, pattern=pattern)
    if not table and isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
        leaves = sum(isinstance(one, ast.Constant) for one in ast.walk(node))
        table = node.lineno if leaves >= TABLE else 0
    if isinstance(node, ast.Raise):
        told = True
    sentence = _is_sentence(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile":
        pattern = True
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        if isinstance(node, ast.If) and name == "body" and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_docstring(child) or _is_type(child) or _is_check(child):
                continue
            if sentence and isinstance(child, ast.Constant):
                continue
            yield from _walk(child, table=table, told=told, pattern=pattern)


def _is_sentence(node: ast.AST) -> bool:
    """Whether an f-string is words around what is filled in, or a string a whole sentence; a phrase that is looked for is neither."""
    if isinstance(node, ast.JoinedStr):
        words = " ".join(str(one.value) if isinstance(one, ast.Constant) else "0" for one in node.values)
        if "\n" in words or "\r" in words:  # what is recorded or signed
            return False
        return len(_WORD.findall(words)) >= SENTENCE
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        value = node.value
        return value[:1].isupper() and value.endswith(".") and len(_WORD.findall(value)) >= SENTENCE
    return False


def _is_check(node: ast.AST) -> bool:
    # a word of a call that changes nothing of what the program does
    if not isinstance(node, ast.keyword):
        return False
    return node.arg in ("repr", "compare") or (node.arg == "strict" and ast.unparse(node.value) == "True")


def _is_read(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_type(node: ast.AST) -> bool:
    # the alias of a type, the type variable, what a module gives away: read by nothing that runs
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        name, value = ast.unparse(node.targets[0]), ast.unparse(node.value)
        return (
            name == "__all__"
            or value.startswith(("TypeVar(", "Callable["))
            or (" | " in value and name[0].isupper() and not name.isupper())
        )
    return False


def _faults(node: ast.AST, *, table: int, told: bool, pattern: bool) -> Iterator[_Place]:  # noqa: C901  # a table of forms
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in _COMPARED:
            for other in _COMPARED[type(operator)]:
                yield _Place(node, "comparison", _set(ops=[other()]))
        case ast.BoolOp(op=operator):
            yield _Place(node, "and/or", _set(op=ast.Or() if isinstance(operator, ast.And) else ast.And()))
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield _Place(node, "dropped sign", lambda one: one.operand)  # type: ignore[attr-defined]
        case ast.BinOp(op=operator) if type(operator) in _RECKONED:
            yield _Place(node, "arithmetic", _set(op=_RECKONED[type(operator)]()))
        case ast.IfExp(test=test) if not isinstance(test, ast.Compare | ast.UnaryOp):
            yield _Place(node, "condition", lambda one: _set(test=ast.UnaryOp(ast.Not(), one.test))(one))  # type: ignore[attr-defined]
        case ast.Constant(value=value):
            yield from _constants(node, value, table=table, told=told, pattern=pattern)
        case ast.Return(value=ast.AST() as value) if ast.unparse(value) not in (
            "None",
            "False",
        ):  # the one is as false as the other
            yield _Place(node, "return", _set(value=ast.Constant(None)))
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.AugAssign() | ast.Delete():
            yield _Place(node, "removed", lambda _: ast.Pass())
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield _Place(node, "removed", lambda _: ast.Pass())
        case ast.Tuple(elts=rows) | ast.List(elts=rows) | ast.Set(elts=rows) if len(rows) >= TABLE and _is_read(node):
            for at, row in enumerate(rows):
                yield _Place(
                    node, f"dropped {ast.unparse(row)}", _set(elts=[*rows[:at], *rows[at + 1 :]]), table or node.lineno
                )
        case ast.Break() | ast.Continue():
            yield _Place(node, "removed", lambda _: ast.Pass())
        case ast.If(test=test) | ast.While(test=test) if not isinstance(
            test, ast.Compare | ast.UnaryOp
        ):  # those are turned round by themselves
            yield _Place(node, "condition", lambda one: _set(test=ast.UnaryOp(ast.Not(), one.test))(one))  # type: ignore[attr-defined]


def _constants(node: ast.AST, value: object, *, table: int, told: bool, pattern: bool) -> Iterator[_Place]:
    if isinstance(value, bool):
        yield _Place(node, "constant", _set(value=not value), table)
    elif isinstance(value, int) and not told:
        for other in (value + 1, value - 1):
            yield _Place(node, "constant", _set(value=other), table)
    elif isinstance(value, float):
        yield _Place(node, "constant", _set(value=value * 2 + 1), table)
    elif isinstance(value, str | bytes) and value and not told:
        whole: str | bytes = b"XX" + value + b"XX" if isinstance(value, bytes) else f"XX{value}XX"
        signs = not any(one.isalnum() for one in (value.decode("latin-1") if isinstance(value, bytes) else value))
        if not signs or len(value) == 1:
            yield _Place(node, "constant", _set(value=whole), table)
        if len(value) > 1 and (signs or pattern):  # one of several signs, or of a pattern's
            at = random.Random(repr(value)).randrange(len(value))
            yield _Place(node, "constant", _set(value=value[:at] + value[at + 1 :]), table)


def _set(**fields: object) -> Callable[[ast.AST], ast.AST]:
    def change(node: ast.AST) -> ast.AST:
        new = copy.copy(node)
        for name, value in fields.items():
            setattr(new, name, value)
        return new

    return change
