//! `/desk/requests/{number}`: a request as the desk sees it, in every state, with all that can be done with it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    lanes::lane_in_words,
    words::{channel_in_words, said_in_words},
};
use crate::{
    api,
    model::{
        base::{numbers::RequestNumber, terms::Urgency},
        mails::MailRow,
        ordering::{
            live::LiveView,
            outages::may_join,
            requests::{RequestSource, RequestState},
        },
        paths,
        problem::Problem,
        work::{
            attempts::AttemptChannel,
            cases::{CaseAct, CasePage as Case},
            lanes::{Lane, Rest},
            mail_in::InboundRow,
            ratings::{Feedback, SCORE_MAX},
        },
    },
    ui::{
        self,
        components::{
            Badge, ButtonKind, ButtonLink, Endpoint, EstimateBox, Form, Hidden, MailBadge, Notice, NoticeKind, Page,
            PhoneLink, SelectField, Submit, SummaryList, SummaryRow, TextArea, TextField, Timeline, UrgencyBadge,
            Width, loaded,
        },
        format,
        islands::Live,
        pages::{
            ordering::{conversations::WriteToCustomer, outages::case::OutageOfCase},
            words::{capitalized, claim_in_words},
        },
        receipt_words,
        texts::{Locale, named, t},
    },
};

/// A request, whatever became of it.
#[component]
pub fn CasePage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(
        async move {
            let number = number?;
            let case = api::work::cases::case_page(number).await?;
            let mails = api::mails::mails_about(number).await?;
            // Technicians look on, and see no more of mails than the conversation.
            let came = if case.may_act { api::work::mail_in::mails_that_came(number).await? } else { Vec::new() };
            Ok::<_, Problem>((case, (mails, came), api::ordering::requests::form_key().await?))
        },
        |(case, mails, key)| {
            let on = LiveView::Request(case.request.summary.number);
            view! {
                <CaseView case mails key/>
                <Live on/>
            }
        },
    )
}

#[component]
fn CaseView(case: Case, mails: (Vec<MailRow>, Vec<InboundRow>), key: Uuid) -> impl IntoView {
    let title = headline(&case);
    let lead = about(&case);
    let taken = case.is_anothers().then(|| {
        let name = case.claimed_by.as_ref().map(|colleague| colleague.name.clone()).unwrap_or_default();
        view! {
            <Notice kind=NoticeKind::Soon>
                <p>{t!("case-anothers", name = name)}</p>
            </Notice>
        }
    });
    let may_act = case.may_act;
    let to_call = (may_act && case.lane == Some(Lane::CallBack)).then(|| view! { <ToCall case=case.clone() key/> });
    let back = may_act.then(|| view! { <p class="actions"><a href=paths::QUEUE>{t!("case-to-queue")}</a></p> });
    let acts = may_act.then(|| acts(&case));
    // What goes on under another number is nobody's to take.
    let whose = (may_act && case.merged_into.is_none()).then(|| view! { <Whose case=case.clone()/> });
    let outage = may_act.then(|| {
        let (summary, outages) = (&case.request.summary, case.outages.clone());
        view! { <OutageOfCase number=summary.number outages may_join=may_join(summary.state)/> }
    });
    let (number, standing) = (case.request.summary.number, case.conversation.clone());
    let (facts, receipts, notes) = (facts(&case), receipts(&case), notes(&case, key));
    let estimate = case
        .request
        .estimate
        .clone()
        .filter(|_| case.request.summary.state.is_open() && case.request.receipts.is_empty())
        .map(|estimate| view! { <EstimateBox estimate to_vendor=true/> });
    view! {
        <Page title lead width=Width::Full>
            {back}
            {taken}
            <div class="case">
                <div class="case-main">
                <div data-live="main">
                    {to_call}
                    {acts}
                    <section class="card" aria-labelledby="case-facts">
                        <h2 id="case-facts">{t!("case-facts")}</h2>
                        {facts}
                    </section>
                    {receipts}
                    {estimate}
                    <section aria-labelledby="timeline">
                        <h2 id="timeline">{t!("requests-timeline")}</h2>
                        <Timeline entries=case.request.timeline/>
                    </section>
                </div>
                <section class="card" aria-labelledby="reply" data-live="reply">
                    <h2 id="reply">{t!("conversation-title")}</h2>
                    <WriteToCustomer number standing key/>
                </section>
                </div>
                <div class="case-aside" data-live="aside">
                    {whose}
                    {outage}
                    {notes}
                    <Mails mails=mails.0/>
                    {(!mails.1.is_empty()).then(|| view! { <MailsThatCame mails=mails.1/> })}
                </div>
            </div>
        </Page>
    }
}

