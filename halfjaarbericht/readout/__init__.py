"""What a screen reader says of a PDF, from its tag tree, in Dutch. `readout.read_out` is the way in."""
