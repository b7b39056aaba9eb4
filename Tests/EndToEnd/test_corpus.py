"""The shared corpus through the command line: reading, writing, JSON, pixels, and what attacks readers."""

import pytest

import corpus
import samples

QUESTIONS = corpus.questions() if samples.has_corpus() else []


@pytest.mark.skipif(not QUESTIONS, reason=f"there is no corpus at {samples.CORPUS}")
@pytest.mark.parametrize("items, question", [(q[1], q[2]) for q in QUESTIONS], ids=[q[0] for q in QUESTIONS])
def test_every_file_is_as_it_should_be(items, question):
    assert items
    assert corpus.answer(items, question) == []
