"""The Desk: main window, pages and dialogs over rows from `services`.

Never imports models; a page reloads because `Changes` says so. Start in `main_window`.
"""
