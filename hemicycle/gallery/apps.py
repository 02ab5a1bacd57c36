from django.apps import AppConfig


class GalleryConfig(AppConfig):
    name = "hemicycle.gallery"
    label = "gallery"
