# Outages: what customers read, and what the desk does with them.

outage-known = We know about it – { $program }: { $name }
outage-known-own = Your request { $number } belongs to it already. We will write to you when it is solved.
outage-ask = Is it this? { $program }: { $name }
outage-over-at = Solved { $when }
outage-join-help = If it is, there is nothing to order. We add you to the others and let you know when it is solved.
outage-join = Yes, it is this
outage-join-phone = The number to reach you at
outage-own = We know about it: { $name }
outage-own-help = We will write to you and close the request when it is solved.

outages-link = Outages
outages-title =
    { $count ->
        [one] { $count } outage
       *[other] { $count } outages
    }
outages-title-none = No outage
outages-none = We know of none at the moment.
outages-none-help = When the same thing stops working for several customers, tick their requests in the queue. You then answer all of them at once.
outages-resolved = Recently solved
outage-requests =
    { $count ->
        [one] { $count } request
       *[other] { $count } requests
    }
outage-to-list = All outages
outage-new = New outage
outage-new-title = New outage
outage-new-lead = Visitors of the public page see the notice, and so does everybody who begins an order for the same program.
outage-new-requests = Which requests belong to it
outage-program = Which program it affects
outage-name-cs = Its name in Czech
outage-name-hint = One sentence, { $min } to { $max } characters
outage-name-en = Its name in English
outage-text-cs = What customers should know, in Czech
outage-text-hint = What does not work, what is being done, and what they can do meanwhile. At most { $max } characters.
outage-text-en = What customers should know, in English
outage-began = Since when
outage-work-type = Kind of work for those who join by themselves
outage-open = Announce the outage
outage-read = What customers read
outage-history = History
outage-nobody = No request belongs to it yet.
outage-column-leave = Take out
outage-leave = Not part of the outage
outage-joining = Add requests
outage-joins = Number of another request
outage-joins-hint = Ticking one of those above is enough.
outage-joining-submit = Add
outage-telling = Message to all
outage-message-cs = Message in Czech
outage-message-hint = It is written into each request and mailed to everybody. At most { $max } characters.
outage-message-en = Message in English
outage-telling-submit = Send to all
outage-resolving = The outage is over
outage-resolving-lead = Everybody gets the answer. Requests are closed and agreed times called off, but for those that you leave open. You see first whom it concerns.
outage-answer-cs = Answer in Czech
outage-answer-en = Answer in English
outage-goes-on = Which still need a technician
outage-at-work =
    { $count ->
        [one] A technician works on { $count } request, which closes with the work.
       *[other] Technicians work on { $count } requests, which close with the work.
    }
outage-resolving-submit = Answer all and close
outage-end-open = Show what will happen
outage-end-title = End the outage
outage-end-back = Back to the outage
outage-end-over = Somebody else has ended the outage
outage-end-over-help = The answer that you were writing was not sent.
outage-end-called-off =
    { $count ->
        [one] { $count } agreed appointment is called off
       *[other] { $count } agreed appointments are called off
    }
outage-end-closed =
    { $count ->
        [one] { $count } request without a time is closed
       *[other] { $count } requests without a time are closed
    }
outage-end-nothing = No open request belongs to the outage. Only the announcement ends.
outage-end-new = new, or different from before
outage-end-call = They get no e-mail, tell them by telephone:
outage-end-more-mails =
    { $count ->
        [one] And { $count } more e-mail that says the same.
       *[other] And { $count } more e-mails that say the same.
    }
outage-end-mails-note = Your answer will replace […]. For requests that you leave open nothing is called off, and we write that we will be in touch.
outage-join-which = Which of them is it?
outage-editing = Change the notice
outage-editing-submit = Save
outage-lifted = No minimum is charged
outage-lifting = Lift the minimum
outage-lifting-lead = Work because of this outage costs its actual time only. It holds for all requests that belong to it, now or later; receipts that were issued are corrected. It cannot be taken back.
outage-lifting-reason = Reason, which the customer reads on the receipt
outage-lifting-submit = Lift the minimum
outage-lifting-managers = A manager may lift the minimum.
outage-by-customer = the customer
outage-step-opened = Outage announced
outage-step-joined = Request added
outage-step-left = Request taken out
outage-step-news = Message to all
outage-step-lifted = Minimum lifted
outage-step-over = Solved
outage-of-case = Outage
outage-of-case-which = Which outage it belongs to
outage-of-case-join = Part of the outage
outage-of-case-new = New outage from this request
queue-to-outage = Those ticked are one outage
queue-tick = Tick { $name }
