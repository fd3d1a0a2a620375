### The board: the technicians' day and week beside what waits.

nav-board = Board
board-link = Day board
board-free-in-all = { $time } h free
board-reserved = { $time } h left for urgent work
board-weekend = no work at the weekend
board-holiday = public holiday
board-closed = closed: { $reason }
board-days = Other days
board-before = Day before
board-after = Day after
board-today = Today
board-week = Week
board-all = All appointments
board-waiting = { $count ->
        [0] Nothing is waiting
        [one] { $count } thing is waiting
       *[other] { $count } things are waiting
    }
board-nothing-waits = What needs the desk will be here.
board-queue = Whole queue
board-queue-rest = Whole queue, { $count } more
board-whole = Whole request
board-close = Close
board-technicians = The technicians' day
board-nobody = Nobody works as a technician here.
board-free = free
board-absent = absent
board-not-planned = not at work
board-goes-on = goes on beyond its end
board-week-title = Week of { $date }
board-weeks = Other weeks
board-week-before = Week before
board-week-after = Week after
board-day = Today's board
board-appointments = { $count ->
        [one] { $count } appointment
       *[other] { $count } appointments
    }
board-free-time = { $time } h free
board-nothing = nothing

## Who of us is told

wishes-title = Notifications
wishes-link = Choose your notifications
wishes-lead = What Linka tells you by itself, and how. It says each thing only once.
wishes-back = Back to the account
wishes-kinds = Let me know when
wishes-mail-now = at once
wishes-mail-digest = once a day in one e-mail, when we open
wishes-mail-off = no
wishes-mail-always = An e-mail about it always comes.
wishes-by-sms = Text message to { $phone }
wishes-by-mail = By e-mail
wishes-by-push = In the browser
wishes-urgent = something urgent comes
wishes-urgent-hint = An urgent request, whether it waits or has its time.
wishes-waits = anything else waits
wishes-waits-hint = A new request, an offer that lapsed, a follow-up, a customer who was not there.
wishes-trouble = something goes wrong
wishes-trouble-hint = Nobody began, nobody connected, work runs over its time, a customer has to answer.
wishes-objection = a customer objects
wishes-objection-hint = An objection to what was billed waits for a decision.
wishes-changes = a customer changes an agreed time
wishes-changes-hint = They move or cancel it, whoever's it is.
wishes-plan = my plan or my work changes
wishes-plan-hint = A time is added, moved or cancelled, a customer answers or objects to your segment. If no browser notifies you, what dispatch does always comes by e-mail.
wishes-asked = something waits for you or we change a time
wishes-asked-hint = A question whether to go on, times on offer, a time that we called off or moved, an outage.
wishes-agreed = a time is agreed, moved or cancelled
wishes-agreed-hint = When one of your people does it. What we do with a time always comes by e-mail at once.
wishes-reminder = an agreed time is near
wishes-reminder-hint = On the working day before, and half an hour before with the question whether everything is ready.
wishes-course = something changes about a request
wishes-course-hint = We specify it, merge it with another one, or you take it over from a colleague.
wishes-settled = an intervention is done
wishes-settled-hint = What was done and how many minutes it took, and what became of an objection.
wishes-messages = we write to you
wishes-messages-hint = A message about a request that you have not read yet.
wishes-minutes = minutes are running low
wishes-minutes-hint = Minutes that are used up or expire, and the end of the contract.
wishes-always = Documents and e-mails about signing in always come.
wishes-quiet = When not to disturb me
wishes-quiet-hint = What happens then is told afterwards if it still matters. What dispatch changes comes by e-mail at once.
wishes-quiet-hint-member = Notifications and text messages of that time come after it, if they still matter. E-mails are not held back.
wishes-quiet-from = From
wishes-quiet-until = Until
wishes-never = no limit
push-devices = Where we notify you
push-devices-none = Not in any browser yet.
push-devices-note = Notifications show on a locked screen, too, so they hold a number, a kind and a time only. They come until you turn them off or sign out in that browser.
push-devices-full = There can be no more than { $most }. If you add another one, the oldest is turned off: { $name }.
push-device-since = since { $time }
push-device-remove = Turn off
push-try = Send a test notification
push-add = Notify me in this browser
push-add-hint = The browser asks whether you allow it.
push-unsupported = This browser cannot show notifications. On an iPhone or iPad, add Linka to the home screen first.
push-denied = The browser did not allow notifications. Allow them for this site in its settings and try again.
push-failed = The browser did not subscribe to notifications. Try again in a while.
push-no-script = Notifications in the browser can only be turned on with JavaScript. E-mails work without it.
push-request = Request { $number }
push-urgent = Urgent: { $what }
push-several = { $count ->
        [one] { $count } new thing
       *[other] { $count } new things
    }
push-several-text = Open the queue.
push-agreed = Agreed time
push-agreed-urgent = Urgent: agreed time
push-moved = Moved time
push-cancelled = Cancelled time
push-planned = A time in your plan
push-withdrawn = A time is no longer yours
push-consent-given = The customer agrees, go on
push-consent-refused = The customer does not agree, do not go on
push-missed = An appointment nobody started
push-forgotten = Clock left running?
push-wrote = The customer wrote
push-contested = An objection to your segment
push-reopened = Work opened again
push-asked = Something waits for you
push-time = Agreed time
push-reminder = An agreed time is near
push-course = A request has changed
push-settled = An intervention is done
push-message = New message
push-minutes = Minutes are running low
sms-text = Linka: { $what }. { $link }
push-test = Notifications work
push-test-text = This is how we let you know.
board-ill = absent
board-drag-free = free
board-drag-past = is over
board-drag-taken = taken
board-drag-dropped = Nothing has changed.
board-drag-hint = Drag an appointment, or what waits for one, or use the arrows and Enter on it. Nothing changes before you confirm it.
board-release = Release what is kept for urgent work
board-gaps = Next free:
