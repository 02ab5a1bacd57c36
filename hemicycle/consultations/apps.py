from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "hemicycle.consultations"
    label = "consultations"
