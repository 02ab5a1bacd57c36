from django.apps import AppConfig


class VettingConfig(AppConfig):
    name = "hemicycle.vetting"
    label = "vetting"
