//! The page on which an act of the desk is confirmed: what it means stands above the button that does it.

use leptos::prelude::*;
use uuid::Uuid;

use super::cases::about;
use crate::{
    api,
    model::{
        base::terms::Urgency,
        ordering::{offers::SlotRefused, requests::RequestState, slot_offers::box_of},
        paths,
        problem::Problem,
        work::{
            cases::{CaseAct, CasePage as Case},
            chosen::ChosenAct,
            consequences::{
                Agreed, Beside, Consequences, Delay, EventChange, InTheWay, MEANS, Outcome, PreviewPage as Preview,
                Refusal, Target,
            },
        },
    },
    ui::{
        self,
        components::{
            ButtonKind, Endpoint, Form, Hidden, MailToCome, Notice, NoticeKind, Page, PhoneLink, Submit, SummaryList,
            SummaryRow, TextArea, TextField, Width, error_text,
        },
        format,
        pages::words::capitalized,
        problem_text,
        texts::{Locale, named, t},
    },
};

/// How many other requests are shown of a customer who has many.
const BESIDE: usize = 4;

/// What was chosen, what it means or what is in its way, and the button.
#[component]
pub(super) fn Confirming(page: Preview, key: Uuid) -> impl IntoView {
    let Preview { case, chosen, outcome, seen } = page;
    let back = ways_back(&case, chosen.act());
    let (title, lead) = (act_in_words(chosen.act(), &case), about(&case));
    let rest = match outcome {
        Outcome::Possible(consequences) => {
            let phone = case.request.contact_phone.clone();
            let (number, agreed) = (case.request.summary.number, agreed_in_words(&case));
            let fields = fields(&case, chosen, reader_in_words(chosen, &consequences));
            view! {
                <div class="case">
                    <div class="case-main">
                        <Means consequences=*consequences phone/>
                    </div>
                    <div class="case-aside">
                        <div class="card">
                            <Form action=endpoint(chosen) seen>
                                <Hidden name="number" value=number.to_string()/>
                                <Hidden name="key" value=key.to_string()/>
                                <ChangedTime now=agreed/>
                                {fields}
                            </Form>
                        </div>
                    </div>
                </div>
            }
            .into_any()
        }
        Outcome::Refused { why, in_the_way } => view! { <Refused why in_the_way/> }.into_any(),
    };
    view! {
        <Page title lead width=Width::Full>
            {back}
            {rest}
        </Page>
    }
}

/// What is done, as a headline.
pub(super) fn act_in_words(act: CaseAct, case: &Case) -> String {
    let is_agreed = case.request.summary.state == RequestState::Scheduled;
    match act {
        CaseAct::Time if is_agreed => t!("case-move"),
        CaseAct::Time => t!("case-time"),
        CaseAct::Reassign => t!("case-reassign"),
        CaseAct::Reclassify => t!("case-reclassify"),
        CaseAct::FollowUp => t!("case-follow-up"),
        CaseAct::Merge => t!("case-merge"),
        CaseAct::Cancel if is_agreed => t!("case-cancel"),
        CaseAct::Cancel => t!("case-decline"),
    }
}

/// The ways back to the request, and to what else could have been chosen.
fn ways_back(case: &Case, act: CaseAct) -> impl IntoView + use<> {
    let number = case.request.summary.number;
    let again =
        (act != CaseAct::Cancel).then(|| view! { <a href=paths::desk_act(number, act)>{t!("means-choose-again")}</a> });
    view! { <p class="actions"><a href=paths::desk_request(number)>{t!("case-back")}</a> {again}</p> }
}

/// What has to be said whenever the desk acts in a customer's place.
#[component]
fn Reason(
    /// Who reads it.
    hint: String,
) -> impl IntoView {
    view! { <TextArea name="reason" label=t!("case-reason") hint rows=2/> }
}

/// The time that is agreed, in words, with whom; empty when none is.
pub(super) fn agreed_in_words(case: &Case) -> String {
    let summary = &case.request.summary;
    let slot = summary.slot.filter(|_| summary.state == RequestState::Scheduled);
    let when = slot.map(|slot| format::slot(Locale::current(), slot));
    let who = case.technician.as_ref().filter(|_| slot.is_some()).map(|technician| technician.name.clone());
    when.into_iter().chain(who).collect::<Vec<_>>().join(" · ")
}

