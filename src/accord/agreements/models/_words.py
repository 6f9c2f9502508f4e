"""The words of a record in both languages as one text, so that one index finds them in either."""

from collections.abc import Iterable

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import Expression, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, Upper


def words(bilingual: Iterable[str], *plain: str) -> Upper:
    """Return the sides of bilingual fields and the plain columns as one text in capitals, as the index keeps it."""
    text = TextField()
    nothing, space = Value("", output_field=text), Value(" ", output_field=text)
    sides: list[Expression] = [
        Coalesce(KT(f"{name}__{code}"), nothing) for name in bilingual for code in ("en", "zh-hans")
    ]
    sides += [Cast(name, text) for name in plain]
    spaced = [part for side in sides for part in (side, space)]
    return Upper(Concat(*spaced[:-1], output_field=text))


def words_index(name: str, bilingual: Iterable[str], *plain: str) -> GinIndex:
    """Return the trigram index of `words`."""
    return GinIndex(OpClass(words(bilingual, *plain), name="gin_trgm_ops"), name=name)
