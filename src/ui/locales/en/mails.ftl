### Mails: a subject, a headline, a few sentences and one link.

mails-footer = Linka sent this message automatically. Nobody reads replies to it; please call us instead: { $phone }.
mails-footer-answered = Linka sent this message automatically. You can answer this e-mail, we will add your answer to the request. Or call us: { $phone }.
mails-about = Request { $number }: { $work }, { $program }.
mails-reason = Reason: { $reason }
mails-change-until = You can change it { $until } on the page of the request. After that, call us: { $phone }.
mails-change-passed = It can no longer be changed on the page of the request. Call us: { $phone }.
mails-estimate = Estimate { $minutes }: { $payers }.
mails-estimate-paid = { $minutes } at { $rate } each excl. VAT ({ $total } incl. VAT)
mails-estimate-paid-total = { $minutes } for { $total } incl. VAT
mails-view-request = View the request
mails-view-receipt = View the receipt

## An agreed time

mails-confirmed-subject = Your time is agreed: { $slot }
mails-moved-subject = Your time was moved: { $slot }
mails-moved = Your time was moved. The former one no longer holds.
mails-cancelled-subject = Your time was cancelled: { $slot }
mails-cancelled-title = Your time was cancelled
mails-cancelled = The technician will not connect { $when }.
mails-withdrawn-subject = Your order is withdrawn: { $slot }
mails-withdrawn-title = Your order is withdrawn
mails-withdrawn = You took it back right after sending it. It costs nothing and does not count as a change.
mails-reminder-subject = Reminder: the technician connects { $when }
mails-reminder-title = The technician connects { $when }
mails-soon-subject = The technician connects { $when }: is everything ready?
mails-soon-title = The technician connects { $when }
mails-soon-ready = Start TeamViewer and { $program }.
mails-soon-session = Let the technician in here: { $link }
mails-soon-say = With one tap tell us that everything is ready, begin a quarter of an hour later, or ask for a call.
mails-soon-link = Answer
mails-no-show-subject = We did not reach you: { $slot }
mails-no-show-title = We did not reach you
mails-no-show = The technician tried to connect { $when } and did not reach you. We charge nothing for this time. Choose a new one on the page of the request, or call us: { $phone }.
mails-missed-subject = We are sorry, nobody connected: { $slot }
mails-missed-title = Nobody connected, we are sorry
mails-missed = The technician was to connect { $when } and did not. The fault is ours, and we charge nothing for it.
mails-missed-credited = As an apology we have credited { $minutes } to you. They stand among your minutes.
mails-missed-pick = Choose a new time, you have priority: any free time from now on is open to you. It does not count as a move. Or call us: { $phone }.
mails-missed-dispatch = We will suggest a new time, and you have priority. You can also call us: { $phone }.
mails-by-us-technician = the technician who was to connect will not be available then
mails-by-us-closed = we are closed that day
mails-moved-by-us-subject = We are sorry, we have moved your appointment: { $slot }
mails-moved-by-us-title = The new time: { $slot }
mails-moved-by-us = We are sorry, we had to move the agreed time ({ $former }): { $because }. This does not count as a move.
mails-moved-by-us-other = If the new time does not suit you, pick another one on the page of the request, or call us: { $phone }.
mails-called-off-by-us-subject = We are sorry, we have to call your appointment off: { $slot }
mails-called-off-by-us-title = We have to call the agreed time off, and we are sorry
mails-called-off-by-us = A technician was to connect { $when }. We cannot keep that: { $because }. This is our fault, and costs you nothing.
mails-pick-time = Choose a new time
mails-offered-subject = Pick a time: request { $number }
mails-offered-title = We offer you these times
mails-offered = Pick one of them { $until }. They are not reserved: where somebody else takes one meanwhile, we offer another instead.
mails-offered-choose = Pick a time
mails-came-subject = We have your e-mail: request { $number }
mails-came-title = We have your e-mail
mails-came = We made a request of it. You can pick a time on its page; otherwise we will get in touch.
mails-merged-subject = Request { $number } goes on as { $into }
mails-merged-title = We go on as { $into }
mails-merged = Two of your requests are about the same thing, so we merged them. There is nothing else for you to do.
mails-earlier-subject = An earlier time is free: { $slot }
mails-earlier-title = An earlier time is free: { $slot }
mails-earlier = We hold it for you { $until }. Then we offer it to others.
mails-earlier-keep = If you do not answer, the agreed time stays: { $slot }.
mails-earlier-answer = Take it or leave it
mails-declined-subject = We cannot do this: request { $number }
mails-declined-title = We cannot do this
mails-declined-call = If that is a misunderstanding, call us: { $phone }.
mails-reclassified-subject = We corrected your request { $number }
mails-reclassified-title = We corrected your request
mails-reclassified-urgent = It is an urgent request now: { $work }.
mails-reclassified-normal = It is a normal request now: { $work }.
mails-visit-planned-subject = A new appointment in your plan: { $slot }
mails-visit-planned-title = A new appointment: { $customer }
mails-visit-withdrawn-subject = An appointment has left your plan: { $slot }
mails-visit-withdrawn-title = This appointment is no longer yours: { $customer }
mails-visit-about = Request { $number }, { $slot }.
mails-visit-open = Open my day
mails-plan-changed = { $count ->
        [one] { $count } change in your plan
       *[other] { $count } changes in your plan
    }
