"""Load for scripts/failover and scripts/rolling: programs book, move, call off and buy over HTTP, and keep what was acknowledged; then that is looked for.

A call is repeated under its key until its answer is definite. Whatever was answered with success is written down before anything else is
asked; whatever was not may have been done or not, and must not have been done twice.
"""

import argparse
import http.client
import json
import hashlib
import random
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid

API = "/api/v1"
# Longer than any answer of the portal takes (30 s).
PATIENCE = 40
# How long somebody waits before the same is asked again.
PAUSE = 0.25
# How long a call may stay without a definite answer: a key whose process died is free again after 45 s.
GIVE_UP = 120


class Journal:
    """What was acknowledged, one line each."""

    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8", buffering=1)
        self.lock = threading.Lock()
        self.bookings = 0
        self.tries = 0

    def note(self, what, **fields):
        with self.lock:
            self.bookings += what == "confirmed"
            self.file.write(json.dumps({"at": time.time(), "what": what, **fields}) + "\n")

    def tried_again(self):
        with self.lock:
            self.tries += 1


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status}: {body[:300]}")
        self.status = status
        self.body = body

    def problem(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return {}


class Portal:
    """A client that gives nothing up."""

    def __init__(self, address, journal):
        self.address = address
        self.journal = journal
        self.connection = None

    def ask(self, method, path, headers, body=None):
        began = time.monotonic()
        while True:
            try:
                status, told, text = self.once(method, path, headers, body)
                if is_definite(status, told):
                    if status >= 400:
                        raise Refused(status, text)
                    return status, told, text
            except (OSError, http.client.HTTPException):
                self.close()
            if time.monotonic() - began > GIVE_UP:
                raise TimeoutError(f"no definite answer to {method} {path}")
            self.journal.tried_again()
            time.sleep(PAUSE)

    def once(self, method, path, headers, body=None):
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.address, timeout=PATIENCE)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        return answer.status, answer.headers, text

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def is_definite(status, headers):
    """429 and what is under way say when to come again, and a fault of the server's says nothing of what was done."""
    return status < 500 and "retry-after" not in headers


def cookie_of(customer):
    return "linka=" + hashlib.sha256(f"browser-{customer}".encode()).hexdigest()


class Customer:
    """A customer's program, and its browser."""

    def __init__(self, number, portal, journal, dice):
        self.portal, self.journal, self.dice = portal, journal, dice
        self.number = number
        self.headers = {"Authorization": f"Bearer load-{number}", "Content-Type": "application/json"}
        self.slots = []

    def get(self, path):
        return json.loads(self.portal.ask("GET", API + path, self.headers)[2])

    def post(self, path, body):
        """Asks for something new, under a key of its own."""
        headers = {**self.headers, "Idempotency-Key": str(uuid.uuid4())}
        return json.loads(self.portal.ask("POST", API + path, headers, json.dumps(body))[2])

    def slot(self):
        if len(self.slots) < 2:
            self.slots = self.get("/slots?work_type=1&urgency=normal")["slots"]
        return self.slots.pop(self.dice.randrange(len(self.slots)))["slot"]

    def taking(self, act):
        """Tries to have a slot, another one while somebody else is faster."""
        for _ in range(20):
            try:
                return act(self.slot())
            except Refused as refused:
                if refused.problem().get("code") not in ("slot_taken", "hold_expired"):
                    raise
                self.slots = refused.problem().get("slots", [])
        raise RuntimeError("twenty slots were taken by others")

    def book(self):
        reference = str(uuid.uuid4())
        self.journal.note("wished", reference=reference)
        sent = self.post("/requests", {
            "work_type": 1, "urgency": "normal", "summary": "Nejde tisk stravenek", "contact_name": "Jana Nováková",
            "contact_phone": "377 457 977", "reference": reference})
        number = sent["number"]
        self.journal.note("sent", number=number, reference=reference)

        def agree(slot):
            self.post(f"/requests/{number}/hold", {"slot": slot})
            return self.post(f"/requests/{number}/confirm", {})

        agreed = self.taking(agree)
        self.journal.note("confirmed", number=number, start=agreed["time"]["start"])
        chance = self.dice.random()
        if chance < 0.15:
            moved = self.taking(lambda slot: self.post(f"/requests/{number}/move", {"slot": slot}))
            self.journal.note("moved", number=number, start=moved["time"]["start"])
        elif chance < 0.40:
            self.post(f"/requests/{number}/cancel", {"reason": "Už to funguje."})
            self.journal.note("cancelled", number=number)
        elif chance < 0.50:
            self.buy()

    def buy(self):
        purchase = str(uuid.uuid4())
        form = urllib.parse.urlencode({
            "call": "/api/bundles/purchase", "id": purchase, "bundle": 1, "quantity": 1, "method": "transfer", "total": 166980})
        headers = {
            "Cookie": cookie_of(self.number), "Sec-Fetch-Site": "same-origin", "Accept": "text/html",
            "Content-Type": "application/x-www-form-urlencoded"}
        status, told, text = self.portal.ask("POST", "/bundles/1/purchase", headers, form)
        leads_to = told.get("location", "")
        if status != 303 or "/bundles/purchases/" not in leads_to:
            # A form that could not be kept comes back with what was typed: it is sent again.
            raise Refused(status, leads_to or text)
        self.journal.note("bought", purchase=purchase, number=leads_to.split("?")[0].rsplit("/", 1)[1])


