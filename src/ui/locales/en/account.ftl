### Signing in and the account.

sign-in-title = Sign in
sign-in-lead = Then you can order help and see your requests.
sign-in-email = E-mail
sign-in-password = Password
sign-in-submit = Sign in
sign-in-trouble = Trouble signing in?
sign-in-trouble-link = Our phone numbers
sign-in-help = Forgot your password?
sign-in-help-title = Signing in without a password
sign-in-help-lead = We will send you an e-mail with a link. It works for one hour, and only once.
sign-in-help-link = Send a link to sign in
sign-in-help-password = Send a link to a new password
sign-in-link-title = Signing in by a link
sign-in-link-lead = The link signs you in on this device, once.
sign-in-link-over-lead = The link works for one hour, and only once. Ask for a new one.
sign-in-link-again = Send a new link

account-password = Password
account-password-change = Change the password
account-address-change = Change the e-mail
factor-title = Second step of signing in
factor-set = Set up
factor-lead = Besides the password we will ask for a code from an app on your phone. The password alone will not be enough.
factor-lead-required = Whoever manages the line signs in with the password and with a code from an app on a phone. Turn it on to continue.
factor-turn-on = Turn on
factor-go-on = I have saved them, continue
factor-scan = On your phone open an app for one-time codes, such as Google Authenticator, and scan the picture.
factor-qr = QR code for the app
factor-type = Or type into it:
factor-first-code = The code that the app shows
factor-confirm = Check and turn on
factor-on = On { $since }. When you sign in we ask for a code from the app.
factor-codes-left =
    { $count ->
        [one] You have { $count } recovery code left.
       *[other] You have { $count } recovery codes left.
    }
factor-new-codes = New recovery codes
factor-turn-off = Turn off
factor-codes-title = Recovery codes
factor-codes-lead = Keep them elsewhere than on the phone. Each works once in place of a code from the app. After you leave this page we show them for 10 more minutes.
factor-sign-in-title = Now the code
factor-sign-in-lead = Type the code from the app on your phone, or one of your recovery codes.
factor-code = Code
factor-lost = Have you neither the phone nor recovery codes?
factor-forget = Turn off the second step of signing in
factor-forget-hint = When the phone and the recovery codes are lost. Make sure that it is really that person who asks.
factor-authenticator = App on a phone
factor-turn-off-hint = Turns off the app and the keys: you sign in with the password alone again.
factor-turn-off-required = Turns off the app and the keys. Whoever runs the line cannot work without them: turn the second step on again right afterwards.
feed-title = Appointments in your calendar
feed-lead = The calendar of your phone, Outlook or Google reads agreed times by itself and reminds you half an hour before.
feed-begin = Address for a calendar
feed-anew = Another address
feed-anew-hint = The address of now stops working. You give your calendar the new one.
feed-busy-only = Busy times only
feed-busy-only-hint = Without words: who sees the calendar beside you does not learn what it is about.
feed-make = Make an address
feed-make-anew = Make another address
feed-address = The address for your calendar
feed-address-hint = Paste it where your calendar adds one from the internet (by URL). Whoever has it sees your appointments, so send it to nobody. We do not show it again; it stands here for 10 minutes after you leave this page.
feed-standing = The calendar is on
feed-on = The address works { $since } and says what will happen, with whom and where to call.
feed-on-busy = The address works { $since } and says only when you are busy.
feed-end = Turn the calendar off
feed-end-hint = The address stops working at once. Appointments leave the calendar when it asks the next time.
passkey-sign-in = Sign in with a passkey
passkey-sign-in-title = Signing in with a passkey
passkey-sign-in-lead = By fingerprint, face or the PIN of your phone or computer, without a password.
passkey-sign-in-submit = Use a passkey
passkey-needs-script = A passkey needs JavaScript and a recent browser.
passkey-other-way = Sign in with the password
passkeys-title = Passkeys
passkeys-lead = You sign in by fingerprint, face or the PIN of your phone or computer. A passkey replaces the password and the code.
passkey-name = What you will call the passkey
passkey-name-hint = Such as “phone” or “office computer”.
passkey-add = Add a passkey
passkey-remove = Remove
passkey-made = Added { $made }
passkey-used = Added { $made }, last used { $used }
sign-in-with = Sign in with { $name }
settings-webhooks = Webhooks
settings-webhooks-note = Programs are told what happens
settings-sign-in = Signing in with other services
settings-sign-in-note = Accounts of a school or a company, such as Microsoft and Google
providers-title = Signing in with other services
providers-lead = Whoever runs the server sets them up (LINKA_OIDC). In the service, enter the address to return to: { $address }, with the key of the service in place of the three dots.
providers-none = No service is set up yet. People sign in with a password, a link or a passkey.
providers-rules = Who must sign in this way
providers-domain = Domain of the e-mail
providers-domain-hint = Such as school.cz. Whoever has such an address signs in with this service only.
providers-provider = Service
providers-require = Require
providers-release = Do not require
providers-gone = { $key } (not set up any more, not required)
confirm-title = Is it you?
confirm-lead = Before you change permissions, prices, the account or who is signed in, type your password again. After that we do not ask for 10 minutes.
confirm-code = Or a code from the app on your phone
confirm-submit = Continue
own-password-title = Changing the password
own-password-lead = You will be signed out everywhere else.
own-password-former = Current password
own-address-title = Changing the e-mail
own-address-lead = You sign in with { $email }. We will write to it and to the new one, and you confirm from both. Then you sign in again.
own-address-new = New address
own-address-submit = Send the confirmation
own-address-wanted = Waits to be confirmed { $until }: { $email }
own-address-former-agreed = The current address has confirmed.
own-address-new-agreed = The new address has confirmed.
address-title = Confirming the new address
address-lead-new = You want to sign in to Linka with { $email }.
address-lead-former = You want to sign in to Linka with another address than this one.
address-agree = Confirm
address-has-agreed = Done here. Now confirm it from the other address.
address-over-lead = The link works for 3 days, and only once. Nothing has changed, or the new address is already in force.

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
account-may = Your permissions
account-may-nothing = Nothing yet. Ask the person who manages access in your organisation.
account-sign-out = Sign out
account-sessions = Where you are signed in
account-sessions-lead = Is there a device you do not know? End its session.
account-this-session = this device
account-session-times = Signed in { $since }, last seen { $seen }
account-changes = Who changed what for your organisation
account-end-session = End
account-end-other-sessions = Sign out everywhere else
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