mails-plan-new = new appointment
mails-plan-gone = no longer yours

## Work and its minutes

mails-consent-subject = May we go on? Request { $number } has reached { $minutes }
mails-consent-title = The work has reached { $minutes }. May we go on?
mails-consent = This is the limit above which we are to ask you. The technician reached it { $when }. Until you answer, we charge nothing more.
mails-consent-answer = Answer
mails-closed-subject = Done: { $work }, { $minutes }
mails-closed-title = Done, we charge { $minutes }
mails-closed-again-subject = Done: { $work }, { $minutes } in all
mails-called-off = The agreed time is not needed any more: the technician will not connect { $when }.
mails-closed-again-title = Done, we charge { $minutes } in all
mails-free-subject = Done: { $work }, nothing is charged
mails-free-title = Done, we charge nothing
mails-suspended-subject = To be continued: { $work }, { $minutes } so far
mails-suspended-title = Not done yet, we will continue
mails-suspended = Pick another time on the page of the request, or call us: { $phone }.
mails-resumed = We added further work on the same intervention to the receipt.
mails-resumed-minimum = We added further work on the same intervention to the receipt, so the minimum of { $minimum } counts only once.
mails-contest-accepted = We accepted your objection
mails-contest-rejected = We did not accept your objection
mails-contest-partly = We accept your objection in part
mails-contest-partly-help = We no longer charge { $minutes } of this part of the work. The receipt says what we charge now.
mails-contest-accepted-help = We no longer charge this part of the work. The receipt shows what we charge now.
mails-contest-rejected-help = What we charge stays as it was.
mails-contest-subject = { $answer }: request { $number }

## Minutes bought in advance

mails-alert-left = { $left } of { $granted } left
mails-alert-left-help = You have used { $percent }% of the minutes from your contract and bundles.
mails-alert-none = Your prepaid minutes are used up
mails-alert-none-help = Until you buy more, further work is charged at the list price or the rate of your contract.
mails-alert-expiring = Minutes expire soon: { $left }
mails-alert-expiring-help = You can use them up to and including { $date }.
mails-alert-free = { $free } free, { $reserved } for agreed appointments.
mails-view-usage = View your minutes

## For technicians