/// Whom to call about what, and the button that says that it is done.
#[component]
fn ToCall(case: Case, key: Uuid) -> impl IntoView {
    let (number, slot) = (case.request.summary.number, case.request.summary.slot);
    let slot = slot.map(|slot| format::slot(Locale::current(), slot)).unwrap_or_default();
    let (contact, phone) = (case.request.contact_name.clone(), case.request.contact_phone.clone());
    view! {
        <section class="card" aria-labelledby="case-call">
            <h2 id="case-call">{t!("case-call", name = contact)}</h2>
            <p>{t!("case-call-why", slot = slot)}</p>
            <p><PhoneLink phone/></p>
            <Form action={Endpoint::of::<api::work::lanes::CustomerCalled>()}>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <div class="actions">
                    <Submit label=t!("case-called")/>
                </div>
            </Form>
        </section>
    }
}

/// The fact that matters now: what it waits for, or where it stands.
pub(super) fn headline(case: &Case) -> String {
    let summary = &case.request.summary;
    match (case.lane, summary.state, summary.slot) {
        (Some(Lane::New), ..) if summary.urgency == Urgency::Urgent => t!("case-new-urgent"),
        (Some(lane), ..) => lane_in_words(lane),
        (None, RequestState::Cancelled, _) if case.merged_into.is_some() => {
            let into = case.merged_into.map(|number| number.to_string()).unwrap_or_default();
            format!("{} {into}", t!("case-merged-into"))
        }
        (None, RequestState::Scheduled, Some(slot)) => {
            capitalized(&format::appointment(Locale::current(), slot, ui::now()))
        }
        (None, RequestState::InProgress, _) => t!("state-in-progress"),
        (None, RequestState::Closed, _) => t!("state-closed"),
        (None, RequestState::Cancelled, _) => t!("state-cancelled"),
        (None, ..) => t!("state-waiting"),
    }
}

/// "Školní jídelna · 2026-000123 · Sklad · Instalace"
pub(super) fn about(case: &Case) -> String {
    let summary = &case.request.summary;
    format!("{} · {} · {} · {}", case.customer_name, summary.number, named(&summary.program), named(&summary.work_type))
}

