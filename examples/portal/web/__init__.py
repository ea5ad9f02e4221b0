"""How the portal answers: visits, doors, pages."""
