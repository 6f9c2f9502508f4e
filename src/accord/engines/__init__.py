"""Pure algorithms, each a folder: frozen values in, decisions and their reasons out."""
