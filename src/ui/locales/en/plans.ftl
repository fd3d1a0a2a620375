# Plans of technicians, absences, closures, and where appointments go.
nav-plans = Plans
plans-title = Who works when
plans-lead = Customers are offered times by these plans. Nobody who is not at work is offered.
plans-nobody = There is no technician yet.
plans-nobody-help = Once a manager invites one, you see here when they work.
plans-all = Everybody's plans
plans-technician = Technician
plans-today = Today
plans-coming = What changes
plans-exceptions = Exceptions
plans-none = Nothing planned
plans-day-off = off
plans-stops = No work from { $date } on
plans-no-work = No work
plans-changes = Another week from { $date }
plans-leaves = Leaves on { $date }
plans-off = Absent: { $when }
plans-extra = At work on top: { $when }
plans-weeks = Weeks
plans-week-always = In force
plans-week-from = From { $first }
plans-week-until = In force, until { $last }
plans-week-between = From { $first } to { $last }
plans-weekday = { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[other] Sunday
}
plans-change = Change the week
plans-change-lead = The new week takes the place of what is planned for its days. You are shown at once which appointments do not fit into it.
plans-from-day = From which day on
plans-to-day = Up to which day
plans-to-day-hint = Left empty: for good. After the last day the present plan holds again.
plans-day-hint = Write times like this: 7:00–11:30, 12:00–15:30. A day left empty is off.
plans-save = Save the week
plans-no-exceptions = None.
plans-remove = Remove
plans-absence = Absence
plans-absence-lead = From this moment on nothing new is agreed in that time. What is agreed already you are shown at once, with a place for each.
plans-kind = What it is
plans-kind-off = Not at work
plans-kind-extra = At work on top
plans-first-day = First day
plans-last-day = Last day
plans-last-day-hint = Left empty: the first day only.
plans-from-time = From what time
plans-from-time-hint = Left empty: whole days.
plans-until-time = Until what time
plans-note = Note
plans-note-hint = For colleagues only; customers do not see it.
plans-absence-submit = Enter
closures-title = When we are closed
closures-lead = On days when we are closed nobody works and no times are offered.
closures-own = Closed days
closures-none = On weekends and public holidays only.
closures-holidays = Public holidays
closures-holidays-lead = They are computed; you need not enter them.
closures-close = Close the line
closures-close-lead = From this moment on nothing new is agreed on these days. What is agreed already you are shown at once, with a place for each.
closures-why = Why
closures-why-hint = Customers read it, such as "stocktaking".
closures-close-submit = Close
closures-open = Open
displaced-title = Appointments without a technician
displaced-link = Appointments without a technician
displaced-none = Every agreed time has its technician.
displaced-none-help = When somebody falls ill, a plan changes or you close, the appointments that it hits stand here, with a place for each.
displaced-to-desk = Back to the appointments
displaced-waiting = { $count ->
    [one] { $count } appointment needs another place
   *[other] { $count } appointments need another place
}
displaced-lead = Customers who keep their time notice nothing. The others get an e-mail with our apology.
displaced-more = The nearest { $shown } of { $total } are shown. The others come up afterwards.
displaced-apply = Do what is chosen
displaced-column-now = Now
displaced-column-place = Where to
displaced-column-told = What the customer is told
displaced-column-choice = What to do
displaced-absence = { $technician } is absent
displaced-plan = { $technician } does not work then
displaced-leaving = { $technician } leaves
displaced-closure = We are closed
displaced-same-time = At the same time · { $technician }
displaced-no-place = No place is free
displaced-previewed = The e-mails of the first { $shown } are shown. Those of the others will be when it is their turn.
displaced-told-nothing = Nothing, the time stays.
displaced-told-moved = An e-mail with our apology and the new time: { $slot }. The customer can pick another one.
displaced-told-pick = An e-mail with our apology. The customer picks a new time with priority.
displaced-told-call = No e-mail address: it stays in the queue until you have called.
displaced-told-dispatch = An e-mail with our apology. The new time is yours to find.
displaced-choose-place = As proposed
displaced-choose-pick = They pick again
displaced-choose-leave = Leave it as it is
displaced-choose-later = Nothing now
displaced-choice-of = What to do with the appointment of { $customer }
absent-link = Somebody is absent today
absent-title = Who is absent today?
absent-lead = We write the absence down and show where the appointments can go. Work that is under way is left alone.
absent-ahead = Still ahead today
absent-count = { $count ->
    [0] nothing
    [one] { $count } appointment
   *[other] { $count } appointments
}
absent-action = Absence
absent-rest = Rest of the day
absent-day = All of today
absent-one = { $name } is not coming
absent-until = For several days
absent-until-submit = Absent through this day
absent-hours = For some hours only, or from another day on
absent-back = Back to the board
absent-one-lead = { $count ->
        [0] Nothing is left of today's appointments.
        [one] { $count } appointment is still ahead today. We show where it can go.
       *[other] { $count } appointments are still ahead today. We show where they can go.
    }
absent-already = The absence is entered.
absent-longer = For several days, or a few hours only
leave-title = { $name } leaves
leave-lead = { $count ->
    [0] No appointments are agreed from { $date } on.
    [one] { $count } appointment is agreed from { $date } on. Choose where it goes.
   *[other] { $count } appointments are agreed from { $date } on. Choose where they go.
}
leave-from = From which day on this person does not work here
leave-from-hint = Until then the plan holds.
leave-show = Show the appointments
leave-hint = All of it is done at once, or nothing. Whoever leaves today is signed out at once.
leave-submit = Hand over and leave on { $date }
leave-back = Back
