"""Who sees a case, and who may do what in it. One rule for lists, counts, searches, files and links."""
