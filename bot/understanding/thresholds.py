"""The thresholds of the arbiter, in one place: what counts as sure, likely or short when the intent is settled.

Confidences are the classifier's, likelihoods those that `kb.ranking` gives to entries and to intents: all 0 to 1.
"""

from __future__ import annotations

# The classifier.

# Confidence below which the classifier does not know, and from which it is hardly contradicted.
UNSURE, CLEAR = 0.3, 0.8
# Confidence given to an intent that the words of the message settle, at least.
SETTLED = 0.5
# Confidence at which a question on the member's own file is one although a benefit is named.
ACCOUNT_SURE = 0.45
# The same of a subject that is not ours, and of one against the entries.
OUTSIDE_LIKELY, OUTSIDE_SURE = 0.5, 0.55
# A short message that names a benefit asks for an adviser from this confidence on.
HUMAN_SURE, HUMAN_WORDS = 0.6, 12

# The ranking of entries and intents.

# Likelihood of an entry at which a message plainly asks of a right; more is wanted against a benefit that it names.
KNOWN, AGAINST_BENEFIT, PLAIN, BEYOND_DOUBT = 0.35, 0.5, 0.7, 0.85
# Likelihood at which an entry on the conditions of a benefit is asked of rather than what is paid.
CERTAIN = 0.88
# Likelihood that some entry answers, whichever, at which an intent that the classifier is not clear of is not heard;
# what the likeliest of them must then reach.
OURS, LEADS = 0.85, 0.25
# How many times likelier than a reimbursement an entry is that is meant in spite of the benefit named.
FAR_AHEAD = 3.0
# Share of the question's words that an entry must hold when no word of it is of the mutual's world.
COVERED = 0.5
# The same when some are, or when a benefit is named.
TOUCHED = 0.2
# Likelihood of another subject at which it is one, where the classifier is not sure.
ELSEWHERE_SURE = 0.4
# Likelihood that the ranking of the subjects gives to an intent which it sees too.
SHARED = 0.1
# Likelihood of a reimbursement below which a message that names a benefit is not about paying for it.
NOT_PAID = 0.01
# The same where the message tells conditions that the tables do not know.
HARDLY_PAID = 0.1

# The message.

# Words of a message that is too short to be a question of its own, and of the shortest whole question.
SHORT, MINIMUM_WORDS = 8, 4
# "Combien pour l'ostéopathe ?" asks for the reimbursement, whatever else is known of it.
SHORT_QUESTION = 6
# A date is of a condition when the condition's words stand this near, in words.
NEAR = 6
