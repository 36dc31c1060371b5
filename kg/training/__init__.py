"""Training of the attribution labeller (`kg.tagger`) from PolNeAR; needs the extra `train`, which nothing else does.

python -m kg.training --polnear PATH --out data/models/polnear.npz
"""
