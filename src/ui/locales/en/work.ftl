### A technician's day and the workbench of one request.

work-free = not billed
work-since = { $kind } since { $time }

## The day

work-day-next = { $when }: { $customer }
work-day-due = { $customer } has been waiting since { $time }
work-day-missed = Missed appointment: { $customer }
work-day-running = The clock is running: { $customer }
work-day-paused = Not closed yet: { $customer }
work-day-over = Done for today
work-day-none = You have no appointment today
work-day-empty = You have no appointment on this day.
work-day-next-one = The next ones: { $date }
work-day-appointments = The day’s appointments
work-days = Days of the week
work-running = The running clock
work-to-clock = To the clock
work-forgotten = The clock was left running
work-forgotten-help = It was started { $since }. Say there when the work really ended.
work-left-open = Left open from earlier days
work-left-open-help = Close them while you remember what was done.
work-missed-visits = Missed appointments
work-missed-visits-help = We have apologised, and the customers are choosing another time. Until they have, you can begin late.
work-not-ready = not confirmed as ready
work-day-now = now { $time }
work-day-free = free
work-day-free-until = free until { $time }
work-day-held = a customer is just picking it
work-day-break = break
work-day-absent = absent
work-day-goes-on = { $minutes } over
work-day-should-have-begun = should have begun { $minutes } ago
work-day-pushed = will begin about { $minutes } late
work-day-late = The delay pushes the next appointments
work-day-late-one = { $time } { $customer }: at least { $minutes } late.
work-day-late-help = Let them know, or talk to dispatch.
work-day-planned = Planned
work-day-agreed = Agreed
work-day-done = Worked
work-day-billed = Billed to customers
work-day-hours = { $time } h
work-day-first = the first at { $time }
work-week-before = The week before
work-week-after = The week after

## The workbench

work-title-running = The clock is running
work-title-paused = The clock is stopped
work-title-consent = Waiting for the customer’s consent
work-title-agreed = The customer agreed, go on
work-title-done = Closed
work-title-no-show = The customer could not be reached
work-title-called-off = We called this time off beforehand
work-called-off = Nobody connects at this time
work-called-off-help = We have apologised to the customer. Once another time is agreed, it stands here.
work-title-missed-by-us = Missed appointment
work-title-cancelled = The appointment is cancelled
work-title-closed-ahead = Closed ahead of the agreed time
work-looking-on = Only the technician who has the appointment works the clock.
work-missed = We have apologised, and the customer is choosing another time
work-missed-help = Until they have, you can begin late. Speak to them by telephone first.
work-elsewhere = Your clock is running elsewhere: { $customer }
work-elsewhere-help = You started it { $since }. Stop it there first.
work-customer = At the computer
work-what-happened = What the customer wrote
work-urgency = Why it is urgent
work-tier = Response tier
work-tier-urgent = { $tier }: urgent within { $target }
work-estimate = Estimate and ceiling
work-estimate-none = no estimate
work-estimate-ceiling = { $estimate }, ceiling { $ceiling }
work-estimate-no-ceiling = { $estimate }, no ceiling
work-customer-free = The customer has { $minutes } free
work-customer-free-reserved = The customer has { $minutes } free, another { $reserved } are for their agreed appointments
work-pool-left = the customer keeps { $minutes }
work-pool-none = no prepaid minutes
work-computers-others = Other computers of the customer
work-copy = Copy the number
work-copied = Copied
work-done-here = What was done here last
work-done-here-none = Nothing was done here yet.
work-done-here-billed = billed { $minutes }
work-next = Then { $when }:
work-next-late = at least { $minutes } late by now
work-to-close = Close the intervention
work-to-heard = Record the consent
work-said-ready = The customer says that everything is ready.
work-said-call = The customer wants you to call first.
ready-title = The technician connects { $when }
ready-running = The technician is at work
ready-over = There is nothing to confirm here any more
ready-yes = Everything is ready
ready-later = Begin 15 minutes later
ready-no-later = Beginning a quarter of an hour later is not possible any more. If you need more time, agree on it with the technician by phone.
ready-move = Another time
ready-call = Call me
ready-said = Thank you, the technician knows that everything is ready.
ready-said-call = The technician knows to call you first.
ready-line = The line:
ready-request = The whole request
ready-call-message = Please call me before the agreed time on { $phone }.
work-ready-term = Ready
work-ready = TeamViewer and { $program } will be running.
work-unready = Nobody confirmed it. Check TeamViewer and { $program } on the phone.

## The clock

work-clock-panel = Clock
work-clock-label = Effective time
work-clock-stands = The clock is stopped
work-clock-changed = The clock has changed since this page was shown.
work-ceiling-just-reached = The ceiling is reached, billed time has stopped.
work-reload = Reload the page
work-start = Start the clock
work-start-late = Begin late
work-start-with = It will count: { $kind }.
work-start-other = Or start with
work-stop = Stop
work-switch = Switch to
work-resume = Go on

## A forgotten clock

work-title-forgotten = When did the work really end?
work-forgotten-stands = { $kind }, started { $time }, counted { $until }
work-true-end = End of the work
work-true-end-hint = The clock was started { $since } and nobody stopped it. Without an answer the customer is charged { $until } only.
work-true-end-agreed = At the end of the agreed time
work-true-end-closed = When the line closed
work-true-end-activity = At your last entry
work-true-end-now = Now, there really was work until now
work-true-end-now-note = Give the reason. A manager confirms more than { $most } min on top.
work-true-end-by-manager = A manager confirms more than { $most } min on top.
work-true-end-other = At another time
work-true-end-at = Which other time
work-true-end-reason = Reason
work-true-end-reason-hint = Needed if more is to be charged. The customer sees it on the receipt too.
work-true-end-submit = Stop the clock

