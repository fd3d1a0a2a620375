### The desk: its queue, a request, what is done with it, and who calls.

nav-queue = Queue
nav-search = Find a customer or a request
nav-search-hint = Customer, number
nav-search-all = Search of the whole desk

## The queue

queue-title = { $count ->
        [one] { $count } thing is waiting, the longest for { $longest } of working time
       *[other] { $count } things are waiting, the longest for { $longest } of working time
    }
queue-title-none = Nothing is waiting
queue-parts = Waiting for
queue-all = All
queue-mine = Mine
queue-resting = Put off
queue-none = Nothing is waiting here.
queue-none-help = Whatever needs the desk will be here, first what is closest to missing its response tier.
queue-column-request = Request
queue-column-lane = Waits for
queue-column-due = Due
queue-column-who = Who has it
queue-due = { $when }
queue-back = Reminder
queue-rests = put off { $until }
queue-nobody = nobody
lane-new = New, without a time
case-new-urgent = Urgent, without a time
lane-time-to-choose = Offer times
lane-offer-lapsed = Offer lapsed
lane-answer-came = The customer wrote
lane-follow-up = Work is not finished
lane-no-show = Customer was not there
lane-overdue = Technician has not begun
lane-runs-over = Runs into the next appointment
lane-missed-by-us = We missed the appointment
lane-consent-asked = Waits for consent above the ceiling
lane-objection = Objection
lane-outage = Outage
lane-call-back = Call about the moved time
queue-near-first = What is late comes first wherever it is, then your regions.
queue-everywhere = Sort all regions alike
queue-by-due = All regions are sorted alike.
queue-to-near-first = My regions first
case-call = Call { $name }
case-call-why = We moved the agreed time, and nobody there has an e-mail address. It is now: { $slot }
case-called = Called, the customer knows
lane-offered = Customer picks a time

## A request

case-to-queue = Queue
case-facts = What it is about
case-state = State
case-anothers = { $name } has it.
case-mine = You have it.
case-nobodys = Nobody has it yet.
case-take = Take it
case-take-over = Take it over
case-release = Release it
case-colleague = Colleague
case-hand-over = Hand over
case-rest = Put off
case-rest-hour = By an hour
case-rest-next-day = To the next working day
case-rest-week = By a week
case-rest-until = Or until a day and time
case-rest-until-submit = Put off
case-rest-over = Back to the queue
case-time = Find a time
case-move = Move the time
case-reassign = Give it to another technician
case-reclassify = Correct work or urgency
case-follow-up = Create a follow-up
case-cancel = Cancel
case-decline = Decline
case-objection = Decide the objection
case-bench = The technician's work
case-earlier = Wants an earlier time
case-earlier-until = Asked { $until }.
case-earlier-held = Held for it now: { $slot }.
case-offered = Offered
case-offered-until = The offer is valid { $until }.
case-follows = Goes on from
case-followed-by = Goes on in
source-portal = portal
source-program = from the program
source-email = e-mail
source-phone = telephone
case-notes = Notes and attempts
case-note = Note
case-note-hint = Colleagues read it, the customer does not.
case-note-kind = What it is
case-note-only = Just a note
case-note-submit = Save the note
case-tried = Attempt to reach them, { $channel }
case-mails = E-mails
case-mails-none = No e-mail was written about this request yet.

## What the desk does with it