mails-clock-subject = Is the clock running for nothing? { $customer }
mails-clock-title = Is the clock running for nothing?
mails-clock = Request { $number }, { $customer }: the clock has been running { $since }.
mails-clock-open = Open the work
mails-vendor-wrote-subject = Message about request { $number }
mails-vendor-wrote-title = We have written to you
mails-vendor-wrote = You can answer on the page of the request. Please do not reply to this e-mail; if it is urgent, call us: { $phone }.
mails-vendor-wrote-open = Answer
mails-customer-wrote-subject = Message from the customer: { $customer }
mails-customer-wrote-title = The customer wrote about a request that is yours
mails-customer-wrote = Request { $number }, { $customer }. You find the message on the workbench, and can answer there.
mails-closed-rate = Rate the work
mails-closed-agree = I agree with the bill
mails-closed-contest = I do not agree
mails-contested-subject = Objection to your segment: request { $number }
mails-contested-title = The customer objects to your segment
mails-contested = Tell the desk how it was before it decides. The customer will not see it.
mails-contested-open = Have your say
mails-reopened-subject = Opened again: { $customer }
mails-reopened-title = Work that you closed is open again
mails-reopened = Request { $number }, { $customer }: correct what is wrong and close it again. What is billed is put right by itself.
mails-corrected-subject = Corrected receipt: { $work }, { $minutes }
mails-corrected-title = We corrected the receipt, { $minutes } billed
mails-corrected = Why we corrected the receipt: { $reason }
mails-answered-subject = { $answer }: { $customer }
mails-answered-up-to = Go on up to { $minutes }
mails-answered-yes = Go on without a limit
mails-answered-no = The customer does not want you to go on
mails-answered = Request { $number }, { $customer }. Answered by { $by }.
mails-visit-subject = Missed appointment: { $customer }, { $when }
mails-visit-title = Missed appointment: { $customer }
mails-visit = Request { $number } was agreed for { $slot }, and nobody started the clock. We have apologised to the customer and offered another time.
mails-visit-what = Until they have chosen, you can begin late. At the computer: { $name }, { $phone }.

## Documents and payments

mails-view-documents = View documents
mails-pay-subject = { $document }: pay { $amount } by { $due }
mails-pay-title = Pay { $amount } by { $due }
mails-pay-how = Amount: { $amount }
    Account: { $account }
    IBAN: { $iban }
    Variable symbol: { $symbol }
mails-pay-due = Due date: { $due }
mails-code = QR payment: { $number }, { $amount }
mails-code-alt = QR code of the payment of { $amount } for { $number }
mails-pay-waiting = We credit { $minutes } as soon as your payment arrives.
mails-pay-credited = We have credited { $minutes } already. You can draw them until { $date } inclusive.
mails-fee-invoiced = Fee by contract { $contract } for { $from } – { $until }.
mails-month-invoiced = Interventions beyond your prepaid minutes: { $month }.
mails-attached = Attached: { $document }. The ISDOC for your accounting program is inside the PDF.
mails-attached-purchase = Attached: { $document }, order { $purchase }. The ISDOC for your accounting program is inside the PDF.
mails-part-subject = A part of the payment has come, { $left } left
mails-part-title = { $left } left to pay
mails-part = We have received { $total } of the price of { $minutes }. The minutes are credited as soon as the rest comes.
mails-used-invoiced = You have used { $minutes } of a bundle whose payment was for something else. So these minutes are invoiced.
mails-rest-subject = { $document }: { $left } left to pay
mails-rest = Only a part of { $document } has come. Please pay the rest:
mails-rest-pay = Pay the rest by QR code
mails-credited-subject = { $minutes } credited
mails-credited-title = { $minutes } credited
mails-credited = You can draw them until { $date } inclusive. We received your payment of { $total }; there is nothing else to pay.
mails-credit-note-subject = Credit note to document { $corrects }
mails-credit-note-title = Document { $corrects } is reduced by { $amount }

