"""What people read: why scores were calibrated or not, and how one item came by its score."""

from typing import Literal

import numpy as np

from accord.engines.calibration.types import Calibration, Explanation, Reason, Share, UnknownItem

Language = Literal["en", "zh-hans"]

REASONS: dict[Reason, dict[Language, str]] = {
    Reason.BIAS_FOUND: {
        "en": "Some reviewers score higher or lower than others on the same items; this was taken off.",
        "zh-hans": "对相同的项目，部分评审人的打分普遍偏高或偏低；校准后的分数已扣除这一偏差。",
    },
    Reason.BIAS_FOUND_IN_PARTS: {
        "en": "Some reviewers score higher or lower than others on the same items; this was taken off within each part "
        "of the panel. Parts share no item, so the scores of different parts cannot be compared.",
        "zh-hans": "对相同的项目，部分评审人的打分普遍偏高或偏低；偏差已在各组内分别扣除。"
        "各组之间没有共同评审的项目，因此不同组的分数不可比较。",
    },
    Reason.NO_BIAS_FOUND: {
        "en": "The scores show no bias of reviewers beyond chance; they stay as they were given.",
        "zh-hans": "未发现超出偶然范围的评审人偏差；分数保持原样。",
    },
    Reason.TOO_FEW_REVIEWS: {
        "en": "There are too few reviews to tell the bias of a reviewer from chance; scores stay as they were given.",
        "zh-hans": "评审数量太少，无法区分评审人偏差与偶然波动；分数保持原样。",
    },
    Reason.NOT_CONNECTED: {
        "en": "No two reviewers scored the same item, so nobody can be compared; scores stay as they were given.",
        "zh-hans": "没有任何两位评审人评过同一项目，无法相互比较；分数保持原样。",
    },
}


def words(reason: Reason, language: Language = "en") -> str:
    """Will say a reason in one sentence or two, in English or Simplified Chinese."""
    return REASONS[reason][language]


def explain(calibration: Calibration, item: str) -> Explanation:
    """Will show every review of an item with the bias taken off it; refuses an ``UnknownItem``."""
    if item not in calibration.items:
        raise UnknownItem(f"{item} has no score, so there is nothing to explain.")
    at = calibration.items.index(item)
    mine = np.flatnonzero(calibration.score_item == at)
    reviews = [
        Share(calibration.reviewers[who], score, bias, score - bias)
        for who, score, bias in zip(
            calibration.score_reviewer[mine].tolist(),
            calibration.score[mine].tolist(),
            calibration.bias[calibration.score_reviewer[mine]].tolist(),
            strict=True,
        )
    ]
    return Explanation(
        item=item,
        raw=float(calibration.raw[at]),
        raw_rank=int(calibration.raw_rank[at]),
        calibrated=float(calibration.calibrated[at]),
        calibrated_rank=int(calibration.calibrated_rank[at]),
        standard_error=float(calibration.item_error[at]),
        reviews=tuple(reviews),
        reason=calibration.reason,
    )
