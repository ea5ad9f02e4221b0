"""The pages of the finance departments: who they are, people's files, transfers, figures, lists to take away."""
