### Ordering a remote intervention, step by step.

order-continue = Continue
order-send-title = Check and send
order-send = Send the request
order-call = Call { $phone }

## Program

order-program-title = Which program do you need help with?
order-program-legend = Program
order-program-none = We have no program on record for you.
order-program-none-help = If you use one, call us on { $phone } and we will add it.
order-drafts-title =
    { $count ->
        [one] You have an unfinished order
       *[other] You have unfinished orders
    }
order-draft-begun = Begun { $when }
order-draft-held = We hold { $slot } for you.
order-draft-finish = Finish
order-draft-discard = Discard

## Kind of work

order-work-type-title = What do you need?
order-work-type-legend = Kind of work
order-work-type-typical = usually { $minutes }
order-work-type-plannable = Planned ahead, cannot be ordered as urgent.
order-work-type-dispatch = A dispatcher will suggest the time.
order-estimate-nothing = Choose the kind of work to see how long it takes and who pays for it.

## What is happening and who will sit at the computer

order-details-title = What is happening, and who will sit at the computer?
order-what-label = What is happening
order-what-hint = Write what you do and what the program does. If it reports an error, copy all of it.
order-what-label-plannable = What you need
order-what-hint-plannable = Write what shall be done and by when. The technician will prepare for it.
order-contact-name-label = Who will sit at the computer
order-contact-phone-label = Telephone
order-contact-phone-hint = The technician will call it at the agreed time.
order-will-call = We will call { $phone }.
order-ready-label = At the agreed time TeamViewer and the program { $program } will be running on the computer.
order-ready-hint = The technician cannot connect without it. We pay for TeamViewer.

## Urgency

order-urgency-title = Is it urgent or normal?
order-urgency-legend = Urgency
order-urgency-urgent = Urgent
order-urgency-urgent-note = Something stopped working, nobody could foresee it, and work stands still.
order-urgency-target = Response { $tier }: within { $target }.
order-urgency-first = The first free time is { $when }.
order-urgency-none-urgent = No time is free now, please call { $phone }.
order-urgency-dearer = A minute costs { $urgent } instead of { $normal } excl. VAT.
order-urgency-dearer-contract = A minute beyond the contract costs { $urgent } instead of { $normal } excl. VAT.
order-urgency-normal = Normal
order-urgency-normal-note = The work can wait a little.
order-urgency-first-normal = The nearest normal time is { $when }.
order-urgency-none-normal = No normal time is free now.
order-urgency-dispatch = A dispatcher will suggest the time once you have sent the request.
order-what-stopped-label = What stopped working
order-what-stopped-hint = One sentence is enough: what does not work and whom it holds up.
order-since-label = Since when
order-since-hint = For example “since this morning”.
order-urgency-accepted = This is enough for an urgent request.
order-planned-title = This work is planned ahead
order-planned-why = Work of the kind “{ $work }” is planned ahead, so it cannot be ordered as urgent.

## Time

order-time-title = When shall the technician connect?
order-time-about = { $minutes } set aside
order-time-urgent = urgent request
order-time-normal = normal request
order-time-to-confirm = Confirm the time we hold
order-time-none = No time is free now.
order-time-none-help = Call us on { $phone } and we will find one together. What you wrote stays saved.
order-time-other-urgency = Change the urgency
order-live-taken = taken
order-live-passed = gone
order-live-earlier = An earlier time became free.
order-live-more = More times became free.
order-live-all-gone = The times you see are no longer free.
order-live-show = Show the offer

## Confirmation

order-hold-until = We hold the time for you until { $time }.
order-hold-left = We hold the time for you for another { $left }.
order-hold-two-minutes = We hold the time for you for two more minutes.
order-hold-one-minute = We hold the time for you for one more minute.
order-hold-over = We no longer hold the time. What you wrote stays saved.
order-hold-back = Pick a time again
order-answer-program = Program
order-answer-work-type = Kind of work
order-answer-what = What is happening
order-answer-contact = At the computer
order-answer-urgency = Urgency
order-claim =
    Urgent: { $what }
    Since: { $since }
order-ceiling-label = Ask me before the work exceeds
order-ceiling-hint = The technician will agree with you whether to go on. At least { $least }, at most { $most } minutes.
order-ceiling-suffix = minutes
order-cut-off =
    { $moves ->
        [one] You can move or cancel it { $until }, move it once. After that, call us: { $phone }.
       *[other] You can move or cancel it { $until }, move it at most { $moves } times. After that, call us: { $phone }.
    }
order-overlap = You already have another appointment at that time
order-overlap-body = Somebody has to sit at the computer at both. If that is what you want, go on.
order-confirm = Confirm the time
order-other-time = Pick another time
