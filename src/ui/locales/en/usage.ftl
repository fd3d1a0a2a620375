### Minutes: what is left, where they went, the statement, the contract.

nav-usage = Minutes

## Charts

chart-numbers = Numbers in a table
chart-prepaid = prepaid minutes
chart-over = beyond them
chart-interventions = Interventions
chart-minutes = Minutes
chart-amount = Excl. VAT
chart-column = { $name }: { $minutes }, { $count ->
        [one] { $count } intervention
       *[other] { $count } interventions
    }
chart-column-empty = { $name }: no intervention
burn-down-title = How your minutes are used up
burn-down-summary = Minutes left from { $from } to { $until }, { $left } today
burn-down-date = Day
burn-down-left = Left
burn-down-credited = { $minutes } are added
burn-down-expired = about { $minutes } are lost
burn-down-agreed = an agreed appointment, about { $minutes }

## What is left

usage-title-left = { $left } of { $granted } left
usage-title-left-until = { $left } of { $granted } left until { $date }
usage-title-over = { $minutes } beyond your bundle
usage-title-over-contract = { $minutes } beyond your contract
usage-title-one-off = { $minutes } in 12 months
usage-title-none = Minutes
usage-lead-empty = Each further minute costs { $rate } excl. VAT.
usage-lead-over = All { $granted } are used. Each further minute costs { $rate } excl. VAT.
usage-lead-one-off = You pay per intervention, { $amount } excl. VAT in all. A minute costs { $rate }.
usage-also = { $minutes } { $source }
usage-also-until = { $minutes } { $source } until { $date }
usage-of = {" "}of { $granted }
usage-until = until { $date }
usage-never-expires = with no expiry
pool-since = { $pool } since { $date }
usage-reserved = about { $minutes } of that for agreed appointments
usage-reserved-over = Your agreed appointments will probably take { $minutes } more than that.
usage-upcoming = { $minutes } { $source } will be added on { $date }.
usage-buy = Buy minutes
usage-none = No minutes and no interventions yet.
usage-none-help = Once a technician has helped you, this page shows how many minutes it took and what paid for them. Without prepaid minutes a minute costs { $rate } excl. VAT.
usage-unused = You have not used any yet.

alert-used-80 = Minutes are running low: { $left } of { $granted } are left.
alert-used-95 = Minutes are almost gone: { $left } left. Each further one will cost { $rate } excl. VAT.
alert-used-100 = All { $granted } are used. Each further minute costs { $rate } excl. VAT.
alert-expiring = { $left } expire if you do not use them by { $date }.

forecast-runs-out = At this pace your minutes run out on { $date }.
forecast-lasts = At this pace your minutes will last: about { $left } will be left on { $date }.
forecast-next = { $date } brings { $minutes } from the contract.
forecast-unknown = There are too few interventions yet to say how long your minutes will last.
forecast-lost = About { $minutes } of that will then be lost.

advice-buy = A bundle of { $minutes } pays off for you
advice-buy-why = At your pace you use about { $useful } of it in time; at { $rate } a minute they would cost { $saved } more. Prices excl. VAT.
advice-nothing = You need not buy anything now
advice-wait = On { $date } your contract brings { $minutes }.
advice-wait-over = Until then you will pay for about { $minutes } at { $rate } each excl. VAT; no bundle would cost less.
advice-enough = At your pace the minutes that you have will last.
advice-dearer = At your pace no bundle would cost less than your rate of { $rate } a minute excl. VAT.

## Where they went

usage-tabs = Where the minutes went
usage-tab-month = When
usage-tab-program = Program
usage-tab-work-type = Kind of work
usage-tab-member = Who ordered
usage-by-month = By month
usage-by-program = By program over 12 months
usage-by-work-type = By kind of work over 12 months
usage-by-member = By who ordered it over 12 months
usage-month-heading = Month
usage-program = Program
usage-work-type = Kind of work
usage-member = Ordered by
usage-latest = Latest interventions
usage-all = All interventions
usage-further = Statement and contract
usage-bundles = Bundles of minutes and your purchases
usage-statement = Statement of minutes
usage-contract = What your contract says
usage-terms = What applies without a contract
usage-export = Interventions of { $year } for a spreadsheet:{" "}
usage-export-csv = CSV
usage-export-xlsx = Excel

