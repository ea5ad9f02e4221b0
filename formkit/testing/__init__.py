"""What people who test their own forms use: a pytest plugin, page snapshots and generated answers."""
