"""The benchmark of complaints itself, small: the real server, killed once while 16 clients send."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.racing
def test_a_server_killed_while_complaints_come_in_loses_none_and_doubles_none() -> None:
    address = os.environ.get("SIMPUL_DATABASE_URL", "") if connection.vendor == "postgresql" else ""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
    told = {**clean, **({"SIMPUL_DATABASE_URL": address} if address else {})}
    command = [sys.executable, str(ROOT / "benchmarks" / "complaints.py"), "60", "1"]
    done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "killed 1 times" in done.stdout
    assert "Each is there once." in done.stdout
