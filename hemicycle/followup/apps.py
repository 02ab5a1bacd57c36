from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    name = "hemicycle.followup"
    label = "followup"
