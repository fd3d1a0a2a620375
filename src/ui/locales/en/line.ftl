### The customer line, prices and bundles.

line-title = We connect and fix it with you
line-description = Order a technician’s remote intervention, pick a time and see beforehand what it will cost.
line-lead = At the agreed time a technician connects to your computer and fixes the problem with your program while you watch.
line-open = The line is open today until { $time }.
line-closed-yet = We are not open yet.
line-closed-already = We have closed for today.
line-closed-weekend = We are closed at weekends.
line-closed-holiday = We are closed today, it is a holiday ({ $holiday }).
line-closed-because = We are closed today: { $reason }.
line-reopens = We open { $when }.
embed-title = Customer line: free times
embed-open = open until { $time }
embed-closed = closed
embed-closed-until = closed, we open { $when }
embed-urgent = first urgent time { $when }
embed-urgent-sentence = First urgent time { $when }.
embed-outage = we are working on an outage
embed-outage-named = We are working on: { $name }
embed-free = Free times: { $work }
embed-none = There is no free time on offer now. You can send a request at any time.
embed-more = and { $count } more
embed-order = Order a remote intervention
line-send-anytime = You can send a request at any time.
line-order = Order a remote intervention
line-first-time = I am new here
line-buy = Buy minutes
line-last-known = We cannot take orders right now
line-last-known-note = Something on our side is out of order, and we are on it. The numbers and hours below are the last known ones. You can reach us by telephone; otherwise try again in a while.
line-numbers = Our phone numbers
line-hours = Working days { $opens }–{ $closes }. Requests through the portal are taken 24 hours a day.
line-days-off = When we are closed

how-title = How it works
how-describe = You describe the problem
how-describe-note = You choose the program and the kind of work, and write what happened.
how-pick = You pick a time
how-pick-note = We offer free times. You see beforehand how many minutes it may take and what pays for them.
how-connect = A technician connects
how-connect-note = At the agreed time have TeamViewer and the program running. We pay for TeamViewer.
how-receipt = You get a receipt
how-receipt-note = For each intervention you see what was done, how many minutes are charged, and why.

urgency-title = Urgent or normal?
urgency-urgent-title = Urgent
urgency-urgent-note = Something stopped working, it could not be foreseen, and work is at a standstill. A technician connects as soon as possible.
urgency-normal-title = Normal
urgency-normal-note = Everything else. What can be planned ahead cannot be urgent.
urgency-planned = Planned ahead: { $planned }.
tiers-caption = How soon we connect depends on the response tier in your contract
tiers-name = Response tier
tiers-urgent = Urgent: within
tiers-normal = Normal: no sooner than
tiers-note = Only working hours count: a request sent at 22:00 counts from { $opens } of the next working day. Without a contract the slowest response tier applies.

charges-title = What is charged
charges-lead = We charge the technician’s actual time, by the minute:
charges-communication = calls and messages with you,
charges-preparation = the technician’s preparation,
charges-work = the intervention itself.
charges-free = Waiting and our own faults are shown and cost nothing. We pay for TeamViewer.
charges-minimum = The minimum charged per intervention:
charges-minimum-contract = with a contract or a bundle
charges-minimum-one-off = one-off

prices-title = Prices
prices-item = Item
prices-with-vat = incl. { $percent }% VAT
prices-minute = 1 minute of an intervention
prices-minute-note = without a bundle, or beyond the contract
prices-bundle = Bundle of { $minutes }
prices-bundle-note = { $price } a minute, valid { $months ->
        [one] { $months } month
       *[other] { $months } months
    }
price-without-vat = excl. VAT
price-with-vat = { $price } incl. VAT
price-per-minute = { $price } a minute

bundles-title = Bundles of minutes
bundles-lead = Minutes bought in advance cost less, and the minimum per intervention is { $minimum } minutes instead of { $one_off }.
bundles-lead-contract = Minutes on top of those in your contract. The minimum per intervention stays { $minimum } minutes.
bundles-lead-terms = Minutes bought in advance. Colleagues who see billing know what you pay without them.
bundles-own-rate = Without a bundle a minute beyond your contract costs { $price } excl. VAT.
bundles-saving = you save { $amount }
bundles-validity = valid { $months ->
        [one] { $months } month
       *[other] { $months } months
    } from payment
bundles-list-price = Without a bundle a minute costs { $price } excl. VAT.
line-needs-manager = The line has no manager yet
line-needs-manager-note = On the server run:

### Without a connection.

offline-title = You are not connected to the internet
offline-lead = Once you are, carry on where you left off. The line can be reached by telephone even now.
offline-next = Your next appointment
offline-next-note = As of { $time }.
offline-again = Try again