mails-invited-subject = { $customer } invites you to Linka
mails-invited-title = { $customer } invites you to Linka
mails-invited = In Linka you order remote help, pick its time and see what it cost your organisation. Choose the password with which you will sign in. The link works { $until }, and only once.
mails-invited-unknown = If you do not expect an invitation, do nothing.
mails-invited-choose = Choose a password
mails-registration-title = Complete the registration: { $organisation }
mails-registration = Open the link and choose a password. The link works { $until }, and only once.
mails-registration-nod = You can order normal help right after that, urgent help once a dispatcher has confirmed your organisation during the line's hours. Can it not wait? Call us: { $phone }.
mails-registration-unknown = If you did not ask for access, do nothing. Somebody has probably mistyped an address.
mails-registration-open = Complete the registration
mails-access-there-title = You already have access to Linka
mails-access-there = Somebody registered the organisation “{ $organisation }” with this address, or invited you to it. You already sign in to Linka with it; another organisation needs another address.
mails-webhook-title = The webhook is switched off
mails-webhook-gone = The program that we told what happens has answered that this address is gone.
mails-webhook-failing = The program that we told what happens has taken nothing for { $days } days.
mails-webhook-help = Once it is mended, switch the webhook on again. What could not be handed over, send again from the same page.
mails-webhook-view = Open the webhook
mails-access-asked-title = { $name } asks for access
mails-access-asked = Invite them, or decline. Until you decide they see nothing.
mails-access-asked-decide = Decide
mails-stranger-asks = Wants to join { $organisation }. Whoever manages the organisation decides. If nobody does, add the person yourself.
mails-stranger-asks-view = Requests for access
mails-confirmed-customer-title = We have confirmed your organisation: { $organisation }
mails-confirmed-customer = From now on you can also order urgent help, for when work is at a standstill and cannot wait.
mails-confirmed-customer-order = Order help
mails-newcomer-title = New customer: { $organisation }
mails-newcomer = They registered themselves. Until you confirm them they cannot order urgent help.
mails-newcomer-view = New customers
mails-handed-over =
    { $count ->
        [one] You have taken over { $count } request
       *[other] You have taken over { $count } requests
    }
mails-handed-over-help = The colleague who ordered them has left your organisation. Agreed times stand, and the technician will call you now.
mails-handed-over-view = Show the requests
mails-address-new = You sign in to Linka with a new address
mails-address-new-help = The new address is { $address }. The password stays; you were signed out everywhere.
mails-address-former = You no longer sign in to Linka with this address
mails-address-former-help = A manager has changed the address with which you sign in. We have written to the new one as well.
mails-address-unknown = If you did not know, tell your manager.
mails-address-sign-in = Sign in
mails-password-link-title = Choose a new password
mails-password-link = Somebody, probably you, wants a new password for this address. The link works { $until }, and only once.
mails-password-link-open = Choose a password
mails-sign-in-link-title = A link to sign in
mails-sign-in-link = The link signs you in once. It works { $until }.
mails-sign-in-link-open = Sign in
mails-link-unknown = If you did not ask for it, nothing has happened. Give the link to nobody.
mails-address-asked-title = Confirm the new address
mails-address-asked-new = You want to sign in to Linka with { $address }. Confirm it from here and from the current address { $until }.
mails-address-asked-former = You want to sign in to Linka with another address. Confirm it from here and from the new address { $until }.
mails-address-asked-unknown = If you did not know, confirm nothing and change your password.
mails-address-asked-open = Confirm the address
mails-password-changed-title = The password is changed
mails-password-changed = Your password to Linka was changed { $at }.
mails-password-changed-unknown = If it was not you, have a link to a new password sent at once and call { $phone }.
mails-password-changed-open = Send a link
mails-contract-subject = Contract { $number } ends on { $date }
mails-contract-title = The contract is valid until { $date } only
mails-contract = After that day the response tier, the prepaid minutes and the prices of contract { $number } no longer apply.
mails-contract-call = If you want to continue, call us: { $phone }.
mails-subscription-view = Your subscription
mails-subscription-renews-subject = Your subscription of minutes continues on { $date }
mails-subscription-renews-title = The next period begins on { $date }: { $minutes } for { $total } incl. VAT
mails-subscription-used = Of the minutes of this period ({ $of }) you have used { $used } so far.
mails-subscription-fits = In the last months you used { $average } in such a period on average. The subscription fits.
mails-subscription-too-much = In the last months you used { $average } in such a period on average. A smaller subscription, or buying once, would cost less.
mails-subscription-too-little = In the last months you used { $average } in such a period on average. A larger subscription would cost less.
mails-subscription-free-to-end = We have yet to ask for the payment. Before the period begins you can change, pause or end the subscription: as long as nothing of it is paid or used, you do not pay for it.
mails-subscription-debited = We take the payment from the saved card on the day on which the period begins. Until then you can change, pause or end the subscription.
mails-card-subject = The payment by card did not go through: { $total }
mails-card-title = The subscription of minutes ({ $minutes }, { $total }) could not be paid by card
mails-card-declined = The bank did not take the payment by the saved card. Agreed times stand.
mails-card-asks = The bank wants you to confirm the payment. Agreed times stand.
mails-card-again = We try again on { $date }. If you do not want to wait, you can settle it now.
mails-card-last = We do not try again, and pause the subscription. You can take it up again whenever you like.
mails-card-pay = Confirm the payment
mails-card-change = Change the card
mails-card-removed-subject = The card ending in { $last4 } was removed
mails-card-removed-title = We have removed the saved card ending in { $last4 }
mails-card-removed-subscription = You pay the subscription by transfer now: we tell you before each payment.
mails-card-removed-top-up = Automatic top-up is switched off.
mails-card-removed-again = We take nothing more from it; only a payment for which we had asked the bank before runs to its end. You can save another card at any time.
mails-card-not-kept-subject = We have not saved the card ending in { $last4 }
mails-card-not-kept-title = We have not saved the card ending in { $last4 }
mails-card-not-kept = Whoever entered it may not buy for you any more. We have taken nothing from it and asked the payment gateway to forget it.
mails-card-view = Saved card
mails-top-up-subject = The automatic top-up of minutes is off
mails-top-up-title = We have switched off the automatic top-up of minutes
mails-top-up-failed = The bank did not take the payment by the saved card. We have taken nothing, and agreed times stand.
mails-top-up-dearer = The bundle you chose costs more now than you agreed to, or is no longer sold. We have taken nothing.
mails-top-up-again = You can switch it on again, with another card or another bundle if you like.
mails-top-up-view = Set the top-up
mails-subscription-paused-subject = The subscription of minutes is paused
mails-subscription-paused-title = We have paused the subscription of minutes
mails-subscription-paused = The next period is not paid. Agreed times stand, and you can resume the subscription whenever you like.
mails-subscription-blocked = We take no new purchases from your organisation at the moment. Agreed times stand, and you can go on using the minutes you have paid for.
mails-subscription-call = We help with anything on { $phone }.
mails-contract-view = What your contract says

