"""The register of cases taken out as a locked file, and the register of who took out what."""
