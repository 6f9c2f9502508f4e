"""The words of records in both languages as one text: how they are indexed, and how a search finds them.

Two indexes answer a search. Trigrams find parts of words and words with a slip of the pen. A database whose
`lc_ctype` is C forms no trigrams of Chinese, and none forms any of a word of two characters; so the characters
themselves are indexed beside them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BooleanField, Expression, FloatField, Func, Model, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, Upper

MOST_LETTERS: Final = 100
MOST_WORDS: Final = 8
SHORTEST_WITH_TYPOS, SHORTEST_WITH_HALVES = 4, 6
LIKELY: Final = 0.37
"""The word similarity of two letters that changed places in a word of seven; PostgreSQL's own bound is 0.6."""
HELD, IN_TITLE, WHOLE = 0.6, 0.2, 0.2
"""What counts for how much in a likeness: holding the words, holding them in the title, being little else."""

_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-])*")
_CHINESE = re.compile(r"[^\u0000-\u2e7f]")
_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


class Characters(Func):
    """The characters of a text beyond ASCII, each by itself."""

    template = "string_to_array(regexp_replace(%(expressions)s, '[ -~]+', '', 'g'), NULL)"
    output_field = ArrayField(TextField())


def sides(bilingual: Iterable[str], *plain: str) -> Concat:
    """Return the English and the Chinese side of bilingual fields, and plain columns, as one text."""
    text = TextField()
    nothing, space = Value("", output_field=text), Value(" ", output_field=text)
    parts: list[Expression] = [
        Coalesce(KT(f"{name}__{code}"), nothing) for name in bilingual for code in ("en", "zh-hans")
    ]
    parts += [Cast(column, text) for column in plain]
    spaced = [piece for part in parts for piece in (part, space)]
    return Concat(*spaced[:-1], output_field=text)


def words(bilingual: Iterable[str], *plain: str) -> Upper:
    """Return `sides` in capitals, as the indexes keep them."""
    return Upper(sides(bilingual, *plain))


def words_index(name: str, bilingual: Iterable[str], *plain: str) -> GinIndex:
    """Return the trigram index of `words`."""
    return GinIndex(OpClass(words(bilingual, *plain), name="gin_trgm_ops"), name=name)


def characters_index(name: str, bilingual: Iterable[str], *plain: str) -> GinIndex:
    """Return the index of the characters of `words`, by which Chinese is found."""
    return GinIndex(Characters(words(bilingual, *plain)), name=name)


