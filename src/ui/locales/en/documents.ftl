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
