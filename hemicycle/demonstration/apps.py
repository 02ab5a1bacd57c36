from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "hemicycle.demonstration"
    label = "demonstration"