staff-title = Who works here
staff-lead = People who answer requests, connect to customers and run the line.
staff-column-name = Name
staff-column-roles = Work
staff-column-sign-in = Sign-in
staff-name = Full name
staff-email = E-mail
staff-email-hint = For signing in.
staff-roles = What they do
staff-skills = What they know as a technician
staff-dispatcher-hint = Answers requests, customers and objections.
staff-technician-hint = Connects to customers. Times are offered within the hours of the line.
staff-manager-hint = Changes contracts, sees sales and invites colleagues.
staff-invite = Invite a colleague
staff-invite-submit = Invite
staff-all = Everybody
staff-work = Work
staff-save = Save
staff-access = Sign-in
staff-ready = can sign in
staff-invited = has yet to choose a password, the link works { $until }
staff-not-invited = the link to choose a password has expired
staff-gone = no longer works here
staff-link-title = Link for { $name }
staff-link-lead = Give it only to the person it belongs to. Whoever opens it chooses the password; it works for 3 days, and only once. After you leave this page we show it for 10 more minutes.
staff-link-write = Send by e-mail
staff-link-subject = Your access to Linka
staff-link-mail =
    Hello,

    choose your password for Linka here: { $link }

    The link works for 3 days, and only once.
staff-new-link = New password link
staff-new-link-hint = For somebody who has forgotten the password or has not chosen one. The old password works until a new one is chosen.
staff-regions = Regions
staff-regions-hint = Their customers come first in the queue, and a technician gets them first. Nothing ticked: all.
staff-change-address = Change the address
staff-change-address-hint = Signs the person out everywhere and ends the password link. We write to the former and to the new address.
staff-end-sessions = Sign out everywhere
staff-end-sessions-hint = When a computer or a phone is lost.
staff-unlock = Unlock the sign-in
staff-unlock-hint =
    { $count ->
        [one] In the last quarter of an hour { $count } attempt to sign in failed. After many of them we refuse the next ones; this forgets them.
       *[other] In the last quarter of an hour { $count } attempts to sign in failed. After many of them we refuse the next ones; this forgets them.
    }
