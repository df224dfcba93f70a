"""The first run: six questions make an empty Simpul somebody's."""
