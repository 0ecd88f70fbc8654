"""Headers of every page, and the settings of a production installation."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

PRODUCTION = {"SECRET_KEY": "k3" * 40 + "azertyuiopqsdf", "ALLOWED_HOSTS": "organigramme.exemple.fr"}


def manage(tmp_path, *arguments, **environment):
    kept = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DEBUG": "0", "DEMO": "0"}
    return subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_browser_is_told_to_run_nothing_inline(client, db):
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_page_nobody_opened_is_closed(client, db):
    response = client.get(reverse("accounts:landing"))
    assert response["Location"].startswith(reverse("account_login"))


def test_production_settings_have_no_warning(tmp_path):
    result = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_short_key_is_noticed(tmp_path):
    result = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | {"SECRET_KEY": "court"})
    assert result.returncode == 1
    assert "security.W009" in result.stderr


@pytest.mark.parametrize("arguments", [["check"], ["migrate", "--check"]])
def test_nothing_starts_without_a_key(tmp_path, arguments):
    result = manage(tmp_path, *arguments, SECRET_KEY="")
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr
