"""Areas on pages: the picker, the map, boundaries, holidays, changes of codes."""
