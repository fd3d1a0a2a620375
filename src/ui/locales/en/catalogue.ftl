### The catalogue and the settings of the line as managers keep them.

catalogue-nav-label = Catalogue and line
catalogue-nav-programs = Programs
catalogue-nav-work-types = Kinds of work

catalogue-name = Name
catalogue-name-en = Name in English
catalogue-en-hint = Without it English readers see the Czech one, too.
catalogue-english = In English
catalogue-minutes = minutes
catalogue-add = Add
catalogue-save = Save
catalogue-back = Back
catalogue-retired = no longer offered

programs-title = Programs
programs-lead = The programs for which help can be ordered.
programs-none = No program yet. Without one customers cannot order anything.
programs-add = Add a program
programs-column-customers = Customers
programs-run-by = { $count ->
    [0] Nobody runs it yet.
    [one] { $count } customer runs it.
   *[other] { $count } customers run it.
}
programs-active = Help can be ordered for it
programs-active-hint = Without this nothing new can be ordered for it. What was ordered stays.

program-version = version { $version }
programs-versions = Versions
programs-version = Version
programs-released-on = Released
programs-no-versions = None yet. By the version a technician knows what to expect.
licences-version-hint = Choose from the list or write another one.
programs-version-remove-hint =
    { $count ->
        [one] { $count } customer runs it. It stays written there, and leaves the list.
       *[other] { $count } customers run it. It stays written there, and leaves the list.
    }
programs-version-note = released { $day }, { $count ->
    [0] nobody runs it
    [one] { $count } customer
   *[other] { $count } customers
}

work-types-title = Kinds of work
work-types-lead = What customers choose from when they order.
work-types-none = No kind of work yet. Without one customers cannot order anything.
work-types-add = Add a kind of work
work-types-new = New kind of work
work-types-column-minutes = Usually takes
work-types-column-slot = Appointment
work-types-plannable-note = planned ahead
work-types-dispatch-note = dispatch offers times
work-types-description = Description
work-types-description-hint = One or two sentences that help to choose.
work-types-description-en = Description in English
work-types-from = Usually from
work-types-to = Usually to
work-types-slot = Length of an appointment
work-types-slot-hint = In quarters of an hour, from { $least } to { $most } minutes.
work-types-plannable = Can be planned ahead
work-types-plannable-hint = Such work cannot be ordered as urgent.
work-types-skill = What a technician must know
work-types-choice = Who chooses the time
work-types-choice-customer = The customer, from the free times
work-types-choice-dispatch = Dispatch offers times
work-types-active = Can be ordered
work-types-active-hint = Without this it is not shown in new orders. What was ordered stays.

skills-title = What technicians know
skills-none = Nothing yet. Every kind of work needs a technician who knows it.
skills-add = Add
skills-used = { $work_types ->
    [0] no kind of work
    [one] { $work_types } kind of work
   *[other] { $work_types } kinds of work
}, { $technicians ->
    [0] no technician
    [one] { $technicians } technician
   *[other] { $technicians } technicians
}
skills-delete = Remove
skills-needed = It can be removed once no kind of work needs it and no technician has it.

catalogue-nav-line = Operation
catalogue-nav-prices = Prices

line-settings-title = How the line works
line-settings-lead = A change holds from the day that you choose. What was offered, ordered and billed stays as it was.
price-settings-title = Prices of interventions
price-settings-lead = What those without a contract pay, how many minutes are billed at least, and when payment is due. Documents already issued keep their due date.
line-settings-hours = When we work
line-settings-reserve = Capacity for urgent work
line-settings-ahead = Times on offer
line-settings-changes = Moving and cancelling
line-settings-after = After an intervention
line-settings-price = Price list
line-settings-minimums = Least time billed
line-settings-payment = Days to pay
line-settings-from = Applies from
line-settings-from-hint = Today means at once; another day, from midnight on.
line-settings-preview = Show what changes
line-settings-days = days
line-settings-times = times
line-settings-crowns = CZK excl. VAT
line-settings-crowns-vat = CZK incl. VAT
line-settings-days-count = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
line-settings-times-count = { $count ->
    [one] { $count } time
   *[other] { $count } times
}
line-settings-history = Changes
line-settings-no-changes = Nothing has been changed yet.
line-settings-since = From { $when }
line-settings-coming = still to come
line-settings-made = holds since then
line-settings-withdrawn = withdrawn
line-settings-by = { $name }, { $when }
line-settings-taken-over = taken over from tables, { $when }
line-settings-withdraw = Withdraw
line-setting = { $setting ->
    [opens] We open at
    [closes] We close at
    [urgent_reserve_percent] Share of a day for urgent work
    [reserve_released_at] Released on the day at
    [urgent_first_minutes] Urgent at the earliest in
    [normal_horizon_days] Normal at the latest in working days
    [urgent_horizon_days] Urgent at the latest in working days
    [hold_minutes] A picked time is held
    [cutoff_normal_minutes] A normal one can be changed until
    [cutoff_urgent_minutes] An urgent one can be changed until
    [max_moves] Can be moved
    [contest_days] Objections within
    [returned_minutes_days] Returned minutes last
    [missed_credit_minutes] Credit for what we missed
    [minimum_with_contract] With a contract or bundle
    [minimum_one_off] Without either
    [proforma_days] A proforma is due in
    [invoice_days] An invoice is due in
    [write_off_limit] A difference is written off up to
   *[list_rate_per_minute] A minute without a contract
}

