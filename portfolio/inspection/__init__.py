"""Looking into files that people bring: what they are, whether they are whole and harmless, whom they name.

Everything here runs in a process of its own, with limits (`portfolio.sandbox`), because it opens what
anybody may have made. It imports nothing of Django.
"""
