from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    name = "hemicycle.integrity"
    label = "integrity"
