"""Training of what `kg` has learnt: encoder, arbiter, resolver; only this needs the extra `train`."""