mails-try-subject = Test mail from Linka
mails-try-body = If you can read this, e-mail from the portal { $link } goes out.
mails-erased = The content is erased
mails-erased-why = The person whom we wrote to is erased. All that is left is that we wrote.
mails-erased-home = Linka

## What waits at the desk

mails-desk-waits-one = Waiting: { $lane }, { $customer }
mails-desk-waits-many = { $count ->
        [one] { $count } thing is waiting
       *[other] { $count } things are waiting
    }
mails-desk-waits-due = by { $when }
mails-desk-waits-open = Open the request
mails-desk-waits-queue = Open the queue
mails-desk-waits-wishes = In your account you choose what we write to you about, and when.
mails-outage-joined = We know about it: { $name }
mails-outage-wait = There is nothing for you to do. We will write to you when it is solved.
mails-outage-news = News: { $name }
mails-outage-over = Solved: { $name }
mails-outage-closed = We have closed the request.
mails-outage-goes-on = Your request stays open, we will see it through with you.
mails-outage-called-off = The agreed time is not needed any more, we have called it off: { $slot }.
mails-outage-left = We look after your request separately: it is not { $name }
mails-outage-left-help = It turned out to be something else. The request stays open.
mails-outage-lifted = We do not charge the minimum
mails-outage-lifted-help = We have corrected the receipt, you pay the actual time only. It is about the outage “{ $name }”.
mails-and-more = and { $count } more
mails-changed-one = { $what }: { $customer }
mails-changed-many = Changed times: { $count }
mails-changed-agreed = Agreed time
mails-changed-moved = Moved time
mails-changed-cancelled = Cancelled time
mails-changed-board = Open the board
mails-digest-subject = { $count ->
        [one] Your day: { $count } message
       *[other] Your day: { $count } messages
    }
mails-digest-title = What is new
mails-digest-more = And { $count } more.
mails-digest-open = Open Linka

mails-order-asked-subject = { $by } asks you to order an intervention
mails-order-asked-title = { $by } asks you to order an intervention
mails-order-asked = Only some people at your organisation may order. Find out what is needed, then place the order.
