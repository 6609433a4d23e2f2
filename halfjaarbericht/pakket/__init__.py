"""The package of an edition: one zip file to hand to publication, made and checked."""
