"""What is wrong with a field, in words that say how to mend it."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SENTENCES: dict[str, str | Promise] = {
    "missing": _("Give a value for this."),
    "extra_forbidden": _("There is no such field. Leave it out."),
    "string_type": _("Send a text."),
    "string_too_long": _("Shorten this to %(max_length)s characters."),
    "string_too_short": _("Write at least %(min_length)s characters."),
    "string_pattern_mismatch": _("This has another form: %(pattern)s."),
    "string_unicode": _("Send text in UTF-8."),
    "literal_error": _("Choose one of: %(expected)s."),
    "enum": _("Choose one of: %(expected)s."),
    "int_type": _("Send a whole number."),
    "int_parsing": _("Send a whole number."),
    "int_from_float": _("Send a whole number."),
    "int_parsing_size": _("Send a smaller number."),
    "float_type": _("Send a number."),
    "float_parsing": _("Send a number."),
    "decimal_type": _("Send a number, or its digits as text."),
    "decimal_parsing": _("Send a number, or its digits as text."),
    "decimal_max_digits": _("Send at most %(max_digits)s digits."),
    "decimal_max_places": _("Send at most %(decimal_places)s digits after the point."),
    "decimal_whole_digits": _("Send at most %(whole_digits)s digits before the point."),
    "finite_number": _("Send a number that is not endless."),
    "greater_than_equal": _("Send %(ge)s or more."),
    "greater_than": _("Send more than %(gt)s."),
    "less_than_equal": _("Send %(le)s or less."),
    "less_than": _("Send less than %(lt)s."),
    "bool_type": _("Send true or false."),
    "bool_parsing": _("Send true or false."),
    "date_type": _("Send a day such as 2019-09-30."),
    "date_parsing": _("Send a day such as 2019-09-30."),
    "date_from_datetime_parsing": _("Send a day such as 2019-09-30."),
    "date_from_datetime_inexact": _("Send a day such as 2019-09-30."),
    "list_type": _("Send a list."),
    "dict_type": _("Send an object."),
    "model_type": _("Send an object."),
    "model_attributes_type": _("Send an object."),
    "too_long": _("Send at most %(max_length)s of these."),
    "too_short": _("Send at least %(min_length)s of these."),
    "url_parsing": _("Send a web address such as https://example.org."),
    "url_scheme": _("Send a web address such as https://example.org."),
}


def sentence_of(error: Mapping[str, Any]) -> str:
    """Return what to do about one error that the shape of a body or parameter found."""
    known = _SENTENCES.get(str(error.get("type")))
    context = error.get("ctx") or {}
    if known is None:
        return str(context.get("error") or error.get("msg") or "")
    try:
        return str(known) % context
    except (KeyError, TypeError, ValueError):
        return str(known)
