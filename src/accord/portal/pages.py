"""What the lists of every context are called, wherever an address would stand otherwise."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LISTS: dict[str, str | Promise] = {
    "portal:waiting": _("What waits for you, as a list"),
    "portal:jobs": _("Jobs"),
    "measures:agreements": _("Agreements"),
    "measures:catalogue": _("Measures"),
    "measures:records": _("Records of a promise"),
    "agreements:engagements": _("Meetings of an agreement"),
    "negotiation:negotiations": _("Negotiations"),
    "negotiation:requests": _("Requested changes of a negotiation"),
    "negotiation:changes": _("Changes of an agreement"),
    "negotiation:dossier": _("Dossier of an agreement"),
    "people:institutions": _("Institutions"),
    "people:people": pgettext_lazy("directory", "People"),
    "people:duplicates": _("Possible duplicates"),
    "people:merges": _("Merges"),
    "people:roles": _("Who holds which role"),
    "people:invitations": _("Invitations"),
    "people:permissions": _("Who may do what"),
    "people:permissions-of": _("What a person may do"),
    "people:views": _("Your views"),
    "people:sessions": _("Where you are signed in"),
    "history:history": _("History of a record"),
    "history:seals": _("Seals of the history"),
    "files:files": _("Files of a record"),
    "outbox:inbox": _("Notices"),
    "outbox:letters": _("Letters"),
    "outbox:suppressions": _("Stopped addresses"),
    "outbox:batches": _("Letters held back"),
    "outbox:batch": _("Letters held back together"),
    "outbox:endpoints": _("Connected systems"),
    "outbox:endpoint": _("Posts to a connected system"),
    "outbox:chats": _("Connected chats"),
    "outbox:chat": _("Messages to a connected chat"),
    "privacy:requests": _("Requests about personal data"),
    "privacy:consents": _("Consents"),
    "privacy:restricted": _("Restricted people"),
    "privacy:register": _("Register of processing"),
    "privacy:transfers": _("Transfers abroad"),
}
"""Each page that shows a table, by its route."""
