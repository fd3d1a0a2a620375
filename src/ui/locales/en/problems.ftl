### What went wrong, and what to do.

problem-invalid = Something still needs fixing
problem-plannable = This work cannot be ordered as urgent
problem-sign-in-failed = Signing in did not work
problem-sign-in-failed-body = The e-mail or the password is not right. Check them and try again.
problem-sign-in-required = Sign in first
problem-sign-in-required-body = After that you continue where you were going.
problem-throttled = Too many attempts
problem-throttled-body =
    { $minutes ->
        [one] Try again in { $minutes } minute.
       *[other] Try again in { $minutes } minutes.
    }
problem-forbidden = You may not do that
problem-forbidden-body = Somebody else in your organisation can.
problem-forbidden-for-you = This page is not for your account.
problem-ask-one = Ask a colleague who can do it:
problem-ask-us = Nobody in your organisation can do it yet. Call us: { $phone }.
problem-not-found = There is nothing here
problem-not-found-body = The address is probably incomplete, or this page is gone.
problem-slot-taken = Somebody else has just taken this time
problem-slot-taken-body = Nothing you wrote is lost. Pick one of the nearest free times.
problem-slot-past = This time is over
problem-slot-too-soon = The earliest possible time is { $earliest }
problem-slot-reserved = The rest of that day is kept for urgent requests
problem-slot-not-offered = We do not offer this time
problem-slot-other = Pick one of those offered. What you wrote is saved.
problem-hold-expired = The hold on your time ran out
problem-hold-expired-body = The time went back on offer. Nothing you wrote is lost. Pick it again or take another.
problem-too-late = The time can no longer be changed here
problem-too-late-body = It could be moved or cancelled { $until }. Call us on { $phone } and we will arrange it.
problem-no-moves = The time cannot be moved any more
problem-no-moves-body = You have moved it as often as possible. You can cancel it, or call us: { $phone }.
problem-not-confirmed = There is nothing to change any more
problem-not-confirmed-body = The appointment is over, under way, or cancelled.
problem-total-differs = The total is not the one that you saw
problem-total-differs-body = Check the summary and send the order again. What you filled in is still there.
problem-estimate-differs = The estimate is not the one that you saw
problem-estimate-differs-body = Check the new estimate and send the order again. What you filled in is still there.
problem-conflict = Something has changed meanwhile
problem-conflict-body = Look at how things stand now and try again.
problem-form-used = You have sent this form before, filled in differently
problem-form-used-body = You sent it { $at }, and what it said then holds. What is filled in now has not been used. Send it again and we take it as something new.
problem-form-used-perhaps = You sent it { $at }, and we do not know for certain whether that worked. Take a look first, and only if it did not, send what is filled in now.
problem-form-used-led-to = See what came of it
problem-changed-meanwhile = Somebody else has changed this meanwhile
problem-changed-meanwhile-body = What you changed is still in the fields; what you left alone has its new value. Next to each field that somebody else has changed you see its current value. If you save the form again, what is in the fields will apply.
problem-means-something-else = Nothing was done. Look how it stands now, and decide again.
field-changed-look = What was changed meanwhile
field-changed-to = Meanwhile changed to: { $now }
field-ticked = ticked
field-not-ticked = not ticked
field-changed-to-nothing = Meanwhile changed, it is empty now.
field-changed-to-longer = Meanwhile changed, it begins now: { $beginning }…
problem-moved-on = That is done already
problem-moved-on-body = It continues elsewhere.
problem-moved-on-link = Continue
problem-confirmed-again = It is not sent yet; we have only made sure that it is you
problem-factor-required = First turn on the second step of signing in
problem-factor-required-body = Whoever runs the line or buys minutes signs in with a code from their phone as well. Turn it on in your account.
problem-provider-required = Your organisation signs in with { $name }
problem-provider-required-body = There is no other way to sign in with this address.
problem-provider-refused = We cannot sign you in like this
problem-provider-refused-body = Either it took too long, or nobody signs in here with your address. Try again, or sign in another way.
problem-signed-in-again = It has not been sent yet, your sign-in had expired meanwhile
problem-signed-in-again-body = What you wrote is still here. Check it and send it again.
problem-not-sent = It has not been sent yet
problem-not-sent-body = What you wrote here is still here. Finish it and send it.
typed-in-vain = What you typed, which was not sent
problem-malformed = We did not understand that
problem-malformed-body = The request arrived damaged. Go back and send it again.
problem-too-large = That is too much
problem-too-large-body = We cannot take that much at once. Go back with your browser’s Back button: what you wrote is still there. Shorten it and send it again.
problem-unavailable = The line is not responding
problem-unavailable-body = Something on our side is out of order. Try again in a while.
problem-unavailable-form = Sending did not work, try again in a while
problem-kept = What you wrote is still filled in.
problem-internal = The page could not be shown
problem-internal-body = The fault is ours. Try again in a while. (incident { $incident })
problem-internal-form = Sending did not work, try again in a while
problem-kept-incident = What you wrote is still filled in. (incident { $incident })
problem-home = To the home page
problem-again = Try again

