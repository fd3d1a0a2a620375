### Tax documents: the page that lists them, and the document on paper.

## The list

documents-title = Documents
documents-lead = Proforma invoices, tax documents and credit notes, issued in Czech. Accounting programs read ISDOC.
documents-filter-kind = Kind of document
documents-filter-year = Year
documents-all-kinds = All
documents-all-years = All years
documents-kinds =
    { $kind ->
        [proforma] Proforma invoices
        [payment] Payments received
        [invoice] Invoices
       *[credit_note] Credit notes
    }
document-kind =
    { $kind ->
        [proforma] Proforma invoice
        [payment] Tax document on a payment received
        [invoice] Invoice
       *[credit_note] Credit note
    }
documents-issued = Issued { $date }
documents-column-document = Document
documents-column-what = What for
documents-column-total = Total incl. VAT
documents-column-files = Files
documents-pdf = PDF
documents-isdoc = ISDOC
documents-file-of = of document { $number }
documents-purpose-bundle = Bundle of { $minutes }
documents-purpose-part = Part of the price of a bundle of { $minutes }
documents-purpose-interventions =
    { $count ->
        [one] Intervention, { $month }
       *[other] { $count } interventions, { $month }
    }
documents-purpose-fee = Fee by contract { $contract }, { $from } – { $until }
documents-purpose-won-back = A payment that came again after a dispute
documents-purpose-used = { $minutes } used, order { $purchase }
documents-purpose-returned = { $minutes } returned, order { $purchase }
documents-due = Pay by { $date }
documents-overdue = Overdue since { $date }
documents-paid = Paid
documents-pay = Pay
documents-pay-title = Pay { $amount } by { $date }
documents-pay-purchase = The order can be paid in other ways, too
documents-pay-pdf = Download the document (PDF)
documents-void = Nothing to pay
documents-zip = Download all documents of { $year } (ZIP)
documents-empty = No documents yet. When you buy minutes or we bill an intervention, you will find the document here.
documents-empty-filter = There is no such document.
documents-buy = Buy minutes
nav-documents = Documents

## On paper

tax-title =
    { $kind ->
        [proforma] Proforma invoice { $number }
        [payment] Tax document on a payment received { $number }
        [invoice] Invoice { $number }
       *[credit_note] Credit note { $number }
    }
tax-nature =
    { $kind ->
        [proforma] Request for payment, not a tax document
        [payment] Tax document
        [invoice] Tax document
       *[credit_note] Correction of the tax base
    }
tax-foot = { $name }, IČO { $ico }, { $email }
tax-supplier = Supplier
tax-customer = Customer
tax-ico = IČO
tax-dic = DIČ
tax-issued = Date of issue
tax-supplied =
    { $kind ->
        [payment] Payment received on
        [credit_note] Date of correction
       *[invoice] Date of supply
    }
tax-due = Due date
tax-purchase = Order
tax-reference = Your reference
tax-corrects = Corrects document { $number }
tax-reason = Reason: { $reason }
tax-reason-recount = Reason: the intervention was billed anew.
tax-proforma = Not a tax document
tax-proforma-help = We send the tax document when your payment arrives, and credit the minutes at the same moment.
tax-paid = Paid, nothing to pay
tax-paid-help = We received the payment in advance.
tax-lines = Items
tax-what = Description
tax-quantity = Quantity
tax-unit-price = Per unit
tax-rate = VAT rate
tax-line-base = Total excl. VAT
tax-line-bundle = Bundle of { $minutes } of remote support, valid for { $months ->
        [one] { $months } month
       *[other] { $months } months
    }
tax-line-part = Part of the price of a bundle of { $minutes } of remote support, valid for { $months ->
        [one] { $months }{ -nbsp }month
       *[other] { $months }{ -nbsp }months
    }; { $is_last ->
        [true] all of it is paid now
       *[false] { $left } left to pay
    }