/// That a colleague has changed the agreed time since the form was opened, and to what.
#[component]
fn ChangedTime(now: String) -> impl IntoView {
    ui::forms::problem_beside("starts", &now).map(|text| {
        view! {
            <div id="starts" tabindex="-1">
                {error_text(None, text)}
            </div>
        }
    })
}

fn endpoint(chosen: ChosenAct) -> Endpoint {
    match chosen {
        ChosenAct::Offer { .. } | ChosenAct::Time { .. } => Endpoint::of::<api::work::dispatch::SetTime>(),
        ChosenAct::Reassign { .. } => Endpoint::of::<api::work::dispatch::Reassign>(),
        ChosenAct::Reclassify { .. } => Endpoint::of::<api::work::dispatch::Reclassify>(),
        ChosenAct::Merge { .. } => Endpoint::of::<api::work::merging::MergeRequests>(),
        ChosenAct::Cancel => Endpoint::of::<api::work::dispatch::CancelForCustomer>(),
    }
}

/// Who reads the reason: nobody of the customer in a mail where nobody there gets one.
fn reader_in_words(chosen: ChosenAct, consequences: &Consequences) -> String {
    if !chosen.tells_customer() {
        t!("case-reason-colleagues")
    } else if consequences.is_to_be_called {
        t!("case-reason-called")
    } else {
        t!("case-reason-customer")
    }
}

/// What was chosen, unseen; what is still to be said; and the button.
///
/// * `reader` – who reads why
fn fields(case: &Case, chosen: ChosenAct, reader: String) -> AnyView {
    let is_agreed = case.request.summary.state == RequestState::Scheduled;
    match chosen {
        ChosenAct::Offer { starts } => {
            let starts = starts.instants().map(|start| {
                view! { <Hidden name=format!("starts[{}]", box_of(start)) value="true"/> }
            });
            view! {
                {starts.collect::<Vec<_>>()}
                <Submit label=t!("case-offer") name="agree" value="false"/>
            }
            .into_any()
        }
        ChosenAct::Time { start, technician } => {
            // What was just agreed on the telephone needs no explanation.
            let reason = is_agreed.then(|| view! { <Reason hint=reader/> });
            let label = if is_agreed { t!("case-move-to") } else { t!("case-agree") };
            let technician = technician.map(|technician| technician.to_string()).unwrap_or_default();
            view! {
                <Hidden name=format!("starts[{}]", box_of(start)) value="true"/>
                <Hidden name="technician" value=technician/>
                {reason}
                <Submit label name="agree" value="true"/>
            }
            .into_any()
        }
        ChosenAct::Reassign { technician } => view! {
            <Hidden name="technician" value=technician.to_string()/>
            <Reason hint=reader/>
            <Submit label=t!("case-reassign-submit")/>
        }
        .into_any(),
        ChosenAct::Reclassify { work_type, urgency } => {
            let claim = case.request.claim.clone().unwrap_or_default();
            let claim = (urgency == Urgency::Urgent).then(|| {
                view! {
                    <TextArea name="what_stopped" label=t!("case-what-stopped") value=claim.what_stopped rows=2/>
                    <TextField name="since" label=t!("case-since") value=claim.since/>
                }
            });
            view! {
                <Hidden name="work_type" value=work_type.to_string()/>
                <Hidden name="urgency" value=urgency.code()/>
                {claim}
                <Reason hint=reader/>
                <Submit label=t!("case-reclassify-submit")/>
            }
            .into_any()
        }
        ChosenAct::Merge { into } => view! {
            <Hidden name="into" value=into.to_string()/>
            <p>{t!("case-merge-goes-on", number = into.to_string())}</p>
            <Submit label=t!("case-merge-submit") kind=ButtonKind::Danger/>
        }
        .into_any(),
        ChosenAct::Cancel => {
            let label = if is_agreed { t!("case-cancel-submit") } else { t!("case-decline-submit") };
            view! {
                <Reason hint=reader/>
                <Submit label kind=ButtonKind::Danger/>
            }
            .into_any()
        }
    }
}

