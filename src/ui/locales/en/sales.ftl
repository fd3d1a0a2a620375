### Sales: what managers and the owner see.

nav-sales = Sales
sales-nav-label = Sales
sales-nav-overview = Overview
sales-nav-bank = Bank
sales-nav-purchases = Orders
sales-nav-receivables = Overdue
sales-nav-fees = Fees
sales-nav-accounting = Accounting

sales-title = Sales
sales-lead =
    { $count ->
        [0] No tax document in { $month } yet.
        [one] In { $month }: { $count } tax document, { $net } excl. VAT.
       *[other] In { $month }: { $count } tax documents, { $net } excl. VAT.
    }
sales-waiting = What waits for you
sales-waiting-none = Nothing waits for you.
sales-waiting-payments =
    { $count ->
        [one] { $count } payment waits for a decision
       *[other] { $count } payments wait for a decision
    }
sales-given-up =
    { $what ->
        [events] { $count ->
            [one] { $count } message from Stripe could not be handled
           *[other] { $count } messages from Stripe could not be handled
        }
       *[jobs] { $count ->
            [one] { $count } background job failed again and again
           *[other] { $count } background jobs failed again and again
        }
    }
sales-alert =
    { $kind ->
        [amount_differs] The amount paid differs from the order
        [unreadable_event] We do not understand a message from Stripe
        [unknown_payment] Money came for an order that we do not know
        [refund_failed] The money could not be returned to the card
        [foreign_refund] Money was returned at Stripe directly
        [dispute] The customer’s bank disputes a payment
        [statement_refused] A statement that came by itself cannot be read, or not all of it
        [statements_fail] Statements do not come by themselves any more
        [transfer_reversed] Money that had come by transfer has left the account again
        [plan_missed] An instalment of a plan did not come
        [urgent_while_owing] A customer with a long overdue debt has ordered urgent help
        [checkout_refused] Stripe refuses to take a payment by card
       *[paid_after_close] Money came for an order that had ended
    }
sales-alert-do =
    { $kind ->
        [amount_differs] No minutes were credited. Compare the amount at Stripe and settle it with the customer.
        [unreadable_event] What it was about we have looked up at Stripe. Tell whoever supplies Linka.
        [unknown_payment] Find out at Stripe who paid, and return the money or credit it.
        [refund_failed] Send it by transfer and note at the order that it was paid out.
        [foreign_refund] Take minutes back at the order, or issue a credit note for the money.
        [statement_refused] Download it from the bank again and upload it at Bank. What of it cannot be read stands there with the statement; of a file of the folder, the reason lies beside it.
        [statements_fail] The settings tell why, at connections.
        [transfer_reversed] At the purchase you can freeze the minutes that are left until it is settled. The purchase stays paid.
        [plan_missed] Find it in receivables. Agree anew, or cancel the plan; reminders are being sent again.
        [urgent_while_owing] The help was not refused. Decide whether to call about the debt.
        [dispute] Answer the bank at Stripe by the day it names. What is left of the minutes is suspended.
        [paid_after_close] The minutes were credited. Ask the customer whether they are wanted.
       *[other] See at the order what happened.
    }
sales-alert-references = What Stripe or the bank calls it
sales-nameless = { $customer } has no address: no document can be issued
sales-nameless-do = Fill in street and town. The document is then issued by itself.
sales-waiting-refund =
    { $way ->
        [transfer] Return { $amount } by transfer
        [failed] { $amount } did not go back to the card: send it by transfer
       *[card] { $amount } is on its way to the card
    }
sales-alert-done = Done

sales-owed = We owe { $minutes } min of prepaid work
sales-owed-sold = Sold
sales-owed-drawn = Used
sales-owed-expired = Expired
sales-owed-refunded = Refunded
sales-owed-frozen = Suspended

sales-unpaid = What we wait for
sales-unpaid-none = Every purchase is paid.
sales-unpaid-late = Overdue
sales-months = Month by month
sales-months-by = By the day to which the VAT belongs: that of the payment, the supply or the correction.
sales-export = Download { $year } (CSV)

sales-column-month = Month
sales-column-documents = Tax documents
sales-column-credited = Of it credited
sales-column-minutes = Minutes
sales-column-net = Excl. VAT
sales-column-vat = VAT
sales-column-refunded = Refunded
sales-column-document = Document
sales-column-customer = Customer
sales-column-ico = IČO
sales-column-purchase = Order
sales-column-due = Due
sales-column-left = Left to pay
sales-column-placed = Ordered
sales-column-total = Incl. VAT
sales-column-method = Paid by
sales-column-state = State

