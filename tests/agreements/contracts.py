"""Small agreements between two parties, with whatever a test is about."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.cast import EXAMPLES, moment

from accord.agreements import operations
from accord.agreements.models import Agreement
from accord.engines import agreementfile as engine

AT = moment(date(2019, 7, 10))
RESULTS = engine.Clause(
    "results",
    engine.ClauseType.FOREGROUND_IP,
    engine.Bilingual("Results", "成果"),
    engine.Bilingual("Each party owns what it makes.", "各方拥有各自的成果。"),
    engine.IpMode.EACH_OWNS_OWN,
)
LIABILITY = engine.Clause(
    "liability",
    engine.ClauseType.LIABILITY,
    engine.Bilingual("Liability", "责任"),
    engine.Bilingual("Nobody answers for indirect loss.", "任何一方不对间接损失负责。"),
)
JOINTLY = engine.ClauseAmendment(
    agreed=date(2019, 9, 1),
    text=engine.Bilingual("All parties own what they make together.", "各方共有共同取得的成果。"),
    why=engine.Bilingual("Joint work began.", "共同研发已开始。"),
)
SOLD = engine.Terminated(date(2020, 2, 1), engine.Bilingual("The building was sold.", "楼宇已出售。"))


def read(name: str = "chengdu-cass") -> engine.AgreementFile:
    """Return a shipped agreement as the values of its file."""
    reading = engine.read((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), measures=None)
    assert reading.agreement is not None
    return reading.agreement


def apply(file: engine.AgreementFile, **changes: Any) -> Agreement:
    """Apply a file after some changes."""
    return operations.apply_file(new=replace(file, **changes), by=None, at=AT).agreement