/// Why it cannot be done, and what is in the way.
#[component]
pub(crate) fn Refused(why: Refusal, in_the_way: Vec<InTheWay>) -> impl IntoView {
    let title = match why {
        Refusal::ChangesNothing => t!("means-changes-nothing"),
        Refusal::NobodyIsReached => t!("field-starts-nobody"),
        Refusal::CannotGoOn { is_urgent: true } => t!("field-into-urgent"),
        Refusal::CannotGoOn { is_urgent: false } => t!("field-into"),
        // What is in the way was there before: nobody has been faster.
        Refusal::Slot(SlotRefused::Taken) if !in_the_way.is_empty() => t!("means-impossible"),
        Refusal::Slot(refused) => problem_text::words(&Problem::from(refused)).title,
        Refusal::Urgency(refused) => problem_text::words_for_form(&Problem::from(refused)).title,
    };
    let in_the_way = in_the_way.into_iter().map(|one| view! { <li>{obstacle(one)}</li> }).collect::<Vec<_>>();
    let list = (!in_the_way.is_empty()).then(|| view! { <ul class="plain-list">{in_the_way}</ul> });
    view! {
        <Notice kind=NoticeKind::Problem title>
            <p>{t!("means-refused")}</p>
            {list}
        </Notice>
    }
}

fn obstacle(one: InTheWay) -> AnyView {
    match one {
        InTheWay::Taken(taken) => {
            let slot = format::time_range(Locale::current(), taken.slot);
            let what = t!("means-in-the-way", slot = slot, customer = taken.customer.as_str());
            let number = taken.number.map(|number| {
                view! { " · " <a class="whole" href=paths::desk_request(number)>{number.to_string()}</a> }
            });
            view! { {what} {number} }.into_any()
        }
        InTheWay::Absent => t!("means-absent").into_any(),
        InTheWay::NotPlanned => t!("means-not-planned").into_any(),
        InTheWay::Unskilled => t!("means-unskilled").into_any(),
    }
}

/// What an act means, fact by fact, and the mails that it writes.
#[component]
pub(crate) fn Means(
    consequences: Consequences,
    /// Whom to call, where no mail reaches anybody.
    phone: String,
) -> impl IntoView {
    let locale = Locale::current();
    let times = times(consequences.before.as_ref(), consequences.after.as_ref());
    let event = consequences
        .event
        .map(|event| view! { <SummaryRow term=t!("means-event")>{event_in_words(event)}</SummaryRow> });
    let target = consequences.target.map(|target| view! { <TargetRow target/> });
    let delays = (!consequences.delays.is_empty()).then(|| {
        let delays = consequences.delays.iter().map(delay_in_words).collect::<Vec<_>>();
        view! { <SummaryRow term=t!("means-delays")><ul class="plain-list">{delays}</ul></SummaryRow> }
    });
    let beside = beside_row(&consequences.beside);
    let estimate = consequences.estimate.as_ref().map(|estimate| {
        let minutes = format::minute_range(locale, estimate.minutes);
        let price = estimate.remainder_price.map(|price| {
            format!(" · {}", t!("estimate-price", price = format::money_range(locale, price.from, price.to)))
        });
        view! { <SummaryRow term=t!("estimate-title")>{minutes} {price}</SummaryRow> }
    });
    let ceiling = consequences.ceiling.map(|minutes| {
        view! { <SummaryRow term=t!("requests-ceiling")>{format::minutes(locale, minutes)}</SummaryRow> }
    });
    let to_call = consequences.is_to_be_called.then(|| {
        view! {
            <Notice kind=NoticeKind::Soon title=t!("means-to-call")>
                <p><PhoneLink phone/></p>
            </Notice>
        }
    });
    let nothing = consequences.mails.is_empty().then(|| view! { <p>{t!("means-no-mails")}</p> });
    let mails = consequences.mails.into_iter().map(|mail| view! { <MailToCome mail/> }).collect::<Vec<_>>();
    let changed = ui::forms::problem_beside(MEANS, "").map(|_| error_text(None, t!("means-changed")));
    view! {
        <section class="card" id=MEANS tabindex="-1" aria-labelledby="means-title">
            <h2 id="means-title">{t!("means-title")}</h2>
            {changed}
            <SummaryList>{times} {target} {delays} {event} {estimate} {ceiling} {beside}</SummaryList>
        </section>
        <section aria-labelledby="means-mails">
            <h2 id="means-mails">{t!("means-mails")}</h2>
            {to_call}
            {nothing}
            {mails}
        </section>
    }
}

