### Buying minutes: the shop, the order, payment by transfer.

shop-advised = Pays off for you
shop-last-day = (if paid today, until { $date })
shop-buy = Buy
shop-sign-in = Sign in and buy
shop-register = Register and buy
shop-ask-title = Which of your colleagues can buy a bundle
shop-purchases = Your orders
shop-column-number = Order
shop-column-date = Date
shop-column-what = Bundle
shop-column-total = Price incl. VAT
shop-column-state = State

## The order

shop-form-title = Bundle of { $minutes }
shop-form-lead = { $price } excl. VAT, that is { $rate } a minute.
shop-quantity = How many bundles
shop-quantity-hint = At most { $max }.
shop-recount = Recalculate
shop-reference = Your order reference
shop-reference-hint = It will stand on the documents. At most 60 characters.
shop-method = How you pay
shop-card = By card
shop-card-too-much = A card pays { $most } at most.
shop-address-lead = First we need the address of your organisation: the tax document has to say it.
shop-address-submit = Go on to the order
shop-card-note = You have the minutes as soon as you have paid.
shop-card-demo = This is a demo: no money moves.
shop-transfer = By bank transfer
shop-transfer-note = You get a proforma invoice with a QR code, due in { $days } days. We credit the minutes once the money arrives.
shop-transfer-over-limit = On an invoice it would be beyond your limit, so we credit the minutes when the payment comes.
shop-credit-left = Of your limit for invoices { $left } is left.
shop-transfer-frozen = One of your invoices is overdue, so we credit the minutes when the payment comes. Once it is paid, we credit them at once again.
shop-transfer-at-once = We credit the minutes at once. You get an invoice, due in { $days } days.
shop-summary = Summary
shop-pieces = { $quantity }{ -nbsp }× bundle of { $minutes } at { $price } excl. VAT
shop-vat = VAT { $rate }
shop-total = Total incl. VAT
shop-get = You get { $minutes }. If paid today, they can be used until { $date }.
shop-submit = Order with obligation to pay
shop-back = Back to the bundles
shop-placed-before = You have sent this form before
shop-placed-before-body = The first order stands as it was. Sending again places a new one.

## The order and what becomes of it

purchase-state =
    { $state ->
        [paid] Paid
        [partly_refunded] Partly refunded
        [refunded] Refunded
        [disputed] Under review
        [cancelled] Cancelled
        [expired] Expired
       *[awaiting_payment] Awaiting payment
    }
purchase-pieces = { $quantity }{ -nbsp }×{ -nbsp }{ $minutes }
purchase-title-awaiting = { $amount } to pay
purchase-lead-transfer = By bank transfer until { $date }. We credit the minutes once the money arrives.
purchase-title-card = The order for { $amount } is not paid yet
purchase-title-declined = The bank declined the card, nothing was paid
purchase-lead-card = Pay it by card until { $until } and the minutes are credited at once. After that it lapses, and you owe nothing.
purchase-card-refused = A card cannot pay for this order
purchase-card-refused-body = Order the minutes again with payment by transfer and cancel this order. You have paid nothing, and we know about it.
purchase-lead-invoice = Pay the invoice by { $date }.
purchase-title-credited = { $minutes } are yours until { $date }
purchase-left = { $left } of { $minutes } are left.
purchase-title-paid = Paid, the minutes are being credited
purchase-title-refunded = We have refunded { $amount }
purchase-title-undone = The payment of { $amount } was for something else
purchase-lead-undone = { $amount } of the payment was for something else.
purchase-title-disputed = The bank is looking into the payment
purchase-lead-disputed = The minutes left in the bundle are on hold until that is settled.
purchase-title-lost = Your bank has returned the payment to you
purchase-title-cancelled = The order is cancelled
purchase-lead-cancelled = Do not pay for it any more.
purchase-title-expired = The order has expired
purchase-lead-expired = Nobody paid for it in time. You can order minutes again.
purchase-pay = Pay by card
purchase-otherwise =
    { $method ->
        [card] Pay by card instead
       *[transfer] Pay by transfer instead
    }
purchase-cancel = Cancel the order
purchase-again = Order minutes again
purchase-all = Bundles and all orders
purchase-transfer = Payment details
purchase-amount = To pay
purchase-received = Received so far
purchase-account = Account
purchase-symbol = Variable symbol
purchase-due = Due
purchase-iban = IBAN
purchase-recipient = Recipient
purchase-qr = QR Platba for mobile banking
purchase-qr-label = QR code with all the payment details
purchase-bought = What you ordered
purchase-what = Bundle
purchase-price = Price
purchase-price-is = { $price } excl. VAT, { $total } incl. VAT { $rate }
purchase-on-invoice = By bank transfer on invoice, minutes at once
purchase-documents = Documents
purchase-document =
    { $kind ->
        [proforma] Proforma invoice
        [payment] Tax document on a payment received
        [invoice] Invoice
       *[credit_note] Credit note
    }
purchase-document-note = issued { $date }, { $total } incl. VAT
purchase-history = History
purchase-event =
    { $kind ->
        [created] Ordered
        [payment_started] Awaiting payment
        [payment_failed] The payment failed
        [paid] Paid
        [credited] Minutes credited
        [cancelled] Cancelled
        [expired] Expired without a payment
        [refund_requested] A refund is on its way
        [refunded] Refunded
        [refund_failed] The refund failed
        [credit_note_issued] A credit note was issued
        [payment_undone] Payment taken back, it was for something else
        [dispute_opened] The bank is looking into the payment
        [dispute_won] The bank confirmed the payment
       *[dispute_lost] The bank returned the payment
    }
purchase-cancel-title = Cancel this order?
purchase-cancel-lead = { $number }: { $pieces } for { $total } incl. VAT
purchase-cancel-why = It costs you nothing. But a cancelled order can be neither paid nor restored.
purchase-keep = Keep the order

