"""Pages of the work space."""