fn in_words(agreed: &Agreed) -> String {
    format!("{} · {}", capitalized(&format::slot(Locale::current(), agreed.slot)), agreed.technician.name)
}

/// The time that is, and the one that will be.
fn times(before: Option<&Agreed>, after: Option<&Agreed>) -> impl IntoView + use<> {
    let is_same = before == after;
    let before = before.map(|agreed| {
        let (term, words) = (if is_same { t!("means-stays") } else { t!("means-now") }, in_words(agreed));
        view! { <SummaryRow term>{words}</SummaryRow> }
    });
    let after = after.filter(|_| !is_same).map(|agreed| {
        let words = in_words(agreed);
        view! { <SummaryRow term=t!("means-then")><strong>{words}</strong></SummaryRow> }
    });
    view! { {before} {after} }
}

#[component]
fn TargetRow(target: Target) -> impl IntoView {
    let until = |at| format::until(Locale::current(), at, ui::now());
    let (is_broken, words) = match target {
        Target::Kept { until: at, spare } => (false, t!("means-kept", until = until(at), minutes = spare)),
        Target::Broken { until: at, by } => (true, t!("means-broken", until = until(at), minutes = by)),
    };
    view! { <SummaryRow term=t!("means-target")><span class:queue-late=is_broken>{words}</span></SummaryRow> }
}

fn event_in_words(event: EventChange) -> String {
    match event {
        EventChange::New { sequence } => t!("means-event-new", sequence = sequence),
        EventChange::Changed { from, to } => t!("means-event-changed", from = from, to = to),
        EventChange::CalledOff { sequence } => t!("means-event-off", sequence = sequence),
        EventChange::Same => t!("means-event-same"),
    }
}

/// "Radek, 10:00–11:00 Škola: o 20 min později"
fn delay_in_words(delay: &Delay) -> impl IntoView + use<> {
    let what = match (delay.before, delay.after) {
        (0, after) => t!("means-late", minutes = after),
        (before, 0) => t!("means-late-no-more", minutes = before),
        (before, after) if before == after => t!("means-late-anyway", minutes = after),
        (before, after) => t!("means-late-otherwise", minutes = after, before = before),
    };
    let slot = format::time_range(Locale::current(), delay.slot);
    let who = format!("{}, {slot} {}: {what}", delay.technician, delay.customer);
    let is_late = delay.after > 0;
    view! { <li class:queue-late=is_late>{who}</li> }
}

/// The customer's other open requests: those that are at the same time, and the first of the others.
fn beside_row(beside: &[Beside]) -> Option<impl IntoView + use<>> {
    let (at_once, others): (Vec<_>, Vec<_>) = beside.iter().partition(|beside| beside.is_at_once);
    let rest = others.len().saturating_sub(BESIDE);
    let shown = at_once.into_iter().chain(others.into_iter().take(BESIDE)).map(beside_in_words).collect::<Vec<_>>();
    let more = (rest > 0).then(|| view! { <li>{t!("means-beside-more", count = rest)}</li> });
    (!shown.is_empty()).then(|| {
        view! { <SummaryRow term=t!("means-beside")><ul class="plain-list">{shown} {more}</ul></SummaryRow> }
    })
}

fn beside_in_words(beside: &Beside) -> impl IntoView + use<> {
    let Beside { request, is_at_once } = beside;
    let number = request.number;
    let what = format!(" · {} · {}", named(&request.program), named(&request.work_type));
    let when = match request.start {
        Some(start) => format!(" · {}", format::on(Locale::current(), start, ui::now())),
        None => String::new(),
    };
    let at_once = is_at_once.then(|| view! { <strong class="queue-late">" · " {t!("means-at-once")}</strong> });
    view! { <li><a class="whole" href=paths::desk_request(number)>{number.to_string()}</a> {what} {when} {at_once}</li> }
}
