"""The register of processing: what is done with whose data, computed from what every table declares."""

from collections.abc import Sequence
from dataclasses import dataclass

from accord.kernel.retention import Retained, activities, retained
from accord.kernel.text import Bilingual
from accord.privacy.queries._data import classes

MEASURES = Bilingual(
    "Roles by institution; sealed history; mail, links and tokens that expire; files by hash; backups.",
    "按机构授权；封存的历史记录；有期限的邮件、链接与令牌；按哈希值保存文件；备份。",
)


@dataclass(frozen=True, slots=True)
class Processing:
    """One line of the register: an activity, and what one retention class of its tables holds."""

    code: str
    activity: Bilingual
    purpose: Bilingual
    basis: Bilingual
    subjects: Bilingual
    recipients: Bilingual
    kind: str
    kept_for: Bilingual
    until: Bilingual
    law: Bilingual
    tables: str
    columns: str
    erasure: str
    measures: Bilingual


def register() -> Sequence[Processing]:
    """Return the register: a line for each activity and class that holds data of people; no query."""
    lines = []
    for activity in activities():
        own = [one for one in retained().values() if one.context == activity.code and one.kind.value != "impersonal"]
        for kind, words in classes().items():
            group = [one for one in own if one.kind == kind]
            if group:
                lines.append(
                    Processing(
                        code=activity.code,
                        activity=activity.name,
                        purpose=activity.purpose,
                        basis=activity.basis,
                        subjects=activity.subjects,
                        recipients=activity.recipients,
                        kind=kind.value,
                        kept_for=words.name,
                        until=words.until,
                        law=words.law,
                        tables=", ".join(one.model for one in group),
                        columns=", ".join(_columns(one) for one in group if one.personal),
                        erasure=", ".join(sorted({one.erasure.value for one in group})),
                        measures=MEASURES,
                    )
                )
    return lines


def _columns(one: Retained) -> str:
    return f"{one.model}: {', '.join(one.personal)}"
