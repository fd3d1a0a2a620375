//! How each server function is called rightly.

use linka::model::paths;
use reqwest::Method;

/// What a legitimate call of each server function looks like, on the order `{order}`, the request `{number}`.
pub(super) fn sample(path: &str) -> Option<(Method, &'static str)> {
    let get = |query| Some((Method::GET, query));
    let post = |form| Some((Method::POST, form));
    match path {
        "/api/line"
        | "/api/viewer"
        | "/api/account"
        | "/api/form-key"
        | "/api/start"
        | "/api/requests/found"
        | "/api/requests/choices"
        | "/api/asking/who-orders"
        | "/api/requests"
        | "/api/desk/appointments"
        | "/api/desk/board"
        | "/api/desk/board/week" => get(""),
        "/api/requests/ask-earlier" => post("number={number}&asked_until=2026-11-23"),
        "/api/requests/leave-earlier" => post("number={number}"),
        "/api/requests/take-earlier" => post("number={number}&offer=1&key=00000000-0000-4000-8000-000000000024"),
        "/api/requests/decline-earlier" => post("number={number}&offer=1"),
        "/api/requests/former" | "/api/desk/customer-requests" => get("customer={customer}"),
        "/api/readiness" => get("link={ready}&secret={ready_secret}"),
        "/api/readiness/say" => post("link={ready}&secret={ready_secret}&answer=ready&key={session}"),
        "/api/readiness/later" => {
            post("link={ready}&secret={ready_secret}&shown=2026-11-25T07%3A00%3A00Z&key={session}")
        }
        "/api/rating" => get("link={link}&secret={secret}"),
        "/api/rating/rate" => post("link={link}&secret={secret}&score=5&rating_words=x"),
        "/api/rating/agree" => post("link={link}&secret={secret}"),
        "/api/drafts/drop-files" => post("id={order}"),
        "/api/requests/write" => post("number={number}&message=x&key=00000000-0000-4000-8000-000000000021"),
        "/api/desk/reply" => post("number={number}&message=x&seen_message=1&key=00000000-0000-4000-8000-000000000022"),
        "/api/desk/need-no-answer" => post("number={number}&seen_message=1"),
        "/api/account/wishes" | "/api/account/calendar" => get(""),
        "/api/account/calendar/make" => post("key={session}"),
        "/api/account/calendar/end" => post(""),
        "/api/account/save-wishes" => post(
            "mail%5Burgent%5D=now&mail%5Bagreed%5D=digest&push_kinds%5Btrouble%5D=true&quiet_from=18&quiet_until=7",
        ),
        "/api/account/push/add" => post(
            // The keys of the example of RFC 8291.
            "endpoint=https%3A%2F%2Fpush.example.com%2F1&auth=BTBZMqHH6r4Tts7J_aSIgg\
             &p256dh=BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        ),
        "/api/account/push/renew" => post(
            "endpoint=https%3A%2F%2Fpush.example.com%2F2&auth=BTBZMqHH6r4Tts7J_aSIgg\
             &p256dh=BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        ),
        "/api/account/push/key" | "/api/desk/failed-pushes" => get(""),
        "/api/webhooks/page" => get(""),
        "/api/webhooks/one" => get("webhook={webhook}"),
        "/api/webhooks/add" => {
            post("id={session}&webhook_url=https%3A%2F%2Ferp.example.com%2F&webhook_kinds%5Brequest.moved%5D=true")
        }
        "/api/webhooks/save" => {
            post("webhook={webhook}&webhook_url=https%3A%2F%2Ferp.example.com%2F&webhook_kinds%5Brequest.moved%5D=true")
        }
        "/api/webhooks/test" | "/api/webhooks/rotate" => {
            post("webhook={webhook}&key=00000000-0000-4000-8000-000000000023")
        }
        "/api/webhooks/act" => post("webhook={webhook}&act=disable"),
        "/api/webhooks/replay" => post("webhook={webhook}&replay_since=2026-11-20"),
        "/api/account/push/remove" => post("device=1"),
        "/api/account/push/try" => post("key=00000000-0000-4000-8000-000000000001"),
        "/api/account/who-may" => get("capability=order"),
        "/api/registrations/form" | "/api/registrations/newcomers" => get(""),
        "/api/registrations/begin" => post(
            "ico=27408264&organisation=%C5%A0kola&programs%5B{program}%5D=true&name=Jana&email=jana%40nova.cz&phone=601234567&key={session}",
        ),
        "/api/visits/page" => get(""),
        "/api/visits/begin" => post(
            "subject={program}.1&what_happened=Nejde+tisk&ico=27408264&organisation=%C5%A0kola&name=Jana&email=jana%40nova.cz&phone=601234567&key={session}",
        ),
        "/api/visits/times" => get("id={order}"),
        "/api/visits/pick" => post("id={order}"),
        "/api/registrations/page" => get("token=00"),
        "/api/registrations/open" => post("token=00"),
        "/api/registrations/decline" => post("id={session}"),
        "/api/mergers/page" => get("customer={customer}&into={customer}"),
        "/api/mergers/merge" => post("customer={customer}&into={customer}"),
        "/api/registrations/confirm" => post("customer={customer}"),
        "/api/documents/statement" => get(""),
        "/api/documents/payment" => get("number={number}"),
        "/api/colleagues" => get(""),
        "/api/colleagues/page" => get("member={member}"),
        "/api/colleagues/invite" => post("name=Jana&email=jana.nova%40skola.cz&key={session}"),
        "/api/colleagues/save" => post("member={member}&name=Jana"),
        "/api/colleagues/resend" | "/api/colleagues/remove" => post("member={member}"),
        "/api/audit/page" | "/api/audit/own" => get("search=x"),
        "/api/drafts/again" => post("number={number}&id={session}"),
        "/api/requests/undo" => post("number={number}"),
        "/api/requests/save-details" => post(
            "number={number}&what_happened=Program+nejde+spustit&contact_name=Jana&contact_phone=601234567&key={session}",
        ),
        "/api/drafts/new" => get("draft={session}"),
        "/api/drafts/what" | "/api/drafts/times" | "/api/drafts/hold" | "/api/drafts/summary" => get("id={order}"),
        "/api/bundles" => get(""),
        "/api/bundles/purchase-form" => get("bundle=1&quantity=2"),
        "/api/bundles/purchase" => post("id={purchase}&bundle=1&quantity=1&method=transfer&total=166980"),
        "/api/bundles/purchase-page" => get("number={bought}"),
        "/api/bundles/pay-otherwise" => post("number={bought}&method=transfer"),
        "/api/bundles/cancel" => post("number={bought}"),
        "/api/saved-card" => get(""),
        "/api/saved-card/remove" => post(""),
        "/api/subscription" => get(""),
        "/api/subscription/form" => get("bundle={plan}"),
        "/api/subscription/subscribe" => post("id={session}&bundle={plan}&method=transfer&total=121000"),
        "/api/top-up" => get(""),
        "/api/top-up/agree" => post("bundle=1&below=30&most=2&prices=1:166980"),
        "/api/top-up/end" => post(""),
        "/api/subscription/change" => post("id={subscription}&act=pause"),
        "/api/desk/customer-form" => get("customer={customer}"),
        "/api/desk/add-customer" => post("name=Škola&key={session}"),
        "/api/desk/save-customer" => post("customer={customer}&name=Škola"),
        "/api/desk/block-customer" => post("customer={customer}&reason=Po+splatnosti"),
        "/api/desk/unblock-customer" => post("customer={customer}"),
        "/api/desk/set-customer-active" => post("customer={customer}&active=true"),
        "/api/tokens" => get(""),
        "/api/tokens/customer" => get("customer={customer}"),
        "/api/tokens/make" => post("program={program}&scopes%5Bread%5D=true&key={session}"),
        "/api/tokens/make-for" => post("customer={customer}&program={program}&scopes%5Bread%5D=true&key={session}"),
        "/api/tokens/revoke" => post("token={session}"),
        "/api/tokens/revoke-of" => post("customer={customer}&token={session}"),
        "/api/licences/page" => get("customer={customer}"),
        "/api/licences/save" | "/api/licences/remove" => post("customer={customer}&program={program}"),
        "/api/licences/save-computer" => post("customer={customer}&computer=PC&teamviewer_id=123456789"),
        "/api/licences/keep-own" => post("program={program}&computer=PC&teamviewer_id=123456789"),
        "/api/licences/remove-computer" => post("customer={customer}&computer=1"),
        "/api/account/erasure" => get(""),
        "/api/account/erase" => post("own_password=nothing&heir=call_off"),
        "/api/members/erasure" => get("customer={customer}&member={member}"),
        "/api/members/erase" => post("customer={customer}&member={member}&reason=Na+přání&heir=call_off"),
        "/api/members/page" => get("customer={customer}&member={member}"),
        "/api/members/add" => post("customer={customer}&name=Jana&key={session}"),
        "/api/members/save" => post("customer={customer}&member={member}&name=Jana"),
        "/api/members/set-active" => post("customer={customer}&member={member}&active=true"),
        "/api/asking/ask-to-order" => post("member={member}"),
        "/api/members/new-link"
        | "/api/members/end-sessions"
        | "/api/members/forget-factor"
        | "/api/members/unlock" => post("customer={customer}&member={member}"),
        "/api/desk/set-trusted" => post("customer={customer}&trusted=true"),
        "/api/requests/page" | "/api/requests/move-choice" => get("number={number}"),
        "/api/sign-in" => post("email=nobody%40example.com&password=nothing"),
        "/api/forms/keep" => post("page=%2Forder&typed=what_happened%3Dx"),
        "/api/sign-out" | "/api/account/end-other-sessions" => post(""),
        "/api/language" => post("language=cs"),
        "/api/account/end-session" => post("id={session}"),
        "/api/drafts/save" => post(
            "id={order}&subject={program}.{work_type}&what_happened=Program+nejde+spustit&urgency=normal\
             &contact_name=Jana&contact_phone=601234567",
        ),
        "/api/drafts/pick-slot" => post("id={order}&start={start}"),
        "/api/drafts/release-slot" | "/api/drafts/confirm" | "/api/drafts/discard" => post("id={order}"),
        "/api/desk/request" | "/api/desk/mails-about" => get("number={closed}"),
        "/api/desk/act" => get("number={number}&act=time"),
        "/api/desk/release-reserve" => post("date=2026-11-24"),
        "/api/desk/preview" => get("number={number}&act=cancel"),
        "/api/desk/add-note" => post("number={number}&internal_note=Zavolat+zítra&key={session}"),
        "/api/desk/hand-over" => post("number={number}"),
        "/api/desk/customer-called" => post("number={number}&key={session}"),
        "/api/desk/mail-in" => get(""),
        "/api/desk/inbound-mail" => get("mail={came}"),
        "/api/desk/mails-that-came" => get("number={number}"),
        "/api/desk/assign-mail" => post(
            "mail={came}&customer={customer}&member={member}&program={program}&work_type={work_type}&phone=601234567",
        ),
        "/api/desk/dismiss-mail" => post("mail={came}&dismissal=Reklama"),
        "/api/desk/revoke-replies" => post("mail={came}"),
        "/api/settings/voice" => get("tried=Subject%3A+x"),
        "/api/settings/teamviewer" => get(""),
        "/api/settings/save-teamviewer" => post("kept_days=400"),
        "/api/work/connections" => get(""),
        "/api/work/import-connections" => post("file=61&file_name=a.csv"),
        "/api/work/choose-visit" => post("connection=1&appointment=1"),
        "/api/work/give-session" => post("number={number}&session_link=s12-345-678"),
        "/api/settings/save-voice" => post("patterns=Subject%3A+%7Bnumber%7D"),
        "/api/desk/put-off-until" => post("number={number}&rest_until=2026-12-01T10:00"),
        "/api/desk/counts" => get(""),
        "/api/desk/put-off" => post("number={number}&rest=over"),
        "/api/desk/set-time" => {
            post("number={number}&agree=true&starts[at1795424400]=true&reason=Po+telefonu&key={session}")
        }
        "/api/desk/reassign" => post("number={number}&technician={person}&reason=Nemoc&key={session}"),
        "/api/desk/cancel" => post("number={number}&reason=Na+přání&key={session}"),
        "/api/desk/reclassify" => {
            post("number={number}&work_type={work_type}&urgency=normal&reason=Na+přání&key={session}")
        }
        "/api/desk/follow-up" => post("number={number}&what_happened=Dokončit+uzávěrku&key={session}"),
        "/api/desk/queue" | "/api/desk/intake" | "/api/desk/figures" => get(""),
        "/api/desk/outages" | "/api/desk/new-outage" => get(""),
        "/api/desk/outage" | "/api/desk/outage-end" => get("outage={outage}"),
        "/api/desk/open-outage" => {
            post("outage={session}&program={program}&work_type={work_type}&outage_name_cs=Stravné+nejde")
        }
        "/api/desk/save-outage" => post("outage={outage}&outage_name_cs=Stravné+nejde+spustit"),
        "/api/desk/join-outage" => post("outage={outage}&joins={number}"),
        "/api/desk/leave-outage" => post("outage={outage}&number={number}"),
        "/api/desk/tell-outage" => post("outage={outage}&message_cs=Pracujeme&message_en=Working&key={session}"),
        "/api/desk/resolve-outage" => post("outage={outage}&answer_cs=Hotovo&answer_en=Done&key={session}"),
        "/api/desk/lift-minimum" => post("outage={outage}&lifting_reason=Naše+chyba"),
        "/api/drafts/join-outage" => post("id={order}&outage={outage}&join_phone=601234567"),
        "/api/desk/merge" => post("number={number}&into={closed}&key={session}"),
        "/api/desk/add-caller" => post("organisation=Škola&program={program}&caller_name=Jana&key={session}"),
        "/api/desk/write-call" => post("customer={customer}&what_happened=Nejde+tisk+stravenek&key={session}"),
        "/api/desk/contests"
        | "/api/desk/decided-contests"
        | "/api/desk/missed"
        | "/api/work/contests"
        | "/api/desk/customers"
        | "/api/desk/mails"
        | "/api/demo/mails"
        | "/api/documents"
        | "/api/usage"
        | "/api/usage/interventions"
        | "/api/usage/contract"
        | "/api/work/day" => get(""),
        "/api/usage/statement" => get("span=month"),
        "/api/desk/customer" => get("id={customer}"),
        "/api/work/page" => get("number={number}"),
        "/api/receipts/page" => get("number={closed}&ordinal=1"),
        "/api/receipts/contest" => post("number={closed}&ordinal=1&segment={segment}&reason=To+jsme+nechtěli"),
        "/api/receipts/consent" => post("number={number}&agreed=true"),
        "/api/desk/decide-contest" => post("contest={contest}&decision=accepted&answer=Máte+pravdu&key={session}"),
        "/api/desk/ending-contracts" => get(""),
        "/api/desk/add-contract" => post("customer={customer}&number=SLS-9&key={session}"),
        "/api/desk/amend-contract" => post("customer={customer}&contract=1&version=0&key={session}"),
        "/api/desk/withdraw-amendment" => {
            post("customer={customer}&contract=1&version=0&from_day=2026-12-01&key={session}")
        }
        "/api/desk/set-contract-validity" => post("customer={customer}&contract=1&version=0&key={session}"),
        "/api/desk/remove-contract-file" => post("customer={customer}&contract=1&attached=1"),
        "/api/desk/attach-contract-file" => post("customer={customer}&contract=1&file=00&file_name=x.pdf"),
        "/api/desk/resend-mail" => post("mail={mail}"),
        "/api/sales" | "/api/sales/bank" | "/api/sales/purchases" => get(""),
        "/api/sales/accounting" | "/api/sales/receivables" | "/api/sales/fees" | "/api/sales/reminders" => get(""),
        "/api/sales/begin-fees" => post("from=2026-12-01"),
        "/api/sales/credit-fee" => post("invoice=2026300001&reason=Smlouva+skončila&key={session}"),
        "/api/sales/receivable" => get("customer={customer}"),
        "/api/sales/set-credit-limit" => post("customer={customer}&limit=1000&limit_from=2026-11-23"),
        "/api/sales/write-off" => post("customer={customer}&number=2026300001&reason=Zanikl&key={session}"),
        "/api/sales/agree-plan" => post("customer={customer}&note=Splátky&rests_until=2026-12-23&key={session}"),
        "/api/sales/end-plan" => post("customer={customer}"),
        "/api/sales/save-reminder" => post("stage=friendly&days_after=3"),
        "/api/sales/save-receivable-rule" => post("block_after_days=30&interest=0"),
        "/api/sales/lock-vat-period" => post("month=2026-10-01"),
        "/api/sales/unlock-vat-period" => post("month=2026-10-01&reason=Oprava"),
        "/api/sales/purchase" => get("number=B2026-000001"),
        "/api/sales/import" => post("file=00&file_name=x.csv"),
        "/api/sales/assign-payment" => post("payment=1&document=2026100001"),
        "/api/sales/set-aside-payment" => post("payment=1&reason=Nepatří+nám"),
        "/api/sales/balances" => get(""),
        "/api/sales/write-off-difference" => post("document=2026100001&reason=Halířový+rozdíl&key={session}"),
        "/api/sales/ask-for-rest" => post("document=2026100001"),
        "/api/sales/return-balance" => post("customer={customer}&amount=10&reason=Vráceno+převodem&key={session}"),
        "/api/sales/spend-balance" => post("customer={customer}&document=2026100001&key={session}"),
        "/api/sales/undo-decision" => post("decided=set_aside&id=1.1&reason=Omyl+při+třídění&key={session}"),
        "/api/sales/unmatch" => get("payment=1"),
        "/api/sales/undo-match" => post("payment=1&shown=0&reason=Omyl+při+třídění&key={session}"),
        "/api/sales/decide-reversal" => post("number=B2026-000001&became=open"),
        "/api/sales/resolve-alert" => post("alert=1"),
        "/api/sales/refund" => post("number=B2026-000001&minutes=10&reason=Na+přání&key={session}"),
        "/api/bundles/address" => post("bundle=1&street=Lipová+5&city=Dolany&postal_code=339+01"),
        "/api/sales/document-won-back" => post("number=B2026-000001&key={session}"),
        "/api/sales/credit-returned" => post("number=B2026-000001&reason=Vráceno+ve+Stripe&key={session}"),
        "/api/sales/refund-paid" => post("refund={session}"),
        "/api/work/start" => post("number={number}&kind=work&key={session}"),
        "/api/work/pause" => post("number={number}"),
        "/api/work/correct" => post("number={number}&segment={segment}&kind=work&key={session}"),
        "/api/work/split" => {
            post("number={number}&segment={segment}&kind_before=work&kind_after=waiting&key={session}")
        }
        "/api/work/texts" => get(""),
        "/api/work/text" => get("block={block}"),
        "/api/work/save-text" => post("block_title=Tisk&block_body=Tisk+funguje.&key={session}"),
        "/api/work/step-text" => post("block={block}&place=0&up=false"),
        "/api/work/delete-text" | "/api/work/restore-text" => post("block={block}"),
        "/api/work/reopening" => get("number={closed}"),
        "/api/work/reopen" => post("number={closed}&reason=Nesed%C3%AD+minuty&key={session}"),
        "/api/work/attempt" => post("number={number}&channel=phone&key={session}"),
        "/api/work/no-show" => post("number={number}&key={session}"),
        "/api/work/remark" => post("contest={contest}&remark=Volal+jsem"),
        "/api/work/consent" => {
            post("number={number}&agreed=true&said_by=Jana&said_at=2026-11-23T08%3A00&words=Pokračujte")
        }
        "/api/work/close" => post("number={number}&report=Hotovo&finished=true&key={session}"),
        "/api/settings/try-mail" | "/api/settings/try-cards" => post(""),
        "/api/settings/page"
        | "/api/settings/connections"
        | "/api/settings/company"
        | "/api/settings/vat"
        | "/api/settings/series"
        | "/api/settings/limits"
        | "/api/settings/notice"
        | "/api/settings/text"
        | "/api/settings/embed"
        | "/api/settings/words" => get(""),
        "/api/settings/preview-vat" | "/api/settings/save-vat" => post("valid_from=2027-01-01&percent=23"),
        "/api/settings/remove-vat" => post("vat_from=2027-01-01"),
        "/api/settings/preview-pattern" | "/api/settings/set-pattern" => {
            post("series_kind=invoice&pattern=FV-%7BYY%7D-%7BN%7D&pattern_from=2027-01-01")
        }
        "/api/settings/remove-pattern" => post("kind=invoice&from=2027-01-01"),
        "/api/settings/begin-series" => post("series=credit_note%3A2026&first=10"),
        "/api/settings/save-limits" => post(
            "future_appointments=20&waiting_requests=10&unpaid_purchases=10&purchases_per_day=20&downloads=3\
                  &drafts=20&devices=10&sms_per_day=20&holds=3&holds_per_hour=30&messages_per_hour=20&writes_per_minute=120\
                  &open_outages=3&outage_messages=20&attachment_megabytes=500",
        ),
        "/api/settings/put-notice" => post("text_cs=Výpadek&text_en=Outage&ends_at=2099-01-01T08%3A00"),
        "/api/settings/remove-notice" => post(""),
        "/api/settings/save-words" => post("spoken=tisk%3A+netiskne"),
        "/api/settings/save-embed" => post("is_on=true&origins=https%3A%2F%2Fwww.example.com"),
        "/api/settings/save-text" => post("text_cs=Dobrý den&text_en="),
        "/api/settings/save-company" => post(
            "name=Linka&ico=12345679&dic=CZ12345679&register=C+1&street=Lipová+5&city=Plzeň&postal_code=30100\
                  &email=a%40example.com&account=19-2000145399%2F0800&company_confirmed=true",
        ),
        "/api/programs/page" | "/api/work-types/page" | "/api/work-types/work-type" => get(""),
        "/api/programs/program" => get("program=1"),
        "/api/programs/add" | "/api/skills/add" => post("name=Sklad+2"),
        "/api/programs/save" => post("program=1&name=Sklad"),
        "/api/programs/add-version" => post("program=1&version=2026.3&released_on=2026-11-01"),
        "/api/programs/remove-version" => post("program=1&version=2026.3"),
        "/api/work-types/add" => post("name=Oprava"),
        "/api/work-types/describe" => post("work_type=1&name=Oprava"),
        "/api/work-types/check" => post(
            "work_type=1&minutes_from=20&minutes_to=45&slot_minutes=45&skill=programs&choice=customer&active=true\
             &valid_from=2026-12-01&shown=slot_minutes%3D60",
        ),
        "/api/catalogue-changes/preview" => get("row=tier%3Afast&from=2026-12-01&change=normal_lead_minutes%3D60"),
        "/api/catalogue-changes/make" => post(
            "row=tier%3Afast&id={session}&from=2026-12-01&change=normal_lead_minutes%3D60\
             &shown=normal_lead_minutes%3D510",
        ),
        "/api/catalogue-changes/withdraw" => post("row=tier%3Afast&id={session}"),
        "/api/skills/skill" => get("skill=programs"),
        "/api/skills/rename" => post("skill=programs&name=Programy"),
        "/api/skills/delete" => post("skill=programs"),
        "/api/tiers/page" | "/api/price-list/page" | "/api/regions/page" => get(""),
        "/api/tiers/tier" => get("tier=basic"),
        "/api/tiers/add" => post("name=Blesk&urgent_target_minutes=30&normal_lead_minutes=60"),
        "/api/tiers/rename" => post("tier=fast&name=Rychlá"),
        "/api/tiers/check" => post(
            "tier=fast&urgent_target_minutes=120&normal_lead_minutes=510&active=true&valid_from=2026-12-01\
             &shown=normal_lead_minutes%3D510",
        ),
        "/api/tiers/move-up" => post("tier=fast"),
        "/api/price-list/bundle" => get("bundle=1"),
        "/api/price-list/add" => post("bundle_minutes=30&price=800&validity_months=12&sold_from=2026-12-01"),
        "/api/price-list/change" => {
            post("bundle=1&bundle_minutes=60&price=1400&validity_months=12&sold_from=2026-12-01")
        }
        "/api/price-list/retire" => post("bundle=1&retired_from=2026-12-01"),
        "/api/price-list/move-up" => post("bundle=2"),
        "/api/regions/region" => get("region=1"),
        "/api/regions/add" => post("name=Slezsko&phone=377457978"),
        "/api/regions/save" => post("region=1&name=Jihozápad&postal_prefixes=3"),
        "/api/regions/check" => post("region=1&phone=377457978&valid_from=2026-12-01&shown=phone%3D377457977"),
        "/api/regions/delete" | "/api/regions/move-up" => post("region=2"),
        "/api/line-settings/page" => get("page=line"),
        "/api/line-settings/check" => {
            post("page=line&valid_from=2026-12-01&values[hold_minutes]=15&shown=hold_minutes=10")
        }
        "/api/line-settings/preview" => get("page=line&from=2026-12-01&change=hold_minutes%3D15"),
        "/api/line-settings/make" => {
            post("page=line&id={session}&from=2026-12-01&change=hold_minutes%3D15&shown=hold_minutes%3D10")
        }
        "/api/line-settings/withdraw" => post("page=line&id={session}"),
        "/api/staff/page" | "/api/backups" | "/api/imports" => get(""),
        "/api/imports/send" => post("file=00&file_name=customers.csv&dry_run=true"),
        "/api/staff/person" => get("person={person}"),
        "/api/staff/invite" => post("name=Zora&email=zora%40example.com&roles[manager]=true"),
        "/api/staff/save" => post("person={person}&name=Zora&roles[manager]=true"),
        "/api/staff/set-active" => post("person={person}&active=true"),
        "/api/staff/change-address" => post("person={person}&email=zora@example.com"),
        "/api/staff/new-link" | "/api/staff/end-sessions" | "/api/staff/forget-factor" | "/api/staff/unlock" => {
            post("person={person}")
        }
        "/api/plans/all" | "/api/closures/page" | "/api/desk/displaced" | "/api/desk/absent" => get(""),
        "/api/plans/one" => get("person={person}"),
        "/api/plans/change" => post("person={person}&week_first=2026-12-01&day1=7-15"),
        "/api/plans/absence" => post("person={person}&kind=off&first=2026-12-01&absence_note=Dovolená"),
        "/api/plans/remove-exception" => post("id=1"),
        "/api/plans/sick-today" => post("person={person}"),
        "/api/closures/close" => post("first=2026-12-30&why=Inventura"),
        "/api/closures/open" => post("date=2026-12-30"),
        "/api/desk/redistribute" => post("choices[1]=pick"),
        "/api/staff/leaving" => get("person={person}"),
        "/api/staff/let-go" => post("person={person}&from=2026-12-01&choices[1]=pick"),
        "/api/sign-in/ask-for-link" => post("email=nobody%40example.com&kind=sign_in"),
        "/api/sign-in/link-page" | "/api/address/page" => get("token=none"),
        "/api/sign-in/by-link" | "/api/address/agree" => post("token=none"),
        "/api/account/second-factor" => get(""),
        "/api/account/second-factor/offer"
        | "/api/account/second-factor/new-codes"
        | "/api/account/second-factor/turn-off" => post(""),
        "/api/account/second-factor/turn-on" | "/api/sign-in/code" => post("one_time_code=123456"),
        "/api/account/passkeys/begin" | "/api/sign-in/passkey/begin" => post("by_script=true"),
        "/api/account/passkeys/add" => post("ceremony={session}&credential=none&key_name=Telefon"),
        "/api/account/passkeys/remove" => post("key=1"),
        "/api/sign-in/passkey" => post("ceremony={session}&credential=none"),
        "/api/sign-in/providers" | "/api/settings/sign-in" => get(""),
        "/api/settings/require-provider" => post("domain=skola.cz&provider=google"),
        "/api/settings/release-domain" => post("domain=skola.cz"),
        "/api/account/confirm" => post("own_password=nothing"),
        "/api/account/address" => get(""),
        "/api/account/ask-for-address" => post("email=nova%40example.com"),
        "/api/account/change-password" => post("own_password=x&password=kolo+stoji+u+plotu&password_again=x"),
        "/api/password/page" => get("token=none"),
        "/api/password/choose" => post("token=none&password=kolo+stoji+u+plotu&password_again=kolo+stoji+u+plotu"),
        "/api/requests/move" => post("number={number}&start={start}&key={session}"),
        "/api/requests/cancel" => post("number={number}&key={session}"),
        // The interface for programs, by a browser: it has no token.
        _ if path.starts_with(paths::API) => get(""),
        _ => None,
    }
}
