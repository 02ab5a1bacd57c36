from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hemicycle.web"
    label = "web"
