from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "hemicycle.notices"
    label = "notices"
