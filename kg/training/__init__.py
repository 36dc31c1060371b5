"""Training of the labeller (`kg.stages.attribution.tagger`) from PolNeAR; only this needs the extra `train`.

python -m kg.training labeller --polnear PATH --out data/models/polnear.npz
"""
