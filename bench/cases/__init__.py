"""The cases, each beside its floor: start-up, tray, lists, search, open, create, collector, command line.

A case is a function `(Setting) -> Result`; `bench.cases.all` names them. It knows the limits it must hold.
"""
