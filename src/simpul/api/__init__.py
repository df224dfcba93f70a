"""The programming interface: what a person may do on the pages, for programs. Each context has a module or package."""
