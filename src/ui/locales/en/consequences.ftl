### What an act of the desk means: said before it is confirmed.

case-move-choose = Move to this time
case-agree-choose = Agree this time
means-look = Show what it means
means-choose-again = Choose something else
means-title = What will happen
means-changed = Something has changed meanwhile. This is what it means now. If this is what you want, confirm it again.
means-now = Now
means-then = Then
means-stays = The time stays
means-target = Promised start
means-kept = { $until }: kept, { $minutes ->
        [0] just in time
        [one] { $minutes } working minute to spare
       *[other] { $minutes } working minutes to spare
    }
means-broken = { $until }: broken, { $minutes ->
        [one] { $minutes } working minute late
       *[other] { $minutes } working minutes late
    }
means-delays = Delays
means-late = begins { $minutes } min late
means-late-no-more = begins on time, otherwise { $minutes } min late
means-late-anyway = begins { $minutes } min late either way
means-late-otherwise = begins { $minutes } min late, otherwise { $before } min
means-beside = The customer's other open requests
means-at-once = at the same time
means-event = The customer's calendar
means-event-new = gets an event (SEQUENCE { $sequence })
means-event-changed = the event is rewritten (SEQUENCE { $from } → { $to })
means-event-off = the event is called off (SEQUENCE { $sequence })
means-event-same = no change
means-mails = Who gets an e-mail
means-no-mails = Nobody.
means-to-call = Nobody at the customer gets an e-mail. Tell them by telephone:
means-to-customer = Customer, { $name }:
means-to-technician = Technician, { $name }:
means-changes-nothing = It is like that already
means-impossible = It does not fit here
means-refused = Nothing has changed. Choose something else.
means-in-the-way = { $slot } { $customer }
means-absent = The technician is absent.
means-not-planned = The technician does not work then.
means-unskilled = The technician does not know this work.
means-beside-more = and { $count } more
