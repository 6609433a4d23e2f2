"""The commands, one module each. They read a command line, call a room, and print what came of it."""
