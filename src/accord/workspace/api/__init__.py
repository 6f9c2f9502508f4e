"""The work space in the API."""
