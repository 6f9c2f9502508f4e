"""Posts to addresses that others gave us, without being made to reach what is not theirs."""

from accord.outbox.operations._web._addresses import AddressRefused, Caution, Target, check_address, split_address
from accord.outbox.operations._web._post import Answer, post

__all__ = ["AddressRefused", "Answer", "Caution", "Target", "check_address", "post", "split_address"]