usage-day = { $day } { $month }
usage-day-year = { $day } { $month } { $year }
usage-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
usage-month-short =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }

## Interventions

usage-back = Minutes
usage-list-title = Interventions
usage-list-none = No interventions yet.
usage-list-empty = No intervention matches this choice.
usage-filters = Chosen
usage-filter-remove = remove
usage-older = Older interventions
usage-newest = Back to the latest
usage-column-date = When
usage-column-what = What
usage-column-who = Ordered by
usage-column-minutes = Minutes
usage-column-paid = Paid from
usage-over-amount = { $minutes }{ -nbsp }beyond prepaid minutes for { $amount }

## Statement

statement-title = Statement of minutes, { $period }
statement-lead = { $opening } at the beginning, { $closing } at the end.
statement-empty = Nothing changed in this period.
statement-csv = Download the statement as CSV
statement-periods = Period
statement-month = Month
statement-quarter = Quarter
statement-year = Year
statement-period-quarter = quarter { $quarter } of { $year }
statement-period-year = { $year }
statement-column-date = Day
statement-column-what = What
statement-column-change = Change
statement-column-balance = Balance
statement-opening = Opening balance
statement-closing = Closing balance
entry-grant = Credited { $source }
entry-draw = Intervention { $intervention }
entry-return = Returned from intervention { $intervention }
entry-expiry = Expired { $source }
entry-charge = Intervention { $intervention }, beyond prepaid minutes
entry-waive = Intervention { $intervention }, beyond prepaid minutes, not charged
entry-freeze = Suspended { $source }, the payment is being examined
entry-thaw = Released { $source }, the payment stands
entry-refund = Refunded { $source }
entry-correction = Used { $source } before we moved to the portal
entry-handover = Moved { $source } to the customer with whom you were merged
entry-money = { $minutes } for { $amount } excl. VAT

## Contract

terms-title = Your contract is valid indefinitely
terms-title-until = Your contract is valid until { $date }
terms-title-from = Your contract begins on { $date }
terms-number = Number
terms-validity = Validity
terms-from = from { $from } indefinitely
terms-from-until = from { $from } to { $until }
terms-speed = How fast we connect
terms-speed-words = Response tier { $tier }: urgent help within { $urgent }, normal help no sooner than { $normal } ahead.
terms-minutes = Minutes
terms-minutes-month = { $minutes } every month, credited on the first day.
terms-minutes-quarter = { $minutes } every quarter, credited on the first day.
terms-minutes-year = { $minutes } every year, credited on 1 January.
terms-no-minutes = The contract contains no minutes.
terms-unused = What you do not use
terms-expire-month = Expires at the end of the month.
terms-expire-quarter = Expires at the end of the quarter.
terms-expire-year = Expires at the end of the year.
terms-roll-month = Can be used for one more month.
terms-roll-quarter = Can be used for one more quarter.
terms-roll-year = Can be used for one more year.
terms-minimum = Minimum per intervention
terms-minimum-minutes = { $minutes }, even if the technician is done sooner.
terms-ceiling-term = Long interventions
terms-ceiling = Before an intervention exceeds { $minutes }, we ask you whether to go on.
terms-no-ceiling = The contract has no ceiling. You can set one with each order.
terms-rates = A minute beyond the allowance
terms-per-minute = per minute
terms-per-hour = per hour
terms-any = Any intervention
terms-normal = Normal intervention
terms-urgent = Urgent intervention
terms-by-the-minute = Charged by the minute.
terms-change = Do you want to change the contract? Call us: { $phone }.
terms-none-title = You have no contract with us
terms-none-lead = Each intervention is paid for separately, at list prices.
terms-none-minutes = You can prepay them without a contract, in a bundle.
terms-none-minimum = { $minutes }, with a bundle { $lower }.
terms-none-rates = What a minute costs
terms-bundles = Bundles of minutes

## Gallery

sample-customer = Lípová school canteen
sample-stock = Stock
sample-canteen = Meals
sample-colleague = Petra Malá
sample-technician = Ondřej Žďárský
sample-report = Issue slips did not print because the program looked for the old printer. We set the new one and printed today's slips.
sample-correction = the clock ran over a break
sample-objection = The work waited for our computer, but the technician talked with a colleague meanwhile.
sample-words = Yes, finish it.
sample-answer = You are right, this was our mistake.
sample-refusal = The technician was setting up the printer at that time.
