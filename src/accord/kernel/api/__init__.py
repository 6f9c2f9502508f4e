"""The API's machinery: doors, guard, problems, versions, keys, allowance, description.

A context's `api.py` imports from here what its doors are made of; `accord.config.api` puts the contexts together.
"""

from accord.kernel.api._guard import MULTIPART, READ, WRITE, ApiRequest, Door, TokenActor
from accord.kernel.api._once import mark_of
from accord.kernel.api._throttle import take
from accord.kernel.api._versions import expected, expected_or_new
from accord.kernel.api.api import Api
from accord.kernel.api.doors import ApiOperation, Router
from accord.kernel.api.problems import point, wrong_field, wrong_parameter
from accord.kernel.api.shapes import (
    Created,
    Data,
    Day,
    Detail,
    Key,
    NothingSent,
    Number,
    Page,
    Problem,
    PromiseKey,
    ProseSent,
    ReasonSent,
    Sent,
    Shown,
    Text,
    Words,
    WordsSent,
)

__all__ = [
    "MULTIPART",
    "READ",
    "WRITE",
    "Api",
    "ApiOperation",
    "ApiRequest",
    "Created",
    "Data",
    "Day",
    "Detail",
    "Door",
    "Key",
    "NothingSent",
    "Number",
    "Page",
    "Problem",
    "PromiseKey",
    "ProseSent",
    "ReasonSent",
    "Router",
    "Sent",
    "Shown",
    "Text",
    "TokenActor",
    "Words",
    "WordsSent",
    "expected",
    "expected_or_new",
    "mark_of",
    "point",
    "take",
    "wrong_field",
    "wrong_parameter",
]
