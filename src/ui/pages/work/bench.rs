//! `/work/{number}`: the workbench. Its headline is where the clock stands; there is one primary action at a time: start,
//! stop, close.

use leptos::prelude::*;

use super::{
    attempts::Attempts,
    background::{Computers, Earlier, Next, Promised},
    clock::ClockPanel,
    closing::Closing,
    consent::{self, Heard},
    evidence::Evidence,
    keys::Keys,
    minutes::Minutes,
    remote_sessions::GivenSession,
    reopening::Reopened,
    segments::Segments,
    stage::{self, Stage},
    words::{brief, said_in_words},
};
use crate::{
    api,
    model::{
        base::{numbers::RequestNumber, terms::Urgency},
        ordering::{appointments::AppointmentState, live::LiveView},
        paths,
        problem::Problem,
        work::{background::Background, pages::WorkPage as Bench, readiness::ReadyAnswer},
    },
    ui::{
        self,
        components::{
            AppointmentBadge, ButtonKind, ButtonLink, Notice, NoticeKind, Page, PhoneLink, SummaryList, SummaryRow,
            TypedInVain, UrgencyBadge, Width, loaded,
        },
        format, forms,
        islands::Live,
        pages::{
            ordering::conversations::AtBench,
            words::{capitalized, claim_in_words},
        },
        texts::{Locale, named, t},
    },
};

/// What is typed for work that may be closed by then.
const REPORT: &[&str] = &["report"];

/// The workbench of one request.
#[component]
pub fn WorkPage() -> impl IntoView {
    let number = ui::path_value("number");
    loaded(load(number), move |(bench, keys)| {
        let on = LiveView::Bench(bench.appointment.number);
        view! {
            <Workbench bench keys/>
            <Live on/>
        }
    })
}

async fn load(number: Result<RequestNumber, Problem>) -> Result<(Bench, Keys), Problem> {
    let bench = api::work::bench::work_page(number?).await?;
    let key = api::ordering::requests::form_key;
    Ok((
        bench,
        Keys {
            clock: key().await?,
            attempt: key().await?,
            missed: key().await?,
            close: key().await?,
            message: key().await?,
            fill: key().await?,
        },
    ))
}

/// All that is needed for the work, and the clock in the middle of it.
#[component]
pub fn Workbench(bench: Bench, keys: Keys) -> impl IntoView {
    let stage = Stage::of(&bench);
    let appointment = &bench.appointment;
    let version = (!bench.version.is_empty()).then(|| t!("program-version", version = bench.version.as_str()));
    let what = [Some(named(&appointment.program)), version, Some(named(&appointment.work_type))];
    let what = what.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let lead = format!("{} · {what}", appointment.customer);
    let notices = notices(&bench, stage);
    let urgent = (appointment.urgency == Urgency::Urgent).then(|| view! { <UrgencyBadge urgency=Urgency::Urgent/> });
    let is_missed = appointment.state == AppointmentState::MissedByUs;
    let when = (is_missed || stage != Stage::Ahead).then(|| capitalized(&brief(appointment.slot)));
    // The work was done, and only its time was given up.
    let state = if bench.is_closed_ahead { AppointmentState::Done } else { appointment.state };
    let number = appointment.number;
    let facts = view! {
        <p class="bench-facts">
            <AppointmentBadge state=state/>
            {urgent}
            {when.map(|when| view! { <span>{when}</span> })}
            <span class="whole">{appointment.number.to_string()}</span>
        </p>
    };
    let may_work = bench.may_work && stage != Stage::Over;
    let may_correct = bench.may_correct && stage != Stage::Over;
    // Also where it came back because the clock was started elsewhere meanwhile: what was typed is not lost.
    let came_back = stage == Stage::Running && !forms::field_value("report", "").is_empty();
    // What a forgotten clock has counted is not closed before its true end is given.
    let runs = stage == Stage::Running && bench.forgotten.is_none();
    let closing = (may_work && (stage == Stage::Paused || runs || came_back))
        .then(|| view! { <Closing bench=bench.clone() key=keys.close/> });
    let in_vain = (stage == Stage::Over).then(|| view! { <TypedInVain fields=REPORT/> });
    let next = bench.background.next.clone().map(|next| view! { <Next next now=bench.now/> });
    let earlier = view! { <Earlier earlier=bench.background.earlier.clone() now=bench.now/> };
    let minutes = view! { <Minutes bench=bench.clone() stage/> };
    let customer = view! { <Customer bench=bench.clone() stage/> };
    // Whom to call and what for comes first until the clock has something to show.
    let aside = if stage == Stage::Ahead {
        view! { {customer} {minutes} }.into_any()
    } else {
        view! { {minutes} {customer} }.into_any()
    };
    let attempts = (stage != Stage::Over || !bench.attempts.is_empty())
        .then(|| view! { <Attempts bench=bench.clone() keys may_work open=stage == Stage::Ahead/> });
    view! {
        <Page title=title(&bench, stage) lead width=Width::Full>
            {facts}
            {next}
            {notices}
            {in_vain}
            <Reopened bench=bench.clone()/>
            <div class="bench">
                <div class="bench-clock" data-live="clock">
                    <ClockPanel bench=bench.clone() stage key=keys.clock/>
                    <Evidence bench=bench.clone() key=keys.fill/>
                    {closing}
                </div>
                <div class="bench-aside" data-live="aside">{aside}</div>
                <div class="bench-rest" data-live="conversation">
                    <AtBench number conversation=bench.conversation.clone() key=keys.message/>
                </div>
                <div class="bench-rest" data-live="rest">
                    <Heard bench=bench.clone()/>
                    <Segments bench may_correct/>
                    {attempts}
                    {earlier}
                </div>
            </div>
        </Page>
    }
}

