### The receipt of an intervention, the statement and the exports: words that page, PDF, mail and tables share.

## Where minutes come from

pool =
    { $kind ->
        [contract] contract
        [bundle] bundle
       *[correction] returned minutes
    }
pool-from =
    { $kind ->
        [contract] from the contract
        [bundle] from a bundle
       *[correction] from returned minutes
    }
pool-until = { $pool } until { $date }

## Kinds of segments

segment-kind =
    { $kind ->
        [preparation] Preparation
        [communication] Communication
        [work] Work
        [waiting] Waiting
       *[our_fault] Our fault
    }

## The receipt in one sentence

receipt-nothing = Nothing is charged: waiting and mending our own faults cost nothing.
receipt-worked = { $minutes } of work
receipt-worked-minimum = { $minutes } of work + { $top_up } up to the minimum of { $minimum } = { $billed }
receipt-paid-from-one = { $minutes }, all { $pool }
receipt-paid-from = { $minutes }: { $pools }
receipt-paid-and-over = { $minutes }: { $pools } and { $over } beyond, { $price }
receipt-paid = { $minutes }, { $price }
receipt-draw = { $minutes } { $pool }
receipt-price = { $rate } per minute excl. VAT, { $price } incl. VAT in all

## The receipt on paper

document-page = page { $page } of { $pages }
receipt-title = Receipt of intervention { $number }
receipt-issued = Issued { $at }
receipt-foot = { $title }, version { $version }, rules { $rules }. Not a tax document.
receipt-figure = { $minutes } · { $price } incl. VAT
receipt-replaced = Version { $version } has replaced this one.
receipt-corrected = Corrected receipt, version { $version }
receipt-customer = Customer
receipt-name = Name
receipt-ico = IČO
receipt-ordered-by = Ordered by
receipt-intervention = Intervention
receipt-request = Request
receipt-program = Program
receipt-work-type = Kind of work
receipt-urgency = Urgency
receipt-report = What we did
receipt-time = The technician’s time
receipt-span = From–to
receipt-kind = What
receipt-technician = Technician
receipt-duration = Duration
receipt-billed = Charged
receipt-free = free
receipt-segment-corrected = Corrected: { $reason }
receipt-sum = Charged time in all
receipt-rounded = Rounded up to whole minutes
receipt-minimum = Raised to the minimum of { $minimum }
receipt-added = + { $minutes }
receipt-total-minutes = Billed
receipt-payment = What pays for it
receipt-minutes-at = { $minutes } × { $rate } excl. VAT
receipt-over-at = Beyond that { $minutes } × { $rate } excl. VAT
receipt-vat = VAT { $percent }
receipt-total-price = Total incl. VAT
receipt-contests = Objections
receipt-contest = { $segment }: { $state }
receipt-contest-state =
    { $state ->
        [accepted] accepted, the minutes were returned
        [rejected] rejected
       *[open] waits for a decision
    }
receipt-contest-said = { $by }, { $at }: { $reason }
receipt-contest-answered = Answer: { $answer }
percent = { $number }%

## Tables

table-interventions = Interventions
table-statement = Statement
table-title = { $customer }: minutes { $year }
column-intervention = Intervention
column-date = Date
column-time = Time
column-program = Program
column-work-type = Kind of work
column-member = Ordered by
column-minutes = Billed (min)
column-pool =
    { $kind ->
        [contract] From the contract (min)
        [bundle] From bundles (min)
       *[correction] From returned minutes (min)
    }
column-over = Beyond (min)
column-amount = Price excl. VAT (CZK)
column-seq = No.
column-entry = Entry
column-source = Source
column-expires = Valid until
column-change = Change (min)
column-balance = Balance (min)
column-reason = Reason
entry-kind =
    { $kind ->
        [grant] Credited
        [draw] Drawn
        [return] Returned
        [expiry] Expired
        [charge] Beyond
       *[waive] Beyond, cancelled
    }

## Names of downloaded files

file-receipt = receipt-{ $number }
file-usage = minutes-{ $year }
file-statement = statement-of-minutes-{ $from }
