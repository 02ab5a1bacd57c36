from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "hemicycle.mandates"
    label = "mandates"