case-back = Back to the request
case-impossible = This cannot be done with the request now
case-impossible-now = Current state: { $state }
case-impossible-begun = It can be done with a request that is waiting, or on whose agreed time no work has begun.
case-impossible-reassign = Only an agreed time on which no work has begun can be given to another technician.
case-impossible-merge = Only a request that is waiting and has no time can be merged.
case-impossible-follow-up = The request was merged and goes on under another number. Create the follow-up there.
case-impossible-erased = The person who ordered it has been erased. Record what is left to do as a new request, for another person at the customer.
case-reason = Reason
case-reason-customer = The customer reads it in the e-mail and in the history.
case-reason-called = Nobody gets an e-mail. Say it on the telephone; it stays in the history.
case-reason-colleagues = Colleagues read it. Nothing changes for the customer.
case-times = Free times
case-times-of = Only the free times of { $name }.
case-times-all = Show everybody's times
case-time-now = Agreed now: { $time }
case-time-late = late
case-promised = Urgent: we promised a start { $until }. Times marked “late” begin after that.
case-no-times = Nobody who knows this work is free.
case-no-times-help = Free up the time of another appointment, or change the technicians’ plans.
case-anybody = anybody who is free
case-offer = Offer to the customer
case-offer-nobody = Whoever ordered it has neither an e-mail address nor a sign-in, the offer would not reach them. Agree a time on the telephone:
case-offer-help = Tick 1 to { $most } times. The customer gets an e-mail and picks one; nothing is held until then.
case-agree = Agree it now
case-agree-help = Agreed on the telephone? Tick one time.
case-move-to = Move
case-nobody-free = Nobody else who knows this work is free at that time.
case-nobody-free-help = Move it to another time.
case-reassign-lead = { $slot }, now { $name }. The time stays; the customer was promised a time, not a name.
case-reassign-to = New technician
case-reassign-submit = Give it to this technician
case-what-stopped = What stopped working
case-since = Since when
case-reclassify-submit = Correct
case-merge = Merge with another
case-merge-lead = This request ends, and the customer is told under which number we go on.
case-merge-into = Which request goes on
case-merge-goes-on = Request { $number } goes on.
case-merge-submit = Merge the requests
case-merge-none = The customer has no other open request.
case-merge-none-help = It can be merged with a request that is waiting or has a time.
case-merged-into = Merged with
case-merged-from = Merged from
case-follow-up-lead = The new request has the same customer, program and kind of work, and goes to the queue.
case-follow-up-what = What is left to do
case-follow-up-submit = Create
case-cancel-submit = Cancel the request
case-decline-submit = Decline the request
field-start-of-other-work = Choose the time again, the one before was for other work
field-starts = Tick no more times than can be offered. Only one can be agreed
field-starts-same = That time is agreed already. Choose another one
field-starts-nobody = Nobody would get the offer. Agree one time on the telephone
field-rest-urgent = An urgent request can be put off by an hour at most
field-rest-until = Choose a time that is still to come, at most { $days } days ahead. An urgent request can be put off by an hour at most.
field-technician = Choose a technician who does not have it yet

## Who calls

intake-link = Somebody is calling
intake-title = Who is calling
intake-search = Customer, person or number
intake-search-hint = Telephone, name, e-mail, IČO, TeamViewer, number of a contract, licence, request or document.
intake-found = Customers found
intake-found-more = These are the first { $shown }. If the right one is not among them, type more.
intake-nobody = Nobody like that was found.
intake-nobody-help = Try the IČO or a part of the name.
intake-new = Add a new caller
intake-new-organisation = Organisation
intake-new-ico = IČO, if they know it
intake-new-ico-known = Open the customer with this IČO
intake-new-program = Choose the program
intake-new-name = The caller's name
intake-new-phone = The caller's telephone
intake-new-submit = Save and continue
intake-new-person = The caller is not on record here
intake-new-person-submit = Add the person
intake-caller = Customer
intake-free = Free minutes
intake-programs = Programs
intake-customer = Contract and minutes
intake-open = Open requests
intake-blocked = This customer cannot order now
intake-former = This is no longer our customer
intake-former-help = No new request can be recorded. What is agreed stands.
intake-blocked-help = No new request can be recorded until a manager unblocks the customer. What is agreed stands.
intake-open-none = Nothing is open.
intake-what = What they say
intake-program = Program
intake-contact-name = Who will sit at the computer
intake-contact-phone = Where the technician calls
intake-member = For whom it is
intake-when = When
intake-when-hint = The next free times for “{ $work }”. Where you choose other work, its times are shown once the form is sent. Later ones are on the request's page.
intake-queue = Put it into the queue
intake-queue-note = The time is agreed later.
intake-no-mail = { $name } (no e-mail, confirm it on the telephone)
intake-late-if-urgent = { $minutes } min later than we promise if it is urgent
intake-pushes =
    { $count ->
        [one] delays { $count } other intervention
       *[other] delays { $count } other interventions
    }
intake-at-once = has { $number } at the same time
intake-means-note = The e-mail goes to the person for whom you record the request; this is how the one chosen will see it. Putting it into the queue sends nothing to anybody.
intake-submit = Record the request
case-rated = Rated { $score } out of { $most }
case-agreed-to = They agreed with the bill { $at }
