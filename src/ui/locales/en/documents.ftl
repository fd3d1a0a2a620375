### The receipt of an intervention, the statement and the exports: words that page, PDF, mail and tables share.

## Where minutes come from

pool =
    { $kind ->
        [contract] contract
        [bundle] bundle
        [apology] apology
       *[correction] returned minutes
    }
pool-from =
    { $kind ->
        [contract] from the contract
        [bundle] from a bundle
        [apology] from an apology
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
segment-corrected = Corrected: { $reason }
segment-added = Added: { $reason }
segment-by-contest = accepted objection
receipt-by-contest = Accepted objection

## The receipt in one sentence

receipt-nothing = Nothing is charged: waiting and correcting our own mistakes are free.
receipt-worked = { $minutes } of work
receipt-worked-lifted = { $minutes } of work, no minimum: outage “{ $outage }”
receipt-worked-minimum = { $minutes } of work + { $top_up } up to the minimum of { $minimum } = { $billed }
receipt-paid-from-one = { $minutes }, all { $pool }
receipt-paid-from = { $minutes }: { $pools }
receipt-paid-and-over = { $minutes }: { $pools } and { $over } beyond them, { $price }
receipt-paid = { $minutes }, { $price }
receipt-draw = { $minutes } { $pool }
receipt-price = { $rate } per minute excl. VAT, { $price } incl. VAT in all
receipt-consents = Consent to go on
receipt-consent = After { $minutes } we asked whether to go on ({ $at })
receipt-consent-silence = No answer came; time beyond that was not charged.
receipt-consent-portal = { $by } on the portal, { $at }: { $said }.
receipt-consent-phone = { $by } by telephone, { $at }: { $said }. In these words: “{ $words }”
receipt-consent-up-to = yes, up to { $minutes }
receipt-consent-no-limit = yes, without a limit
receipt-consent-refused = no

## The receipt on paper

document-page = page { $page } of { $pages }
paper-title = Receipt of intervention { $number }
paper-issued = Issued { $at }
paper-foot = { $title }, version { $version }, rules { $rules }. Not a tax document.
paper-figure = { $minutes } · { $price } incl. VAT
paper-replaced = Version { $version } has replaced this one.
paper-resumed = Receipt with the work that was added, version { $version }
paper-corrected = Corrected receipt, version { $version }
paper-customer = Customer
paper-name = Name
paper-ico = IČO
paper-ordered-by = Ordered by
paper-intervention = Intervention
paper-request = Request
paper-program = Program
paper-work-type = Kind of work
paper-urgency = Urgency
paper-report = What we did
paper-time = The technician’s time
paper-span = From–to
paper-kind = What
paper-technician = Technician
paper-duration = Duration
paper-billed = Charged
paper-free = free
paper-sum = Charged time in all
paper-rounded = Rounded up to whole minutes
paper-minimum = Raised to the minimum of { $minimum }
paper-lifted = No minimum of { $minimum }: outage “{ $outage }”
paper-lifted-value = not charged
paper-added = + { $minutes }
paper-total-minutes = Billed
paper-payment = What pays for it
paper-minutes-at = { $minutes } × { $rate } excl. VAT
paper-over-at = Beyond that { $minutes } × { $rate } excl. VAT
paper-vat = VAT { $percent }
paper-total-price = Total incl. VAT
paper-contests = Objections
paper-contest = { $segment }: { $state }
paper-contest-state =
    { $state ->
        [accepted] accepted, the minutes were returned
        [rejected] rejected
       *[open] waits for a decision
    }
paper-contest-said = { $by }, { $at }: { $reason }
paper-contest-answered = Answer: { $answer }
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
        [apology] From apologies (min)
       *[correction] From returned minutes (min)
    }
column-over = Beyond prepaid (min)
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
        [freeze] Suspended
        [thaw] Released
        [refund] Refunded
        [correction] Used before, elsewhere
        [charge] Beyond prepaid minutes
       *[waive] Beyond prepaid minutes, waived
    }

## Names of downloaded files

file-receipt = receipt-{ $number }
file-usage = minutes-{ $year }
file-statement = statement-of-minutes-{ $from }
