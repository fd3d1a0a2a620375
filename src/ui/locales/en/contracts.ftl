### Customers and their contracts, as staff keep them.

customers-title = Customers
customers-search = Name or company number (IČO)
customers-find = Search
customers-all = All customers
customer-requests-all = Requests
customer-requests = Requests: { $name }
customer-requests-none = The customer has not ordered anything yet.
customer-requests-sent = Sent
customer-requests-of = formerly { $name }
customers-none = There is nobody like that.
customers-column-name = Customer
customers-column-contract = Contract
customers-column-tier = Response tier
customers-column-left = Free
customers-no-contract = no contract
customer-ico = IČO { $ico }
customer-no-contract = The customer has no contract.

pools-free = Free minutes
pools-reserved = Beside these, agreed appointments will probably take { $minutes }.
pool-left = { $left } of { $granted }
pool-reserved = Agreed appointments will probably take { $minutes } of it.

contract-named = Contract { $number }
contract-new = New contract
contract-open = Open contract
contract-edit-title = Contract { $number }
contract-history = History
contract-first-version = First wording
contract-change = { $label }: { $from } → { $to }

## What a contract says

contract-number = Contract number
contract-valid-from = Valid from
contract-valid-until = Valid until
contract-indefinite = indefinitely
contract-tier = Response tier
contract-tier-target = urgent within { $target }
contract-allowance = Prepaid minutes
contract-allowance-is = { $minutes } { $period ->
        [month] a month
        [quarter] a quarter
       *[year] a year
    }
contract-period = Period
contract-month = Month
contract-quarter = Quarter
contract-year = Year
contract-rollover = Minutes left over
contract-rollover-none = expire with the period
contract-rollover-one = carry over into the next period
contract-rate = Minute beyond the allowance
contract-urgent-rate = Urgent minute beyond the allowance
contract-rate-is = { $rate } excluding VAT
contract-minimum = Minimum per intervention
contract-ceiling = Ceiling
contract-no-ceiling = no ceiling

## The form

contract-minutes = minutes
contract-crowns = CZK
contract-rate-hint = Excluding VAT. CZK 22 per minute is CZK 1,320 per hour.
contract-rate-hint-now = Excluding VAT. Now { $hour } per hour.
contract-minimum-hint = A shorter intervention is billed as this.
contract-ceiling-hint = Above it we ask the customer first. Empty: no ceiling.
contract-reason = Why the contract changes
contract-reason-hint = It stays in the history. For example: amendment 2 of 1 December.
contract-reason-hint-new = It stays in the history. For example: signed on 1 December.
contract-save = Save the contract

field-contract-number = Write the contract number
field-contract-number-used = Another contract has this number
field-contract-overlaps = Another contract of the customer is valid at that time
field-valid-until = The end must be after the start
field-date = Fill in a date that the calendar has
field-money = Write an amount in crowns, such as 22 or 22.50

## What documents say

customer-billing = Details for documents
customer-address = Address
customer-address-missing = not known yet
customer-street = Street and number
customer-city = Town
customer-postal-code = Postal code
customer-dic = DIČ (VAT number)
customer-dic-hint = Empty if the customer pays no VAT.
customer-no-dic = pays no VAT
customer-transfer = Payment by transfer
customer-on-proforma = on a proforma invoice, minutes after payment
customer-on-invoice = on an invoice, minutes at once
customer-trusted = Trusted customer: minutes at once, payment on invoice
customer-trusted-hint = For orders by transfer that are yet to come.
customer-save-trusted = Save terms of payment

## The customer

blocked-title = Ordering and buying are suspended for you
blocked-help = What is agreed stays, and you can read everything. Call us: { $phone }.
customer-new = New customer
customer-edit = Edit details
customer-save = Save customer
customer-name = Name
customer-ico-label = Company number (IČO)
customer-ico-hint = Empty for a person without one and from abroad.
customer-country = Country
customer-country-hint = Two letters: CZ, SK, DE.
customer-region = Region
customer-region-hint = It decides which number the customer calls.
customer-region-by-postal-code = By postal code
customer-phones = Telephones
customer-phones-hint = One on a line. After a comma you may say whose it is: 601 234 567, accounting
customer-emails = E-mails
customer-emails-hint = One on a line, likewise.
customer-note = Our note
customer-note-hint = Everybody here who works with the customer sees it. The customer does not.
customer-people = People and contacts
customer-no-people = Nobody is here yet.
customer-standing = May they order?
customer-exposure = Unpaid and agreed
customer-exposure-of = { $used } of the limit { $limit }
customer-receivable = Receivables, limit and instalments
customer-blocked = The customer can neither order nor buy
customer-block = Suspend ordering
customer-block-help = Agreed appointments stay and everything can still be read. Nothing new is ordered or bought.
customer-block-but-urgent = Urgent help may be ordered
customer-block-but-urgent-hint = You see each such order in what waits in sales.
customer-block-spares = Urgent help may be ordered.
customer-block-reason = Why
customer-block-reason-hint = The customer reads it. Such as: invoice 2026100012 is overdue.
customer-unblock = Allow ordering
customer-unblock-help = The customer will be able to order and buy again.
customer-gone = No longer a customer
customer-gone-help = Their people cannot sign in. What was agreed, done and billed stays.
customer-leave = No longer a customer
customer-leave-help = When you have parted: their people are signed out and cannot sign in, the history stays.
customer-return = A customer again
customer-return-help = Their people sign in with their passwords again.

## A customer's people

