"""The language server: what an editor shows of form files while they are being written; it works on broken ones."""
