receivables-back = Receivables
receivables-csv = Download as a table (CSV)
receivables-ages = How long overdue
receivables-every-age = all
file-receivables = receivables-{ $day }

receivable-lead = Owes { $owed }, of which { $overdue } is overdue.
receivable-customer = The customer’s page
receivable-kept = The customer can order urgent help only
receivable-kept-help = The debt is overdue for longer than the rule allows. A plan of payment that is kept lifts this.
receivable-debts = To be paid
receivable-nothing = Owes nothing.
receivable-invoice = Invoice
receivable-due = Due
receivable-age = Overdue
receivable-owed = Left
receivable-write-off-title = Write off a receivable
receivable-write-off-help = The document stays unpaid and its tax does not change. It is only owed no longer. A payment that comes later is matched as ever.
receivable-reason = Why
receivable-reason-hint = Stays with the customer and in the record of changes.
receivable-write-off = Write off
receivable-given-up = Written off
receivable-recovered = Of that { $amount } came or was credited.
receivable-account = The account of the last 12 months
receivable-credit = Buying on invoice
receivable-beyond = Beyond the limit
receivable-not-trusted = pays in advance
receivable-no-limit = no limit
receivable-limit = Limit
receivable-exposure = Used
receivable-unpaid = unpaid invoices
receivable-not-invoiced = not invoiced yet
receivable-agreed = agreed appointments, at most
receivable-limit-crowns = Limit in CZK including VAT
receivable-limit-hint = Empty: no limit. Beyond it one pays in advance; what is agreed stays.
receivable-limit-from = From
receivable-limit-save = Set the limit
receivable-limit-since = From { $from }: { $amount } ({ $by })
receivable-reminders = Reminders that were sent
receivable-no-reader = There is nobody to remind: no one with an address sees documents here.
receivable-no-reminders = None yet.

plan-title = Instalments and deferral
plan-help = While the plan is kept no reminders are sent, and ordering is not stopped.
plan-note = What was agreed
plan-note-hint = With whom, how and why. The customer does not see it.
plan-parts = Instalments
plan-parts-hint = One a line, such as 15. 12. 2026: 5 000. Without any, nothing is asked for until the day below.
plan-rests-until = No reminders until
plan-rests-until-hint = Without instalments only; with them none are sent until the last.
plan-agree = Agree
plan-missed = An instalment did not come, { $missing } is missing
plan-missed-help = Reminders are sent again.
plan-rests = No reminders until { $until }.
plan-over = The plan is over.
plan-came = Since it was agreed, { $came } less is owed.
plan-end = Cancel the plan

reminders-open = Reminders and rules
reminders-title = We send reminders
reminders-title-off = We send no reminders
reminders-lead = When the line opens we write to those who see documents. Once a day at most, about each document once at each stage.
reminders-stages = Stages
reminders-preview = How it will look
reminders-preview-help = With two documents that are made up.
reminder-stage =
    { $stage ->
        [friendly] friendly reminder
        [second] second reminder
       *[last] last reminder
    }
reminder-days-after = How many days after the due day
reminder-days-after-hint = 0: it is not sent.
reminder-subject-cs = Subject in Czech
reminder-subject-en = Subject in English
reminder-text-cs = Text in Czech
reminder-text-en = Text in English
reminder-text-hint = At most { $max } characters. We add documents, account and QR codes below the text.
reminder-placeholders = In braces there may be:
reminder-placeholder =
    { $placeholder ->
        [customer] the customer’s name
        [count] how many documents
        [total] how much in all
        [oldest] when the oldest was due
        [days] how many days the oldest is overdue
       *[interest] interest by the rate below
    }
receivable-rule = What follows by itself
receivable-rule-block = Stop normal orders after how many days
receivable-rule-block-hint = Overdue. 0: never. Urgent help is not refused; you only see it in what waits.
receivable-rule-interest = Interest on late payment a year
receivable-rule-interest-hint = 0: none is told. The statutory rate is the repo rate of the Czech National Bank at the beginning of the half-year plus 8 points.

reminder-count =
    { $count ->
        [one] { $count } document
       *[other] { $count } documents
    }
reminder-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
reminder-title = { $total } is overdue
reminder-debt = Invoice { $number }, due { $due }: { $owed }, variable symbol { $symbol }.
reminder-account = To account { $account } (IBAN { $iban }).
reminder-pay = QR payment of invoice { $number }