/// The fact that matters now.
fn title(bench: &Bench, stage: Stage) -> String {
    match (bench.appointment.state, stage) {
        (AppointmentState::Done, _) => t!("work-title-done"),
        (AppointmentState::NoShow, _) => t!("work-title-no-show"),
        (AppointmentState::MissedByUs, _) if bench.is_called_off => t!("work-title-called-off"),
        (AppointmentState::MissedByUs, _) => t!("work-title-missed-by-us"),
        (AppointmentState::Cancelled, _) if bench.is_closed_ahead => t!("work-title-closed-ahead"),
        (AppointmentState::Cancelled, _) => t!("work-title-cancelled"),
        _ if bench.forgotten.is_some() => t!("work-title-forgotten"),
        _ if stage::waits_for_consent(bench) => t!("work-title-consent"),
        _ if consent::news(bench).is_some_and(|answer| answer.agreed) => t!("work-title-agreed"),
        (_, Stage::Running) => t!("work-title-running"),
        (_, Stage::Paused) => t!("work-title-paused"),
        _ => capitalized(&brief(bench.appointment.slot)),
    }
}

/// What stands in the way.
fn notices(bench: &Bench, stage: Stage) -> impl IntoView + use<> {
    let locale = Locale::current();
    let now = Some(bench.now);
    let elsewhere = bench.running_elsewhere.as_ref().map(|clock| {
        let title = t!("work-elsewhere", customer = clock.customer.as_str());
        let since = format::on(locale, clock.since, now);
        let href = paths::workbench(clock.number);
        let help = match clock.forgotten_since {
            None => t!("work-elsewhere-since", since = since),
            Some(_) => t!("work-elsewhere-help", since = since),
        };
        view! {
            <Notice kind=NoticeKind::Soon title>
                <p>{help}</p>
                <p class="actions">
                    <ButtonLink href label=t!("work-to-clock") kind=ButtonKind::Secondary/>
                </p>
            </Notice>
        }
    });
    let missed = (bench.appointment.state == AppointmentState::MissedByUs && bench.may_work).then(|| {
        view! {
            <Notice kind=NoticeKind::Problem title=t!("work-missed")>
                <p>{t!("work-missed-help")}</p>
            </Notice>
        }
    });
    let called_off = (bench.appointment.state == AppointmentState::MissedByUs && bench.is_called_off).then(|| {
        view! {
            <Notice kind=NoticeKind::Soon title=t!("work-called-off")>
                <p>{t!("work-called-off-help")}</p>
            </Notice>
        }
    });
    let looking_on =
        (!bench.may_work && stage != Stage::Over).then(|| view! { <p class="aside">{t!("work-looking-on")}</p> });
    view! { {missed} {called_off} {consent::notice(bench)} {elsewhere} {looking_on} }
}

/// Who sits there, what they have ready and what they wrote.
#[component]
fn Customer(bench: Bench, stage: Stage) -> impl IntoView {
    let appointment = bench.appointment;
    let program = named(&appointment.program);
    let program = program.as_str();
    let ready = (stage != Stage::Over).then(|| {
        let (class, words) = match (appointment.said, appointment.ready) {
            (Some(answer @ ReadyAnswer::Ready), _) => ("", said_in_words(answer)),
            (Some(answer @ ReadyAnswer::CallMe), _) => ("bench-unready", said_in_words(answer)),
            (None, true) => ("", t!("work-ready", program = program)),
            (None, false) => ("bench-unready", t!("work-unready", program = program)),
        };
        view! {
            <SummaryRow term=t!("work-ready-term")>
                <span class=class>{words}</span>
            </SummaryRow>
        }
    });
    let claim = bench.claim.map(|claim| {
        view! { <SummaryRow term=t!("work-urgency")>{claim_in_words(&claim)}</SummaryRow> }
    });
    let session = (stage != Stage::Over).then(|| {
        let (session, is_former) = (bench.session, bench.is_former_session);
        view! { <GivenSession number=appointment.number session is_former may_give=bench.may_record/> }
    });
    let Background { tier, estimate, computers, pinned_note, .. } = bench.background;
    let note = (!pinned_note.is_empty()).then(|| {
        view! {
            <Notice title=t!("customer-note")>
                <p class="typed">{pinned_note}</p>
            </Notice>
        }
    });
    view! {
        <section class="card" aria-labelledby="customer">
            <h2 id="customer">{t!("work-customer")}</h2>
            <p class="bench-contact">
                <span>{format::person(Locale::current(), &appointment.contact_name)}</span>
                <PhoneLink phone=appointment.contact_phone/>
            </p>
            <Computers computers program=appointment.program.cs.clone()/>
            {session}
            {note}
            <SummaryList>
                <SummaryRow term=t!("work-what-happened")>{bench.what_happened}</SummaryRow>
                {claim}
                {ready}
                <Promised tier urgency=appointment.urgency estimate ceiling=bench.ceiling.minutes/>
            </SummaryList>
        </section>
    }
}
