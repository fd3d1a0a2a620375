//! `/desk/requests/{number}/{act}`: what the desk does with a request in its customer's place.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    cases::{about, headline},
    consequences::{Confirming, act_in_words, agreed_in_words},
};
use crate::{
    api,
    model::{
        base::{numbers::RequestNumber, terms::Urgency},
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
            chosen::{Choice, OfferedStarts},
            consequences::PreviewPage as Preview,
            lanes::Colleague,
        },
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, EmptyState, Endpoint, Form, Hidden, Notice, NoticeKind, Page, PhoneLink,
            RadioCards, RadioOption, SelectField, Submit, TextArea, Width, error_text, loaded,
        },
        format,
        texts::{Locale, named, t},
    },
};

/// How many days of free times are open at first.
const OPEN_DAYS: usize = 3;

/// One thing to be done with a request: it is chosen, and then confirmed by whoever has seen what it means.
#[component]
pub fn ActPage() -> impl IntoView {
    let (number, act) = (ui::path_value::<RequestNumber>("number"), act_of_address());
    let technician = ui::query_value("technician").unwrap_or_default();
    let choice = choice_of_address();
    loaded(
        async move {
            let (number, act) = (number?, act?);
            let page = match choice.of(act) {
                Some(_) => {
                    let Choice { offer, start, technician, work_type, urgency, into } = choice;
                    let preview = api::work::consequences::preview_page(
                        number, act, start, technician, work_type, urgency, into, offer,
                    );
                    preview.await.map(Shown::Confirming)
                }
                None => api::work::cases::act_page(number, act, technician).await.map(Shown::Choosing),
            };
            let page = match page {
                // Links and tabs outlive what they lead to.
                Err(Problem::Conflict) => Shown::Impossible(api::work::cases::case_page(number).await?, act),
                page => page?,
            };
            Ok::<_, Problem>((page, api::ordering::requests::form_key().await?))
        },
        |(page, key)| match page {
            Shown::Choosing(page) => view! { <ActView page key/> }.into_any(),
            Shown::Confirming(page) => view! { <Confirming page key/> }.into_any(),
            Shown::Impossible(case, act) => view! { <Impossible case act/> }.into_any(),
        },
    )
}

/// What the page is about.
enum Shown {
    /// Something is to be chosen.
    Choosing(Act),
    /// What was chosen is to be confirmed.
    Confirming(Preview),
    /// It cannot be done any more.
    Impossible(Case, CaseAct),
}

/// What the address says that was chosen.
fn choice_of_address() -> Choice {
    Choice {
        offer: ui::query_value("offer").and_then(|offer| OfferedStarts::try_from(offer).ok()),
        start: ui::query_value("start").and_then(|start| start_of(&start)),
        technician: ui::query_value("technician").and_then(|technician| technician.parse().ok()),
        work_type: ui::query_value("work_type").and_then(|work_type| work_type.parse().ok()),
        urgency: ui::query_value("urgency").and_then(|urgency| Urgency::from_code(&urgency)),
        into: ui::query_value("into").and_then(|into| into.parse().ok()),
    }
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
    let (title, lead) = (act_in_words(page.act, &case), about(&case));
    let back = paths::desk_request(number);
    let form = match page.act {
        CaseAct::Time => view! { <Times page key/> }.into_any(),
        CaseAct::Reassign => view! { <Reassigning case technicians=page.technicians/> }.into_any(),
        CaseAct::Reclassify => view! { <Reclassifying page/> }.into_any(),
        CaseAct::FollowUp => view! { <FollowingUp number key/> }.into_any(),
        CaseAct::Merge => view! { <Merging others=page.others/> }.into_any(),
        // There is nothing to choose: the page confirms it.
        CaseAct::Cancel => ().into_any(),
    };
    view! {
        <Page title lead width=Width::Full>
            <p class="actions"><a href=back>{t!("case-back")}</a></p>
            {form}
        </Page>
    }
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
    let agree = if is_agreed { t!("case-move-choose") } else { t!("case-agree-choose") };
    let kind = if is_agreed { ButtonKind::Primary } else { ButtonKind::Secondary };
    view! {
        <Form action={Endpoint::of::<api::work::dispatch::SetTime>()} class="case">
            <div class="case-main">
                {is_now}
                <Promised until=promised/>
                {only}
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <fieldset class="field choice" class:field-invalid=has_problem id="starts" tabindex="-1">
                    <legend>{t!("case-times")}</legend>
                    {problem.map(|text| error_text(Some("starts-error".into()), text))}
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
fn Reassigning(case: Case, technicians: Vec<Colleague>) -> impl IntoView {
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
        <form method="get" class="form">
            <p>{t!("case-reassign-lead", slot = slot, name = now_with)}</p>
            <SelectField name="technician" label=t!("case-reassign-to") options=options(&technicians)/>
            <Submit label=t!("means-look")/>
        </form>
    }
    .into_any()
}

#[component]
fn Reclassifying(page: Act) -> impl IntoView {
    let request = page.case.request;
    let urgency = |urgency: Urgency, label: String| RadioOption {
        value: urgency.code().to_owned(),
        label,
        ..RadioOption::default()
    };
    let urgencies =
        vec![urgency(Urgency::Normal, t!("urgency-normal")), urgency(Urgency::Urgent, t!("urgency-urgent"))];
    let work_types = page.work_types.iter().map(|work| (work.id.to_string(), named(&work.name))).collect();
    view! {
        <form method="get" class="form">
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
            <Submit label=t!("means-look")/>
        </form>
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
fn Merging(others: Vec<OpenRequest>) -> impl IntoView {
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
        <form method="get" class="form">
            <p>{t!("case-merge-lead")}</p>
            <RadioCards name="into" legend=t!("case-merge-into") options/>
            <Submit label=t!("means-look")/>
        </form>
    }
    .into_any()
}
