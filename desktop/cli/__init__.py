"""The command line: one module per subcommand, no Qt, heavy imports inside the command.

`common` is shared by both programs and knows no store; `desk` and `hilfe` hold the commands. Start in `common.program`.
"""
