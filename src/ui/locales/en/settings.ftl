### The settings of the line as managers see them.

settings-back = Settings
settings-save = Save

company-title-confirmed = The company on documents
company-title-unconfirmed = Confirm what stands on documents
company-title-missing = Who sells?
company-lead = This stands on every document and in the payment’s QR code.
company-confirmed = Confirmed on { $date }. A change holds from the next document on; issued documents stay as they are.
company-unconfirmed = Until you confirm it, nobody can buy anything and no document is issued.
company-open = Set up the company
company-who = Company
company-name = Name
company-ico = Company number (IČO)
company-dic = VAT number (DIČ)
company-dic-hint = Such as CZ12345678.
company-register = Entry in the register
company-register-hint = Such as Krajský soud v Plzni, oddíl C, vložka 1234.
company-street = Street and number
company-city = Town
company-postal-code = Postal code
company-email = E-mail
company-email-hint = Customers write here about documents.
company-where-paid = Account to which customers pay
company-account = Account number
company-account-hint = Such as 19-2000145399/0800. A Czech IBAN will do, too.
company-bank = Bank
company-bank-hint = Of larger banks we add it by the account number.
company-bic = BIC
company-confirm = All of it is right and may stand on documents
company-confirm-hint = Check the account number above all: that is where customers will send money.

settings-ready = The line is ready to take orders
settings-ready-lead = Nothing is missing. What you change here holds for new orders; what is ordered and billed stays.
settings-missing =
    { $count ->
        [one] { $count } thing is left to set
       *[other] { $count } things are left to set
    }
settings-missing-lead = Without them the first order would not get through. The others can be set at any time.
settings-money = Money and documents
settings-line = Line
settings-work = Work and people
settings-outside = Connections
settings-column-what = What is set
settings-column-state = State
settings-state-missing = missing
settings-state-done = set
settings-state-optional = as needed

setup-company = Company
setup-company-note = Name, numbers, entry in the register and seat on documents.
setup-bank-account = Bank account
setup-bank-account-note = The account to which customers pay.
setup-vat = VAT rate
setup-vat-note = Rates by the day from which they hold.
setup-series = Number series
setup-series-note = Where the numbers of documents begin. Otherwise at one.
setup-prices = Price list
setup-prices-note = What a minute costs beyond the allowance.
setup-bundles = Bundles
setup-bundles-note = Minutes that are sold in advance.
setup-cards = Card payments
setup-cards-note = Without them customers pay by transfer.
setup-hours = Opening hours
setup-hours-note = From when to when the line is open.
setup-regions = Regions and numbers
setup-regions-note = Where customers call.
setup-closures = Days closed
setup-closures-note = We know public holidays; this is for your own days.
setup-plans = Technicians’ plans
setup-plans-note = Without them there is nothing to offer.
setup-tiers = Response tiers
setup-tiers-note = How soon you connect by contract.
setup-programs = Programs
setup-programs-note = What you sell and help with.
setup-work-types = Kinds of work
setup-work-types-note = What a customer can order and how long it takes.
setup-people = People
setup-people-note = Each kind of work needs a technician who knows it.
setup-mail = E-mail
setup-mail-note = Without it customers do not hear of their appointments.
setup-address = Address of the portal
setup-address-note = Where people find it. It should be https.
setup-limits = Limits
setup-limits-note = How much one customer may have at once.
setup-notice = Notice on pages
setup-notice-note = When something does not work and you know of it.
