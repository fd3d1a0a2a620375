### Customers and their contracts, as staff keep them.

customers-title = Customers
customers-search = Name or company number (IČO)
customers-find = Search
customers-all = All customers
customers-none = There is nobody like that.
customers-column-name = Customer
customers-column-contract = Contract
customers-column-tier = Speed
customers-column-left = Left
customers-no-contract = no contract
customer-ico = IČO { $ico }
customer-no-contract = The customer has no contract.

pools-left = Left
pool-left = { $left } of { $granted }
pool-reserved = Agreed appointments will probably take { $minutes } of it.

terms-named = Contract { $number }
terms-new = New contract
terms-edit = Edit the contract
terms-edit-title = Contract { $number }
terms-history = History
terms-first-version = First wording
terms-change = { $label }: { $from } → { $to }

## What a contract says

terms-number = Contract number
terms-valid-from = Valid from
terms-valid-until = Valid until
terms-indefinite = indefinitely
terms-tier = Speed
terms-tier-target = urgent within { $target }
terms-allowance = Prepaid minutes
terms-allowance-is = { $minutes } { $period ->
        [month] a month
        [quarter] a quarter
       *[year] a year
    }
terms-period = Period
terms-month = Month
terms-quarter = Quarter
terms-year = Year
terms-rollover = Minutes left over
terms-rollover-none = expire with the period
terms-rollover-one = carry over into the next period
terms-rate = Minute beyond the allowance
terms-urgent-rate = Urgent minute beyond the allowance
terms-rate-is = { $rate } excluding VAT
terms-minimum = Minimum per intervention
terms-ceiling = Ceiling
terms-no-ceiling = no ceiling

## The form

terms-minutes = minutes
terms-crowns = CZK
terms-rate-hint = Excluding VAT. CZK 22 per minute is CZK 1,320 per hour.
terms-rate-hint-now = Excluding VAT. Now { $hour } per hour.
terms-minimum-hint = A shorter intervention is billed as this.
terms-ceiling-hint = Above it we ask the customer first. Empty: no ceiling.
terms-reason = Why the contract changes
terms-reason-hint = It stays in the history. For example: amendment 2 of 1 December.
terms-reason-hint-new = It stays in the history. For example: signed on 1 December.
terms-save = Save the contract
terms-keep = Leave it as it is

field-contract-number = Write the contract number
field-contract-number-used = Another contract has this number
field-contract-overlaps = Another contract of the customer is valid at that time
field-valid-until = The end must be after the start
field-date = Fill in a date
field-money = Write an amount in crowns, such as 22 or 22.50
