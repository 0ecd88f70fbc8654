"""Runs the measurements of this folder one after the other; exits non-zero when one of them is out of its bounds."""

import importlib
import os
import pkgutil
import sys

import benchmarks


def main(wanted: list[str]) -> int:
    """Runs `main()` of each module `bench_*` (or of those named, with or without `bench_`). It returns whether the
    measure is within its bounds; None counts as within."""
    names = sorted(each.name for each in pkgutil.iter_modules(benchmarks.__path__) if each.name.startswith("bench_"))
    if unknown := {*wanted} - {*names} - {name.removeprefix("bench_") for name in names}:
        print(f"unknown: {', '.join(sorted(unknown))}; there are: {', '.join(names)}")
        return 2
    if os.environ.get("DATABASE_URL"):
        prepare_database()
    failed = []
    for name in names:
        if not wanted or {name, name.removeprefix("bench_")} & {*wanted}:
            print(f"\n== {name.removeprefix('bench_')}", flush=True)
            if importlib.import_module(f"benchmarks.{name}").main() is False:
                failed.append(name)
    if failed:
        print(f"\nout of bounds: {', '.join(failed)}")
    return 1 if failed else 0


def prepare_database() -> None:
    """Django ready and the database of the measurements migrated (DATABASE_URL: `make bench` gives one of its own)."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
