"""The settings of the Desk: sections on the left, cards on the right, saved at once, with one step back.

What can be set on this PC is declared in `domain.desk_settings`. Start in `page`.
"""
