"""The API's description as pages: read from the schema, drawn by the server, in the look of all other pages."""
