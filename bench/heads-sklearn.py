"""scikit-learn's naive Bayes and logistic regression on the features that bench/heads.js wrote; scores of the dev rows as JSON."""

import json
import sys

import numpy as np
from sklearn.datasets import load_svmlight_file
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.preprocessing import normalize

folder, places = sys.argv[1], int(sys.argv[2])
train, gold = load_svmlight_file(f"{folder}/train.svm", n_features=places, zero_based=True)
dev, _ = load_svmlight_file(f"{folder}/dev.svm", n_features=places, zero_based=True)
scores = {}
for name, model in {"MultinomialNB": MultinomialNB(), "ComplementNB": ComplementNB()}.items():
    model.fit(train, gold)
    logs = model.predict_joint_log_proba(dev)
    scores[name] = (logs[:, 1] - logs[:, 0]).tolist()
# Wang and Manning's log-count ratios, rows of length one, as ours.
positive = 1 + np.asarray(train[gold == 1].sum(axis=0)).ravel()
negative = 1 + np.asarray(train[gold == 0].sum(axis=0)).ravel()
ratios = np.log((positive / positive.sum()) / (negative / negative.sum()))
for name, scale in {"LogisticRegression": np.ones(places), "log-count ratios, LogisticRegression": ratios}.items():
    model = LogisticRegression(C=1.0, max_iter=200, solver="liblinear")
    model.fit(normalize(train).multiply(scale).tocsr(), gold)
    scores[name] = model.decision_function(normalize(dev).multiply(scale).tocsr()).tolist()
print(json.dumps(scores))