staff-leaving = Leaving
staff-leave = No longer works here
staff-leave-hint = Signed out everywhere, cannot sign in, and is offered no appointments. What they did stays.
staff-leave-oneself = You cannot remove yourself. Ask another manager.
staff-leave-appointments =
    { $count ->
        [one] Has { $count } appointment to keep. Hand it over; we propose to whom.
       *[other] Has { $count } appointments to keep. Hand them over; we propose to whom.
    }
staff-leave-hand-over = Leaves, hand over the appointments
staff-leave-later = Leaves later
staff-leaves-on = Leaves on { $date }. Nothing is agreed from then on.
staff-stays = Stays
staff-return = Works here again
staff-return-hint = Signs in with the old password. A technician's times are offered within the hours of the line.

password-title = Choose your password
password-lead = { $name }, you will sign in with this password.
password-new = New password
password-hint = At least { $min } characters. Best are several words that do not belong together.
password-again = The password once more
password-submit = Save the password
password-link-over = This link has expired
password-link-over-lead = A link works once, and only until the time given in the e-mail. If you have chosen a password already, sign in. Otherwise ask for a new one.

own-data-erase = Erase your data
erasure-open-page = Erase personal data
erasure-title-own = Erase your data
erasure-title = Erase the data of { $name }
erasure-lead = What is erased does not come back.
erasure-lead-at = { $customer }. What is erased does not come back.
erasure-gone = What goes at once
erasure-gone-account = Name, telephone, e-mail, the sign-in and the devices on which the person signed in.
erasure-gone-texts = What the person wrote in requests, objections and reasons, and orders that were not sent.
erasure-gone-mails = The content of e-mails that we sent to the person. Those that wait are not sent any more.
erasure-gone-mentions = Name, telephone and e-mail in what others wrote and in the record of changes. The surname also where it stands alone, without accents and in its Czech cases. Also a telephone or e-mail of the organisation that was the person's own.
erasure-kept = What stays, and why
erasure-kept-documents = Tax documents, payments that came and receipts of interventions: we keep them for 10 years, as the law requires. They belong to the organisation. Where a name is printed on them, it stays as printed.
erasure-kept-deeds = Minutes, appointments and what happened when. In the place of the name there will be “Erased person” and a number.
erasure-kept-contract = The organisation's contract as it was signed.
erasure-kept-words = What somebody wrote about the person without a name is not found by itself. Nor is a first name alone, a nickname, a slip of the pen, a surname that is an ordinary word too (Nový, Malá), or a surname that somebody else of the organisation or of ours has too. Call us and say what it is: { $phone }.
erasure-kept-backups = Backups of the database. The data stays in them until the administrator overwrites them with newer ones.
erasure-open = Open requests
erasure-open-lead = Somebody of the organisation has to take them over, with what is written in them. Otherwise we call them off.
erasure-under-way = a technician is at work
erasure-waits = waits for a time
erasure-heir = Who takes them over
erasure-heir-choose = Choose
erasure-call-off = Nobody, call them off
erasure-password = Your password
erasure-reason = How the person asked for it
erasure-reason-hint = Stays in the record of changes. Leave out the name.
erasure-submit = Erase for good
erasure-keep = Do not erase
erased-nothing = Erasing of data
erased-nothing-lead = This page only confirms that somebody’s data has just been erased. Whoever wants that finds it on their account page.
erased-title = Your data is erased
erased-lead = You are signed out everywhere, and we will not write to you.
erased-again = The organisation can invite a new person with the same e-mail. What you had here does not come back.

