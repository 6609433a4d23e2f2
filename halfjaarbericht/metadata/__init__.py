"""What the outside world needs to know of a document: a record beside each file, and terms in the head of its page."""
