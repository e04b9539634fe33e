"""The API's ground: closed by default, keyset pages, every error in one shape."""
