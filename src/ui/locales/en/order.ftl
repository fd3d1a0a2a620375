### Ordering a remote intervention, step by step.

order-send-title = Check and send
order-send = Send the request
order-call = Call { $phone }

## What you need

order-what-title = What do you need help with?
order-to-times = Choose a time
order-subject-legend = Program and kind of work
order-subject-recent = Recent
order-search-label = Find it in your own words, such as “will not print”
order-search = Find
order-search-none = There is nothing like that here. Choose what comes nearest and write what is happening.
order-program-none = We have no program on record for you.
order-program-none-help = If you use one, call us on { $phone } and we will add it.
order-drafts-title =
    { $count ->
        [one] Unfinished order: { $what }
       *[other] { $count } unfinished orders, the latest { $what }
    }
order-draft-begun = begun { $when }
order-draft-held = we hold { $slot } for you
order-draft-finish = Finish the order: { $what }
order-draft-discard = Discard
order-work-type-typical = usually { $minutes }
order-work-type-plannable = Planned ahead, cannot be ordered as urgent.
order-work-type-dispatch = A dispatcher will suggest the time.
order-estimate-nothing = Choose the kind of work to see how long it takes and who pays for it.
order-what-label = What is happening, or what you need
order-what-hint = Write what you are doing and what the program does. If it shows an error, copy all of it. For planned work, write what should be done and by when.
order-contact-name-label = Who will sit at the computer
order-contact-phone-label = Telephone
order-contact-phone-hint = The technician will call it at the agreed time.
order-will-call = We will call { $phone }.
order-promise = By sending it you promise that TeamViewer and the program { $program } will be running on the computer at the agreed time. The technician cannot connect without them. We pay for TeamViewer.

## Urgency

order-urgency-legend = Is it urgent or normal?
order-urgency-urgent = Urgent
order-urgency-urgent-note = Something stopped working, nobody could foresee it, and work stands still.
order-urgency-target = Response tier { $tier }: within { $target }.
order-urgency-first = The first free time is { $when }.
order-urgency-none-urgent = No time is free now, please call { $phone }.
order-urgency-dearer = A minute costs { $urgent } instead of { $normal } excl. VAT.
order-urgency-dearer-contract = A minute beyond the contract costs { $urgent } instead of { $normal } excl. VAT.
order-urgency-normal = Normal
order-urgency-normal-note = The work can wait a little.
order-urgency-first-normal = The nearest normal time is { $when }.
order-urgency-none-normal = No normal time is free now.
order-urgency-normal-from = Not before { $when }.
order-urgency-dispatch = A dispatcher will suggest the time once you have sent the request.
order-what-stopped-label = What stopped working
order-what-stopped-hint = One sentence is enough: what does not work and whom it holds up.
order-since-label = Since when
order-since-hint = For example “since this morning”.
order-urgency-accepted = This is enough for an urgent request.
order-planned-why = This work is planned ahead, so it cannot be ordered as urgent.

## Time

order-time-title = When should the technician connect?
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
order-hold-over = We no longer hold the time. Confirm it, and it is yours if it is still free.
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
        [one] You can move or cancel it { $until }, and move it only once. After that, call us: { $phone }.
       *[other] You can move or cancel it { $until }, and move it at most { $moves } times. After that, call us: { $phone }.
    }
order-overlap = You already have another appointment at that time
order-overlap-body = Somebody has to sit at the computer at both. If that is what you want, go on.
order-confirm = Confirm the time
order-other-time = Pick another time
order-again = Order the same again

visit-title = Order and register
visit-lead = Say what you need and who you are. Then pick a time; it is agreed when you open the link in the e-mail.
visit-known = Do you sign in to Linka already?
visit-urgent = Is work at a standstill? You can order urgent help here once a dispatcher has confirmed your organisation, during the line's hours. Until then we help by telephone:
visit-who = Who it is for
visit-time-lead = We hold the time for you until you open the link that we have just sent. If that takes longer, we take it if it is still free.
visit-time-none-help = By telephone, we will find something together. What you wrote stays saved.
visit-no-time = I will pick a time later
