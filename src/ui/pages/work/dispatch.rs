//! `/desk/requests/{number}/{act}`: what the desk does with a request in its customer's place.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use uuid::Uuid;

use super::cases::{about, headline};
use crate::{
    api,
    model::{
        base::{numbers::RequestNumber, seen::Seen, terms::Urgency},
        ordering::{
            offers::Offer,
            pages::by_day,
            requests::RequestState,
            slot_offers::{MOST_OFFERED, box_of, start_of},
        },
        paths,
        problem::Problem,
        work::{
            cases::{ActPage as Act, CaseAct, CasePage as Case, OpenRequest},
            lanes::Colleague,
        },
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, EmptyState, Endpoint, Form, Hidden, Notice, NoticeKind, Page, PhoneLink,
            RadioCards, RadioOption, SelectField, Submit, TextArea, TextField, WhenUrgent, Width, loaded,
        },
        format,
        texts::{Locale, named, t},
    },
};

/// How many days of free times are open at first.
const OPEN_DAYS: usize = 3;

/// One thing to be done with a request.
#[component]
pub fn ActPage() -> impl IntoView {
    let (number, act) = (ui::path_value::<RequestNumber>("number"), act_of_address());
    let technician = ui::query_value("technician").unwrap_or_default();
    loaded(
        async move {
            let (number, act) = (number?, act?);
            let page = match api::work::cases::act_page(number, act, technician).await {
                Ok(page) => Ok(page),
                // Links and tabs outlive what they lead to.
                Err(Problem::Conflict) => Err((api::work::cases::case_page(number).await?, act)),
                Err(problem) => return Err(problem),
            };
            Ok((page, api::ordering::requests::form_key().await?))
        },
        |(page, key)| match page {
            Ok(page) => view! { <ActView page key/> }.into_any(),
            Err((case, act)) => view! { <Impossible case act/> }.into_any(),
        },
    )
}

/// Says why something cannot be done with a request, how it stands, and leads back to it.
#[component]
fn Impossible(case: Case, act: CaseAct) -> impl IntoView {
    ui::set_status(Problem::Conflict.status());
    let why = match act {
        CaseAct::Reassign => t!("case-impossible-reassign"),
        CaseAct::Merge => t!("case-impossible-merge"),
        CaseAct::FollowUp if case.is_of_erased() => t!("case-impossible-erased"),
        CaseAct::FollowUp => t!("case-impossible-follow-up"),
        CaseAct::Time | CaseAct::Reclassify | CaseAct::Cancel => t!("case-impossible-begun"),
    };
    let stands = t!("case-impossible-now", state = headline(&case));
    let back = paths::desk_request(case.request.summary.number);
    view! {
        <Page title=t!("case-impossible") lead=about(&case)>
            <p>{why}</p>
            <p>{stands}</p>
            <p class="actions"><ButtonLink href=back label=t!("case-back")/></p>
        </Page>
    }
}

fn act_of_address() -> Result<CaseAct, Problem> {
    let code: String = ui::path_value("act")?;
    CaseAct::from_code(&code).ok_or(Problem::NotFound)
}

#[component]
fn ActView(page: Act, key: Uuid) -> impl IntoView {
    let case = page.case.clone();
    let number = case.request.summary.number;
    let is_agreed = case.request.summary.state == RequestState::Scheduled;
    let title = match page.act {
        CaseAct::Time if is_agreed => t!("case-move"),
        CaseAct::Time => t!("case-time"),
        CaseAct::Reassign => t!("case-reassign"),
        CaseAct::Reclassify => t!("case-reclassify"),
        CaseAct::FollowUp => t!("case-follow-up"),
        CaseAct::Merge => t!("case-merge"),
        CaseAct::Cancel if is_agreed => t!("case-cancel"),
        CaseAct::Cancel => t!("case-decline"),
    };
    let lead = about(&case);
    let back = paths::desk_request(number);
    let form = match page.act {
        CaseAct::Time => view! { <Times page key/> }.into_any(),
        CaseAct::Reassign => view! { <Reassigning case technicians=page.technicians seen=page.seen key/> }.into_any(),
        CaseAct::Reclassify => view! { <Reclassifying page key/> }.into_any(),
        CaseAct::FollowUp => view! { <FollowingUp number key/> }.into_any(),
        CaseAct::Merge => view! { <Merging number others=page.others key/> }.into_any(),
        CaseAct::Cancel => view! { <Cancelling case seen=page.seen key/> }.into_any(),
    };
    view! {
        <Page title lead width=Width::Full>
            <p class="actions"><a href=back>{t!("case-back")}</a></p>
            {form}
        </Page>
    }
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
fn agreed_in_words(case: &Case) -> String {
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
        view! { <p class="field-error" id="starts" tabindex="-1">{text}</p> }
    })
}

