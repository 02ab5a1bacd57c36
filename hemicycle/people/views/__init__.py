"""Pages of this room: the doors, the second factor, one's own account, the Secretariat's lists."""
