### Signing in and the account.

sign-in-title = Sign in
sign-in-lead = After that you order help and see your requests.
sign-in-email = E-mail
sign-in-password = Password
sign-in-submit = Sign in
sign-in-trouble = Trouble signing in?
sign-in-trouble-link = Numbers of the line

demo-title = Demo accounts
demo-password = All have the password
demo-school-manager = a school with a contract, may do everything
demo-school-kitchen = the same school, may only order
demo-office = an office without a contract
demo-canteen = a canteen with a bundle of 120 minutes
demo-dispatcher = dispatcher
demo-technician = technician
demo-manager = manager of the line

account-email = E-mail
account-customer = Organisation
account-role = Work
account-may = What you may do
account-may-nothing = Nothing yet. Ask the person who manages access in your organisation.
account-sign-out = Sign out
account-sessions = Where you are signed in
account-sessions-lead = Is there a device you do not know? End its session.
account-this-session = this device
account-session-times = Signed in { $since }, last seen { $seen }
account-end-session = End
account-unknown-device = Unknown device
account-language = Language of the pages

capability-order = order interventions
capability-see-all = see the requests of the whole organisation
capability-buy = buy bundles of minutes
capability-see-billing = see minutes and documents
capability-manage = invite colleagues and change what they may do

role-dispatcher = Dispatcher
role-technician = Technician
role-manager = Manager
