### Figures of the line: what was promised and kept, how full the plan is, what was worked and billed.

nav-figures = Figures
figures-title = Figures of the line
figures-lead = What we promised and kept, how full the plan is, and what was worked.
figures-of = Figures of the line { $days }
figures-days = { $first } – { $last }
figures-from = From
figures-until = To
figures-no-day = That is not a date, so this is the usual period.
figures-far-day = We do not show a day that far away: this is the nearest one.
figures-by = By
figures-step =
    { $step ->
        [week] week
       *[month] month
    }
figures-show = Show
figures-cut = We show at most half a year by week or two years by month at once, so the figures begin on { $from }.
figures-none = Nothing happened on the line in these days.
figures-none-help = Choose other days.
figures-nothing = Nothing in these days.
figures-meaning = What the figures mean
figures-total = Total
figures-xlsx = Excel
figures-csv = CSV
figures-column-table = Table
figures-column-line = Line
figures-column-figure = Figure
figures-column-value = Value
file-figures = line-figures-{ $from }-{ $until }
figures-table =
    { $table ->
        [promises] What we promised
        [by_tier] Promises by response tier
        [load] How full the plan is
        [by_technician] Plan by technician
        [minutes] Worked and billed
        [by_work_type] Minutes by kind of work
       *[by_program] Minutes by program
    }
figures-line =
    { $table ->
        [by_tier] Response tier
        [by_technician] Technician
        [by_work_type] Kind of work
        [by_program] Program
       *[period] Period
    }
figures-tier-urgent = { $tier }, urgent
figures-tier-normal = { $tier }, normal
figure =
    { $figure ->
        [requests] Requests
        [urgent] Urgent
        [urgent_share] Share urgent
        [kept] Kept
        [broken] Broken
        [kept_share] Share kept
        [to_agreed] Until agreed
        [to_started] Until connected
        [interventions] Interventions
        [billed] Billed
        [top_up] Added by the minimum
        [rated] Rated interventions
        [pleased_share] Share of satisfied customers
        [our_fault] Our own faults
        [corrections] Corrections of time
        [added] Added by corrections
        [taken] Taken by corrections
        [planned] Plan
        [agreed] Agreed
        [agreed_share] Share of the plan agreed
        [worked] Worked
        [worked_share] Share of the plan worked
        [no_shows] Customer was not there
       *[missed] We did not connect
    }
figure-meaning =
    { $figure ->
        [requests] Requests that were sent in these days, without those taken over from another system.
        [urgent] How many of them were urgent.
        [urgent_share] What percentage of them was urgent.
        [kept] A technician was in touch in time: for an urgent one within the tier's target, for a normal one by the end of the day into which, the lead over, the work fits. If the customer picked a later one of the times offered in time, that one counts. Up to 10 minutes after it is still in time.
        [broken] No technician was in touch in time, or we offered nothing in time. What is still ahead, what the customer called off before, and cases where we do not know what was offered do not count.
        [kept_share] Those kept of those kept and broken, rounded down.
        [to_agreed] Working minutes from sending until the first time was agreed; the median.
        [to_started] Working minutes from sending until a technician was in touch or began; the median.
        [interventions] Interventions whose first receipt was issued in these days.
        [billed] Minutes billed in these days. What was given back is taken off on the day on which it was, as in the statement of minutes.
        [top_up] How many of the billed minutes only the minimum added.
        [rated] How many of these interventions customers rated.
        [pleased_share] What percentage of the rated interventions got 4 or 5 out of 5.
        [our_fault] Minutes that technicians spent on what we caused ourselves.
        [corrections] How often somebody corrected or added measured time. Accepted objections do not count.
        [added] By how many billable minutes corrections made it longer.
        [taken] By how many billable minutes corrections made it shorter.
        [planned] Minutes of technicians' plans within the line's hours, without absences, holidays and closures.
        [agreed] The length of agreed times. Those that were called off do not count.
        [agreed_share] What percentage of the plan is agreed.
        [worked] Minutes that technicians' clocks ran, without waiting for customers.
        [worked_share] What percentage of the plan was worked. Work beyond the plan can be more than all of it.
        [no_shows] Agreed times at which we could not reach the customer.
       *[missed] Agreed times at which no technician had begun after 10 minutes.
    }
figure-in-minutes = { $figure }, min
figure-in-working-minutes = { $figure }, working min
figure-in-percent = { $figure }, %
figure-minutes = { $number }{ -nbsp }min
figure-percent = { $number }%
figure-none = –
