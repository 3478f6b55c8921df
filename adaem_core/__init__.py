"""AdAEM Studio's engine: find the questions on which language models' values differ.

A topic is an arm of a bandit. Pulling it writes specific questions (`generate.explore`), refines each with a fast
panel until it stops getting more telling (`generate.refine`), and scores it with a strong panel (`generate.score`).
Answers are elicited and the values in them recognised (`elicit`), through one client with cache and budget (`chat`).
Everything an investigation produces lies in one study file (`archive`).

A folder imports only from itself and from folders that come before it in the alphabet
(docs/decisions/folders-in-alphabetical-order.md).
"""

__version__ = "0.1.0"
