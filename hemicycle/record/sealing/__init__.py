"""What is secret at rest: one data key per file of a person, in a store apart from the database (ADR 0006).

A field of a model is sealed by `fields.SealedText` or `fields.SealedJSON` under the key of its owner; who destroys the
key (`keystore.destroy`) makes every copy of every text of that owner unreadable, wherever the copy is.
"""
