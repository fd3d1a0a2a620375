"""Looks at the interface for programs as strangers do.

The argument is a directory with `interface.json`: the origin of a portal, the token of a program, and a kind of work. schemathesis asks
it for all that its document allows and more; what it did not expect is printed. openapi-python-client makes a client of the document,
and the client places an order.
"""

import json
import pathlib
import subprocess
import sys

folder = pathlib.Path(sys.argv[1])
asked = json.loads((folder / "interface.json").read_text())
programs = pathlib.Path(sys.executable).parent
document = asked["origin"] + "/api/v1/openapi.json"

# What is not asked: whether the document forbids all that is refused, which no schema can say (a time that is taken).
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance"
explored = subprocess.run(
    [programs / "schemathesis", "run", document, "--header", f"Authorization: Bearer {asked['token']}", "--checks", CHECKS,
     "--phases", "examples,fuzzing", "--max-examples", "12", "--seed", "1", "--continue-on-failure", "--no-shrink", "--no-color",
     "--generation-database", "none", "--request-timeout", "20"],
    cwd=folder, capture_output=True, text=True, timeout=300)

# How the client is laid out is nobody's matter here.
(folder / "client.yml").write_text("post_hooks: []\n")
made = subprocess.run(
    [programs / "openapi-python-client", "generate", "--config", folder / "client.yml", "--url", document, "--meta", "none", "--output-path", folder / "generated",
     "--fail-on-warning"],
    cwd=folder, capture_output=True, text=True, timeout=120)
number = None
if made.returncode == 0:
    sys.path.insert(0, str(folder))
    from generated import AuthenticatedClient
    from generated.api.order import place_order
    from generated.models import Order, Urgency

    client = AuthenticatedClient(base_url=asked["origin"], token=asked["token"])
    order = Order(work_type=asked["work_type"], urgency=Urgency.NORMAL, summary="Nejde tisk stravenek",
                  contact_name="Jana Nováková", contact_phone="377 457 977")
    sent = place_order.sync(client=client, body=order, idempotency_key="generated")
    number = getattr(sent, "number", None)

print(json.dumps({
    "explored": explored.returncode == 0,
    "exploration": "" if explored.returncode == 0 else (explored.stdout + explored.stderr)[-12000:],
    "generation": made.stdout + made.stderr,
    "number": number,
}))
