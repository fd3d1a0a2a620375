#!/usr/bin/env python3
"""A day of many vendors on so many cores, for docs/scale.md: who comes when, what each costs, and how long people wait.

scripts/scale.py [vendors…]: simulates the busiest hour of the year with the costs below, and adds up what a year writes. Nothing of it is
measured here; the costs are those of docs/scale.md, and are changed where they are measured anew.
"""

import heapq
import random
import sys

# A large vendor: what the design is measured with.
CUSTOMERS = 10_000
REQUESTS_OF_CUSTOMER = 12  # in a year
WORKING_DAYS = 250
# Of a day's requests, in the hour in which most come; of a year's days, the busiest (the end of the year) against the mean.
BUSIEST_HOUR, BUSIEST_DAY = 0.20, 6

# What one request brings with it in pages and forms of everybody who has to do with it, and what each costs: milliseconds of one core,
# database included.
DEEDS = {
    # name: (how many, ms)
    "list or page of a request": (24, 1.8),
    "home, usage": (8, 3.9),
    "choice of a time": (2, 35.0),
    "form": (10, 8.0),
    "desk, workbench": (16, 6.0),
    "question of an open page": (20, 6.0),
    "job: mail, document": (6, 40.0),
}

# What one request leaves behind, in kB: rows and indexes, printed documents, files that people send; and what it writes ahead.
ROWS, DOCUMENTS, FILES, AHEAD = 25, 15, 300, 60

SECONDS = 600


def hour(vendors, cores, dice):
    """(share of the cores that is taken, the median and the slowest of a hundred waits in ms, deeds in a second), or waits that only grow."""
    requests = vendors * CUSTOMERS * REQUESTS_OF_CUSTOMER / WORKING_DAYS * BUSIEST_HOUR * BUSIEST_DAY / 3600
    kinds = list(DEEDS.values())
    rate = requests * sum(count for count, _ in kinds)
    work = requests * sum(count * cost for count, cost in kinds) / 1000
    if work / cores >= 1:
        return work / cores, None, None, rate
    free, waits, now = [0.0] * cores, [], 0.0
    costs, weights = [cost / 1000 for _, cost in kinds], [count for count, _ in kinds]
    while now < SECONDS and len(waits) < 200_000:
        now += dice.expovariate(rate)
        # Every cost is spread as such things are: most are quick, few are slow.
        cost = dice.choices(costs, weights)[0] * dice.gammavariate(2, 0.5)
        begins = max(now, heapq.heappop(free))
        heapq.heappush(free, begins + cost)
        waits.append((begins - now + cost) * 1000)
    waits.sort()
    return work / cores, waits[len(waits) // 2], waits[len(waits) * 99 // 100], rate


def main():
    vendors = [int(argument) for argument in sys.argv[1:]] or [1, 10, 50, 100, 200, 400]
    print(f"{'vendors':>8} {'deeds/s':>8} {'2 cores':>22} {'8 cores':>22} {'rows/year':>10} {'with PDFs':>10} {'files':>8} {'WAL/day':>8}")
    for count in vendors:
        cells = []
        for cores in (2, 8):
            taken, median, slow, rate = hour(count, cores, random.Random(count))
            times = "cannot" if median is None else f"{median:.0f} / {slow:.0f} ms"
            cells.append(f"{taken:6.1%} {times:>15}")
        requests = count * CUSTOMERS * REQUESTS_OF_CUSTOMER
        gigabytes = [requests * kilobytes / 1e6 for kilobytes in (ROWS, ROWS + DOCUMENTS, FILES)]
        ahead = requests * AHEAD / WORKING_DAYS / 1e6
        print(f"{count:8} {rate:8.1f} {cells[0]} {cells[1]} " + " ".join(f"{size:7.0f} GB" for size in gigabytes) + f" {ahead:5.1f} GB")


if __name__ == "__main__":
    main()
