from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    name = "hemicycle.assembly"
    label = "assembly"
