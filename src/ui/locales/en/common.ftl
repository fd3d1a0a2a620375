### Shared texts: the frame of a page, form fields, times, dates and numbers.

# A space that never ends a line: between a number and what belongs to it.
-nbsp = {"\u00A0"}
-joiner = {"\u2060"}

brand = Linka
page-title = { $title } – Linka
page-title-error = Error: { $title } – Linka
page-title-done = { $done } { $title } – Linka
done-saved = Saved.
done-added = Added.
done-removed = Removed.
done-withdrawn = Taken back.
done-reordered = The order is changed.
done-carried-out = Carried out.
done-sent = Sent.
done-will-be-sent = We will send it again.
done-signed-out = Signed out.
done-unlocked = The failed attempts are cleared; they can sign in right away.
done-link-asked = If somebody signs in with this address, we have sent them a link. It works for one hour. If nothing arrives, try again in 5 minutes.
done-address-asked = We have written to both addresses. The new one takes effect once you confirm it from both.
done-address-agreed = Confirmed.
done-password-changed = The password is changed. You are signed out everywhere else.
done-password-chosen = Your password is set. Sign in with it now.
done-erased = Erased.
skip-to-content = Skip to content
language-name = English

nav-label = Main
nav-bundles = Bundles of minutes
nav-sign-in = Sign in
nav-home = Overview
nav-requests = Requests
nav-account = Account
nav-order = Order help
nav-my-day = My day
nav-appointments = Appointments

live-changed = The page has changed.
live-waits = Something has changed.
live-show = Show

footer-line = Customer line: numbers, hours, prices

field-optional = (optional)
field-error-prefix = Error:
summary-change = Change

steps-count = Step { $number } of { $total }
steps-back = Back

## States

state-draft = Draft
state-waiting = Waiting for a time
state-scheduled = Agreed
state-in-progress = Under way
state-awaits-consent = Waiting for your consent
state-closed = Done
state-worked = Took place
state-cancelled = Cancelled
urgency-urgent = Urgent
urgency-normal = Normal

timeline-ordered = Request sent
timeline-confirmed = Time agreed
timeline-waiting = Waiting for a dispatcher to offer times
timeline-moved = Time moved
timeline-cancelled = Cancelled
timeline-reclassified = Kind of work or urgency corrected

## Times

slots-first = First free time
slots-held = Held for you
slots-held-for-you = held for you
slots-morning = morning
slots-afternoon = afternoon
slots-count =
    { $count ->
        [one] { $count } time
       *[other] { $count } times
    }
slots-days = Days with free times
slots-week-before = ‹ week before
slots-week-after = next week ›
slots-more = More times ({ $count })
slots-late = later than we promise
slots-colleague = you already have another appointment then
slots-beside = At some of these times you already have another appointment; they have a dashed outline.
slots-none = There is no free time in the coming days.
slots-none-call = Call us on { $phone } and we will find one together. What you filled in is saved.
slots-reason-target = Response tier { $tier }: urgent help within { $target }, so { $deadline } at the latest.
slots-reason-after-target = Later than response tier { $tier } promises ({ $deadline }).
slots-reason-lead = Normal request, response tier { $tier }: { $earliest } at the earliest.
slots-reason-missed = As we did not keep your time, you are offered any free one from now on.
slots-reason-dispatch = A dispatcher chose these times for you.

## Estimate

estimate-title = Estimate
estimate-left = leaves { $minutes } free
estimate-at-rate = { $minutes } at { $rate } each excl. VAT
estimate-remainder = beyond that
estimate-paid = one-off intervention
estimate-price = { $price } incl. VAT
estimate-minimum = The actual time is charged, at least { $minimum } { $minimum ->
        [one] minute
       *[other] minutes
    }.
estimate-ceiling = Above { $minutes } min we ask you first.
estimate-ceiling-of-customer = Above { $minutes } min the customer is asked first.

minutes-free = { $minutes } free
minutes-reserved = { $minutes } for agreed appointments

## Dates, times, numbers