sales-purchase-state =
    { $state ->
        [created] Created
        [awaiting_payment] Awaiting payment
        [paid] Paid
        [partly_refunded] Partly refunded
        [refunded] Refunded
        [disputed] Disputed
        [cancelled] Cancelled
       *[expired] Expired
    }
sales-method =
    { $method ->
        [card] Card
       *[transfer] Bank transfer
    }
sales-document =
    { $kind ->
        [proforma] Proforma invoice
        [payment] Tax document on a payment received
        [invoice] Invoice
       *[credit_note] Credit note
    }

## Bank

bank-title-none = All payments are decided
bank-waiting = Payments that wait for a decision
bank-import = Import a bank statement
bank-file = The file of the statement
bank-file-hint = ABO (GPC), CAMT.053, MT940, or CSV from Fio, ČSOB, Komerční banka, Česká spořitelna, Raiffeisenbank, Moneta, Air Bank or mBank. 2 MB at most.
bank-codes = Reversals in ABO
bank-codes-file = Recognise by the totals of the statement
bank-codes-3-4 = Česká spořitelna (3 and 4)
bank-codes-4-5 = Other banks (4 and 5)
bank-foreign-account = The statement may be of another account than the one that customers pay to
bank-controls-agree = The sums of the statement agree.
bank-controls-differ = The sums of the statement differ: it says that the balance changed by { $told }, its rows say { $found }. It may be a selection of rows, or something is missing.
bank-import-send = Import the statement
bank-imported = The statement { $name } is imported
bank-again = You have imported this statement before
bank-again-body = It was imported by { $name }, { $when }. Nothing has changed.
bank-result = Items: { $lines }, new incoming: { $incoming }, matched: { $matched }, waiting for a decision: { $unmatched }.
sales-unmatched =
    { $reason ->
        [no_symbol] The payment has no variable symbol
        [odd_day] The day of booking is far away, or before the document. It would become the day for VAT
        [unknown_symbol] No document has this variable symbol
        [underpaid] Less came than is left to pay
        [overpaid] More came than is left to pay
        [undone] The decision about it was taken back
        [already_paid] The document is paid already
        [foreign_currency] The payment is not in crowns
        [repeated] Another statement has brought the same payment. Compare the two, so that it does not count twice
        [ambiguous] Several invoices have this variable symbol
       *[closed_purchase] The order has ended meanwhile
    }
bank-booked = Booked
bank-payer = Payer
bank-symbol = Variable symbol
bank-message = Message
bank-document = Document
bank-document-left = { $left } of { $total } left
bank-candidates = What it may pay
bank-likeness =
    { $likeness ->
        [symbol] the message names the document
        [amount] exactly so much is left to pay
        [account] the customer has paid from this account
       *[ico] the message names the customer's IČO
    }
bank-assign-candidate = Assign to { $number }
bank-assign-document = Number of the document
bank-assign-hint = A proforma invoice, an invoice, or an invoice from before. Partial payments add up; minutes are credited once everything is paid.
bank-note = Note
bank-note-hint = For an overpayment, write what becomes of the rest.
bank-assign = Assign to the document
bank-aside-reason = Why the payment belongs to nothing
bank-aside-hint = For example: sent by mistake, returned on 24 November.
bank-aside = Set aside
bank-statements = Imported statements
bank-statements-none = No statement yet.
bank-column-file = File
bank-column-when = Imported
bank-column-by = From
bank-column-result = Result

field-file = Choose a file
field-document = Write the number of a proforma invoice or an invoice that exists
field-document-paid = This document is paid already
field-note-overpaid = Write what becomes of the overpayment

problem-statement = The statement could not be read
statement-note-done = The statement has been read.
statements-fail =
    { $source ->
        [fio] Statements of Fio banka do not come any more
       *[folder] Statements do not come from the folder any more
    }
statements-fail-why =
    { $failure ->
        [refused] The bank refuses our token: it has expired, or is another one. Make a new one in internet banking, for watching the account only, and start Linka with it (LINKA_FIO_TOKEN).
        [busy] The bank says that it gives no statement now. We go on asking each hour; meanwhile download it and import it at Bank.
        [unreachable] The server does not reach the bank. See that it may reach the internet; meanwhile download the statement and import it at Bank.
        [unreadable] The bank has answered, but with no statement that could be taken in.
       *[folder] The folder cannot be read, or what was read cannot be put away in it. See that it is there, that the server may write to it and that the disk is not full.
    }
