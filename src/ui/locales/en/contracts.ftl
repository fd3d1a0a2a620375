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

contract-named = Contract { $number }
contract-new = New contract
contract-edit = Edit the contract
contract-edit-title = Contract { $number }
contract-history = History
contract-first-version = First wording
contract-change = { $label }: { $from } → { $to }

## What a contract says

contract-number = Contract number
contract-valid-from = Valid from
contract-valid-until = Valid until
contract-indefinite = indefinitely
contract-tier = Speed
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
contract-keep = Leave it as it is

field-contract-number = Write the contract number
field-contract-number-used = Another contract has this number
field-contract-overlaps = Another contract of the customer is valid at that time
field-valid-until = The end must be after the start
field-date = Fill in a date
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
customer-save-address = Save details
customer-transfer = Payment by transfer
customer-on-proforma = on a proforma invoice, minutes after payment
customer-on-invoice = on an invoice, minutes at once
customer-trusted = Trusted customer: minutes at once, payment on invoice
customer-trusted-hint = For orders by transfer that are yet to come.
customer-save-trusted = Save terms of payment