def words_of(alias: str, model: type[Model], bilingual: Sequence[str], *plain: str) -> str:
    """Return `words` of a model's rows under another name as SQL, letter for letter as the index has them.

    For queries written by hand: an expression that differs in one parenthesis is weighed row by row, without the index.
    """
    text = _texts(model, tuple(bilingual), plain)[0]
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 (Django's public name for it)
    with connection.cursor() as cursor:
        return str(cursor.mogrify(text.sql, text.given)).replace(f"{table}.", f"{alias}.")


def parts_of(said: str) -> list[str]:
    """Return the words that somebody typed, in capitals, wide letters made narrow; no more than are looked for."""
    return said.replace("\x00", "")[:MOST_LETTERS].translate(_WIDE).upper().split()[:MOST_WORDS]


def likest(
    rows: QuerySet[Any, Any], said: str, bilingual: Sequence[str], *plain: str, title: Sequence[str] = ()
) -> QuerySet[Any, Any]:
    """Return the rows that hold every word, the likest first, each with its `likeness` from 0 to 1.

    A Latin word of four letters or more is also found with a slip of the pen. `bilingual` and `plain` are those of
    the indexes; what stands in the fields of `title` makes a row likelier.
    """
    parts = parts_of(said)
    if not parts:
        return rows.none()
    model: type[Model] = rows.model
    text, characters = _texts(model, tuple(bilingual), plain)
    called = _texts(model, tuple(title or bilingual), ())[0] if title or bilingual else text
    held = _joined(" AND ", [_holds(part, text, characters) for part in parts])
    likeness = _likeness(parts, text, called)
    score = RawSQL(likeness.sql, likeness.given, FloatField())  # noqa: S611 (words are parameters)
    found: QuerySet[Any, Any] = rows.filter(RawSQL(held.sql, held.given, BooleanField()))  # noqa: S611 (the same)
    liked: QuerySet[Any, Any] = found.annotate(likeness=score)
    return liked.order_by("-likeness", "pk")


@dataclass(frozen=True, slots=True)
class _Sql:
    """A piece of SQL with its parameters. Written out, since Django takes longer to build it than PostgreSQL to run."""

    sql: str
    given: tuple[Any, ...] = ()

    def then(self, sql: str, *given: Any) -> "_Sql":
        """Return this with more behind it."""
        return _Sql(self.sql + sql, (*self.given, *given))


@cache
def _texts(model: type[Model], bilingual: tuple[str, ...], plain: tuple[str, ...]) -> tuple[_Sql, _Sql]:
    """Return `words` and their characters of a model's rows, word for word as the indexes keep them."""
    text = words(bilingual, *plain)
    query = model._default_manager.annotate(found_text=text, found_characters=Characters(text)).query  # noqa: SLF001 (Django's public name for it)
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    pieces = [compiler.compile(query.annotations[name]) for name in ("found_text", "found_characters")]
    return _Sql(pieces[0][0], tuple(pieces[0][1])), _Sql(pieces[1][0], tuple(pieces[1][1]))


def _joined(by: str, pieces: Sequence[_Sql]) -> _Sql:
    return _Sql(by.join(f"({one.sql})" for one in pieces), tuple(value for one in pieces for value in one.given))


def _like(text: _Sql, part: str) -> _Sql:
    """Hold where the text has the word."""
    return text.then(" LIKE %s", "%" + re.sub(r"([\\%_])", r"\\\1", part) + "%")


def _holds(part: str, text: _Sql, characters: _Sql) -> _Sql:
    """Hold for rows with the word; by the index of characters where it is Chinese, else by trigrams."""
    as_typed = _like(text, part)
    if chinese := _CHINESE.findall(part):
        return _joined(" AND ", [characters.then(" @> %s::text[]", sorted(set(chinese))), as_typed])
    return _joined(" OR ", [as_typed, _mistyped(part, text)]) if _may_be_mistyped(part) else as_typed


def _may_be_mistyped(part: str) -> bool:
    return len(part) >= SHORTEST_WITH_TYPOS and not _CHINESE.search(part) and _LETTERS.fullmatch(part) is not None


def _mistyped(part: str, text: _Sql) -> _Sql:
    """Hold for rows with a word that differs by a slip: it leaves one half as it was, and most trigrams."""
    if len(part) < SHORTEST_WITH_HALVES:
        return text.then(" %%> %s", part)
    half = len(part) // 2
    halves = _joined(" OR ", [_like(text, part[:half]), _like(text, part[half:])])
    return _joined(" AND ", [halves, _similar(part, text).then(" >= %s", LIKELY)])


def _similar(part: str, text: _Sql) -> _Sql:
    return _Sql(f"word_similarity(%s, {text.sql})", (part, *text.given))


def _likeness(parts: Sequence[str], text: _Sql, called: _Sql) -> _Sql:
    """Return how like a row is: its words, whether the title has them, and how little else the title says."""
    pieces: list[_Sql] = []
    for part in parts:
        sure = _Sql("1.0")
        held = _case(_like(text, part), sure, _similar(part, text)) if _may_be_mistyped(part) else sure
        pieces.append(held.then(" * %s", HELD / len(parts)))
        pieces.append(_case(_like(called, part), _Sql("%s", (IN_TITLE / len(parts),)), _Sql("0")))
    whole = " ".join(parts)
    share = _Sql(f"%s::float8 / (length({called.sql}) + %s)", (WHOLE * len(whole), *called.given, len(whole)))
    return _joined(" + ", [*pieces, _case(_like(called, whole), share, _Sql("0"))]).then("::float8")


def _case(when: _Sql, then: _Sql, other: _Sql) -> _Sql:
    sql = f"CASE WHEN {when.sql} THEN {then.sql} ELSE {other.sql} END"
    return _Sql(sql, (*when.given, *then.given, *other.given))