def customers_at_work(arguments, journal, failures, number, stop):
    portal = Portal(arguments.portal, journal)
    customer = Customer(number, portal, journal, random.Random(arguments.seed * 1000 + number))
    while not stop.is_set() and journal.bookings < arguments.bookings:
        try:
            customer.book()
        except Exception as failure:  # whatever it is, it is told, and nothing is claimed of it
            failures.append(f"customer {number}: {type(failure).__name__}: {failure}")
            if len(failures) > 50:
                stop.set()


def pages(arguments, name, path, journal, stop):
    """Opens a page ten times a second, and notes how long it was not shown."""
    headers = {"Cookie": cookie_of(arguments.first), "Accept": "text/html"}
    since = None
    while not stop.is_set():
        portal = Portal(arguments.portal, journal)
        portal.connection = http.client.HTTPConnection(arguments.portal, timeout=3)
        try:
            is_shown = portal.once("GET", path, headers)[0] == 200
        except (OSError, http.client.HTTPException):
            is_shown = False
        portal.close()
        if not is_shown and since is None:
            since = time.time()
        if is_shown and since is not None:
            journal.note("page", name=name, gone_for=round(time.time() - since, 2))
            since = None
        time.sleep(0.1)
    if since is not None:
        journal.note("page", name=name, gone_for=round(time.time() - since, 2), still=True)


def listening(arguments, journal, stop):
    """Keeps a live page's stream open as a browser does, and notes when it has come back."""
    position, broken = None, None
    while not stop.is_set():
        connection = http.client.HTTPConnection(arguments.portal, timeout=25)
        headers = {"Cookie": cookie_of(arguments.first), "Accept": "text/event-stream"}
        if position:
            headers["Last-Event-ID"] = position
        try:
            connection.request("GET", f"/live?on={arguments.view}", headers=headers)
            answer = connection.getresponse()
            if answer.status == 200:
                if broken is not None:
                    journal.note("stream", gone_for=round(time.time() - broken, 2))
                broken = None
                while not stop.is_set() and (line := answer.readline()):
                    if line.startswith(b"id:"):
                        position = line[3:].strip().decode()
                    if line.startswith(b"data: changed"):
                        journal.note("told")
        except (OSError, http.client.HTTPException):
            pass
        connection.close()
        if broken is None:
            broken = time.time()
        time.sleep(0.5)


def run(arguments):
    journal = Journal(arguments.journal)
    failures, stop = [], threading.Event()
    workers = [
        threading.Thread(target=customers_at_work, args=(arguments, journal, failures, number, stop))
        for number in range(arguments.first, arguments.first + arguments.customers)]
    observers = [
        threading.Thread(target=pages, args=(arguments, "public page", "/", journal, stop)),
        threading.Thread(target=pages, args=(arguments, "list of requests", "/requests", journal, stop))]
    if arguments.view:
        observers.append(threading.Thread(target=listening, args=(arguments, journal, stop), daemon=True))
    began = time.monotonic()
    for thread in workers + observers:
        thread.start()
    for worker in workers:
        worker.join()
    stop.set()
    took = time.monotonic() - began
    journal.note("end", seconds=round(took, 1), bookings=journal.bookings, tries=journal.tries, failures=failures)
    for failure in failures[:20]:
        print(failure, file=sys.stderr)
    print(f"{journal.bookings} bookings acknowledged in {took:.0f} s, {journal.bookings / took:.1f} in a second; "
          f"{journal.tries} calls were repeated")
    sys.exit(1 if failures or journal.bookings < arguments.bookings else 0)


# ---- what is looked for afterwards ---------------------------------------------------------------------------------------