tax-line-intervention = Remote intervention { $number } of { $date }: { $work }
tax-line-fee = Fee by contract { $contract }, { $from } – { $until }
tax-line-won-back = A payment that the customer's bank took back and paid again when the dispute was over
tax-line-used = Remote support used of order { $purchase }, whose payment was for something else
tax-line-returned =
    { $minutes ->
        [0] Part of the price of order { $purchase } returned
       *[other] Minutes returned from order { $purchase }
    }
tax-pieces = { $count } pcs
tax-taxes = VAT
tax-base = Tax base
tax-tax = VAT
tax-total = Total incl. VAT
tax-sum = Sum
tax-total-of =
    { $what ->
        [proforma] To pay
        [invoice] To pay
        [paid] Paid in full
       *[credit_note] Total incl. VAT
    }
tax-payment = How to pay
tax-account = Account
tax-symbol = Variable symbol
tax-amount = Amount
tax-iban = IBAN
tax-bic = BIC
tax-code = QR payment
tax-code-alt = QR payment: { $amount } to account { $account }
tax-checkout-name = { $minutes } min in advance, order { $number }
tax-payment-message = Document { $number }
tax-attachment = This document for accounting programs (ISDOC)

## Names of downloaded files

file-tax-document =
    { $kind ->
        [proforma] proforma-{ $number }
        [payment] tax-document-{ $number }
        [invoice] invoice-{ $number }
       *[credit_note] credit-note-{ $number }
    }
file-tax-documents = documents-{ $year }
documents-earlier = From before
documents-earlier-lead = Invoices that you got before we moved to this portal. Pay them as the invoice you have says; once a payment has come, it is gone from here.
documents-earlier-number = Invoice
documents-earlier-symbol = Variable symbol
documents-earlier-left = Left to pay
documents-earlier-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}

account-title = Statement of account
account-open = Statement of account: what you got, paid and what is left
account-period = From { $from } to { $until }
account-made = As of { $date }, { $time }. What comes later may still belong to these days.
account-this-month = This month
account-last-month = Last month
account-this-year = This year
account-last-year = Last year
account-opening = At the beginning
account-charged = Charged by documents
account-paid = Paid
account-closing = At the end
account-owed = you owe { $amount }
account-ahead = { $amount } in your favour
account-money = Money
account-minutes = Minutes
account-minutes-all = Minutes, intervention by intervention
account-empty = Nothing was charged or paid in these days.
account-column-owed = To pay
account-column-kind = Kind
account-column-number = Number
account-column-about = About
account-column-total = Amount
account-pdf = Download the statement as PDF
account-csv = Download the statement as CSV
account-entry =
    { $kind ->
        [ordered] Order { $number }
        [proforma] Proforma invoice { $number }
        [payment] Tax document on a payment received { $number }
        [invoice] Invoice { $number }
        [credit_note] Credit note { $number }
        [earlier_invoice] Invoice from before { $number }
        [transfer] Transfer for { $number }
        [written_off] Written off of { $number }
        [recovered] Came after the write-off of { $number }
        [card] Card payment for { $number }
        [difference] Difference written off of { $number }
        [balance_used] Overpayment used for { $number }
        [balance_returned] Overpayment returned
       *[returned] Returned from { $number }
    }
account-entry-kind =
    { $kind ->
        [ordered] Order
        [proforma] Proforma invoice
        [payment] Tax document on a payment received
        [invoice] Invoice
        [credit_note] Credit note
        [earlier_invoice] Invoice from before
        [transfer] Transfer
        [written_off] Write-off
        [recovered] After a write-off
        [card] Card
        [difference] Difference written off
        [balance_used] Overpayment used
        [balance_returned] Overpayment returned
       *[returned] Returned
    }
account-paper-nature = A list of entries, not a tax document
account-foot = { $customer }, statement of account
table-account = Statement of account
file-account-statement = statement-of-account-{ $from }-{ $until }
