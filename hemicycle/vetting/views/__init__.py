"""Pages of this room that are not the generic ones."""
