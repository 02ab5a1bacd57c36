"""Pages of this room that the generic pages do not give."""
