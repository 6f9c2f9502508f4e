"""What leaves Accord and what reaches people: mail, inbox, webhooks, chat. Only after the write is kept, each once."""