today = today
tomorrow = tomorrow
yesterday = yesterday
date-day = { $weekday } { $day }{ -nbsp }{ $month }
date-long = { $date } { $year }
date-short = { $weekday } { $date }
date-numeric =
    { $day }{ -nbsp }{ $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
date-numeric-year = { $date }{ -nbsp }{ $year }
moment = { $weekday } { $date }, { $time }
until = until { $weekday } { $date }, { $time }
until-relative = until { $time } { $day }
since = since { $weekday } { $date }, { $time }
since-relative = since { $time } { $day }
by-day = by { $weekday } { $date }
by-day-relative = by { $day }
on = { $weekday } { $day }{ -nbsp }{ $month } { $time }
in-minutes = in{ -nbsp }{ $count }{ -nbsp }{ $count ->
        [one] minute
       *[other] minutes
    }
on-relative = { $day } { $time }
at-time =
    { $hour ->
       *[other] at{ -nbsp }{ $time }
    }
money = CZK{ -nbsp }{ $amount }
minutes = { $minutes }{ -nbsp }min
hours = { $hours }{ -nbsp }h
working-days =
    { $count ->
        [one] { $count } working day
       *[other] { $count } working days
    }
working-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
working-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
within-working-hours =
    { $count ->
        [one] { $count } working hour
       *[other] { $count } working hours
    }
within-working-minutes =
    { $count ->
        [one] { $count } working minute
       *[other] { $count } working minutes
    }
weekday =
    { $form ->
        [short]
            { $day ->
                [1] Mon
                [2] Tue
                [3] Wed
                [4] Thu
                [5] Fri
                [6] Sat
               *[7] Sun
            }
        [accusative]
            { $day ->
                [1] on Monday
                [2] on Tuesday
                [3] on Wednesday
                [4] on Thursday
                [5] on Friday
                [6] on Saturday
               *[7] on Sunday
            }
       *[nominative]
            { $day ->
                [1] Monday
                [2] Tuesday
                [3] Wednesday
                [4] Thursday
                [5] Friday
                [6] Saturday
               *[7] Sunday
            }
    }
month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
holiday =
    { $holiday ->
        [new_year] New Year’s Day
        [good_friday] Good Friday
        [easter_monday] Easter Monday
        [labour_day] Labour Day
        [victory_day] Victory Day
        [cyril_and_methodius] Saints Cyril and Methodius Day
        [jan_hus] Jan Hus Day
        [czech_statehood] Czech Statehood Day
        [independent_czechoslovakia] Independent Czechoslovak State Day
        [freedom_and_democracy] Freedom and Democracy Day
        [christmas_eve] Christmas Eve
        [christmas_day] Christmas Day
        [saint_stephen] St Stephen’s Day
       *[other] public holiday
    }

# The event in a calendar
calendar-feed = Linka: agreed times
calendar-busy = Busy
calendar-line = Telephone of the line: { $phone }
calendar-visit = { $customer }: { $program }
calendar-contact = Telephone at the computer: { $phone }
calendar-computer = TeamViewer: { $computer }
calendar-summary = Remote intervention: { $work }, { $program }
calendar-description = Request { $number }. { $contact } will sit at the computer. Have TeamViewer and { $program } running.

## The technician’s work

timeline-started = The technician began to work
timeline-suspended = Work stopped unfinished, another time is needed
timeline-closed = Done
timeline-no-show = Nobody was at the computer
timeline-missed-by-us = No technician connected at the agreed time
timeline-called-off-by-us = We called the agreed time off, and we are sorry
timeline-started-late = The technician began, late
timeline-consent-asked = We asked whether to go on
timeline-consent-given = Consent to go on
timeline-consent-refused = Consent refused
timeline-by-program = program { $program }
timeline-by-phone = { $name } by telephone, { $when }
timeline-contested = Objection to billed time
timeline-contest-decided = Objection decided
timeline-offered = We offered times to pick from
timeline-reassigned = Another technician will connect, the time stays the same
timeline-declined = We declined the request
timeline-reopened = We opened the work again to correct what is billed
timeline-merged = We merged it with another request
timeline-outage-joined = Part of an outage that we know about
timeline-outage-left = Not part of the outage, we look after it separately
timeline-outage-news = Message about the outage
timeline-outage-over = The outage is over
timeline-continued = Another request goes on from it
timeline-customer-wrote = Message
timeline-vendor-wrote = Message from the line
timeline-withdrawn = Order taken back
timeline-details-changed = Description or contact changed
timeline-formerly = Formerly: { $text }

## Pages of lists

pages-label = Pages of the list: { $list }
pages-shown = { $shown } of { $total } on this page.
pages-shown-of-more = { $shown } of more than { $most } on this page.
pages-first = From the start
pages-next = Next
queue-shown = The first { $shown } of { $total }. Others appear as you settle these.
nav-more = More
nav-settings = Settings
nav-own-contests = My objections

site-notice = Notice
person-erased = Erased person { $number }

## Leaving a form without sending it

form-keep = Leave it as it is
form-back = Back without saving
