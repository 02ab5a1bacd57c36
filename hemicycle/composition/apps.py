from django.apps import AppConfig


class CompositionConfig(AppConfig):
    name = "hemicycle.composition"
    label = "composition"