/// The ways to what the desk can do with it; the first is what it waits for.
pub(super) fn acts(case: &Case) -> impl IntoView + use<> {
    let summary = &case.request.summary;
    let time = if summary.state == RequestState::Scheduled { t!("case-move") } else { t!("case-time") };
    let cancel = if summary.state == RequestState::Scheduled { t!("case-cancel") } else { t!("case-decline") };
    let words = [
        (CaseAct::Time, time),
        (CaseAct::Reassign, t!("case-reassign")),
        (CaseAct::Reclassify, t!("case-reclassify")),
        (CaseAct::FollowUp, t!("case-follow-up")),
        (CaseAct::Merge, t!("case-merge")),
        (CaseAct::Cancel, cancel),
    ];
    let is_objection = case.lane == Some(Lane::Objection);
    let objection = is_objection.then(|| view! { <ButtonLink href=paths::CONTESTS label=t!("case-objection")/> });
    let links = words
        .into_iter()
        .filter(|(act, _)| act.is_possible(summary.state))
        .filter(|(act, _)| *act != CaseAct::FollowUp || case.may_be_followed())
        .map(|(act, label)| {
            let is_first = act == CaseAct::Time && summary.state == RequestState::Waiting;
            let kind = if is_first { ButtonKind::Primary } else { ButtonKind::Secondary };
            view! { <ButtonLink href=paths::desk_act(summary.number, act) label kind/> }
        })
        .collect::<Vec<_>>();
    let bench = (summary.slot.is_some()).then(|| {
        view! { <ButtonLink href=paths::workbench(summary.number) label=t!("case-bench") kind=ButtonKind::Secondary/> }
    });
    let reopen = (summary.state == RequestState::Closed && !case.request.receipts.is_empty()).then(|| {
        let href = paths::reopening(summary.number);
        view! { <ButtonLink href label=t!("work-reopen-link") kind=ButtonKind::Secondary/> }
    });
    view! { <p class="actions">{objection} {links} {bench} {reopen}</p> }
}

/// What the customer said shortly before the agreed time.
fn said(case: &Case) -> Option<impl IntoView + use<>> {
    case.request.said.map(|answer| view! { <br/> {said_in_words(answer)} })
}

