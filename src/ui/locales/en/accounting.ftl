# The accountant's month.

accounting-title = Accounting
accounting-lead = Documents issued in a period, VAT by the day of supply, and files for accounting programs.
accounting-from = From
accounting-until = Until
accounting-by = By the day of
accounting-day =
    { $day ->
        [tax] supply
       *[issue] issue
    }
accounting-kind-label = Kind of document
accounting-kind-all = all
accounting-kind =
    { $kind ->
        [proforma] Proforma invoice
        [payment] Tax document on a payment received
        [invoice] Invoice
       *[credit_note] Credit note
    }
accounting-paid-label = Payment
accounting-paid-all = all
accounting-paid =
    { $paid ->
        [open] something is left to pay
       *[paid] nothing is left to pay
    }
accounting-search = Customer, IČO or number of a document
accounting-show = Show
accounting-documents = Documents
accounting-none = There is no such document in this period.
accounting-vat = VAT
accounting-vat-days = VAT by days
accounting-vat-none = Nothing is taxed in this period.
accounting-payments = Payments
accounting-received = { $amount } came in the period and { $returned } went back. Who paid what is in the workbook, on its sheet Payments.
accounting-column-number = Number
accounting-column-kind = Kind
accounting-column-customer = Customer
accounting-column-ico = IČO
accounting-customer = { $name }, IČO { $ico }
accounting-column-dic = VAT number
accounting-column-issued = Issued
accounting-column-tax-day = Day of supply
accounting-column-due = Due
accounting-column-rate = Rate
accounting-column-base = Base
accounting-column-tax = Tax
accounting-column-total = Total
accounting-column-open = Left to pay
accounting-column-day = Day
accounting-column-pays = For what
accounting-column-way = How
accounting-column-amount = Amount
accounting-files = Files of the period
accounting-file-xlsx = XLSX workbook: documents, VAT, payments
accounting-file-csv = CSV table: documents
accounting-file-pohoda = POHODA XML
accounting-file-money = Money S3 XML
accounting-file-isdoc = ISDOC, all documents in one ZIP
accounting-files-note = POHODA and Money S3 get tax documents only. Proforma invoices are in the workbook and in ISDOC when the period is chosen by the day of issue.
accounting-months = Locked months
accounting-months-what = No document comes to a locked month any more. Corrections, and payments that come to light later, get the first day of the next open month.
accounting-column-month = Month
accounting-column-state = State
accounting-column-action = What to do
accounting-locked = Locked
accounting-open = Open
accounting-reopened = Opened again: { $reason }
accounting-lock = Lock
accounting-unlock = Open again
accounting-unlock-title = Open a locked month again
accounting-unlock-month = Which month
accounting-reason = Why
accounting-reason-hint = It stays with the month and in the record of changes.
file-accounting = accounting-{ $from }-{ $until }

receivables-title =
    { $count ->
        [0] Nobody is overdue
       *[other] { $amount } is overdue
    }
receivables-lead = Invoices that are not paid, by customer and by how long ago they were due.
receivables-none = All invoices that are due are paid.
receivables-column-customer = Customer
receivables-age =
    { $age ->
        [to_14] up to 14 days
        [to_30] 15–30 days
        [to_60] 31–60 days
       *[more] over 60 days
    }
receivables-column-overdue = Overdue
receivables-column-owed = Owed in all
receivables-all = In all
receivables-shown = { $shown } of { $total } customers are shown, the longest overdue first.

fees-title = Fees by contract
fees-lead = Recurring fees that are paid for contracts themselves. They are not invoiced from here yet: see what they come to, and begin.
fees-lead-begun = Periods that begin on { $date } or later are invoiced by themselves, on their first day or on that of the contract.
fees-due = What will be invoiced
fees-due-until = Invoices until { $date }. Prices excl. VAT.
fees-due-none = Nothing will be invoiced by then.
fees-due-more =
    { $count ->
        [one] And { $count } more.
       *[other] And { $count } more.
    }
fees-column-period = Period
fees-column-customer = Customer
fees-column-contract = Contract
fees-column-amount = Without VAT
fees-column-state = When
fees-column-invoice = Invoice
fees-waits = Waits for the customer's address
fees-at-once = At once
fees-later = { $date }
fees-begin-title = Begin to invoice
fees-begin-what = Periods that begin on the chosen day or later are invoiced; what began before, somebody else has invoiced. The day cannot be changed afterwards.
fees-from = From which day on
fees-try = Show what it comes to
fees-begin = Invoice periods from { $date } on
fees-invoiced = Invoiced last
fees-credited = credited
fees-credit-title = Credit the invoice of a fee
fees-credit-what = The whole invoice, if the contract was not valid then or was recorded wrongly. The period is not invoiced again.
fees-credit = Issue a credit note
