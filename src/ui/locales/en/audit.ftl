audit-title = Who changed what
audit-export = Download as a table (CSV)
audit-search = Search by the name of a person, a thing or a customer
audit-subject-label = What was changed
audit-every-subject = Everything
audit-find = Find
audit-none = No such change
audit-none-help = Changes of settings, permissions, contracts and customers, decisions about money, imports and exports appear here by themselves.
audit-older = Older
audit-to-account = Back to the account
audit-nobody = Linka itself, or a command on the server
audit-empty = nothing
audit-from = from { $first }
audit-until = until { $last }
audit-always = without limits
audit-yes = yes
audit-no = no
audit-entry =
    { $change ->
        [insert] { $thing }: new
        [delete] { $thing }: removed
        [erase] { $thing }: erasure of personal data
       *[update] { $thing }
    }
audit-change =
    { $change ->
        [insert] new
        [delete] removed
        [done] done
        [erase] erasure of personal data
       *[update] changed
    }
audit-column-date = Date
audit-column-time = Time
audit-column-who = Who
audit-column-address = From
audit-column-customer = Customer
audit-column-what = What
audit-column-name = Name
audit-column-change = Change
audit-column-field = Field
audit-column-before = Before
audit-column-after = After
file-audit = changes
audit-subject =
    { $subject ->
        [customer] Customer
        [member] Customer’s person
        [staff] One of us
        [technician_skill] Technician’s skill
        [staff_region] Region of a person
        [login] Sign-in
        [password_link] Link to choose a password
        [required_provider] Required service to sign in by
        [push_device] Browser with notifications
        [webhook_endpoint] Webhook
        [calendar_feed] Address for a calendar
        [contract] Contract
        [licence] Licence
        [api_token] Access of a program
        [bundle] Bundle
        [subscription] Subscription of minutes
        [top_up] Automatic top-up
        [saved_card] Saved card
        [supplier] Company on documents
        [vat_rate] VAT rate
        [vat_period] Accounting month
        [fee_invoicing] Beginning of invoicing fees
        [credit_limit] Limit for invoices
        [payment_plan] Plan of payment
        [write_off] Write-off
        [payment_stage] Reminder of payment
        [receivable_rule] What follows from debts
        [series_pattern] What numbers of documents look like
        [teamviewer_user] What TeamViewer calls a technician
        [teamviewer_setting] How long TeamViewer connections are kept
        [voice_setting] Voice messages of the exchange
        [won_back] Document on money that a dispute gave back
        [undone_match] Payment taken back from an order
        [site_notice] Notice on pages
        [outage] Outage
        [public_text] Text of the public page
        [embed_setting] The line on web sites
        [everyday_words] Everyday words
        [program] Program
        [program_version] Version of a program
        [skill] Skill
        [work_type] Kind of work
        [response_tier] Response tier
        [line_region] Region
        [line_setting] Settings of the line
        [line_limit] Limits
        [closure] Closed day
        [working_plan] Working plan
        [plan_exception] Exception to a plan
        [customer_contact] Customer’s contact
        [computer] Computer
        [computer_program] Program on a computer
        [contract_amendment] Amendment of a contract
        [contract_file] Signed contract
        [line_setting_change] Change of the line’s settings from a day on
        [refund] Refund of purchase
        [tax_document] Credit note
        [earlier_invoice] Invoice from before
        [difference] Difference written off
        [balance_entry] Overpayment
        [bank_payment] Payment received
        [purchase] Purchase
        [contest] Objection to request
        [document_series] First number of a series
        [bank_statement] Bank statement
        [import_run] Import
        [backup] Backup
        [restore] Restored backup
        [data_export] Export of data
        [own_data] Download of one’s own data
        [audit_export] Download of the changes
        [sign_in_lock] Unlocked sign-in
        [catalogue_change] Change of the catalogue from a day on
       *[other] { $subject }
    }
