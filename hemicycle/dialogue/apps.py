from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "hemicycle.dialogue"
    label = "dialogue"
