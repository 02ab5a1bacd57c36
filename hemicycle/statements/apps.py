from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "hemicycle.statements"
    label = "statements"
