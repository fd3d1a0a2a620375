### Requests that were sent: the list, one of them, a new time, moving and cancelling.

requests-title = Requests
requests-next = Next appointment
requests-upcoming = Later appointments
requests-waiting = Waiting for a time
requests-earlier = Earlier
requests-former = Earlier requests ({ $name })
requests-former-lead = What was ordered before the organisation was joined with the one you have today. It can only be read.
requests-former-none = There is nothing here.
requests-without-time = No time is agreed
requests-none = No requests yet.
requests-none-help = Once you order something, its time and progress will be here.
requests-order = Order an intervention
requests-column-number = Number
requests-column-when = Time
requests-column-what = What
requests-column-who = Ordered by
requests-column-state = State

## One request

requests-title-waiting = A dispatcher will suggest the time
requests-title-outage = We know about it and are working on it
requests-title-unfinished = The work is not finished yet. Choose the next time.
requests-title-missed = Nobody was at the computer. Choose a new time.
requests-title-missed-by-us = Nobody connected. We are sorry
requests-missed = We missed the agreed time: { $when }
requests-missed-pick = Pick a new one, you have priority: any free time from now on is open to you. It does not count as a move. Or call us: { $phone }.
requests-missed-dispatch = We will suggest a new time, and you have priority. You can also call us: { $phone }.
requests-missed-terms = It does not count as a move.
requests-title-called-off-by-us = We had to call your appointment off, and we are sorry
requests-called-off-by-us = We cannot keep the agreed time: { $when }
requests-missed-card = We did not keep the agreed time, we are sorry. Your new time has priority.
requests-asked = We asked whether to go on
requests-title-pick = Choose a time
requests-title-offered = We offer you these times
requests-offered-until = Pick one of them { $until }. Where somebody else takes one meanwhile, we offer another instead.
requests-title-put-right = We are correcting what is billed
requests-title-in-progress = The technician is at work
requests-title-closed = Done
requests-title-cancelled = The request is cancelled
requests-news-confirmed = The time is agreed.
requests-news-moved = The time is moved. Please add it to your calendar again.
requests-news-waiting = We have your request. As soon as a dispatcher suggests a time, it will be here.
requests-ready-how = A technician will connect through TeamViewer.
requests-ready-what = Have TeamViewer and the program { $program } running.
requests-ready-who = { $name } will sit at the computer, the technician will call { $phone }.
requests-said-ready = You have told us that everything is ready.
requests-said-call = You have asked the technician to call first.
requests-pick = Choose a time
requests-pick-by-others = Colleagues who may order can choose the time.
requests-joins = If we resume { $until }, no new minimum is charged.
requests-move = Move
requests-cancel = Cancel
requests-calendar = Add to calendar
requests-change-until =
    { $moves ->
        [one] You can move or cancel it { $until }, and move it once more. After that, call us: { $phone }.
       *[other] You can move or cancel it { $until }, and move it { $moves } more times. After that, call us: { $phone }.
    }
requests-no-moves-left = It cannot be moved any more: it was moved as often as it can be. You can cancel it { $until }.
requests-change-too-late = It could be moved or cancelled { $until }. Please call us now: { $phone }.
requests-prepared = The technician has already spent { $minutes } preparing for this time. If you move it, that counts towards the work; if you cancel, nothing is charged.
requests-change-by-others = Colleagues who may order can move or cancel it.
requests-details = What you wrote
requests-last-time = Former time
requests-ceiling = Ask above
requests-ordered-term = Ordered
requests-ordered = { $name }, { $when }
requests-timeline = What happened

## A new time, moving and cancelling

requests-move-title = To which time?
requests-move-now = Agreed now: { $slot }
requests-move-instead = Instead of { $slot }
requests-move-then = { $moves ->
    [0] After this move the time cannot be moved again.
    [one] After this move the time can be moved once more.
   *[other] After this move the time can be moved { $moves } times more.
}
requests-pick-title = When should the technician connect?
requests-pick-title-unfinished = When should the technician continue?
requests-pick-confirm = Confirm the time
requests-pick-joins = It continues the earlier work, no new minimum is charged.
requests-pick-anew = It will be a new intervention, the minimum is charged again.
requests-pick-none-help = Call us on { $phone } and we will find a time together.
requests-back = Back to the request
requests-move-other = Choose another time
requests-move-none-help = The agreed time stays. Call us on { $phone } and we will find one together.
requests-keep = Keep the time
requests-keep-waiting = Keep the request
requests-cancel-title = Cancel this time?
requests-cancel-title-waiting = Cancel this request?
requests-reason-label = Why you cancel it
requests-reason-hint = It helps us plan.
requests-cancel-submit = Cancel the request

## Search

requests-search = Search requests
requests-find = Search
requests-filter-state = State
requests-filter-person = Ordered by
requests-filter-program = Program
requests-filter-year = Year
requests-filter-any = All
requests-filter-none = Clear the search
requests-found = Requests found
requests-found-none = We have found nothing like that.
requests-all = All requests
requests-older = Older
## Messages about a request

conversation-title = Messages
conversation-none = Nobody has written about this request yet.
conversation-write = Write to us
conversation-write-help = We answer here and send you an e-mail. If it is urgent, call us: { $phone }.
conversation-message = Message
conversation-message-hint = At most { $max } characters
conversation-reply = Reply to the customer
conversation-reply-hint = The customer sees it with the request and gets it by e-mail. At most { $max } characters.
conversation-reply-hint-untold = It stays with the request. At most { $max } characters.
conversation-send = Send the message
conversation-waits = The customer has waited for an answer { $since }.
conversation-read = Our last message was read { $at }.
conversation-not-told = None of them gets e-mail. If it is urgent, call them.
conversation-no-answer = Needs no answer
conversation-unread =
    { $count ->
        [one] You have a new message.
       *[other] You have { $count } new messages.
    }
conversation-unread-read = Read
conversation-unread-requests = New messages about requests
requests-undo = Changed your mind? Until { $until } you can take the order back. It costs nothing and does not count as a change.
requests-undo-submit = Take the order back
requests-edit = Change the description and the contact
requests-edit-title = Change the description and the contact
requests-edit-submit = Save

attachments-title = Attachments
attachments-choose = Attachments
attachments-hint = At most { $most } files, { $megabytes } MB each: images, PDF, text, logs, ZIP
attachments-kept =
    { $count ->
        [one] One file is still attached.
       *[other] { $count } files are still attached.
    }
attachments-paste = Paste a screenshot with Ctrl+V, even while you are typing, or drop files here.
attachments-drop = Do not attach

earlier-title = Do you want an earlier time?
earlier-now = Your agreed time now: { $slot }.
earlier-how = When one becomes free, we hold it for you for { $minutes } minutes and let you know. Until you take it the agreed time stays.
earlier-until = Look for an earlier time until
earlier-until-hint = At the latest until the day of the agreed time.
earlier-ask = I want an earlier time
earlier-waiting-title = You are waiting for an earlier time
earlier-waiting = We will ask you { $until }, outside your quiet hours.
earlier-keeps = Until you take another one, the agreed time stays: { $slot }.
earlier-leave = Wait no more
earlier-offered = We hold it for you { $until }. Then we offer it to others.
earlier-take = Take this time
earlier-decline = Leave it to others
earlier-decline-hint = You go on waiting for another earlier time.
earlier-free = An earlier time is free: { $slot }
earlier-answer = Take it or leave it
earlier-waits = You are waiting for an earlier time { $until }
earlier-link = I want an earlier time