member-new = Add a person
member-add = Add
member-back = Back to the customer
member-facts = Person
member-phone = Telephone
member-email-hint = Whoever signs in does so with it. Others are written to there.
member-signs-in = Will sign in
member-signs-in-hint = They get a link to choose a password. We show it to you, and you can send it.
member-contact-roles = Contact for
member-capabilities = What they may do when signed in
member-mailbox = Shared mailbox
member-mailbox-hint = Several people read it. With each order we ask which of them sits at the computer.
member-no-sign-in = no sign-in
member-gone = no longer there
member-leave = No longer there
member-leave-hint = Signed out everywhere, cannot sign in, and is written to no more. What they did stays.
member-return = There again
member-return-hint = They sign in with their password and we write to them again.
member-last-manager = The last one in the organisation who can invite colleagues. After that only we can.
member-knowingly = The organisation will have nobody who can invite
member-knowingly-hint = Tick only if we take over inviting colleagues and their permissions.
contact-orders = orders
contact-consents = decides about going on beyond the ceiling
contact-documents = is sent documents

field-ico-used = Another customer has this company number
field-country = Write two letters of the country, such as CZ
field-phones = Some line is not a telephone number
field-emails = Some line is not an e-mail address
field-contacts-many = There are too many, or some description is too long
field-knowingly = Confirm that the organisation may have nobody who can invite

## A contract from when and until when

contract-amend = Write an amendment
contract-amend-title = Amendment of contract { $number }
contract-now = What applies
contract-to-come = From { $date }
contract-since = In force from { $date }
contract-withdraw = Take the amendment back
contract-withdrawn = Amendment from { $date } taken back
contract-amendment-replaced = Replaced by a later amendment from the same day
contract-withdrawn-some = Amendment taken back
contract-amend-goes-on = The form shows what applies on { $date }.
contract-amend-show = Fill in what applies on that day
contract-amend-save = Save the amendment from { $date }
contract-from-day = From when the amendment is in force
contract-from-day-hint = Today at the earliest. Nothing changes before; what was credited, ordered and billed stays.
contract-validity = Renew or end
contract-valid-until-hint = The contract's last day. Empty: for an indefinite time. Credited minutes stay until they expire.
contract-validity-reason-hint = It stays in the history. Such as: notice given on 15 November.
contract-save-validity = Save validity
contract-fee = Recurring fee
contract-fee-is = { $amount } excl. VAT { $period ->
        [month] per month
        [quarter] per quarter
       *[year] per year
    }
contract-no-fee = none
contract-fee-hint = Excluding VAT. Empty where nothing is paid for the contract itself.
contract-fee-period = Fee per
contract-fee-day = Invoiced, in the month in which the period begins
contract-fee-day-of = on day { $day }
contract-fee-day-last = on the last day
contract-fee-on = { $fee }, invoiced { $day } of the month in which the period begins
contract-files = Signed documents
contract-file = Add a PDF
contract-file-hint = At most { $megabytes } MB. Those of the customer who see minutes and documents can download it too.
contract-file-change = Replace or remove
contract-file-chosen = Document { $name }
contract-file-instead = A new PDF in its place
contract-file-replace = Replace document
contract-file-remove-hint = Nobody can download it any more, the customer included, and nobody can bring it back. Who removed it stays in the list of changes.
contract-file-remove = Remove document
contract-attach = Add document
customers-ending = Contracts that end soon
customers-ending-one = contract { $number } until { $date }

field-amends-nothing = From this day on, the contract would say the same as before. Change something, or write no amendment.
field-from-day = Choose a day from today on, on which the contract is valid
field-file-large = The file is larger than we take
field-file-pdf = This is not a PDF

## Programs and computers

tokens-title = Programs that order by themselves
tokens-lead = { $customer } · A program shows its token instead of signing in.
tokens-how = How a program orders
tokens-none = No program has a token yet.
tokens-former = Taken back
tokens-address = Programs ask at
tokens-make = Make a token
tokens-secret = The token of { $program }
tokens-secret-lead = Put it into the program’s settings now. For ten minutes you can read it here, and never again.
tokens-secret-hidden = A token waits to be read
tokens-secret-show = Show it after your password
tokens-refused = Refused for now: whoever made it is gone, and nobody manages the people here.
tokens-revoked = Made { $made }, taken back { $when }
tokens-used = Made { $made }, last used { $when }
tokens-never-used = Made { $made }, not used yet
tokens-revoke = Take back
tokens-no-program = There is no program for which a token could be made.
tokens-program = Which program?
tokens-scopes = What may it do?
tokens-vouches = This program may sign its users in
tokens-vouches-hint = People who may only order are signed in by the program’s link, without a password. The program names them by the address they sign in with.
scope-read = Read requests and free times
scope-order = Order, move, call off and write
scope-billing = Read minutes and documents
licences-title = Programs and computers
licences-programs = Programs
licences-computers = Computers
licences-none = No program yet, so the customer can order nothing.
licences-program = Program
licences-number = Number or key of the licence
licences-number-hint = That of a program that is here already is replaced.
licences-save = Save program
licences-change = Change
licences-remove = Remove
licences-runs = Which programs run on it
licences-computer = Name of the computer
licences-computer-hint = Such as: the manager's office.
licences-teamviewer = TeamViewer ID
licences-teamviewer-hint = Nine or ten digits, such as 123 456 789. The same ID is replaced.
licences-save-computer = Save computer

field-teamviewer = A TeamViewer ID has nine or ten digits