## Fields

field-program = Choose a program
field-work-type = Choose a kind of work
field-spoken = Each line needs a word, a colon, and what people say for it
field-subject = Choose the program and the kind of work
field-what-happened = Write at least { $min } characters about what happened or what you need
field-contact-name = Write who will sit at the computer
field-contact-phone = Write a telephone number at which we can reach you
field-goes-on = Choose which contract goes on.
field-urgency = Choose whether it is urgent or normal
field-urgency-plannable = This work is planned ahead. Choose a normal request
field-what-stopped = Write at least { $min } characters about what stopped working
field-since = Write since when it has not worked
field-start = Pick a time
field-ceiling-range = Write no fewer minutes than the minimum per intervention, and at most { $most }
field-ceiling = Write a whole number of minutes, or leave it empty
field-email = Write your e-mail
field-password = Write your password
field-missing = Fill in this field
field-too-short = Write a little more
field-too-long = Shorten the text to { $max } characters at most
field-too-long-generic = Shorten the text
field-not-a-phone = Write a telephone number that can be called, such as 601 234 567
field-not-an-email = Write the whole e-mail, such as jana@skola.cz
field-not-a-site = Write one address without a page on each line, such as https://www.example.com
field-not-a-plan = Write the times like this: 7:00–11:30, 12:00–15:30
field-plan-day = The day must not lie in the past, before the first day, or more than three years ahead
field-plan-gone = The technician no longer works here then
field-plan-until = The end must come after the beginning, and must not lie in the past
field-closure-why = Write why you are closed. Customers read it.
field-not-confirmed = Tick this box
field-not-a-number = Write a whole number
field-out-of-range = Write a number within the limits
field-unknown = Choose one of the options
field-already-used = Somebody else already uses that
field-does-not-match = Both must be the same
field-too-common = Anybody would guess that. Choose something longer
field-too-many = There are too many
field-infected = There is malware in the file, so we did not accept it
field-webhook-url = Enter the program's public address, beginning with https:// and a host name, without a port number.
field-webhook-kinds = Tick what is to be told.
field-webhooks-many = There can be no more than { $most } addresses. Remove one first.
field-asked-until = Choose a day from today to that of the agreed time.
field-one-time-code = The code does not match. Type the one that the app shows right now
field-programs = Choose at least one program
field-score = Choose how satisfied you were
field-files-gone = The message waited too long for its files, please attach them again
field-files-large = A file can have at most { $megabytes } MB, and an image at most 25 million pixels
field-files-many = You can attach at most { $most } files
field-files-unknown = You can attach an image (PNG, JPEG, WebP), a PDF, a text or a ZIP only

problem-busy = We are too busy right now. Try again in a moment

## Limits

limit-appointments =
    { $most ->
        [one] Your organisation can have at most { $most } agreed appointment
       *[other] Your organisation can have at most { $most } agreed appointments
    }
limit-appointments-body = Cancel one that you do not need, or call us: { $phone }. What you wrote is kept.
limit-waiting =
    { $most ->
        [one] At most { $most } request of your organisation can wait for a time
       *[other] At most { $most } requests of your organisation can wait for a time
    }
limit-waiting-body = Cancel one that you do not need, or call us: { $phone }. What you wrote is kept.
limit-unpaid =
    { $most ->
        [one] Your organisation can have at most { $most } unpaid purchase
       *[other] Your organisation can have at most { $most } unpaid purchases
    }
limit-unpaid-body = Pay or cancel one of them, or call us: { $phone }. What you filled in is still there.
limit-purchases =
    { $most ->
        [one] Your organisation can buy minutes at most { $most } time a day
       *[other] Your organisation can buy minutes at most { $most } times a day
    }
limit-purchases-body = Wait until tomorrow, or call us: { $phone }. What you filled in is still there.
limit-downloads =
    { $most ->
        [one] Your organisation can download at most { $most } file at a time
       *[other] Your organisation can download at most { $most } files at a time
    }
limit-downloads-body = Wait until one of them is finished, and try again.
limit-holds =
    { $most ->
        [one] You can hold at most { $most } time at once
       *[other] You can hold at most { $most } times at once
    }
