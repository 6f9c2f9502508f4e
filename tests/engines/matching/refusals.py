"""What a reader may do with any input at all: return a market, or refuse it in words."""

from collections.abc import Callable

from accord.engines.matching import Market, MarketError, digest


def digest_or_words(read: Callable[[], Market]) -> str:
    """Return the digest of what was read, or the refusal in both languages; let every other error through."""
    try:
        return digest(read())
    except MarketError as error:
        return f"{error.words('en')} {error.words('zh-hans')}"
