"""Pages: base templates, parts, style sheets, the generic page of a matter and of an act. No domain noun inside.

A room registers one `Desk` per kind of matter and gets, for every row of its table, a page with the reason, the
article, the form and all refusals.
"""