audit-field =
    { $column ->
        [accepted_minutes] Accepted minutes
        [auth] Secret of the browser
        [browser] Mark of the browser
        [busy_only] Busy times only
        [endpoint] Address of the browser
        [url] Address
        [kinds] What is told
        [secret] Secret
        [former_secret] Former secret
        [former_until] Former secret good until
        [disabled_at] Switched off
        [disabled_why] Why switched off
        [p256dh] Key of the browser
        [account] Account
        [active] Active
        [amount] Amount
        [answer] Answer
        [bank] Bank
        [began_at] Beginning
        [resolved_at] Solved
        [lifted_at] Minimum lifted
        [lifted_reason] Why the minimum is lifted
        [merged_into] Merged into
        [invited_in_vain_until] Invitation that could not be taken, until
        [is_of_visitors] Place of visitors
        [goes_on_as] Goes on as
        [moved] Moved to another customer
        [called_off] Ended before it began
        [first_day] First day at the customer it came from
        [credited_until] Minutes credited until
        [invoiced_until] Paid until
        [awaits_nod_since] Waits for confirmation since
        [begins_with] First serial number
        [bic] BIC
        [block_reason] Why it may not order
        [bytes] Size (B)
        [capabilities] Permissions
        [domain] Domain
        [provider] Service
        [ceiling_minutes] Ask above (min)
        [choice] The time is chosen by
        [city] City
        [closed_as] Closed as
        [closes] Closes
        [confirmed_at] Confirmed
        [contact_roles] Contact roles
        [content] Content of the file
        [contest_days] Objection within (days)
        [country] Country
        [created_at] Created
        [cutoff_normal_minutes] Normal can be changed until (min before)
        [cutoff_urgent_minutes] Urgent can be changed until (min before)
        [date] Day
        [description] Description
        [description_en] Description in English
        [dic] VAT ID
        [downloads] Downloads at once
        [drafts] Unfinished orders
        [sms_per_day] Text messages per person and day
        [devices] Browsers with notifications per person
        [dry_run] Trial only
        [during] When
        [email] E-mail
        [ends] Until
        [ends_at] Until
        [expires_at] Good until
        [fee] Recurring fee
        [fee_day] Invoiced on day (31: the last)
        [fee_period] Fee per
        [from_day] From the day
        [patterns] What mails of the exchange look like
        [pattern] Pattern
        [vouches] Signs its users in
        [prefix] Begins with
        [revoked_at] Taken back
        [scopes] Good for
        [future_appointments] Appointments ahead
        [hold_minutes] Hold of a slot (min)
        [holds] Slots held
        [holds_per_hour] Holds per hour
        [messages_per_hour] Messages per hour
        [open_outages] Outages of a program that are not over
        [outage_messages] Messages to everybody affected by an outage
        [attachment_megabytes] Attachments in megabytes
        [iban] IBAN
        [ico] IČO
        [is_mailbox] Mailbox of several people
        [incoming] New incoming payments
        [invoice_days] Invoice due in (days)
        [kept_days] Keep connections (days)
        [kind] Kind
        [label] Whose it is
        [language] Language
        [leaves_on] Leaves on
        [lines] Payments in the statement
        [write_off_limit] Differences written off up to
        [list_rate_per_minute] List price per minute
        [max_moves] Moves at most
        [method] How it is paid
        [minimum_minutes] Minimum (min)
        [minimum_one_off] Minimum one-off (min)
        [minimum_with_contract] Minimum with a contract (min)
        [minutes] Minutes
        [lost] Paid less by
        [claimed] Minutes to be paid
        [minutes_from] Minutes from
        [minutes_per_period] Minutes per period
        [minutes_to] Minutes to
        [month] Month
        [name] Name
        [name_en] Name in English
        [normal_horizon_days] Normal offered ahead (days)
        [normal_lead_minutes] Normal not before (working min)
        [note] Note
        [number] Number
        [on_sale] On sale
        [opens] Opens
        [password_hash] Password
        [is_locked] Locked
        [percent] Rate (%)
        [period] Period
        [phone] Phone
        [plannable] Planned ahead
        [position] Order
        [postal_code] Postal code
        [postal_prefixes] Postal codes beginning with
        [price] Price
        [proforma_days] Proforma due in (days)
        [purchases_per_day] Purchases per day
        [rate_per_minute] Price per minute beyond the contract
        [reason] Reason
        [region] Region
        [register] Entry in the register
        [released_on] Released
        [reserve_released_at] Reserve released at
        [missed_credit_minutes] Credit for what we missed (min)
        [returned_minutes_days] Returned minutes valid for (days)
        [roles] Roles
        [rollover] Carrying minutes over
        [skill] Skill
        [slot_minutes] Length of a slot (min)
        [starts] From
        [starts_at] From
        [state] State
        [street] Street
        [supplied_on] Date of supply
        [is_on] Shown
        [origins] Sites that may frame it
        [text_cs] Text in Czech
        [spoken] Words
        [text_en] Text in English
        [tier] Response tier
        [token_hash] Secret of the link
        [total] Total incl. VAT
        [trusted] Pays by invoice
        [unpaid_purchases] Unpaid purchases
        [urgent_first_minutes] Urgent not before (min)
        [urgent_horizon_days] Urgent offered ahead (days)
        [urgent_rate_per_minute] Urgent price per minute
        [urgent_reserve_percent] Reserve for urgent (%)
        [urgent_target_minutes] Urgent within (working min)
        [valid] Valid
        [valid_from] Applies from
        [validity_months] Valid for (months)
        [comes] How often they come
        [value] Number or address
        [vat_percent] VAT (%)
        [version] Version
        [waiting_requests] Requests that wait
        [weekday] Weekday
        [wish] At the end of the period
        [below_minutes] When fewer are free than (min)
        [most_per_month] At most a month
        [saved_at] When it was saved
        [withdrawn_at] Withdrawn
        [writes_per_minute] Forms sent per minute
        [due_on] Due
        [issued_on] Issued
        [paid_before] Paid before
        [variable_symbol] Variable symbol
        [agreed_on] Agreed
        [rests_until] No reminders until
        [due_days] Days of instalments
        [sums] Instalments
        [ended_at] Cancelled
        [at] When
        [ended_by] Cancelled by
        [block_after_days] Orders stop after (days)
        [interest] Interest (hundredths of % a year)
        [stage] Stage
        [days_after] Days after the due day
        [subject_cs] Subject in Czech
        [subject_en] Subject in English
        [block_spares_urgent] May order what is urgent
       *[other] { $column }
    }