line-change-title = What changes
line-change-lead = Applies from: { $when }
line-change-at-once = at once
line-change-what = Setting
line-change-old = So far
line-change-new = From then on
line-change-later-title = Something else is planned for later
line-change-later = From { $when } on, what is planned for that day holds.
line-change-outside = { $count ->
    [one] { $count } agreed appointment lies outside these hours
   *[other] { $count } agreed appointments lie outside these hours
}
line-change-outside-body = They stay as they were agreed.
line-change-meanwhile = { $term }: meanwhile changed from { $was } to { $is }.
line-change-promise = What is offered, ordered and billed until then stays as it was.
line-change-nothing = Nothing would change.
line-change-make = Change

catalogue-words-lead = Names and descriptions change at once, wherever they are shown.
catalogue-change-open = { $count ->
    [one] { $count } open request stays as it was ordered.
   *[other] { $count } open requests stay as they were ordered.
}
catalogue-term = { $term ->
    [minutes] Usually takes
    [slot_minutes] Length of an appointment
    [plannable] Can be planned ahead
    [skill] What a technician must know
    [choice] Who chooses the time
    [urgent_target_minutes] Urgent taken up within (working time)
    [normal_lead_minutes] Normal offered from (working time)
    [active] Is offered
   *[phone] Telephone
}

catalogue-nav-tiers = Response tiers
catalogue-nav-bundles = Bundles
catalogue-nav-regions = Regions
catalogue-order = Order
catalogue-up = Up

tiers-settings-title = Response tiers
tiers-settings-lead = How fast a contract says that we connect. Whoever has no contract has the basic one.
tiers-add = Add a response tier
tiers-lead = Normal from
tiers-target = Urgent within
tiers-target-field = Urgent taken up within
tiers-lead-field = Normal offered from
tiers-working = Working minutes: a whole day of the line has as many as its hours are long.
tiers-contracts = { $count ->
    [0] in no contract
    [one] in { $count } contract
   *[other] in { $count } contracts
}
tiers-active = Can be agreed in a contract
tiers-active-hint = Without this new contracts do not get it. Those that have it keep it.
tiers-basic = Whoever has no contract has this one, so it stays.

price-list-title = Bundles of minutes
price-list-lead = What is sold in advance. Bundles already bought keep their price and validity.
price-list-on-sale = On sale
price-list-none = No bundle is on sale yet.
price-list-none-help = Without bundles customers pay by their contract, or at list prices.
price-list-retired = No longer sold
price-list-add = Add a bundle
price-list-bundle = Bundle
price-list-sold = Sold
price-list-from = from { $from }
price-list-from-until = from { $from } until { $until }
price-list-months = { $count ->
    [one] good for { $count } month
   *[other] good for { $count } months
}
price-list-purchases = { $count ->
    [0] nobody bought it
    [one] { $count } purchase
   *[other] { $count } purchases
}
price-list-minutes = Minutes in the bundle
price-list-price = Price excl. VAT
price-list-validity = How long it is good
price-list-months-suffix = months
price-list-since = Sold from
price-list-comes = How often they come
price-list-comes-one =
    { $comes ->
        [month] Each month, unused minutes expire
        [month_rolls] Each month, unused minutes carry over one period
        [quarter] Each quarter, unused minutes expire
        [quarter_rolls] Each quarter, unused minutes carry over one period
       *[once] Bought once
    }
price-list-one = Bundle of { $minutes }
price-list-change = Change the terms
price-list-change-hint = From the chosen day on it is sold with the new terms, until then with the present ones.
price-list-ends = It is sold until { $until }; then another one takes its place, or it is sold no more.
price-list-retire = Stop selling it
price-list-retire-from = Not sold from
price-list-retire-submit = Stop selling

regions-title = Regions and numbers
regions-lead = Where customers call. Whoever is in no region sees the number of the first.
regions-none = No region yet. Without one customers see no number of the line.
regions-add = Add a region
regions-phone = Telephone
regions-prefixes = Beginnings of postal codes
regions-prefixes-hint = Separated by commas, such as 3, 46. By these a customer sees their number.
regions-delete = Remove
regions-delete-hint =
    { $count ->
        [0] No customer sees its number now.
        [one] { $count } customer sees its number now, and will see that of another region.
       *[other] { $count } customers see its number now, and will see that of another region.
    }
regions-delete-really = Remove the region
regions-delete-not = Leave it
