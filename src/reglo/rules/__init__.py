"""What law and standards demand of a document: one small function or table row a rule, with its source."""
