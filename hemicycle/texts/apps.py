from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "hemicycle.texts"
    label = "texts"
