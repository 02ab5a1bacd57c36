"""Published lists as sources for the screening of names: sanctions lists, registers of officials, own lists.

`lists` recognises a file and reads it entry by entry; `preview` counts what a file holds and how it differs from an
earlier version; `entry` says what of an entry is read, and what never is. The other modules read one format each.
"""
