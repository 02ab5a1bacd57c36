from django.apps import AppConfig


class SuspensionConfig(AppConfig):
    name = "hemicycle.suspension"
    label = "suspension"
