"""Both sides of a bilingual name as one text, so that one index finds it in either language."""

from django.db.models import Expression, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat


def both_sides(name: str, *more: str) -> Concat:
    """Return the English and the Chinese side of a field, and further text columns, as one text."""
    text = TextField()
    nothing, space = Value("", output_field=text), Value(" ", output_field=text)
    sides: list[Expression] = [Coalesce(KT(f"{name}__{code}"), nothing) for code in ("en", "zh-hans")]
    sides += [Cast(column, text) for column in more]
    spaced = [part for side in sides for part in (side, space)]
    return Concat(*spaced[:-1], output_field=text)
