"""Runs in the peer's own environment: the matrix factorisation of Community Notes (never a part of the product) on votes.

    PEER_PYTHON bench/peer_bridging.py SOURCES VOTES.csv

SOURCES is the folder `scoring/src` of twitter/communitynotes. Prints one line of JSON: CPU seconds, the loss reached, the intercept
of each statement. `bench/opinions.py bridging` calls it.
"""

from __future__ import annotations

import json
import sys
import time

import pandas as pd
import torch

sys.path.insert(0, sys.argv[1])
from scoring.matrix_factorization.matrix_factorization import MatrixFactorization

torch.set_num_threads(1)
votes = pd.read_csv(sys.argv[2])
ratings = pd.DataFrame(
    {
        "noteId": votes.statement,
        "raterParticipantId": votes.participant.astype(str),
        "helpfulNum": votes.rating,
    }
)
model = MatrixFactorization(log=False, seed=1)
began = time.process_time()
notes, _, _ = model.run_mf(ratings)
took = time.process_time() - began
with torch.no_grad():
    loss = float(model._get_loss())
told = dict(zip(notes.noteId.astype(str), notes.internalNoteIntercept.astype(float), strict=True))
print(json.dumps({"cpu": took, "loss": loss, "score": told}))
