"""Writes fixtures/bayes-golden.json: what scikit-learn's MultinomialNB answers on invented token lists.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install scikit-learn==1.9.1
    /tmp/golden/bin/python scripts/make-bayes-golden.py > fixtures/bayes-golden.json

tests/unit/naive-bayes.test.ts trains on the same lists and compares the log-probabilities to 1e-9.
"""
import json
import random

import sklearn
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB

WORDS = {
    "jalan": "lubang aspal gronjal rusak ambles ban cor jeglong".split(),
    "sampah": "uwuh angkut tps numpuk bau truk bakar luber".split(),
    "air_bersih": "pudam kran keruh ngitir meter tagih debit pipa".split(),
    "vaksin": "imunisasi suntik dosis anak jadwal posyandu bidan".split(),
    # Names that break a counter kept in a plain object.
    "__proto__": "toString constructor __proto__ valueOf 2023 7".split(),
}
COMMON = "min tolong kapan sudah lama warga mohon ini di kok 2023".split()


def text(rng, label, length):
    own = WORDS[label]
    return [rng.choice(own) if rng.random() < 0.55 else rng.choice(COMMON) for _ in range(length)]


def golden(seed, alpha, size):
    rng = random.Random(seed)
    labels = list(WORDS)
    # Unbalanced on purpose: the prior must count.
    weights = [9, 5, 3, 2, 1]
    examples = [
        {"label": label, "tokens": text(rng, label, rng.randint(1, 14))}
        for label in labels + rng.choices(labels, weights, k=size)
    ]
    queries = [text(rng, rng.choice(labels), rng.randint(1, 25)) for _ in range(30)]
    queries += [
        [],
        ["belumpernah", "terlihat"],
        ["belumpernah", "aspal"],
        ["toString"],
        ["uwuh"] * 60 + ["aspal"] * 60,  # exp() of the bare sums would be 0 for every label
    ]
    vectorizer = CountVectorizer(analyzer=lambda tokens: tokens)
    counts = vectorizer.fit_transform([example["tokens"] for example in examples])
    model = MultinomialNB(alpha=alpha).fit(counts, [example["label"] for example in examples])
    answers = model.predict_log_proba(vectorizer.transform(queries))
    return {
        "alpha": alpha,
        "examples": examples,
        "labels": list(model.classes_),
        "queries": [
            {"tokens": tokens, "logProbabilities": list(answer)} for tokens, answer in zip(queries, answers)
        ],
    }


if __name__ == "__main__":
    print(json.dumps({
        "madeBy": f"scripts/make-bayes-golden.py with scikit-learn {sklearn.__version__}",
        "cases": [golden(1, 1.0, 40), golden(2, 0.1, 120), golden(3, 0.01, 60)],
    }, ensure_ascii=False))
