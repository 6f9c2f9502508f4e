"""How each vendor's robot is spoken to, and how it says no; pure functions of what is said and when.

Vendor          what all can do: the request for some lines, and what an answer means
├── WeCom       group robot: markdown, no signature, errors in a 200 body (`errcode`)
├── DingTalk    custom robot: markdown, HMAC-SHA256 in the address, errors in a 200 body (`errcode`)
├── Feishu      custom bot: text, HMAC-SHA256 in the body, errors in a 200 body (`code`)
├── Slack       incoming webhook: mrkdwn, the answer is the text `ok`
└── Teams       workflow webhook: adaptive card, 202; the older connector says errors in a 200 body
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode

from accord.outbox.enums import ChatKind
from accord.outbox.operations._web import Answer

OK = range(200, 300)
TITLE = "Accord"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a chat is told, with where to read on."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What is posted, and to which address."""

    url: str
    body: dict[str, Any]


class Vendor(Protocol):
    """A vendor's robot: which hosts it lives at, whether it can sign, what is posted, what an answer means."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return where the vendor's addresses lie; a name with a leading dot stands for all below it."""
        ...

    @property
    def signs(self) -> bool:
        """Say whether the robot can be given a secret."""
        ...

    def request(self, url: str, secret: str, lines: Sequence[Line], at: datetime) -> Request:
        """Return what to post so that the chat shows the lines."""
        ...

    def fault(self, answer: Answer) -> str:
        """Return what the vendor says against the post; empty where it was taken."""
        ...


def _hmac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode("ascii")


def _markdown(lines: Sequence[Line], most: int) -> str:
    """Return the lines as markdown, whole lines only, within so many bytes."""
    shown: list[str] = []
    for line in lines:
        text = _one_line(line.text)
        item = f"- [{_plain(text)}]({line.url})" if line.url else f"- {_plain(text)}"
        if len("\n".join([*shown, item]).encode()) > most:
            break
        shown.append(item)
    return "\n".join(shown)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Take the signs out that would make a link, a mention or a heading of somebody's words."""
    return "".join(" " if sign in "[]()<>@#*`_~|" else sign for sign in text)


def _errors_in_body(answer: Answer, *names: str) -> str:
    """Return the fault of a vendor that answers 200 and says in the body whether it took the post."""
    if answer.status not in OK:
        return answer.error or f"the answer was {answer.status}"
    try:
        said = json.loads(answer.body)
    except ValueError:
        return "the answer could not be read"
    code = next((said[name] for name in names if isinstance(said, dict) and name in said), None)
    if code == 0:
        return ""
    return f"the vendor answered {code}: {_message(said)}"


def _message(said: Any) -> str:
    """Return the vendor's own words, shortened."""
    if not isinstance(said, Mapping):
        return "no words"
    return _one_line(str(said.get("errmsg") or said.get("msg") or said.get("StatusMessage") or "no words"))[:150]


class WeCom:
    """WeCom's group robot, as "群机器人配置说明" of the WeCom developer centre has it (path 91770)."""

    hosts = ("qyapi.weixin.qq.com",)
    signs = False

    def request(self, url: str, secret: str, lines: Sequence[Line], at: datetime) -> Request:
        """Return a markdown message of at most 4,096 bytes; the address is the only key."""
        del secret, at
        return Request(url, {"msgtype": "markdown", "markdown": {"content": _markdown(lines, 4000)}})

    def fault(self, answer: Answer) -> str:
        """Return the fault; `errcode` is 0 where the message was taken."""
        return _errors_in_body(answer, "errcode")


