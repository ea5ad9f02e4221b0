"""What people filled in, kept: drafts, records, revisions, attachments, audit; the `Store` protocol; the service."""
