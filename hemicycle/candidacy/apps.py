from django.apps import AppConfig
from django.core import checks


class CandidacyConfig(AppConfig):
    name = "hemicycle.candidacy"
    label = "candidacy"

    def ready(self) -> None:
        from .sandbox import report

        checks.register(report, "files", deploy=True)
