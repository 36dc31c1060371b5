"""The encoder: a small transformer that reads who said what, run by onnxruntime, its labels decoded in numpy."""