limit-holds-body = Finish or discard your unfinished orders first. Held times are also released by themselves when their time runs out.
limit-holds-per-hour =
    { $most ->
        [one] You can have a time held at most { $most } time an hour
       *[other] You can have a time held at most { $most } times an hour
    }
limit-holds-per-hour-body =
    { $minutes ->
        [one] Go on in { $minutes } minute, or call us: { $phone }.
       *[other] Go on in { $minutes } minutes, or call us: { $phone }.
    }
limit-messages-per-hour =
    { $most ->
        [one] You can write at most { $most } message an hour
       *[other] You can write at most { $most } messages an hour
    }
limit-attachments = The attachments of your organisation take { $most } MB, there is no room for more
limit-attachments-body = Send the message without files, or call us: { $phone }. What you typed is still there.
limit-writes =
    { $most ->
        [one] You can send at most { $most } form a minute
       *[other] You can send at most { $most } forms a minute
    }
limit-writes-body = Wait a minute and send it again. What you typed is still there.
limit-open-outages =
    { $most ->
        [one] One program can have at most { $most } outage at once
       *[other] One program can have at most { $most } outages at once
    }
limit-open-outages-body = End one of them, or add the requests to one that is there. A manager can change the limit in the settings.
limit-outage-messages =
    { $most ->
        [one] At most { $most } message about one outage can go to everybody
       *[other] At most { $most } messages about one outage can go to everybody
    }
limit-outage-messages-body = The next message can only be the one that ends it. What you wrote is still there. A manager can change the limit in the settings.

## The technician’s work

problem-work-clock-runs-elsewhere = Your clock is running for another request.
problem-work-clock-runs-elsewhere-body = Stop it there first, then start it here.
problem-work-overlaps = The segment overlaps another one of yours.
problem-work-overlaps-body = Change the times so that they follow one another.
problem-work-waiting-for-consent = The ceiling is used up and the customer has not agreed yet.
problem-work-waiting-for-consent-body = No billed time is counted until they answer. You can wait, or close the intervention.
problem-work-clock-runs = The clock is still running.
problem-work-clock-runs-body = Stop it first.
problem-work-nothing-done = There is no measured time yet.
problem-work-nothing-done-body = Start the clock, or add the time by hand.
problem-work-not-missed-yet = It is too early to say that the customer could not be reached.
problem-work-not-missed-yet-body = Note at least two attempts, { $apart } minutes apart, and wait until { $wait } minutes after the agreed start.
problem-work-too-early = It is too early for that.
problem-work-too-early-body = The clock can be started on the day before the agreed time at the earliest.
problem-work-above-ceiling = The correction would go above the ceiling that the customer agreed to.
problem-work-above-ceiling-body = Nothing was changed. Correct the segment up to the ceiling at most; the clock asks for more when it gets there.
problem-work-not-yours = This appointment is another technician’s.
problem-work-not-yours-body = The clock is started by whoever has the appointment.
problem-work-time-taken = The technician has something else at that time by now.
problem-work-time-taken-body = The missed time was released, and somebody else has taken it. Agree another time with the customer.

## Buying minutes

field-quantity = Enter how many bundles, from 1 to { $max }
field-method = Choose how you will pay
field-postal-code = Enter the postal code as five digits, such as 301 00
field-dic = A DIČ begins with the letters CZ, followed by 8 to 10 digits

## People

problem-last-manager = Somebody has to stay a manager
problem-last-manager-body = Make somebody else a manager first, or nobody could invite anybody.
problem-awaits-nod = Urgent help comes after we have confirmed you
problem-awaits-nod-body = A dispatcher confirms your organisation during the line's hours; we will write to you at once. You can order normal help right away. Can it not wait? Call us: { $phone }.
problem-has-its-own = They cannot be merged now
problem-has-its-own-body = They have an open request that nobody at the existing customer can take over, or work for them has just begun. Look at their requests and try again.
problem-merge-work = Work on request { $number } is under way
problem-merge-work-body = It is billed by the terms of the customer for whom it was begun. You can merge once the technician has closed it.
problem-merge-work-open = Open request { $number }
problem-merge-contract = A manager decides
problem-merge-contract-body = The customer has a contract in force. What becomes of it is confirmed by a manager, who merges them.
problem-merge-contract-open = Open the customer with the contract
problem-nobody-else-manages = Somebody has to manage access
problem-nobody-else-manages-body = First let somebody else of your organisation manage access, or nobody could invite colleagues. Is there nobody? Call us: { $phone }.
problem-needed-region = The last region stays
problem-needed-region-body = Customers need somewhere to call. Add another region first.
problem-region-of-customers = Customers have this region
problem-region-of-customers-body =
    { $customers ->
        [one] It was chosen for { $customers } customer. Choose another one for it first.
       *[other] It was chosen for { $customers } customers. Choose another one for them first.
    }
