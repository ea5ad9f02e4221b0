"""What people who test their own forms use: a pytest plugin, snapshots of pages, answers made up and generated.

`plugin` (found by pytest itself) has the fixtures `form` and `page_snapshot`; `pages` and `samples` need nothing more,
`snapshots` needs syrupy and `strategies` hypothesis. Nothing is imported here, so that pytest starts as fast without.
"""
