### The receipt of an intervention, objections, work under way and consent.

receipt-page-title = { $minutes } charged
receipt-page-title-nothing = Nothing charged
receipt-page-back = Request { $number }
receipt-page-number = Intervention
receipt-page-when = When
receipt-page-what = What
receipt-page-what-words = { $program } · { $work_type } · { $urgency }
receipt-page-customer = Customer
receipt-page-ico = Company ID (IČO)
receipt-page-ordered-by = Ordered by
receipt-page-issued = Issued
receipt-page-version = Corrected { $day }
receipt-page-resumed = More work was added
receipt-page-report = What we did
receipt-no-show = The customer could not be reached.
receipt-called-off = The time was called off; what was prepared for it is not charged.
receipt-forgotten = The clock was left running; we corrected the time.
receipt-began-earlier = The technician began a little before starting the clock.
receipt-missed-by-us = No technician connected at the agreed time.
receipt-page-segments = What the time is made of
receipt-page-calculation = How we got there
receipt-page-sum = Charged time
receipt-page-rounded = Rounded up to whole minutes
receipt-page-top-up = Up to the minimum of { $minimum } minutes
receipt-page-lifted = No minimum of { $minimum } minutes: outage “{ $outage }”
receipt-page-lifted-value = not charged
receipt-page-billed = Charged
receipt-page-over = Beyond prepaid minutes
receipt-page-in-money = To be paid
receipt-page-product = { $minutes } × { $rate }
receipt-page-with-vat = Incl. VAT { $percent }%
receipt-page-former = What the receipt said before
receipt-page-former-version = Issued { $when }
receipt-page-pdf = Download PDF
receipt-page-contest-note = You can object to a segment { $until }.

segments-column-what = Segment
segments-column-when = From–to
segments-column-who = Who
segments-column-length = Length
segments-total = Charged time in all
segments-free = not charged
segments-contest = I disagree

contest-title = What do you disagree with?
contest-lead = We will look into it and answer on the page of the intervention. If we agree, we return the minutes.
contest-segment = Segment
contest-reason = Why
contest-reason-hint = One sentence will do: what was different.
contest-submit = Send the objection
contest-keep = Back to the intervention
contest-open = The objection waits for an answer
contest-accepted = Objection accepted
contest-partly-accepted = Objection accepted in part: { $minutes } min are not charged
contest-rejected = Objection not accepted
contest-said = { $by }, { $when }: { $reason }
contest-answer = Answer, { $when }: { $answer }

## Work under way

requests-title-asked = The technician waits for your consent
requests-title-closed-billed = Done, { $minutes } charged
requests-title-closed-free = Done, nothing charged
requests-agreed-time = Agreed time
requests-receipts = What we did
requests-receipt = { $minutes } charged: the receipt in detail ({ $day })

progress-running = Counting now: { $kind }.
progress-free = Now: { $kind }. This time costs nothing.
progress-put-right = The work is done and nothing is counted. We opened it again to correct what is billed:
progress-paused = No time is being counted now.
progress-began = The technician began at { $time }.
progress-began-on = The technician began on { $when }.
progress-reload = Reload the page for newer numbers.
progress-ceiling = Above { $minutes } we ask you first.

consent-question = The work has taken { $minutes }. Should the technician go on?
consent-paused = Until you answer, no time is charged.
consent-by-others = Colleagues who may buy minutes can answer. Until then no time is charged.
consent-legend = Should the technician go on?
consent-yes = Yes, go on
consent-yes-note = Further time will be charged.
consent-no = No, stop
consent-no-note = We charge only what is done.
consent-ceiling = If so, ask again above
consent-ceiling-hint = Minutes in all, with those that have passed. An empty field means no limit.
consent-submit = Send the answer
consent-given-up-to = { $by } agreed to go on up to { $minutes }.
consent-given = { $by } agreed to go on without a limit.
consent-refused = { $by } does not want to go on.

field-segment = Choose the segment that you disagree with
field-agreed = Choose whether the technician should go on
field-new-ceiling = Write a number of minutes above what the work has taken, 480 at most, or leave the field empty

## Rating

rating-title = How did we do?
rating-over = This link has expired: work can be rated for 60 days. If you want to add something, write to us on the page of the request.
rating-thanks = Thank you, you gave us { $score } out of { $most }.
rating-question = How satisfied were you?
rating-score =
    { $score ->
        [1] 1 – not at all
        [2] 2 – not really
        [3] 3 – so so
        [4] 4 – mostly
       *[5] 5 – completely
    }
rating-words = Would you like to add anything?
rating-words-hint = At most { $max } characters
rating-submit = Send the rating
rating-bill = We bill { $minutes }
rating-agree = I agree with the bill
rating-contest = I do not agree
rating-agreed = You agreed with the bill { $at }.
