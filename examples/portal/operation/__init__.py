"""How the portal is run: its verbs, its processes, its health, its log, and what it does by itself."""
