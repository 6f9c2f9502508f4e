"""How an agreement comes about and changes: text, requests, approvals by hash, signatures, amendments, renewal."""
