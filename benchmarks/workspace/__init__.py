"""The work space: booking under load, and allocation."""
