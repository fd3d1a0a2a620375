backup-title = Last backup: { $when }
backup-title-none = No backup yet
backup-none = If the disk broke today, everything would be lost: customers, minutes and documents. Back up every night, and keep the file on another machine.
backup-old = The backup is more than two days old. See whether the nightly job on the server still runs.
backup-how = How to back up
backup-how-make = Run the command below on the server, best every night. The portal goes on running, and the file holds everything, documents included.
backup-how-restore = A backup is put back into an empty database, while the portal is stopped:
backup-list = Backups
backup-column-when = When
backup-column-file = File
backup-column-by = By
backup-column-size = Size
size-kb = { $size } kB
size-mb = { $size } MB
import-regions = Regions
import-tiers = Response tiers
import-skills = Skills
import-programs = Programs
import-program-versions = Versions of programs
import-work-types = Kinds of work
import-technicians = Technicians
import-plans = Weekly plans of technicians
import-series = Number series
import-prices = Prices
import-bundles = Bundles
import-customers = Customers
import-people = People
import-licences = Licences
import-computers = Computers of customers
import-computer-programs = Programs on computers
import-contracts = Contracts and their amendments
import-contract-files = Signed contracts
import-balances = Balances of minutes
import-invoices = Open invoices
import-appointments = Agreed appointments
import-absences = Absences and extra work
import-closures = Closed days
import-standings = Blocked and former customers
import-fault-unknown-file = there is no such table: a file or sheet is called as one of those below, such as customers
import-fault-unreadable = the file cannot be read as a table
import-fault-too-many-lines = the file is too large; split it
import-fault-too-many-columns = more columns than any table has
import-fault-missing-column = a column is missing without which the file cannot be taken
import-fault-unknown-column = there is no such column; the rest of the file is taken
import-fault-garbled = there is a character that nobody types: the file has another encoding than those that are read
import-fault-missing = nothing stands there
import-fault-too-long = the text is too long
import-fault-not-an-ico = this is no IČO: it has eight digits
import-fault-not-a-dic = this is no DIČ: it begins with CZ and has 8 to 10 digits
import-fault-not-a-postal-code = this is no postal code: it has five digits
import-fault-not-a-phone = this is no telephone number
import-fault-not-an-email = this is no e-mail address
import-fault-not-a-number = this is no whole number
import-fault-out-of-range = the number is outside its limits
import-fault-not-an-amount = this is no amount in crowns
import-fault-not-a-day = this is no day: write 2026-11-23 or 23. 11. 2026
import-fault-not-a-moment = this is no day and time: write 2026-11-25 8:00
import-fault-not-yes-or-no = write yes or no
import-fault-not-hours = these are no hours: write 7:00–11:30, 12:00–15:30
import-fault-not-a-teamviewer-id = this is no TeamViewer ID: it has nine or ten digits
import-fault-unknown-word = no such word can stand there
import-fault-ends-before-it-begins = it ends before it begins
import-fault-needs-another = it needs another column, which is empty
import-fault-twice-in-the-file = a line above has the same key
import-fault-overlaps-a-line = a line above says something of the same days
import-fault-unknown-key = nothing has that key; take the table first that has it
import-fault-already-used = something else has it already
import-fault-overlaps-another = another contract of the customer is valid at the same time
import-fault-taken = the technician has other work then
import-fault-gone-by-then = the technician no longer works here then
import-fault-no-such-file = there is no such file beside the tables
import-fault-not-a-pdf = the file is no PDF, or has more than 4 MB
import-fault-damaged = the file is not the one that was recorded
import-fault-issued = this number, or one behind it, is taken
import-fault-nothing-left = it is paid; only open invoices are taken
import-fault-used-since = minutes of these were used here already, so the balance cannot be taken over
import-fault-in-the-past = it is over
import-fault-cannot-change = this cannot be changed any more; change it in the portal
import-fault-refused = the database does not take it
import-title = Taking over data
import-title-unknown = Not recognised: the file holds no table
import-title-tried = A trial: { $new ->
    [one] { $new } new line
   *[other] { $new } new lines
}, { $changed } changed
import-title-wrong = { $count ->
    [one] { $count } line cannot be taken
   *[other] { $count } lines cannot be taken
}
import-title-done = Taken over: { $new ->
    [one] { $new } new line
   *[other] { $new } new lines
}, { $changed } changed
import-lead = Customers, people, contracts and balances come from the former system as tables. They can be taken over any number of times: what is the same stays, and what differs is overwritten.
import-send = Send a table
import-file = File
import-file-hint = CSV or an Excel workbook called as its table is, such as customers.csv, a workbook of several sheets, or a ZIP of all tables and of signed contracts as PDF. At most 4 MB.
import-dry-run = Only try it
import-dry-run-hint = Nothing is changed. You see what would be taken, and which lines cannot be.
import-submit = Send
import-order = What comes in which order
import-order-lead = A table names by its key only what stands before it. The first line of a file names the columns, in any order.
import-result = What came of it
import-result-tried = This was only a trial, and nothing was changed. When all is well, send the file once more without the trial.
import-encodings = Encodings recognised by the letters; where texts have other characters than they should, save the table in UTF-8:
import-column-table = Table
import-column-new = New
import-column-changed = Changed
import-column-same = The same
import-column-wrong = Not taken
import-problems = What cannot be taken
import-problems-more = And { $count } more. Mend these, and send the file again.
import-column-file = File
import-column-line = Line
import-column-column = Column
import-column-reason = Why
own-data = Your data
own-data-lead = What the portal keeps of you: your name, sign-ins, requests and objections. JSON files in one archive.
own-data-download = Download your data
file-own-data = personal-data
import-fault-credited = minutes of the contract are credited for that time already
import-contacts = Telephones and addresses of customers
import-guide-name = Column
import-guide-about = What it holds
import-guide-needed = Needed
import-guide-yes = yes
import-guide-example = Example
import-template = Empty table { $file }
import-about =
    { $column ->
        [skills-key] Its code, small letters and underscores.
        [skills-name] What it is called.
        [programs-key] By what it is known.
        [programs-name] What customers know it as.
        [work_types-key] By what it is known.
        [work_types-name] What customers know it as.
        [work_types-description] One or two sentences that help to choose it.
        [work_types-minutes_from] How many minutes it takes at least, usually.
        [work_types-minutes_to] How many at most, usually.
        [work_types-slot_minutes] How much of a technician's day is kept for it, in quarters of an hour.
        [work_types-plannable] Whether everybody sees it coming: it is never urgent then.
        [work_types-skill] The key of the skill that it needs.
        [work_types-choice] Who names the time.
        [work_types-active] Whether it can be ordered.
        [technicians-key] By what the person is known.
        [technicians-name] The name.
        [technicians-email] With what the person signs in.
        [technicians-skills] The keys of the skills, with commas between them.
        [technicians-active] Whether the person works here.
        [customers-key] By what it is known.
        [customers-name] The name as documents have it.
        [customers-ico] Of the organisation.
        [customers-country] Where its seat is.
        [customers-dic] Of those who pay VAT.
        [customers-street] Street and number.
        [customers-city] The town.
        [customers-postal_code] Of the address.
        [customers-trusted] Whether minutes paid by transfer are credited at once, against an invoice.
        [customers-region] The region of the line that is its own, by name; empty for that of the postal code.
        [customers-note] What the vendor's people see wherever they meet the customer.
        [people-key] By what the person is known.
        [people-customer] The key of the customer.
        [people-name] The name.
        [people-phone] Where the person is called.
        [people-email] Where the person is written to; who signs in does so with it.
        [people-capabilities] What the person may do in the portal.
        [people-contact_roles] What the person is asked or told by telephone or mail.
        [people-active] Whether the person is there still.
        [contacts-customer] The key of the customer.
        [contacts-phone] The telephone, if it is one.
        [contacts-email] The address, if it is one.
        [contacts-label] Whose it is.
        [licences-customer] The key of the customer.
        [licences-program] The key of the program.
        [licences-number] The number of the licence.
        [contracts-key] By what it is known.
        [contracts-customer] The key of the customer.
        [contracts-number] Its number.
        [contracts-tier] The response tier: basic, standard, fast or express, as seeded.
        [contracts-from] The first day.
        [contracts-until] The last day; empty for an indefinite time.
        [contracts-minutes_per_period] How many minutes are credited in each period.
        [contracts-period] How long that is.
        [contracts-rollover] What becomes of what is left.
        [contracts-rate] A minute beyond the credited ones.
        [contracts-urgent_rate] The same of urgent work.
        [contracts-minimum] How many minutes an intervention costs at least.
        [contracts-ceiling] Beyond how many minutes the customer is asked; empty for never.
        [contracts-fee] What is paid for the contract itself, each period of its own.
        [contracts-fee_period] That period.
        [contracts-fee_day] On which day of the month in which the period begins it is invoiced.
        [balances-key] By what it is known.
        [balances-customer] The key of the customer.
        [balances-contract] The key of the contract, whose period between the two days is credited by this; empty for other minutes.
        [balances-minutes] How many minutes are left; 0 says that a period of a contract is used up.
        [balances-from] The first day on which they can be drawn.
        [balances-until] The last one; empty for ever, which a contract's are not.
        [balances-covers_until] The last day of the contract's period, where its minutes can be drawn longer.
        [balances-reason] What customers read beside it.
        [appointments-key] By what it is known.
        [appointments-person] The key of the person who ordered it.
        [appointments-program] The key of the program.
        [appointments-work_type] The key of the kind of work.
        [appointments-technician] The key of the technician.
        [appointments-start] When it begins.
        [appointments-minutes] How many minutes it takes, in quarters of an hour.
        [appointments-what] What happened, or what is to be done.
        [series-series] Which series.
        [series-year] Of which year, the next one at most.
        [series-next] Which comes next in it, counted from 1.
        [prices-from] From which day on.
        [prices-rate] A minute for whoever has neither a contract nor minutes left.
        [prices-minimum_with_contract] How many minutes an intervention costs at least with a contract or minutes left.
        [prices-minimum_one_off] The same without them.
        [bundles-key] By what it is known, together with its first day.
        [bundles-minutes] How many minutes.
        [bundles-price] The price of all of them.
        [bundles-validity_months] How many months they can be drawn after the payment.
        [bundles-comes] When they come again: once never, month each month, quarter each quarter; month_rolls and quarter_rolls the same, and unused minutes carry over one period.
        [bundles-from] From which day on it is sold so.
        [bundles-until] The last day; empty while no end is planned, or where another line of the key follows.
        [invoices-number] Its number.
        [invoices-customer] The key of the customer.
        [invoices-variable_symbol] By which its payment is known.
        [invoices-issued] When it was issued.
        [invoices-due] Until when it is to be paid.
        [invoices-total] What it asks for.
        [invoices-paid] What of it was paid before it is taken over.
        [regions-name] Its name, by which it is known.
        [regions-phone] The number to call there, as it is printed.
        [regions-postal_prefixes] How postal codes of it begin.
        [tiers-key] Its code, small letters and underscores.
        [tiers-name] What people read.
        [tiers-name_en] The same in English.
        [tiers-urgent_target] Within how many working minutes an urgent request should be taken up.
        [tiers-normal_lead] From how many working minutes on a normal one is offered times.
        [tiers-active] Whether contracts can have it that do not yet.
        [skills-name_en] The same in English.
        [programs-name_en] The same in English.
        [programs-active] Whether it is offered.
        [work_types-name_en] The same in English.
        [work_types-description_en] The same in English.
        [technicians-leaves_on] From which day on the person does not work here any more.
        [plans-technician] The key of the technician.
        [plans-from] The first day on which the week holds; empty where it always did.
        [plans-until] The last one; empty for ever.
        [plans-monday] The hours of Mondays.
        [plans-tuesday] The hours of Tuesdays.
        [plans-wednesday] The hours of Wednesdays.
        [plans-thursday] The hours of Thursdays.
        [plans-friday] The hours of Fridays.
        [plans-saturday] The hours of Saturdays.
        [plans-sunday] The hours of Sundays.
        [computers-customer] The key of the customer.
        [computers-teamviewer_id] The number under which TeamViewer knows it.
        [computers-name] What people call it.
        [computer_programs-customer] The key of the customer.
        [computer_programs-teamviewer_id] The number under which TeamViewer knows the computer.
        [computer_programs-program] The key of the program.
        [contracts-since] From which day on the terms of this line hold; empty for those of the first day, whose line says customer, number and days.
        [contract_files-contract] The key of the contract.
        [contract_files-file] The file, a PDF of at most 4 MB, by its way from the directory of the tables.
        [contract_files-name] What it is called; empty for the name of the file.
        [contract_files-added] The day on which it came.
        [contract_files-sha256] The SHA-256 of the file, by which a damaged one is recognised; may be empty.
        [appointments-number] The number of its request, where that has one by which people call it; empty for the next one.
        [absences-technician] The key of the technician.
        [absences-kind] Which of the two.
        [absences-start] When it begins.
        [absences-end] When it ends; the midnight after its last day, where it takes whole days.
        [absences-note] Why, for colleagues.
        [closures-day] Which day.
        [closures-reason] Why, for customers to read.
        [standings-customer] The key of the customer.
        [standings-active] Whether it is a customer still.
        [standings-blocked_since] Since when it is blocked; empty for one that is not.
        [standings-reason] Why it is.
        [program_versions-program] The key of the program.
        [program_versions-name] What it is called.
        [program_versions-released] The day on which it was released.
        [licences-version] Which version of the program runs there.
       *[other] –
    }
