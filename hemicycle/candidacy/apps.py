from django.apps import AppConfig


class CandidacyConfig(AppConfig):
    name = "hemicycle.candidacy"
    label = "candidacy"
