"""What wizards may have the program do: a fixed list of ids, so that no file ever brings a command line.

Every program is started by its absolute path, without a shell, with a deadline; on Windows system libraries are called
instead where that is clearer. What this system cannot do, or what is not installed, answers "cannot" and the wizard
goes its other way. Only the Linux ways have been run; those for Windows and macOS follow the makers' documentation.
Start in `listing` (what there is) and `performing` (the doors); each other module is one matter of one system.
"""
