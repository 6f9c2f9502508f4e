"""Files by the hash of their content: checked on the way in, handed out by short-lived links."""