def rows(arguments, query):
    asked = subprocess.run(
        ["psql", arguments.database, "-X", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", query],
        check=True, capture_output=True, text=True)
    return [line.split("\t") for line in asked.stdout.splitlines()]


# What may be nowhere, whatever was acknowledged.
NEVER = {
    "two appointments of a technician at once":
        "select a.id, b.id from appointment a join appointment b on a.technician_id = b.technician_id and a.id < b.id"
        " and a.during && b.during where a.state in ('held', 'confirmed', 'running') and b.state in ('held', 'confirmed', 'running')",
    "a request with two agreed times":
        "select request_id from appointment where state = 'confirmed' group by 1 having count(*) > 1",
    "a thing sent twice":
        "select reference from program_report group by 1 having count(*) > 1",
    "a fault of the ledger": "select * from ledger_faults()",
    "minutes of a purchase that were not credited once":
        "select p.number from purchase p left join minute_grant g on g.customer_id = p.customer_id and g.source = 'order:' || p.id"
        " where p.at_once group by p.id having count(g.id) <> 1",
    "a purchase without exactly one document":
        "select p.number from purchase p left join tax_document d on d.purchase_id = p.id group by p.id having count(d.id) <> 1",
    "a gap in a series of documents":
        "select kind, year from tax_document group by 1, 2 having count(*) <> max(serial)",
    "a number of a request twice": "select number from service_request where number is not null group by 1 having count(*) > 1",
    "a mail twice": "select key from mail group by 1 having count(*) > 1",
}


def verify(arguments):
    with open(arguments.journal, encoding="utf-8") as file:
        acts = [json.loads(line) for line in file]
    faults = missing(arguments, acts)
    for name, query in NEVER.items():
        found = rows(arguments, query)
        if found:
            faults.append(f"{name}: {len(found)}, the first {found[0]}")
    faults += too_long(acts, arguments)
    for fault in faults[:30]:
        print(f"FAULT: {fault}")
    if not faults:
        print("every acknowledged booking, minute and document is there, and none twice")
    sys.exit(1 if faults else 0)


def missing(arguments, acts):
    """What was acknowledged and is not there."""
    faults = []
    requests = {number: state for number, state in rows(
        arguments, "select number, state from service_request where number is not null")}
    agreed = dict(rows(
        arguments, "select r.number, to_char(lower(a.during) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
        " from appointment a join service_request r on r.id = a.request_id where a.state = 'confirmed'"))
    purchases = dict(rows(arguments, "select id::text, number from purchase"))
    wanted = {}
    for act in acts:
        if act["what"] == "sent" and act["number"] not in requests:
            faults.append(f"request {act['number']} was acknowledged and is gone")
        if act["what"] in ("confirmed", "moved", "cancelled"):
            wanted[act["number"]] = act.get("start")
        if act["what"] == "bought" and purchases.get(act["purchase"]) != act["number"]:
            faults.append(f"purchase {act['number']} was acknowledged and is gone")
    # What was under way when the load ended may have been moved or called off without an answer; that is no fault of what was acknowledged.
    for number, start in wanted.items():
        if start is None and (requests.get(number) != "cancelled" or number in agreed):
            faults.append(f"request {number} was called off and stands as {requests.get(number)}")
        if start is not None and agreed.get(number) != start:
            faults.append(f"request {number} is agreed for {start} and stands at {agreed.get(number)}")
    count = lambda what: sum(act["what"] == what for act in acts)
    print(", ".join(f"{count(what)} {what}" for what in ("sent", "confirmed", "moved", "cancelled", "bought")))
    return faults


def too_long(acts, arguments):
    """Pages and streams that were gone longer than they may be after a fault."""
    found = []
    gone = {}
    for act in acts:
        if act["what"] in ("page", "stream"):
            gone.setdefault(act.get("name", "stream of a live page"), []).append(act["gone_for"])
            if act["gone_for"] > arguments.longest:
                found.append(f"{act.get('name', 'stream of a live page')} was gone for {act['gone_for']} s")
    for name, times in gone.items():
        print(f"{name}: gone {len(times)} times, for {max(times)} s at most")
    if arguments.view:
        told = sum(act["what"] == "told" for act in acts)
        print(f"stream of a live page: told {told} times")
        if told == 0:
            found.append("the stream of a live page was told nothing")
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("deed", choices=["run", "verify"])
    parser.add_argument("--portal", default="127.0.0.1:4700")
    parser.add_argument("--database")
    parser.add_argument("--journal", required=True)
    parser.add_argument("--customers", type=int, default=16)
    parser.add_argument("--bookings", type=int, default=500)
    parser.add_argument("--longest", type=float, default=15)
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--view", default="customer", help="what the open page shows; none where it is empty")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    {"run": run, "verify": verify}[arguments.deed](arguments)


if __name__ == "__main__":
    main()
