"""The pages behind /kelola/. Each first asks whether the entry is in sight (404) and theirs to keep (403)."""