pub(super) fn facts(case: &Case) -> impl IntoView + use<> {
    let locale = Locale::current();
    let request = &case.request;
    let summary = &request.summary;
    let slot = summary.slot.map(|slot| {
        let with = case.technician.as_ref().map(|technician| format!(" · {}", technician.name));
        let said = said(case);
        view! { <SummaryRow term=t!("desk-column-time")>{capitalized(&format::slot(locale, slot))} {with} {said}</SummaryRow> }
    });
    let offered = (!case.offered.is_empty()).then(|| {
        let times = case.offered.iter().map(|start| format::on(locale, *start, ui::now())).collect::<Vec<_>>();
        let until = summary.offered_until.map(|until| format::until(locale, until, ui::now())).unwrap_or_default();
        view! {
            <SummaryRow term=t!("case-offered")>
                {times.join(", ")}<br/>{t!("case-offered-until", until = until)}
            </SummaryRow>
        }
    });
    let earlier = request.earlier.map(|earlier| {
        let until = format::until(locale, earlier.until, ui::now());
        let held = earlier.offered.map(|offer| {
            let slot = format::slot(locale, offer.slot);
            view! { <br/> {t!("case-earlier-held", slot = slot)} }
        });
        view! { <SummaryRow term=t!("case-earlier")>{t!("case-earlier-until", until = until)} {held}</SummaryRow> }
    });
    let urgency = match &request.claim {
        Some(claim) => claim_in_words(claim),
        None => t!("urgency-normal"),
    };
    let urgent = (summary.urgency == Urgency::Urgent).then(|| view! { " " <UrgencyBadge urgency=Urgency::Urgent/> });
    let ceiling = request.ceiling_minutes.map(|minutes| {
        view! { <SummaryRow term=t!("requests-ceiling")>{format::minutes(locale, minutes)}</SummaryRow> }
    });
    let related = related(case);
    let by = format::person(locale, &summary.ordered_by);
    let ordered = t!("requests-ordered", name = by, when = format::moment(locale, summary.submitted_at));
    // That its work waits for consent is the headline; whose consent the badge says to customers.
    let state = summary.state;
    let customer = case.may_act.then(|| paths::customer(case.customer));
    let name = case.customer_name.clone();
    let customer = match customer {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let (contact, phone, what) =
        (format::person(locale, &request.contact_name), request.contact_phone.clone(), request.what_happened.clone());
    let source = source_in_words(case.source);
    let version = request.version.clone();
    let version =
        (!version.is_empty()).then(|| view! { <SummaryRow term=t!("programs-version")>{version}</SummaryRow> });
    view! {
        <SummaryList>
            <SummaryRow term=t!("desk-column-customer")>{customer}</SummaryRow>
            <SummaryRow term=t!("order-answer-contact")>
                {contact}<br/>
                <PhoneLink phone/>
            </SummaryRow>
            {version}
            <SummaryRow term=t!("order-answer-what")>{what}</SummaryRow>
            <SummaryRow term=t!("order-answer-urgency")>{urgency} {urgent}</SummaryRow>
            <SummaryRow term=t!("case-state")><Badge state/></SummaryRow>
            {slot}
            {earlier}
            {offered}
            {ceiling}
            <SummaryRow term=t!("requests-ordered-term")>{ordered} " · " {source}</SummaryRow>
            {related}
        </SummaryList>
    }
}

/// The requests with which it has to do: from which it goes on, which go on from it, and with which it was merged.
fn related(case: &Case) -> impl IntoView + use<> {
    let links = |numbers: Vec<RequestNumber>| {
        numbers
            .into_iter()
            .map(|number| view! { <a class="whole" href=paths::desk_request(number)>{number.to_string()}</a> " " })
            .collect::<Vec<_>>()
    };
    let follows =
        case.follows.map(|number| view! { <SummaryRow term=t!("case-follows")>{links(vec![number])}</SummaryRow> });
    let followed_by = case.followed_by.clone();
    let followed = (!followed_by.is_empty())
        .then(|| view! { <SummaryRow term=t!("case-followed-by")>{links(followed_by)}</SummaryRow> });
    let merged = case
        .merged_into
        .map(|number| view! { <SummaryRow term=t!("case-merged-into")>{links(vec![number])}</SummaryRow> });
    let merged_from = case
        .merged_from
        .iter()
        .map(|merged| {
            let (number, what) = (links(vec![merged.number]), merged.what_happened.clone());
            view! { <SummaryRow term=t!("case-merged-from")>{number}<br/>{what}</SummaryRow> }
        })
        .collect::<Vec<_>>();
    view! { {follows} {followed} {merged} {merged_from} }
}

fn source_in_words(source: RequestSource) -> String {
    match source {
        RequestSource::Portal => t!("source-portal"),
        RequestSource::Program => t!("source-program"),
        RequestSource::Email => t!("source-email"),
        RequestSource::Phone => t!("source-phone"),
    }
}

/// What was done, and what it cost.
fn receipts(case: &Case) -> Option<impl IntoView + use<>> {
    let locale = Locale::current();
    let receipts = case
        .request
        .receipts
        .iter()
        .map(|receipt| {
            let title = t!(
                "requests-receipt",
                day = format::date_short(locale, format::local_date(receipt.closed_at)),
                minutes = format::minutes(locale, receipt.billed),
            );
            let feedback = case.feedback.iter().find(|said| said.intervention == receipt.intervention).map(said_of_it);
            view! {
                <li class="card request-receipt">
                    <p class="report">{receipt_words::note(locale, &receipt.report)}</p>
                    <p>
                        <a href=paths::receipt(receipt.intervention)>{title}</a>
                    </p>
                    {feedback}
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!receipts.is_empty()).then(|| {
        view! {
            <section aria-labelledby="receipts">
                <h2 id="receipts">{t!("requests-receipts")}</h2>
                <ul class="request-cards">{receipts}</ul>
            </section>
        }
    })
}

/// What the customer said of it.
fn said_of_it(feedback: &Feedback) -> impl IntoView + use<> {
    let rating = feedback.rating.as_ref().map(|rating| {
        let words = (!rating.words.is_empty()).then(|| view! { <p class="typed">{rating.words.clone()}</p> });
        view! {
            <p>{t!("case-rated", score = rating.score, most = SCORE_MAX)}</p>
            {words}
        }
    });
    let agreed = feedback.agreed_at.map(|at| {
        let at = format::on(Locale::current(), at, ui::now());
        view! { <p>{t!("case-agreed-to", at = at)}</p> }
    });
    view! { {rating} {agreed} }
}

/// Who has it, and until when it rests.
#[component]
fn Whose(case: Case) -> impl IntoView {
    let number = case.request.summary.number;
    let from = case.claimed_by.as_ref().map(|colleague| colleague.id.to_string()).unwrap_or_default();
    let is_mine = case.claimed_by.as_ref().is_some_and(|colleague| colleague.id == case.viewer);
    let who = match &case.claimed_by {
        Some(_) if is_mine => t!("case-mine"),
        Some(colleague) => t!("case-anothers", name = colleague.name.as_str()),
        None => t!("case-nobodys"),
    };
    let (to, label) = match (is_mine, from.is_empty()) {
        (true, _) => (String::new(), t!("case-release")),
        (false, true) => (case.viewer.to_string(), t!("case-take")),
        (false, false) => (case.viewer.to_string(), t!("case-take-over")),
    };
    let colleagues: Vec<_> = case.colleagues.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    let give = (is_mine && !colleagues.is_empty()).then(|| {
        view! {
            <Form action={Endpoint::of::<api::work::lanes::HandOver>()}>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="from" value=case.viewer.to_string()/>
                <SelectField name="to" label=t!("case-colleague") options=colleagues/>
                <Submit label=t!("case-hand-over") kind=ButtonKind::Secondary/>
            </Form>
        }
    });
    let urgency = case.request.summary.urgency;
    let rest = case.lane.map(|lane| view! { <Resting number lane urgency until=case.snoozed_until/> });
    view! {
        <section class="card" aria-labelledby="case-whose">
            <h2 id="case-whose">{t!("queue-column-who")}</h2>
            <p>{who}</p>
            <Form action={Endpoint::of::<api::work::lanes::HandOver>()}>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="from" value=from/>
                <Hidden name="to" value=to/>
                <Submit label kind=ButtonKind::Secondary/>
            </Form>
            {give}
            {rest}
        </section>
    }
}

/// The ways to put it off, or to have it back.
#[component]
fn Resting(
    number: RequestNumber,
    lane: Lane,
    urgency: Urgency,
    #[prop(optional_no_strip)] until: Option<DateTime<Utc>>,
) -> impl IntoView {
    let button = |rest: Rest, label: String| {
        view! { <Submit label kind=ButtonKind::Secondary name="rest" value=rest.code()/> }
    };
    let rests = until.map(|until| {
        view! { <p>{t!("queue-rests", until = format::until(Locale::current(), until, ui::now()))}</p> }
    });
    let buttons: Vec<_> = if rests.is_some() {
        vec![button(Rest::Over, t!("case-rest-over"))]
    } else {
        let words = [
            (Rest::Hour, t!("case-rest-hour")),
            (Rest::NextDay, t!("case-rest-next-day")),
            (Rest::Week, t!("case-rest-week")),
        ];
        let possible = words.into_iter().filter(|(rest, _)| rest.is_possible(lane, urgency));
        possible.map(|(rest, label)| button(rest, label)).collect()
    };
    // An outage never rests.
    let chosen = (until.is_none() && Rest::Hour.is_possible(lane, urgency)).then(|| {
        view! {
            <Form action={Endpoint::of::<api::work::lanes::PutOffUntil>()}>
                <Hidden name="number" value=number.to_string()/>
                <TextField name="rest_until" label=t!("case-rest-until") kind="datetime-local"/>
                <Submit label=t!("case-rest-until-submit") kind=ButtonKind::Secondary/>
            </Form>
        }
    });
    // What cannot rest is not asked when.
    (!buttons.is_empty()).then(|| {
        view! {
            <h3>{t!("case-rest")}</h3>
            {rests}
            <Form action={Endpoint::of::<api::work::lanes::PutOff>()}>
                <Hidden name="number" value=number.to_string()/>
                <div class="case-buttons">{buttons}</div>
            </Form>
            {chosen}
        }
    })
}

/// What staff wrote, whom they tried to reach, and a form for more of it.
fn notes(case: &Case, key: Uuid) -> impl IntoView + use<> {
    let locale = Locale::current();
    let written = case.notes.iter().map(|note| (note.at, note.by.clone(), note.note.clone()));
    let tried = case.attempts.iter().map(|attempt| {
        let channel = channel_in_words(attempt.attempt.channel);
        let words = match attempt.attempt.note.as_str() {
            "" => t!("case-tried", channel = channel),
            note => format!("{}: {note}", t!("case-tried", channel = channel)),
        };
        (attempt.attempt.at, attempt.by.clone(), words)
    });
    let mut entries: Vec<_> = written.chain(tried).collect();
    entries.sort_by_key(|(at, ..)| *at);
    let entries = entries
        .into_iter()
        .map(|(at, by, words)| {
            view! {
                <li>
                    <p class="timeline-what">{words}</p>
                    <p class="timeline-when">
                        <time datetime=at.to_rfc3339()>{format::moment(locale, at)}</time>
                        {format!(" · {by}")}
                    </p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = (!entries.is_empty()).then(|| view! { <ol class="timeline">{entries}</ol> });
    let number = case.request.summary.number;
    let channels = std::iter::once((String::new(), t!("case-note-only")))
        .chain(AttemptChannel::ALL.iter().map(|channel| {
            let words = channel_in_words(*channel);
            (channel.code().to_owned(), t!("case-tried", channel = words))
        }))
        .collect::<Vec<_>>();
    let form = case.may_act.then(|| {
        view! {
            <Form action={Endpoint::of::<api::work::cases::AddNote>()}>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea name="internal_note" label=t!("case-note") hint=t!("case-note-hint") rows=3/>
                <SelectField name="channel" label=t!("case-note-kind") options=channels/>
                <Submit label=t!("case-note-submit") kind=ButtonKind::Secondary/>
            </Form>
        }
    });
    view! {
        <section class="card" aria-labelledby="case-notes">
            <h2 id="case-notes">{t!("case-notes")}</h2>
            {list}
            {form}
        </section>
    }
}

/// What was written to people about it, and what became of that.
#[component]
fn MailsThatCame(mails: Vec<InboundRow>) -> impl IntoView {
    let entries = mails
        .into_iter()
        .map(|mail| {
            let subject = if mail.subject.is_empty() { t!("mail-in-no-subject") } else { mail.subject };
            view! {
                <li>
                    <p class="timeline-what">
                        <a href=paths::inbound_mail(mail.id)>{subject}</a>
                    </p>
                    <p class="timeline-when">
                        {format!("{} · {}", format::moment(Locale::current(), mail.came_at), mail.from_address)}
                    </p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="case-mails-came">
            <h2 id="case-mails-came">{t!("case-mails-came")}</h2>
            <ol class="timeline">{entries}</ol>
        </section>
    }
}

#[component]
fn Mails(mails: Vec<MailRow>) -> impl IntoView {
    let entries = mails
        .into_iter()
        .map(|mail| {
            let error =
                (!mail.last_error.is_empty()).then(|| view! { <span class="table-note">{mail.last_error}</span> });
            let returned = mail.is_returned.then(|| view! { <span class="table-note">{t!("mails-returned")}</span> });
            view! {
                <li>
                    <p class="timeline-what">{mail.subject} " " <MailBadge state=mail.state/> {returned} {error}</p>
                    <p class="timeline-when">
                        {format!("{} · {}", format::moment(Locale::current(), mail.created_at), format::person(Locale::current(), &mail.to))}
                    </p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = if entries.is_empty() {
        view! { <p>{t!("case-mails-none")}</p> }.into_any()
    } else {
        view! { <ol class="timeline">{entries}</ol> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="case-mails">
            <h2 id="case-mails">{t!("case-mails")}</h2>
            {list}
        </section>
    }
}
