"""Judges requests and signed events by Stripe's own library: its typed parameters, and its check of signatures.

The argument is a file with `secret`, `asked` (requests) and `told` (events). Prints what is wrong with them, and what is refused
of some that are made wrong on purpose.
"""

import json
import re
import sys
import typing
import urllib.parse

import stripe
import typing_extensions
from stripe import params
from stripe.params import checkout

FOREVER = 10**9

SHAPES = [
    ("POST", r"/v1/checkout/sessions", checkout.SessionCreateParams),
    ("GET", r"/v1/checkout/sessions", checkout.SessionListParams),
    ("GET", r"/v1/checkout/sessions/cs_\w+", checkout.SessionRetrieveParams),
    ("POST", r"/v1/checkout/sessions/cs_\w+/expire", checkout.SessionExpireParams),
    ("POST", r"/v1/payment_intents", params.PaymentIntentCreateParams),
    ("GET", r"/v1/payment_intents", params.PaymentIntentListParams),
    ("GET", r"/v1/setup_intents/seti_\w+", params.SetupIntentRetrieveParams),
    ("POST", r"/v1/payment_methods/pm_\w+/detach", params.PaymentMethodDetachParams),
    ("GET", r"/v1/payment_methods/pm_\w+", params.PaymentMethodRetrieveParams),
    ("POST", r"/v1/refunds", params.RefundCreateParams),
    ("GET", r"/v1/refunds", params.RefundListParams),
    ("GET", r"/v1/disputes", params.DisputeListParams),
]


def fields(shape):
    """The parameters of a typed dictionary."""
    module = vars(sys.modules[shape.__module__])
    # Names that the library imports for type checkers only; none of them is a parameter.
    unseen = {"StripeContext": object, "HTTPClient": object}
    names = {**unseen, **vars(typing), **vars(stripe), **module}
    return typing.get_type_hints(shape, names, include_extras=True)


def complaint(kind, steps, value):
    """What is wrong with a value at the end of the steps into a parameter of this kind; None if nothing is."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing_extensions.Required, typing_extensions.NotRequired):
        return complaint(inner[0], steps, value)
    if origin is typing.Union:
        complaints = [complaint(one, steps, value) for one in inner if one is not type(None)]
        return None if None in complaints else complaints[0]
    if origin is typing.Literal:
        return None if not steps and value in inner else f"{value!r} is none of {inner}"
    if origin is list:
        return complaint(inner[0], steps[1:], value) if steps and steps[0].isdigit() else "a list has places"
    if origin is dict:
        return complaint(inner[1], steps[1:], value) if len(steps) == 1 else "a map has names"
    if typing_extensions.is_typeddict(kind):
        if not steps:
            return "an object has fields"
        known = fields(kind)
        if steps[0] not in known:
            return f"{kind.__name__} has no {steps[0]}"
        return complaint(known[steps[0]], steps[1:], value)
    if steps:
        return f"{kind} has no {steps[0]}"
    if kind is int:
        return None if re.fullmatch(r"-?\d+", value) else f"{value!r} is no integer"
    if kind is bool:
        return None if value in ("true", "false") else f"{value!r} is no truth"
    return None if kind is str else f"nothing is known of {kind}"


def judge(asked):
    """What is wrong with a request."""
    shapes = [s for m, path, s in SHAPES if m == asked["method"] and re.fullmatch(path, asked["path"])]
    if not shapes:
        return [f"no such request: {asked['method']} {asked['path']}"]
    wrong = []
    for name, value in urllib.parse.parse_qsl(asked["form"], keep_blank_values=True, strict_parsing=bool(asked["form"])):
        found = complaint(shapes[0], re.findall(r"[^\[\]]+", name), value)
        if found:
            wrong.append(f"{name}: {found}")
    if asked["version"] != stripe.api_version:
        wrong.append(f"version {asked['version']}")
    if (asked["method"] == "POST") != bool(asked["key"]) and not asked["path"].endswith(("/expire", "/detach")):
        wrong.append("changes have a key, questions none")
    return wrong


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        material = json.load(file)
    wrong, refused, kinds = [], [], set()
    for asked in material["asked"]:
        wrong += judge(asked)
        kinds.add((asked["method"], re.sub(r"(cs|seti|pm)_\w+", "", asked["path"])))
    for told in material["told"]:
        event = stripe.Webhook.construct_event(told["body"], told["signature"], material["secret"], tolerance=FOREVER)
        if event.type != told["kind"] or event.api_version != stripe.api_version:
            wrong.append(f"{event.id}: {event.type}")

    create = next(a for a in material["asked"] if a["path"] == "/v1/checkout/sessions" and a["method"] == "POST")
    for more in ["payment_method_types[0]=card", "line_items[0][price_data][ammount]=1", "expires_at=tomorrow", "cancel_url[x]=1"]:
        refused += judge({**create, "form": f"{create['form']}&{more}"})
    told = material["told"][0]
    try:
        stripe.Webhook.construct_event(told["body"] + " ", told["signature"], material["secret"], tolerance=FOREVER)
    except stripe.SignatureVerificationError as error:
        refused.append(str(error))

    verdict = {"version": stripe.api_version, "wrong": wrong, "refused": refused, "requests": len(material["asked"])}
    print(json.dumps({**verdict, "kinds": len(kinds), "events": len(material["told"])}))


main()
