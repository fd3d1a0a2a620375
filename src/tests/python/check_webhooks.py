"""Verifies webhooks by the specification's own library.

The argument is a file with `secrets` and `told` (headers and bodies). Prints, for each of what was told, by which secrets it verifies,
and whether one that is made wrong on purpose is refused.
"""

import datetime
import json
import sys

import standardwebhooks
from standardwebhooks import webhooks


def verifies(secret, body, headers):
    """Whether a secret verifies it, at the time that it says."""
    stamp = int(headers["webhook-timestamp"])

    class Then(datetime.datetime):
        """The clock of who gets it at once."""

        @classmethod
        def now(cls, tz=None):
            """When it left."""
            return cls.fromtimestamp(stamp, tz)

    webhooks.datetime = Then
    try:
        return standardwebhooks.Webhook(secret).verify(body, headers) == json.loads(body)
    except standardwebhooks.WebhookVerificationError:
        return False


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        material = json.load(file)
    verdict = []
    for told in material["told"]:
        body, headers = told["body"], told["headers"]
        by = [verifies(secret, body, headers) for secret in material["secrets"]]
        forged = any(verifies(secret, body + " ", headers) for secret in material["secrets"])
        verdict.append({"by": by, "forged": forged})
    print(json.dumps(verdict))


main()
