"""Forms and lists of the work space."""
