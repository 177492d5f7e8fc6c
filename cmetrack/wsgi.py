"""What gunicorn serves: ``cmetrack.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

from cmetrack.whole_requests import WholeRequests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmetrack.settings")

application = WholeRequests(get_wsgi_application())
