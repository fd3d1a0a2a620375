### What staff see.

nav-contests = Objections
nav-customers = Customers
nav-mails = Mail

state-held = Held
state-no-show = No-show
state-missed-by-us = Missed by us

desk-title = Appointments
desk-days = Days
desk-none = There is no appointment today or later.
desk-none-help = As soon as one is agreed, it will be here.
desk-column-time = Time
desk-column-technician = Technician
desk-column-customer = Customer
desk-column-what = What
desk-column-contact = At the computer
desk-column-number = Number

## Missed appointments

missed-title = Appointments we missed
missed-waiting = { $count ->
        [one] { $count } missed appointment has no new time
       *[other] { $count } missed appointments have no new time
    }
missed-none = No missed appointment needs a new time.
missed-none-help = When nobody has connected ten minutes after an agreed time, or we call it off beforehand, it will be here.
missed-time = Missed appointment
missed-called-off = Appointment we called off beforehand
missed-customer-picks = The customer picks a new time, with priority. Speak to them by telephone.
missed-dispatch-picks = The new time is yours to find, with priority. Apologise to the customer by telephone.
missed-open = Request { $number }

## Objections

contests-title = Objections
contests-waiting = { $count ->
        [one] { $count } objection is waiting for a decision
       *[other] { $count } objections are waiting for a decision
    }
contests-none = No objection waits for a decision.
contests-none-help = When a customer questions a segment, it will be here.
contests-by = { $name }, { $when }
contests-segment = Segment
contests-segment-is = { $kind }, { $span } ({ $length }), { $technician }
contests-intervention = Intervention
contests-report = Technician’s report
contests-billed = Billed
contests-billed-is = { $billed } min: { $effective } min of work, minimum { $minimum }
contests-returns = Accepting it returns { $minutes } prepaid min.
contests-waives = Accepting it cancels { $minutes } min charged in money.
contests-returns-and-waives = Accepting it returns { $returned } prepaid min and cancels { $waived } min charged in money.
contests-returns-nothing = Accepting it changes nothing on the bill.
contests-answer = Answer to the customer
contests-answer-hint = They will read it on the receipt and in an e-mail. Accepting and rejecting both need one.
contests-accept = Accept
contests-reject = Reject
contests-minutes = Accept a part only
contests-minutes-hint = Counted from the end of the segment, at most { $minutes } min.
contests-accept-part = Accept in part
contests-remark = The technician’s remark
contests-remark-label = How it was
contests-remark-hint = The desk reads it before it decides. The customer does not.
contests-remark-submit = Send the remark
contests-own-title = Objections to your segments
contests-own-none = No objection to your segments waits for a decision.
contests-own-none-help = When a customer questions one of your segments, it will be here.
contests-to-decided = Decided objections
contests-to-open = Objections that wait
contests-decided-title = Decided objections
contests-decided-none = No such objection.
contests-decided-accepted = Accepted
contests-decided-partly = Accepted in part, { $minutes } min
contests-decided-rejected = Rejected
contests-column-customer = Customer
contests-column-intervention = Intervention
contests-column-decision = Decision
contests-column-reason = Objection
contests-column-answer = Answer
contests-search = Customer or number of the request
contests-search-submit = Search
contests-older = Older
field-accepted = Decide whether to accept the objection
field-accepted-minutes = Enter how many minutes are accepted, at most those of the segment
field-remark = Enter your remark, at least { $min } characters
field-answer = Write an answer to the customer

## Mail

mails-fine = No unsent e-mails
mails-failed = { $count ->
        [one] { $count } e-mail could not be sent
       *[other] { $count } e-mails could not be sent
    }
mails-none = Nothing is waiting and nothing has failed.
mails-none-help = An e-mail that cannot be sent will be here.
pushes-failed = Notifications that did not arrive
pushes-failed-note = The latest that the browser’s service or the text-message gateway did not accept, even after several tries. Whoever they were meant for finds the same in Linka.
pushes-column-said = Notification
mails-column-to = To
mails-column-subject = Subject
mails-column-written = Written
mails-column-state = State
mails-attempts = { $count ->
        [one] { $count } attempt
       *[other] { $count } attempts
    }
mails-resend = Send again
mail-queued = Waiting
mail-sent = Sent
mail-failed = Not sent
mail-gathered = Waits for the daily e-mail
mail-digested = Sent in the daily e-mail
mail-unwished = Not wanted by e-mail
mail-withdrawn = Out of date

demo-mails-title = The demo’s e-mails
demo-mails-lead = The demo sends nothing. What customers and technicians would get is here.
demo-mails-none = No e-mail yet.
demo-mails-none-help = Order an intervention and its confirmation will be here.