audit-code =
    { $code ->
        [by_hand] by hand
        [gone] the address said that it is gone
        [failing] it took nothing for long
        [month] month
        [quarter] quarter
        [year] year
        [none] not carried over
        [one_period] to the next period
        [technician] technician
        [dispatcher] dispatcher
        [manager] manager
        [order] order
        [see_all] see all requests
        [buy] buy minutes
        [read] reading requests
        [billing] minutes and documents
        [see_billing] see billing
        [manage] manage people
        [orders] orders
        [consents] decides above the ceiling
        [documents] receives documents
        [customer] the customer
        [dispatch] dispatch
        [off] absence
        [extra] extra work
        [phone] telephone
        [email] e-mail
        [cs] Czech
        [en] English
        [day1] Monday
        [day2] Tuesday
        [day3] Wednesday
        [day4] Thursday
        [day5] Friday
        [day6] Saturday
        [day7] Sunday
        [requested] decided
        [pending] on its way
        [succeeded] returned
        [failed] failed
        [paid_otherwise] returned otherwise
        [proforma] proforma
        [payment] tax document on a payment received
        [invoice] invoice
        [credit_note] credit note
        [unmatched] waits for a decision
        [matched] matched
        [kept] came in excess
        [used] used for a document
        [returned] returned to the customer
        [set_aside] set aside
        [open] waits for a decision
        [accepted] accepted
        [partly_accepted] accepted in part
        [rejected] rejected
        [expired] expired
        [cancelled] cancelled
        [active] active
        [paused] paused
        [ended] ended
        [pause] pause
        [end] end
        [card] by card
        [transfer] by transfer
        [on] switched on
        [dearer] off, it costs more
       *[other] { $code }
    }
