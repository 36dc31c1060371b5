import subprocess
import sys


def test_importing_kg_loads_nothing_heavy() -> None:
    heavy = "{'spacy', 'pyvis', 'rdflib', 'pyoxigraph', 'networkx', 'numpy', 'trafilatura'}"
    code = (
        f"import sys, kg; bad = {heavy} & set(sys.modules); sys.exit(f'import kg loads {{sorted(bad)}}' if bad else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_public_name_is_there() -> None:
    code = "import kg; [getattr(kg, name) for name in kg.__all__]"
    subprocess.run([sys.executable, "-c", code], check=True)
