"""Makes keys of words."""

from django.utils.text import slugify


def key_of(words: str, most: int) -> str:
    """Return a key of at most so many letters, cut between words where there is a place to; empty for Chinese alone."""
    whole = slugify(words)
    if len(whole) <= most:
        return whole.strip("-")
    cut = whole[: most + 1]
    return (cut.rpartition("-")[0] or cut[:most]).strip("-")
