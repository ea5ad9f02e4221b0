"""formkit beside its peers, in one run: ratios travel, absolute figures do not."""
