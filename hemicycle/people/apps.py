from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hemicycle.people"
    label = "people"