statements-fail-foreign = The token is of another account than the one that customers pay to.
statements-fail-since = Since { $since }. Once it works again, this goes away by itself.
problem-statement-empty = The file is empty.
problem-statement-unknown-format = It is no ABO (GPC), CSV, CAMT.053 or MT940 that we know. Download the statement from the bank again and import it as it is.
problem-statement-too-long = The statement has too many lines. Import it in shorter periods.
problem-statement-short-line = Line { $line } is incomplete.
problem-statement-bad-date = Line { $line } has no valid date.
problem-statement-bad-amount = Line { $line } has no amount that could be read in one way only.
problem-statement-bad-code = Line { $line } does not tell whether money came or went.
problem-statement-unknown-record = Line { $line } is no record that a statement should have.
problem-statement-unclear-reversal = Line { $line } undoes something, and the sums of the statement do not tell what. Choose below the file how your bank numbers reversals, and import the statement again.
problem-statement-open-quote = A quote begins on line { $line } and does not end. The lines behind it would run together.
problem-statement-not-booked = The bank has not booked line { $line } yet. Export only what is booked.
problem-statement-broken-xml = The XML cannot be read from line { $line } on. Download the statement from the bank again.
problem-statement-foreign-account = The statement is of another account than the one that customers pay to. If that is right, tick it below the file and import it again.

## A payment that was for something else

unmatch-title = Take back the payment of { $amount }
unmatch-lead = It pays { $document } now. If it was for something else, take it back and assign it rightly.
unmatch-payment = Payment
unmatch-came = Came
unmatch-payer = Payer and symbol
unmatch-purchase = Order
unmatch-waits = The payment will wait at Bank again, and can be assigned to something else.
unmatch-credit = A credit note of { $amount } is issued for { $document }, day of the tax { $day }.
unmatch-minutes = { $minutes } that the customer has not used of it are taken back.
unmatch-claim = The customer has used { $minutes } already. They are invoiced at { $amount }.
unmatch-lost = The order loses { $amount } of its price by that, and cannot be paid again. Whoever wants the minutes orders them anew.
unmatch-owed = The customer will owe { $amount } of { $document } again.
unmatch-minutes-stay = The minutes stay.
unmatch-balance = { $amount } of the overpayment that was left of it are gone from the customer’s balance.
unmatch-asked = { $amount } that were written off beside it are written off no more.
unmatch-reason-hint = Where a credit note is issued, the customer reads it, too.
unmatch-send = Take the payment back
unmatch-keep = Leave it as it is
unmatch-refused = This payment cannot be taken back
unmatch-refusal =
    { $why ->
        [refunded] Money or minutes of the order went back already. Settle it by returning money at the order.
        [disputed] The payment is disputed. Decide about that first.
        [balance_gone] The overpayment that was left of it has been used or returned. Take that back first.
       *[handed_over] The minutes went on to another customer, with whom this one was merged.
    }

## Orders

sales-purchases-title = Orders
sales-purchases-search = Number of the order, customer or IČO
sales-purchases-all = All
sales-purchases-states = State of the order
sales-purchases-none = There is no such order.
sales-purchases-older = Older orders

sales-purchase-title = Order { $number }
sales-purchase-facts = What and for how much
sales-purchase-by = Ordered by
sales-purchase-minutes = { $minutes } min ({ $quantity } pcs), valid for { $months } months
sales-purchase-price-term = Price
sales-purchase-price = { $net } excl. VAT, { $total } incl. VAT
sales-purchase-reference = The customer’s order reference
sales-purchase-paid = Paid
sales-purchase-unpaid = Not yet
sales-purchase-intent = Payment at Stripe
sales-purchase-documents = Documents
sales-purchase-transfers = Bank transfers
sales-purchase-refunds = Money returned
sales-purchase-history = History
sales-purchase-history-none = Nothing has happened yet.
sales-event =
    { $kind ->
        [created] Ordered
        [payment_started] Awaiting payment
        [payment_failed] The payment failed
        [paid] Paid
        [credited] Minutes credited
        [cancelled] Cancelled
        [expired] Expired unpaid
        [refund_requested] Refund decided
        [refunded] Money returned
        [refund_failed] The refund failed
        [credit_note_issued] A credit note was issued
        [payment_undone] Payment taken back, it was for something else
        [dispute_opened] The bank disputes the payment
        [dispute_won] The dispute was won
       *[dispute_lost] The dispute was lost
    }

sales-refund-title = Return the money for unused minutes
sales-refund-how-many = How many minutes to return (at most { $most })
sales-refund-next = Work out what goes back
sales-refund-confirm = Check what will happen
sales-refund-minutes = Minutes
sales-refund-left = { $left } will be left
sales-refund-money = Money
sales-refund-way =
    { $method ->
        [owed] it is taken off the unpaid invoice, nothing is returned
        [card] we return it to the card
       *[transfer] send it by bank transfer, then mark it as paid here
    }
