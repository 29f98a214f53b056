"""The JSON interface under ``/api/v1``: the facts that the pages show, and the acts that they begin.

``table`` is the one list of what can be asked; ``document`` makes the OpenAPI document of it, ``shapes`` has the schemas, ``reading`` and
``acting`` answer.
"""
