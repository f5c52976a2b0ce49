"""The command line: one module per subcommand, no Qt, heavy imports inside the command.

Start in `parser`.
"""
