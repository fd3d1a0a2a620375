## Starting otherwise

work-switch-here = Stop there and start here
work-switch-here-help = The clock stops at { $customer } at that moment and starts to run here.
work-elsewhere-since = You started it { $since }.
work-earlier = It began earlier
work-earlier-when = How much earlier
work-earlier-by = { $minutes } earlier
work-earlier-help = The minutes before are a correction that the customer will see among the segments.
work-earlier-submit = Start with an earlier beginning
field-earlier = It cannot have begun so early: that lies outside the agreed time, outside the line’s hours, or before the request came. Start the clock now and correct the segment afterwards.
field-earlier-taken = Another segment of yours was counted at that time. Choose fewer minutes.
field-earlier-needs-manager = More than { $most } min are for a manager to add: choose fewer, or ask one

## Closing while the clock runs

work-close-running = Stop and close
work-close-running-help = The clock stops at the moment when you close the work.
work-close-running-submit = Stop, close and bill

## Splitting a segment

work-segment-split = Split
work-split-title = Split a segment
work-split-before = Until then
work-split-at = When it changed
work-split-after = From then on
work-split-save = Split the segment
field-kind-after = Both parts are the same. Choose what was done afterwards, or just correct the segment.
field-split-at = The time must lie within the segment
field-split-needs-manager = More than { $most } min of billed time are for a manager to add: split it otherwise, or ask one

## Work that is open again

work-reopen-link = Open again
work-reopen-title = Open the work again
work-reopen-help = { $minutes } are billed. Nothing is returned by opening it: you correct the segments and the report at the workbench, and the difference is settled when you close it again. The customer gets a corrected receipt.
work-reopen-invoiced = It is invoiced already. For what is returned of it we issue a credit note.
work-reopen-told = The technician whose work it is gets an e-mail.
work-reopen-reason = What is to be corrected
work-reopen-reason-hint = The customer will see it on the receipt.
work-reopen-submit = Open again
work-reopen-back = To the workbench
work-reopen-is-invoiced = The work is invoiced already.
work-reopen-was-until = Without a manager it was possible until { $day }.
work-reopen-called-off = This work cannot be opened again
work-reopen-called-off-help = It was closed before its agreed time, which cancelled the appointment. Create a new request for further work.
work-reopened = The work is open again
work-reopened-by = Opened by { $by }, { $when }. Correct what is wrong and close the work again.

## Own texts for reports

blocks-title = Texts for reports
blocks-lead = Write once what you report often. Everybody has their own.
blocks-none = You have no text yet
blocks-none-help = Once you add one, a button puts it into the report.
blocks-add = Add a text
blocks-new-title = New text for reports
blocks-edit-title = Change a text for reports
blocks-name = Name
blocks-name-hint = It stands on the button of the text.
blocks-body = Text
blocks-body-hint = In words that the customer understands.
blocks-save = Save the text
blocks-up = Up
blocks-down = Down
blocks-delete = Delete
blocks-deleted = The text “{ $title }” is deleted
blocks-restore = Undo
blocks-insert = Put into the report
blocks-own = Change your own texts
blocks-begin = Prepare your own texts for reports
field-block-title = Enter a name by which you will find the text
field-block-title-used = Another text of yours has this name
field-blocks-many = There can be no more than { $most } texts: delete one first
field-block-body = Write what is to be put into the report

## Ceiling

work-ceiling-near = The ceiling is near. Tell the customer while you are connected.
