"""The files browsers get: small, whole, from here alone."""

import gzip
import hashlib
import re
from pathlib import Path

import accord.ui

STATIC = Path(accord.ui.__file__).parent / "static" / "ui"
CSS = (STATIC / "accord.css").read_text()


def channels(colour):
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def luminance(colour):
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_files_are_small():
    assert len(gzip.compress(CSS.encode())) <= 12_000
    assert len((STATIC / "accord.js").read_bytes()) <= 4_400


def test_htmx_is_the_file_its_note_names():
    note = (STATIC / "vendor" / "README.md").read_text()
    digest = hashlib.sha256((STATIC / "vendor" / "htmx-4.0.1.min.js").read_bytes()).hexdigest()

    assert digest in note


def test_styles_call_no_other_host_and_use_logical_directions():
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert not re.search(r"[\s;{](margin|padding|border|inset)-(left|right|top|bottom)\b", CSS)
    assert not re.search(r"[\s;{](left|right|top|bottom|width|height|text-align:\s*(left|right))\s*:", CSS)


def test_colours_have_enough_contrast_in_both_themes():
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", CSS))
    pairs = [(ink, "card") for ink in ("ink", "ink-2", "act", "good", "wary", "bad", "seal-ink")]
    pairs += [(ink, "ground") for ink in ("ink", "ink-2", "act", "good", "wary", "bad")]
    pairs += [
        ("good", "good-soft"),
        ("wary", "wary-soft"),
        ("bad", "bad-soft"),
        ("ink-2", "mute-soft"),
        ("on-act", "act"),
    ]
    for theme in (0, 1):
        for ink, ground in pairs:
            found = contrast(tokens[ink].split(", ")[theme], tokens[ground].split(", ")[theme])
            assert found >= 4.5, (ink, ground, theme, found)
        edge = contrast(tokens["edge"].split(", ")[theme], tokens["card"].split(", ")[theme])
        assert edge >= 3, (theme, edge)
