"""The editor of checklists (mock-up H1): list, steps, form, preview; every change is kept as a draft at once.

Knows nothing of how drafts are stored: `use_cases` are its only door. Start in `page`.
"""