class DingTalk:
    """DingTalk's custom robot, as "自定义机器人安全设置" of the DingTalk open platform has it."""

    hosts = ("oapi.dingtalk.com",)
    signs = True

    def request(self, url: str, secret: str, lines: Sequence[Line], at: datetime) -> Request:
        """Return a markdown message; with a secret the address bears the milliseconds and their signature."""
        if secret:
            stamp = str(int(at.timestamp() * 1000))
            joint = "&" if "?" in url else "?"
            url += joint + urlencode({"timestamp": stamp, "sign": _hmac(secret, f"{stamp}\n{secret}")})
        return Request(url, {"msgtype": "markdown", "markdown": {"title": TITLE, "text": _markdown(lines, 18_000)}})

    def fault(self, answer: Answer) -> str:
        """Return the fault; `errcode` is 0 where the message was taken."""
        return _errors_in_body(answer, "errcode")


class Feishu:
    """Feishu's (Lark's) custom bot, as "自定义机器人使用指南" of the Feishu open platform has it."""

    hosts = ("open.feishu.cn", "open.larksuite.com")
    signs = True

    def request(self, url: str, secret: str, lines: Sequence[Line], at: datetime) -> Request:
        """Return a text message; with a secret the body bears the seconds and their signature over nothing."""
        text = "\n".join(f"{_plain(_one_line(one.text))} {one.url}".strip() for one in lines)
        body: dict[str, Any] = {"msg_type": "text", "content": {"text": text[:9000]}}
        if secret:
            stamp = str(int(at.timestamp()))
            body |= {"timestamp": stamp, "sign": _hmac(f"{stamp}\n{secret}", "")}
        return Request(url, body)

    def fault(self, answer: Answer) -> str:
        """Return the fault; `code`, in older answers `StatusCode`, is 0 where the message was taken."""
        return _errors_in_body(answer, "code", "StatusCode")


class Slack:
    """Slack's incoming webhook, as "Sending messages using incoming webhooks" of Slack's documentation has it."""

    hosts = ("hooks.slack.com", "hooks.slack-gov.com")
    signs = False

    def request(self, url: str, secret: str, lines: Sequence[Line], at: datetime) -> Request:
        """Return a section of mrkdwn, whose three control characters are escaped, with plain text for alerts."""
        del secret, at
        items = [
            f"• <{one.url}|{self._escaped(one.text)}>" if one.url else f"• {self._escaped(one.text)}" for one in lines
        ]
        text = "\n".join(items)[:2900]
        section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
        return Request(url, {"text": _one_line(self._escaped(lines[0].text)), "blocks": [section]})

    def _escaped(self, text: str) -> str:
        plain = _one_line(text).replace("|", "/")
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def fault(self, answer: Answer) -> str:
        """Return the fault; a message that was taken is answered with the text `ok`."""
        if answer.status in OK and answer.body.strip() == "ok":
            return ""
        return answer.error or f"the vendor answered {answer.status}: {_one_line(answer.body)[:150]}"


class Teams:
    """Teams' webhook, as "Create incoming webhooks with Workflows" of Microsoft's documentation has it."""

    hosts = (".webhook.office.com", ".logic.azure.com", ".powerplatform.com")
    signs = False

    def request(self, url: str, secret: str, lines: Sequence[Line], at: datetime) -> Request:
        """Return an adaptive card with a line for each, and a button where there is one address."""
        del secret, at
        texts = [_markdown([one], 2000).removeprefix("- ") for one in lines]
        card = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": [{"type": "TextBlock", "text": text, "wrap": True} for text in texts],
        }
        attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
        return Request(url, {"type": "message", "attachments": [attachment]})

    def fault(self, answer: Answer) -> str:
        """Return the fault; the older connector answers 200 with `1`, and 200 with a sentence where it failed."""
        if answer.status in OK and answer.body.strip() in {"", "1"}:
            return ""
        if answer.status in OK and "fail" not in answer.body.lower() and "error" not in answer.body.lower():
            return ""
        return answer.error or f"the vendor answered {answer.status}: {_one_line(answer.body)[:150]}"


VENDORS: Mapping[str, Vendor] = {
    ChatKind.WECOM: WeCom(),
    ChatKind.DINGTALK: DingTalk(),
    ChatKind.FEISHU: Feishu(),
    ChatKind.SLACK: Slack(),
    ChatKind.TEAMS: Teams(),
}
"""The vendor of each kind of chat."""