subscription-heading = Subscription
subscription-about = Minutes that come by themselves each period. You can change, pause or end it at the end of any period; we write before each next one.
subscription-card =
    { $comes ->
        [quarter] { $minutes } each quarter
        [quarter_rolls] { $minutes } each quarter
       *[other] { $minutes } each month
    }
subscription-advised = Costs least for what you use
subscription-view = Your subscription
subscription-rolls = What you do not use can be used in the next period, too.
subscription-expires = What you do not use expires with its period.
subscription-form-title =
    { $comes ->
        [quarter] Subscribe to { $minutes } each quarter
        [quarter_rolls] Subscribe to { $minutes } each quarter
       *[other] Subscribe to { $minutes } each month
    }
subscription-form-lead = A subscription goes on until you end it. Agreed times do not depend on it.
subscription-price = Price of a period
subscription-first = First period from
subscription-next = Next period from
subscription-unused = Unused minutes
subscription-proforma = By transfer within { $days } days of the proforma invoice. We credit the minutes when it is paid.
subscription-invoice = By an invoice due in { $days } days. You have the minutes at once.
subscription-consent = By confirming you agree that we ask for the payment of each next period a week before it begins, until you end the subscription.
subscription-consent-card = By confirming you agree to pay each next period in the same way until you end the subscription: we ask for a transfer a week before it begins, and take the payment from the card on the day on which it does. We write before each payment.
subscription-submit = Subscribe
subscription-plan =
    { $comes ->
        [quarter] { $minutes } each quarter, { $total } incl. VAT
        [quarter_rolls] { $minutes } each quarter, { $total } incl. VAT
       *[other] { $minutes } each month, { $total } incl. VAT
    }
subscription-of = Subscription
subscription-then = From the next period on
subscription-period = Period
subscription-payment = Payment
subscription-left = Left of the period
subscription-paid = Paid.
subscription-owed = By invoice, awaiting payment.
subscription-awaited = Awaiting payment.
subscription-lapsed = Not paid.
subscription-method = How you pay
subscription-by-card-note = You pay the first period now, and the card is saved at the payment gateway. We take each next period from it on the day on which it begins, until you end the subscription.
subscription-by-transfer = By transfer or invoice
subscription-by-card = By card { $brand } ending in { $last4 }, good through { $until }
subscription-by-card-without = By card, but none is saved
subscription-card-save = Pay by card
subscription-card-change = Change the card
subscription-card-leave = Pay by transfer
purchase-lead-debited = We take the amount from the saved card. You can also pay it now.
subscription-title-active = The subscription continues on { $date }
subscription-lead-active-card = We take the next period from the saved card on the day on which it begins.
subscription-lead-active = We ask for the payment of the next period a week ahead.
subscription-title-ends = The subscription ends on { $date }
subscription-lead-ends = You can go on using the minutes you have paid for. Until then you can take the ending back.
subscription-title-pauses = The subscription pauses on { $date }
subscription-lead-pauses = You can go on using the minutes you have paid for. Until then you can take the pause back.
subscription-title-paused = The subscription is paused
subscription-lead-paused = No more minutes come, and you pay nothing for them. Agreed times stand.
subscription-title-ended = The subscription has ended
subscription-lead-ended = You can use the minutes you have paid for as long as they are valid.
subscription-resume = Resume the subscription
subscription-end = End it with this period
subscription-keep = Let it go on
subscription-pause = Pause it after this period
subscription-change = Another subscription
subscription-change-hint = From the next period on; this one stays as it is.
saved-card-link = Saved card
saved-card-title = Saved card
saved-card-title-none = No card is saved
saved-card-lead-none = A card is saved when you pay a subscription with it or switch on top-up.
saved-card-what = Card
saved-card-is = { $brand } ending in { $last4 }, valid until { $until }
saved-card-follows = What happens when you remove it
saved-card-forgotten = The payment gateway forgets it, too. The only way back is to enter it again.
saved-card-subscription = You will pay the subscription by transfer. We tell you before each payment.
saved-card-top-up = Automatic top-up is switched off.
saved-card-owing = What is still to be taken from it is paid by transfer, or is called off. A payment for which we have asked the bank already runs to its end.
saved-card-nothing = Nothing is paid from it at present.
saved-card-remove = Remove card
top-up-link = Top up minutes automatically
top-up-title-on = Minutes are topped up by themselves
top-up-lead-on = When few of your minutes are free, we buy more from the saved card. After each payment we send you the document.
top-up-title-off = Automatic top-up of minutes
top-up-lead-off = When few of your minutes are free, we buy more from the saved card. Agreed times do not depend on it.
top-up-title-failed = The automatic top-up is off
top-up-lead-failed = The bank did not take the payment by the saved card, so we have switched it off. Change the card, or switch it on again.
top-up-lead-dearer = The bundle you chose costs more than you agreed to, or is no longer sold. Choose again.
top-up-below = When there are fewer than
top-up-minutes = free minutes
top-up-what = Buy
top-up-bundle = { $minutes } for { $total } incl. VAT
top-up-most = How often a month at most
top-up-agreed = Agreed
top-up-form = When to top up, and what
top-up-consent = By confirming you agree that we buy the chosen bundle and take its price from the saved card by ourselves whenever fewer minutes are free than you have said, at most as often a month as you have said. When it costs more or the bank does not take the payment, we switch it off and write to you. You can switch it off at any time.
top-up-agree = Switch it on
top-up-end = Switch it off
top-up-card-first = First save a card at the payment gateway. Nothing is taken from it now.
top-up-card-save = Save a card
top-up-without-cards = Cards are not taken at the moment, so this cannot be switched on.