problem-needed-tier = This tier stays
problem-needed-tier-body = Everybody without a contract has it, so it cannot be retired.
problem-owes = What is overdue has to be paid first
problem-owes-body = We take no normal requests now; urgent help can still be ordered. Your documents say what to pay and how. If you cannot pay at once, call us: { $phone }.
problem-blocked = Orders cannot be sent now
problem-blocked-body = Ordering is suspended. What is agreed stays. Call us: { $phone }.
problem-appointments-ahead = There are appointments to keep
problem-appointments-ahead-body = They have to be done first, or moved by the customers.
problem-places-taken = Something has changed meanwhile; these appointments stay for now.
problem-places-taken-body = { $numbers }: the place that was chosen is no longer free, or nothing was chosen. What is still to be done stands below, with a new proposal.
field-email-used = Somebody signs in with this e-mail already
field-name-used = Something else has this name
field-version = Write what the version is called, in at most { $most } characters
field-version-used = This version is listed already, with another day
field-minutes-to = Write at least as many minutes as it usually takes at least
field-slot-minutes = Write a multiple of a quarter of an hour within the limits
field-closes = The line must close later than it opens
field-time-of-day = Write a time such as 7:00
field-future-day = Choose today or a later day, two years ahead at most
field-quiet = Choose both hours, not the same one twice, or neither.
field-into = Choose an open request of the same customer.
field-began-at = Enter when the outage began: no later than it was announced, no more than a year ago
field-joins = There is no such request, or it cannot be part of the outage any more. Enter a number such as 2026-000123.
field-outage = Choose an outage
field-into-urgent = An urgent request would get lost in one that is not. First correct the urgency of the one that goes on.
field-roles = Tick at least one kind of work
field-password-too-short = A password has at least { $min } characters
field-password-again = Both passwords have to be the same

problem-buying-not-yet = Buying is not possible yet
problem-buying-not-yet-body = We are preparing it, try again later.
problem-buying-not-yet-call = We are preparing it. If you need minutes now, call us: { $phone }.
problem-supplier-unconfirmed = Documents cannot be issued yet
problem-supplier-unconfirmed-body = Nobody has confirmed the company on documents yet. A manager does so in the settings.

field-ico = A company number (IČO) has eight digits.
field-ico-check = The company number is probably mistyped: its last digit does not fit the others.
field-account = Write the account as 123456-1234567890/0100, or a Czech IBAN.
field-account-check = The account number is probably mistyped: its check digits do not fit.
field-bank = We do not know this bank by its code, fill it in.
field-bic = A BIC has 8 or 11 letters and digits.
field-company-confirmed = Confirm that all of it is right: the next document will bear it.
field-series = Pick a series.
field-pattern = Write a pattern with the year { $long } or { $short } and the serial { $serial }, else only plain letters, digits and hyphens, ten digits at most
field-fee-day = Choose a day of the list.
field-pattern-of-orders = Numbers of requests and purchases look like this. Tell them apart, by a letter in front for example.
field-pattern-meets = By this pattern two kinds of documents would have the same numbers or variable symbols. Add a digit that tells them apart.
field-series-begun = A document of this series has been issued, so its beginning cannot be changed.
field-vat-from = A new rate can apply from tomorrow at the earliest.
field-vat-same = That is the rate of that day already.
field-vat-percent = Write a whole number from 0 to 100.
field-notice-until = The end must be after the beginning, and in the future.
field-limit = Write a number within the bounds.
field-series-first = Write a whole number from 1 to { $max }
field-postal-prefixes = Write the beginnings of postal codes, separated by commas, such as 3, 35
field-postal-prefixes-used = Another region has one of these beginnings already
problem-erasure-manages = Hand over the management first
problem-erasure-manages-body = You are the last one in the organisation who manages people and permissions. Call us to say who takes over: { $phone }. Then you can erase your data.
problem-erasure-work = Work on a request is under way
problem-erasure-work-body = It cannot be called off any more. Choose a colleague who takes it over, or wait until the technician has finished.
field-own-password = This is not your password
field-heir = Choose who takes over the open requests, or that they are called off

problem-work-contested = Somebody has objected to this work
problem-work-contested-body = What that is about is decided among the objections. The work is not opened again.
problem-work-needs-manager = Only a manager can open it again
problem-work-needs-manager-body = More than two working days have passed since the work, or it is invoiced.
problem-work-rest-taken = The rest of its time is another request’s
problem-work-rest-taken-body = The work ended early and its time was taken meanwhile. Open it once the other one is closed.
