"""Template tags of the work space."""