colleagues-title = Colleagues and access
colleagues-lead = Who signs in for your organisation, and what they may do.
colleagues-invite = Invite a colleague
colleagues-invite-lead = We send a link by which your colleague chooses a password. It works for 3 days, and only once.
colleagues-send = Send the invitation
colleagues-keep = Invite nobody
colleagues-back = Back to your account
colleagues-back-to-list = Back to colleagues
colleagues-oneself = you
colleagues-may = What they may do
colleagues-may-nothing = may do nothing yet
colleagues-former = No longer here
colleagues-former-lead = They cannot sign in and we send them nothing. What they ordered stays. Is somebody coming back? Invite them again with the same address.
colleagues-resend = Send the invitation again
colleagues-resend-hint = We send a new link. The one before stops working.
colleagues-withdraw = Withdraw the invitation
colleagues-withdraw-hint = The link of the invitation stops working.
colleagues-remove = Remove access
colleagues-remove-hint = We sign them out everywhere and send them nothing. What they ordered stays.
colleagues-last-manager = This is the last person who manages access for the organisation. First let somebody else manage it.

sign-in-new = No access yet?
sign-in-register = Register an organisation

register-title = Register an organisation
register-lead = We send a link to your e-mail by which you complete the registration. It takes about a minute.
register-ico-hint = Eight digits. It tells us whether you are already our customer.
register-organisation = Name of the organisation
register-organisation-hint = If you leave it empty we fill it in from the public register by your IČO.
register-organisation-own-hint = As it should appear on documents.
register-programs = Which programs you use
register-region-hint = It decides which number you call.
register-name = Your name
register-email-hint = We send the link to it, and you will sign in with it.
register-phone = Telephone
register-phone-hint = The technician will call you on it.
register-submit = Send the link
register-sent-title = Check your e-mail
register-sent-lead = We have sent a message to the address you gave. The link in it works for 3 days.
register-sent-nothing = Nothing arrived? Check your spam folder, or register once more.
register-again = Back to the registration
register-done-title = The registration is complete
register-done-lead = Sign in with your e-mail and the password that you chose.
register-open-title = Complete the registration
register-open-lead = { $name }, { $organisation } (IČO { $ico })
register-open-help = In the next step you choose a password. Then you can order help or buy minutes.
register-open-nod = You can order normal help right away. Urgent help comes after a dispatcher has confirmed your organisation, during the line's hours; we will write to you at once. Can it not wait?
register-open-customer = An organisation with this IČO is our customer already. Whoever manages its access can let you in: we will send them your request.
register-open-submit = Continue
register-ask-submit = Ask for access
register-over-title = The link has expired
register-over-lead = It was used, or its 3 days are over. Register once more, or sign in.
register-asked-title = We have asked for access
register-asked-lead = Whoever manages access in your organisation has your request by e-mail. Once you are invited you will get a link.
register-asked-help = In a hurry?

newcomers-title = New customers
newcomers-none = Nobody is waiting
newcomers-none-help = Whoever registers themselves appears here.
newcomers-lead = They registered themselves. Until you confirm them they cannot order urgent help.
newcomers-since = waits { $since }, IČO { $ico }
newcomers-person = { $name }, { $phone }
newcomers-requests =
    { $count ->
        [0] has ordered nothing yet
        [one] { $count } request
       *[other] { $count } requests
    }
