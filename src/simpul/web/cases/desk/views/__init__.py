"""The desk's pages, by what one does on them."""