/// What whoever comes from the board has chosen there.
#[derive(Debug, Clone, Default)]
struct FromBoard {
    /// The technician whose free times are listed; everybody's.
    technician: Option<String>,
    /// The day that is open.
    day: Option<NaiveDate>,
    /// When the free time begins and ends that was pressed.
    free: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl FromBoard {
    fn of_address() -> Self {
        let instant = |name| ui::query_value(name).and_then(|value: String| start_of(&value));
        Self {
            technician: ui::query_value("technician").filter(|technician| !technician.is_empty()),
            day: ui::query_value("from").and_then(|date| date.parse().ok()),
            free: instant("at").zip(instant("until")),
        }
    }

    /// The first time that begins in what was pressed.
    fn ticked(&self, times: &[Offer]) -> Option<DateTime<Utc>> {
        let (from, until) = self.free?;
        times.iter().map(|offer| offer.slot.start).find(|start| (from..until).contains(start))
    }
}

/// That only one technician's times are listed, and the way to everybody's.
#[component]
fn OnlyOf(board: FromBoard, technicians: Vec<Colleague>, number: RequestNumber) -> impl IntoView {
    let chosen = board.technician.unwrap_or_default();
    technicians.into_iter().find(|one| one.id.to_string() == chosen).map(|Colleague { name, .. }| {
        let day = board.day.map(|day| ("from", day.to_string()));
        let all = ui::with_query(&paths::desk_act(number, CaseAct::Time), &day.into_iter().collect::<Vec<_>>());
        view! { <p>{t!("case-times-of", name = name)} " " <a href=all>{t!("case-times-all")}</a></p> }
    })
}

/// By when an urgent request was promised a time.
#[component]
fn Promised(#[prop(optional_no_strip)] until: Option<DateTime<Utc>>) -> impl IntoView {
    until.map(|until| {
        let until = format::until(Locale::current(), until, ui::now());
        view! {
            <Notice kind=NoticeKind::Soon>
                <p>{t!("case-promised", until = until)}</p>
            </Notice>
        }
    })
}

/// The button that offers what is ticked; a number to call where nobody would get the offer.
#[component]
fn Offering(case: Case, can_be_written_to: bool) -> impl IntoView {
    if can_be_written_to {
        view! {
            <div class="card">
                <p>{t!("case-offer-help", most = MOST_OFFERED)}</p>
                <Submit label=t!("case-offer") name="agree" value="false"/>
            </div>
        }
        .into_any()
    } else {
        let phone = case.request.contact_phone;
        view! {
            <div class="card">
                <p>{t!("case-offer-nobody")}</p>
                <p><PhoneLink phone/></p>
            </div>
        }
        .into_any()
    }
}

/// Free times to tick: some are offered, or one is agreed.
#[component]
fn Times(page: Act, key: Uuid) -> impl IntoView {
    let summary = &page.case.request.summary;
    let number = summary.number;
    let is_agreed = summary.state == RequestState::Scheduled;
    let board = FromBoard::of_address();
    let only = view! { <OnlyOf board=board.clone() technicians=page.technicians.clone() number/> };
    if page.times.is_empty() {
        return view! {
            <EmptyState title=t!("case-no-times")>
                <p>{t!("case-no-times-help")}</p>
                {only}
            </EmptyState>
        }
        .into_any();
    }
    let (ticked, promised) = (board.ticked(&page.times), page.promised);
    let days = by_day(&page.times)
        .into_iter()
        .enumerate()
        .map(|(index, day)| {
            let open = board.day.map_or(index < OPEN_DAYS, |chosen| chosen == day.date);
            view! { <DayTimes date=day.date offers=day.offers open ticked promised/> }
        })
        .collect::<Vec<_>>();
    let now = agreed_in_words(&page.case);
    let problem = ui::forms::problem_beside("starts", &now);
    let is_now = is_agreed.then(|| view! { <p>{t!("case-time-now", time = now)}</p> });
    let has_problem = problem.is_some();
    let people = std::iter::once((String::new(), t!("case-anybody"))).chain(options(&page.technicians)).collect();
    let offer = (!is_agreed).then(|| {
        view! { <Offering case=page.case.clone() can_be_written_to=page.can_be_written_to/> }
    });
    // What was just agreed on the telephone needs no explanation.
    let reason = is_agreed.then(|| view! { <Reason hint=t!("case-reason-customer")/> });
    let agree = if is_agreed { t!("case-move-to") } else { t!("case-agree") };
    let kind = if is_agreed { ButtonKind::Primary } else { ButtonKind::Secondary };
    view! {
        <Form action={Endpoint::of::<api::work::dispatch::SetTime>()} class="case" seen=page.seen>
            <div class="case-main">
                {is_now}
                <Promised until=promised/>
                {only}
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <fieldset class="field choice" class:field-invalid=has_problem id="starts" tabindex="-1">
                    <legend>{t!("case-times")}</legend>
                    {problem.map(|text| view! { <p class="field-error" id="starts-error">{text}</p> })}
                    {days}
                </fieldset>
            </div>
            <div class="case-aside">
                {offer}
                <div class="card">
                    <p>{t!("case-agree-help")}</p>
                    <SelectField
                        name="technician"
                        label=t!("desk-column-technician")
                        options=people
                        selected=board.technician.unwrap_or_default()
                    />
                    {reason}
                    <Submit label=agree kind name="agree" value="true"/>
                </div>
            </div>
        </Form>
    }
    .into_any()
}

fn options(people: &[Colleague]) -> Vec<(String, String)> {
    people.iter().map(|one| (one.id.to_string(), one.name.clone())).collect()
}

/// The free times of a day, each to be ticked.
#[component]
fn DayTimes(
    date: NaiveDate,
    offers: Vec<Offer>,
    open: bool,
    /// The one that is ticked at first.
    #[prop(optional_no_strip)]
    ticked: Option<DateTime<Utc>>,
    /// By when a time was promised: what begins later says so.
    #[prop(optional_no_strip)]
    promised: Option<DateTime<Utc>>,
) -> impl IntoView {
    let locale = Locale::current();
    let count = offers.len();
    let id = format!("day-{date}");
    let is_ticked = |offer: &Offer| ui::forms::field_checked(&field(offer), ticked == Some(offer.slot.start));
    let has_ticked = offers.iter().any(is_ticked);
    let times = offers
        .iter()
        .map(|offer| {
            let name = field(offer);
            let checked = is_ticked(offer);
            let is_late = promised.is_some_and(|promised| promised < offer.slot.start);
            let late = is_late.then(|| format!(" · {}", t!("case-time-late")));
            view! {
                <li>
                    <input type="checkbox" id=name.clone() name=name.clone() value="true" checked=checked/>
                    <label for=name>{format::time_of(locale, offer.slot.start)} {late}</label>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="day">
            <h2 class="day-name" id=id.clone()>
                {format::date_day(locale, date)}
                <span class="day-count">" "{t!("slots-count", count = count)}</span>
            </h2>
            <details open=open || has_ticked>
                <summary aria-labelledby=id></summary>
                <ul class="tick-list">{times}</ul>
            </details>
        </section>
    }
}

/// The field of a free time.
fn field(offer: &Offer) -> String {
    format!("starts[{}]", box_of(offer.slot.start))
}

#[component]
fn Reassigning(case: Case, technicians: Vec<Colleague>, seen: Seen, key: Uuid) -> impl IntoView {
    let agreed = agreed_in_words(&case);
    if technicians.is_empty() {
        return view! {
            <EmptyState title=t!("case-nobody-free")>
                <p>{t!("case-nobody-free-help")}</p>
            </EmptyState>
        }
        .into_any();
    }
    let summary = case.request.summary;
    let slot = summary.slot.map(|slot| format::slot(Locale::current(), slot)).unwrap_or_default();
    let now_with = case.technician.map(|technician| technician.name).unwrap_or_default();
    view! {
        <Form action={Endpoint::of::<api::work::dispatch::Reassign>()} seen>
            <Hidden name="number" value=summary.number.to_string()/>
            <Hidden name="key" value=key.to_string()/>
            <ChangedTime now=agreed/>
            <p>{t!("case-reassign-lead", slot = slot, name = now_with)}</p>
            <SelectField name="technician" label=t!("case-reassign-to") options=options(&technicians)/>
            <Reason hint=t!("case-reason-colleagues")/>
            <Submit label=t!("case-reassign-submit")/>
        </Form>
    }
    .into_any()
}

#[component]
fn Reclassifying(page: Act, key: Uuid) -> impl IntoView {
    let request = page.case.request;
    let urgency = |urgency: Urgency, label: String| RadioOption {
        value: urgency.code().to_owned(),
        label,
        ..RadioOption::default()
    };
    let urgencies =
        vec![urgency(Urgency::Normal, t!("urgency-normal")), urgency(Urgency::Urgent, t!("urgency-urgent"))];
    let work_types = page.work_types.iter().map(|work| (work.id.to_string(), named(&work.name))).collect();
    let claim = request.claim.clone().unwrap_or_default();
    view! {
        <Form action={Endpoint::of::<api::work::dispatch::Reclassify>()}>
            <Hidden name="number" value=request.summary.number.to_string()/>
            <Hidden name="key" value=key.to_string()/>
            <SelectField
                name="work_type"
                label=t!("order-answer-work-type")
                options=work_types
                selected=page.work_type.to_string()
            />
            <RadioCards
                name="urgency"
                legend=t!("order-answer-urgency")
                options=urgencies
                selected=request.summary.urgency.code()
            />
            <WhenUrgent>
                <TextArea name="what_stopped" label=t!("case-what-stopped") value=claim.what_stopped rows=2/>
                <TextField name="since" label=t!("case-since") value=claim.since/>
            </WhenUrgent>
            <Reason hint=t!("case-reason-customer")/>
            <Submit label=t!("case-reclassify-submit")/>
        </Form>
    }
}

#[component]
fn FollowingUp(number: RequestNumber, key: Uuid) -> impl IntoView {
    view! {
        <Form action={Endpoint::of::<api::work::dispatch::FollowUp>()}>
            <Hidden name="number" value=number.to_string()/>
            <Hidden name="key" value=key.to_string()/>
            <p>{t!("case-follow-up-lead")}</p>
            <TextArea name="what_happened" label=t!("case-follow-up-what")/>
            <Submit label=t!("case-follow-up-submit")/>
        </Form>
    }
}

/// The customer's other open requests, of which one goes on.
#[component]
fn Merging(number: RequestNumber, others: Vec<OpenRequest>, key: Uuid) -> impl IntoView {
    if others.is_empty() {
        return view! {
            <EmptyState title=t!("case-merge-none")>
                <p>{t!("case-merge-none-help")}</p>
            </EmptyState>
        }
        .into_any();
    }
    let options = others
        .into_iter()
        .map(|other| {
            let when = other.start.map(|start| format::on(Locale::current(), start, ui::now()));
            RadioOption {
                value: other.number.to_string(),
                label: format!("{} · {} · {}", other.number, named(&other.program), named(&other.work_type)),
                note: when,
                meta: (other.urgency == Urgency::Urgent).then(|| t!("urgency-urgent")),
            }
        })
        .collect();
    view! {
        <Form action={Endpoint::of::<api::work::merging::MergeRequests>()}>
            <Hidden name="number" value=number.to_string()/>
            <Hidden name="key" value=key.to_string()/>
            <p>{t!("case-merge-lead")}</p>
            <RadioCards name="into" legend=t!("case-merge-into") options/>
            <Submit label=t!("case-merge-submit") kind=ButtonKind::Danger/>
        </Form>
    }
    .into_any()
}

#[component]
fn Cancelling(case: Case, seen: Seen, key: Uuid) -> impl IntoView {
    let agreed = agreed_in_words(&case);
    let summary = case.request.summary;
    let (lead, label) = match summary.slot.filter(|_| summary.state == RequestState::Scheduled) {
        Some(slot) => (t!("case-cancel-lead", slot = format::slot(Locale::current(), slot)), t!("case-cancel-submit")),
        None => (t!("case-decline-lead"), t!("case-decline-submit")),
    };
    view! {
        <Form action={Endpoint::of::<api::work::dispatch::CancelForCustomer>()} seen>
            <Hidden name="number" value=summary.number.to_string()/>
            <Hidden name="key" value=key.to_string()/>
            <ChangedTime now=agreed/>
            <p>{lead}</p>
            <Reason hint=t!("case-reason-customer")/>
            <Submit label kind=ButtonKind::Danger/>
        </Form>
    }
}