## Minutes

work-billed = Billed to the customer
work-billed-now = The customer would be billed now
work-sum-nothing = No billed time yet.
work-sum = { $effective } of work, rounded up
work-sum-minimum = { $effective } min of work + { $top_up } min up to the minimum of { $minimum }
work-resumed = It continues an earlier intervention, the customer is not charged the minimum again.
work-receipt = The receipt as the customer sees it
work-no-ceiling = The customer has set no ceiling.
work-ceiling = Ceiling { $minutes }
work-ceiling-left = { $minutes } min left
work-ceiling-reached = used up
work-over = the customer pays in money
work-consent-asked = We are asking the customer whether to go on above { $minutes } min
work-consent-asked-help = No billed time has been counted since { $time }. Whoever may buy minutes there will answer.
work-consent-came = The customer has answered whether to go on.
work-consent-by = { $name }, { $time }
work-consent-up-to = Agreed: go on up to { $minutes } min
work-consent-no-limit = Agreed: go on without a ceiling
work-consent-refused = The customer does not want to go on
work-consent-heard = { $who } by telephone: “{ $words }” Written down by { $heard_by }.
work-consent-go-on = Switch the clock back to work.
work-consent-stop = The customer is charged what is done only. Close the intervention.
work-heard = Consent by telephone
work-heard-answer = What did the customer answer about going on above { $minutes }?
work-heard-yes = Yes, go on
work-heard-no = No, stop
work-heard-ceiling = Ask again above
work-heard-ceiling-hint = Minutes in all. An empty field means no limit.
work-heard-by = Who said it
work-heard-at = When
work-heard-words = In their words
work-heard-words-hint = The customer will read it in the history of the request.
work-heard-submit = Record the answer

## Segments

work-segments = Segments
work-no-segments = Nothing measured yet.
work-column-kind = Kind
work-column-span = From–to
work-column-length = Length
work-column-correct = Correction
work-running-since = { $time }, running
work-corrected = corrected
work-segment-correct = Correct
work-segment-add = Add a segment by hand
work-corrections = Corrections
work-correction = Formerly { $kind } { $span }
work-correction-added = Added by hand
work-correct-title = Correct a segment
work-add-title = Add a segment
work-segment-kind = What was done
work-segment-from = From
work-segment-until = Until
work-segment-reason = Reason
work-segment-reason-hint = The customer will see it on the receipt.
work-segment-save = Save
work-segment-confirmed = It really was so
work-segment-confirmed-hint = The segment lies outside the agreed time { $slot } or the line’s hours. The customer will see the reason on the receipt.

## A customer who is not there

work-attempts = Attempts to reach the customer
work-attempts-count = { $count ->
        [one] { $count } attempt
       *[other] { $count } attempts
    }
work-channel = How
work-channel-phone = Phone
work-channel-teamviewer = TeamViewer
work-channel-email = E-mail
work-attempt-note = What came of it
work-attempt-note-hint = For example: no answer, it rang for two minutes.
work-attempt-submit = Note the attempt
work-no-show = The customer could not be reached
work-next-attempt = The next attempt counts { $time }.
work-no-show-from = It can be noted as missed { $time }.
work-no-show-from-after = It can be noted as missed { $time }, after { $count ->
        [one] { $count } more attempt
       *[other] { $count } more attempts
    }.
work-no-show-after = It can be noted as missed after { $count ->
        [one] { $count } more attempt
       *[other] { $count } more attempts
    }.

## Closing

work-close-title = Close the intervention
work-close-bill = The customer will be billed { $billed } min.
work-close-bill-minimum = The customer will be billed { $billed } min: { $sum }.
work-report-label = What was done
work-report-hint = In the customer’s words: what did not work, what you did and what to do next.
work-finished = Is that all?
work-finished-yes = Yes, done
work-finished-yes-note = The request will be closed.
work-finished-no = Another appointment is needed
work-finished-no-note = The request will wait for another time.
work-finished-ahead = Is the agreed time still needed?
work-finished-ahead-yes = No, all is done
work-finished-ahead-yes-note = The request is closed and the time { $slot } is cancelled, in the customer’s calendar too.
work-finished-ahead-no = Yes, it is
work-finished-ahead-no-note = Leave the work open: it is closed after that time.
work-close-calls-off = This cancels the time { $slot }, in the customer’s calendar too.
work-unusual = Before you close, have a look
work-unusual-long = { $segment }: it takes { $minutes }.
work-unusual-before = { $segment }: it begins long before the agreed time.
work-unusual-after = { $segment }: it ends long after the agreed time.
work-unusual-hours = { $segment }: it is outside the line’s hours.
work-unusual-estimate = The effective time is { $effective }, the estimate was { $estimated } at most.
work-close-submit = Close and bill

## Fields

field-segment-kind = Choose what was done
field-segment-future = The start must not lie in the future, nor before the day of the request
field-segment-order = The end must be after the start and not in the future
field-date-time = Fill in a date and a time
field-reason = Write a reason of at least { $min } characters
field-true-end = Choose when the work really ended
field-true-end-range = The end must come after the start of the segment and not lie in the future
field-needs-manager = More than { $most } min are for a manager to add: enter less, or ask one
field-segment-confirmed = The segment lies outside the agreed time or the line’s hours: confirm that it was so, or correct the times
field-finished-ahead = The agreed time is still ahead: leave the work open
field-report = Write what was done
field-finished = Choose whether that is all
field-channel = Choose how you tried
field-said-by = Enter who said it
field-said-at = The time must lie between the beginning of the work and now
field-words = Enter what the customer said, at least { $min } characters