sales-won-back-title = { $amount } came back with a dispute that was won
sales-won-back-what = The money that the customer's bank took is here again, but a credit note was issued for it. Issue a new tax document.
sales-won-back-send = Issue a tax document of { $amount }
sales-returned-title = { $amount } was returned outside Linka
sales-returned-what = The bank or Stripe returned the money, and there is no document about it. The minutes stay as they are.
sales-returned-send = Issue a credit note of { $amount }
sales-refund-waived = Taken off the unpaid invoice
sales-refund-taken = The customer's bank took the money
sales-waive-title = Take unused minutes off the unpaid invoice
sales-waive-send = Take off { $amount }
sales-refund-note = Document
sales-refund-note-is = The customer gets a credit note.
sales-refund-reason = Reason
sales-refund-reason-hint = It appears on the credit note, as the law requires.
sales-refund-send = Return { $amount }
sales-refund-keep = Do not return anything
sales-refund-paid = Paid by bank transfer
sales-refund-document = document { $number }
sales-refund-state =
    { $state ->
        [requested] Waits to be paid
        [pending] On its way
        [succeeded] Returned to the card
        [failed] Could not be returned to the card
       *[paid_otherwise] Paid by bank transfer
    }
field-refund-minutes = Write a whole number, at most as many minutes as are left

file-sales = sales-{ $year }
sales-earlier-invoice = Invoice from before
bank-earlier = { $count ->
    [one] An open invoice from before
   *[other] { $count } open invoices from before
}
bank-earlier-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
bank-column-invoice = Invoice
bank-earlier-customer = Customer
bank-earlier-due = Due
bank-earlier-overdue = overdue
bank-earlier-left = Left to pay

sales-nav-balances = Overpayments and differences
balances-title = Overpayments and differences
balances-lead = What came in excess is owed to the customer until it is returned or used. What is missing is written off, or you ask for it.
balances-owed = Overpayments of customers
balances-owed-none = Nothing is owed to anybody.
balances-differences = Documents paid in part
balances-differences-none = No document is paid in part only.
balances-decisions-hint = A payment that has paid an order, or a part of one, is taken back at that order.
balances-decisions = What can be taken back
balances-decisions-none = Nothing that could be taken back.
balances-settle = Settle
balances-left = { $amount } is missing on { $number }
balances-paid = { $paid } of { $total } has come
balances-decided =
    { $decided ->
        [assigned] { $amount } assigned to { $document }
        [set_aside] { $amount } set aside
        [written_off] { $amount } written off of { $document }
        [used] { $amount } of an overpayment used for { $document }
       *[returned] { $amount } of an overpayment returned
    }
balances-undo = Take back
balances-balance-of = { $customer } has { $amount } with us
balances-spend-hint = An open document of the same customer, an invoice from before Linka too. No more is used than is missing on it.
balances-spend = Use for the document
balances-amount = Amount returned
balances-crowns = CZK
balances-return-reason = How you returned it
balances-return-hint = For example: order of 24 November to the account it came from.
balances-return = Note the return
balances-ask = Ask for { $amount } by mail
balances-write-off-reason = Why you write the difference off
balances-write-off-what = Writing it off settles the document. Tax documents stay on what has come.
balances-write-off = Write off { $amount }
balances-above-limit = No more than { $limit } can be written off; the limit is among the settings of prices.
balances-undo-what =
    { $decided ->
        [set_aside] The payment of { $amount } will wait for a decision again.
        [written_off] { $amount } of { $document } will be asked for again.
        [used] { $amount } will be missing on { $document } again, and the customer will have so much more with us. A difference that was written off beside it will be asked for again.
       *[returned] The customer will have { $amount } more with us.
    }
balances-undo-reason = Why you take it back
balances-undo-send = Take the decision back
bank-source =
    { $source ->
        [folder] from the folder
        [fio] from Fio banka
       *[upload] uploaded
    }
bank-unread = { $count ->
    [one] { $count } row cannot be read:
   *[other] { $count } rows cannot be read:
}
sales-reversed-title = A transfer of { $amount } has left the account again
sales-reversed-what =
    { $state ->
        [none] The purchase stays paid. Until it is settled you can freeze the minutes that are left: they cannot be drawn, agreed interventions stand.
       *[open] The minutes that are left are frozen. When the money comes again, release them here and set the new payment aside at the bank. When it does not, you issue a credit note on it.
    }
sales-reversed-do =
    { $became ->
        [open] Freeze the minutes
        [won] The money has come again
       *[lost] The money will not come
    }
sales-waiting-balances =
    { $count ->
        [one] An overpayment of { $amount } waits to be returned or used
       *[other] { $count } customers have overpayments with us, { $amount } in all
    }