newcomers-confirm = Confirm
newcomers-merge = Merge
newcomers-merge-here = Merge into: { $name }
newcomers-merge-title = Merge: { $name }
newcomers-merge-lead = Is it somebody whom we have already? Their people move to the existing customer and may order there. Open requests, the contract and the remaining minutes go on there, too; what is past can still be read. You will see what it means before you confirm it.
merge-title = Merge { $from } into { $into }
merge-lead = { $into } stays. The people, open requests and remaining minutes of { $from } move there; what is past can still be read. It cannot be undone.
merge-goes = Moves: { $name }
merge-stays = Stays: { $name }
merge-contracts = Contract
merge-contract = { $number }, { $tier }, from { $from } { $until }
merge-contract-until = to { $date }
merge-contract-indefinite = for an indefinite time
merge-left = Remaining minutes
merge-left-reserved = { $left }, of which about { $reserved } for agreed appointments
merge-requests = Open requests
merge-contracts-what = What becomes of the contract
merge-contract-goes-on = Contract { $numbers } is in force for { $into } from { $date }, with the same terms, amendments and signed files.
merge-contract-once = The minutes and the fee of a period under way are not credited or invoiced a second time. Documents stay with whom they were issued to.
merge-contract-priced = An intervention is billed by the contract that is in force for the customer on its day. For appointments that are agreed already, the estimate stays; the rate and the minimum change where the contract says otherwise.
merge-goes-on = Which contract goes on?
merge-goes-on-hint = Both are in force on the same days and only one can go on. The remaining minutes of the other can be drawn until they expire.
merge-goes-on-into = The contract of { $from } ends when this one is in force, today at the earliest.
merge-goes-on-from = The contract of { $into } ends; in its place this one is in force there from { $date }.
merge-called-off = What was to begin only after that does not begin: { $numbers }.
merge-ends = What ends
merge-ends-subscription = The subscription of { $from }. Minutes that are paid move along; { $into } can subscribe to more.
merge-ends-top-up = The automatic top-up of { $from }.
merge-ends-card = The saved card of { $from }: another organisation agreed to it. We remove it at the payment provider, too. What of the subscription was still to be taken from it is asked for by transfer. To go on paying by card, { $into } saves one.
merge-submit = Merge
merge-other = Choose another customer
newcomers-asking = Asking for access
newcomers-asking-lead = Whoever manages the organisation decides. Is there nobody? Add the person yourself.
newcomers-asks = { $customer }: { $name }, { $email }, { $phone }

colleagues-asking = Asking for access
colleagues-asking-lead = They registered with your organisation’s IČO. Invite only whom you know.
colleagues-admit = Invite
colleagues-decline = Decline

webhooks-title = Webhooks
webhooks-lead = Your programs learn by themselves what becomes of your requests. We send them a signed message as soon as something happens.
webhooks-lead-vendor = Your programs learn by themselves what happens at all customers.
webhooks-none = No webhook yet
webhooks-none-help = Once you add one, you will see here what it got and what it answered.
webhooks-add-title = Add a webhook
webhooks-add = Add
webhooks-url = Address of the program
webhooks-url-hint = It begins with https:// and can be reached from the internet.
webhooks-kinds = What to tell
webhooks-kind-request-created = new request
webhooks-kind-request-scheduled = agreed time
webhooks-kind-request-moved = time moved
webhooks-kind-request-unscheduled = the time is off and another one is needed
webhooks-kind-request-cancelled = request cancelled
webhooks-kind-request-started = a technician began to work
webhooks-kind-request-closed = intervention finished
webhooks-kind-message-created = message about a request
webhooks-kind-document-issued = document issued
webhooks-kind-balance-low = minutes run low
webhooks-kind-test = test
webhooks-state-on = on
webhooks-state-failing = has taken nothing since { $since }
webhooks-state-by-hand = off
webhooks-state-gone = off: the address is gone
webhooks-state-off = off: it took nothing for long
webhook-back = All webhooks
webhook-title = Webhook
webhook-form = Address and events
webhook-save = Save
webhook-secret = Secret to check signatures by
webhook-secret-hidden = We show it once you enter your password again.
webhook-secret-show = Show the secret
webhook-secret-former = The former secret is good until { $until }.
webhook-rotate = Change the secret
webhook-rotate-hint = The former one stays good for { $hours } hours, so that the program has time to change it.
webhook-test = Send a test
webhook-disable = Switch off
webhook-enable = Switch on
webhook-remove = Remove
webhook-acts = What to do with it
webhook-messages = What it got
webhook-messages-none = Nothing yet
webhook-messages-none-help = Try sending a test.
webhook-messages-kept = We keep what was handed over for { $days } days.
webhook-column-what = What
webhook-column-when = When
webhook-column-state = State
webhook-column-answer = Answer
webhook-message-queued = waits
webhook-message-sent = handed over
webhook-message-failed = not handed over
webhook-tries =
    { $count ->
        [0] not tried yet
        [one] { $count } try
       *[other] { $count } tries
    }
webhook-next = next { $at }
webhook-status = HTTP { $status }
webhook-older = Older
webhook-replay = Send again
webhook-replay-since = Send again everything from the day
webhook-replay-all = Send again
