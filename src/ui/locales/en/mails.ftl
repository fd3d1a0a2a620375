### Mails: a subject, a headline, a few sentences and one link.

mails-footer = Linka sent this message automatically. Nobody reads replies to it; please call us instead: { $phone }.
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
mails-reminder-subject = Reminder: the technician connects { $when }
mails-reminder-title = The technician connects { $when }
mails-no-show-subject = We did not reach you: { $slot }
mails-no-show-title = We did not reach you
mails-no-show = The technician tried to connect { $when } and did not reach you. We charge nothing for this time. Choose a new one on the page of the request, or call us: { $phone }.

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
mails-contest-accepted-help = We no longer charge this part of the work. The receipt shows what we charge now.
mails-contest-rejected-help = What we charge stays as it was.
mails-contest-subject = { $answer }: request { $number }

## Minutes bought in advance

mails-alert-left = { $left } of { $granted } left
mails-alert-left-help = You have used { $percent } % of the minutes from your contract and bundles.
mails-alert-none = Your prepaid minutes are used up
mails-alert-none-help = Until you buy more, further work is charged at the list price or the rate of your contract.
mails-alert-expiring = Minutes expire soon: { $left }
mails-alert-expiring-help = You can use them up to and including { $date }.
mails-alert-free = { $free } free, { $reserved } for agreed appointments.
mails-view-usage = View your minutes

## For technicians

mails-clock-subject = Is the clock running for nothing? { $customer }
mails-clock-title = Is the clock running for nothing?
mails-clock = Request { $number }, { $customer }: the clock has been running since { $since }.
mails-clock-open = Open the work

## Documents and payments

mails-view-documents = View documents
mails-pay-subject = { $document }: pay { $amount } by { $due }
mails-pay-title = Pay { $amount } by { $due }
mails-pay-how = Amount: { $amount }
    Account: { $account }
    IBAN: { $iban }
    Variable symbol: { $symbol }
    Due date: { $due }
mails-pay-waiting = We credit { $minutes } as soon as your payment arrives.
mails-pay-credited = We have credited { $minutes } already. You can draw them until { $date } inclusive.
mails-month-invoiced = Interventions beyond your prepaid minutes: { $month }.
mails-attached = Attached: { $document }. The ISDOC for your accounting program is inside the PDF.
mails-attached-purchase = Attached: { $document }, order { $purchase }. The ISDOC for your accounting program is inside the PDF.
mails-credited-subject = { $minutes } credited
mails-credited-title = { $minutes } credited
mails-credited = You can draw them until { $date } inclusive. We received your payment of { $total }; there is nothing else to pay.
mails-credit-note-subject = Credit note to document { $corrects }
mails-credit-note-title = Document { $corrects } is reduced by { $amount }
