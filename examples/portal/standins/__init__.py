"""Stands in for the services outside the portal, over real HTTP; a real deployment has the real ones instead."""
