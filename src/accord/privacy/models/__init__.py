"""What people agreed to and asked for, copies of their data, and what crosses borders."""

from accord.privacy.models._consent import Consent
from accord.privacy.models._copies import PersonalCopy
from accord.privacy.models._requests import DataRequest
from accord.privacy.models._set_aside import SetAside
from accord.privacy.models._transfers import CountedRead, ReadNote, TransferRecord

__all__ = ["Consent", "CountedRead", "DataRequest", "PersonalCopy", "ReadNote", "SetAside", "TransferRecord"]
