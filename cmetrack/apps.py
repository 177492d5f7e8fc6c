from django.apps import AppConfig


class CmetrackConfig(AppConfig):
    name = "cmetrack"
