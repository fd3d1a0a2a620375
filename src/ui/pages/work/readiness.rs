//! `/ready`: what somebody says shortly before the agreed time, for whoever has the mail that asks.

use leptos::prelude::*;
use uuid::Uuid;

use super::remote_sessions::SessionEntrance;
use crate::{
    api,
    model::{
        paths,
        problem::Problem,
        work::readiness::{ReadinessPage as Readiness, ReadyAnswer, Stands},
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Endpoint, Form, Hidden, Notice, NoticeKind, Page, PhoneLink, Submit, loaded,
        },
        format,
        islands::phone_in_groups,
        texts::{Locale, named, t},
    },
};

/// The page of a mail's link.
#[component]
pub fn ReadinessPage() -> impl IntoView {
    let link = ui::query_value("link").and_then(|link| link.parse().ok());
    let secret = ui::query_value("token").unwrap_or_default();
    loaded(
        async move {
            let page = api::work::readiness::readiness_page(link.ok_or(Problem::NotFound)?, secret).await?;
            let key = api::ordering::requests::form_key;
            Ok::<_, Problem>((page, [key().await?, key().await?, key().await?]))
        },
        |(page, keys)| view! { <ReadinessView page keys/> },
    )
}

/// The page itself.
///
/// * `keys` – of its three forms
#[component]
fn ReadinessView(page: Readiness, keys: [Uuid; 3]) -> impl IntoView {
    let locale = Locale::current();
    let title = match (page.stands, page.slot) {
        (Stands::Ahead, Some(slot)) => t!("ready-title", when = format::on(locale, slot.start, ui::now())),
        (Stands::Running, _) => t!("ready-running"),
        _ => t!("ready-over"),
    };
    let said = page.answer.map(|answer| {
        let words = match answer {
            ReadyAnswer::Ready => t!("ready-said"),
            ReadyAnswer::CallMe => t!("ready-said-call"),
        };
        view! {
            <Notice kind=NoticeKind::Done>
                <p>{words}</p>
            </Notice>
        }
    });
    let number = page.number;
    let asks = (page.stands == Stands::Ahead).then(|| view! { <Ask page=page.clone() keys/> });
    view! {
        <Page title lead=format!("{} · {}", number, named(&page.program))>
            {said}
            {asks}
            <p>
                {t!("ready-line")} " " <PhoneLink phone=page.line_phone/>
            </p>
            <p>
                <a href=paths::request(number)>{t!("ready-request")}</a>
            </p>
        </Page>
    }
}

/// What has to run, and what can be said.
#[component]
fn Ask(page: Readiness, keys: [Uuid; 3]) -> impl IntoView {
    let [ready, later, call] = keys;
    let computers = page
        .computers
        .iter()
        .map(|computer| view! { <li>{t!("calendar-computer", computer = computer.as_str())}</li> })
        .collect::<Vec<_>>();
    let computers = (!computers.is_empty()).then(|| view! { <ul class="plain-list">{computers}</ul> });
    let session = page.session.map(|link| view! { <p><SessionEntrance link/></p> });
    let who = t!("requests-ready-who", name = page.contact_name.as_str(), phone = phone_in_groups(&page.contact_phone));
    let what = t!("requests-ready-what", program = named(&page.program));
    let shown = page.slot.map(|slot| slot.start.to_rfc3339()).unwrap_or_default();
    let (link, secret) = (page.link.to_string(), page.secret);
    let say_ready = (page.answer != Some(ReadyAnswer::Ready)).then(|| {
        let (link, secret) = (link.clone(), secret.clone());
        view! { <Say link secret answer=ReadyAnswer::Ready key=ready label=t!("ready-yes") kind=ButtonKind::Primary/> }
    });
    let call_me = (page.answer != Some(ReadyAnswer::CallMe)).then(|| {
        let (link, secret) = (link.clone(), secret.clone());
        view! { <Say link secret answer=ReadyAnswer::CallMe key=call label=t!("ready-call") kind=ButtonKind::Secondary/> }
    });
    let be_later = if page.may_be_later {
        view! {
            <Form action={Endpoint::of::<api::work::readiness::BeLater>()}>
                <Hidden name="link" value=link/>
                <Hidden name="secret" value=secret/>
                <Hidden name="shown" value=shown/>
                <Hidden name="key" value=later.to_string()/>
                <Submit label=t!("ready-later") kind=ButtonKind::Secondary/>
            </Form>
        }
        .into_any()
    } else {
        view! { <p class="field-hint">{t!("ready-no-later")}</p> }.into_any()
    };
    let other_time = page.may_move.then(|| {
        let href = paths::request_move(page.number);
        view! { <ButtonLink href label=t!("ready-move") kind=ButtonKind::Secondary/> }
    });
    view! {
        <div class="card ready">
            <p>{what}</p>
            {session}
            {computers}
            <p>{who}</p>
        </div>
        <div class="actions">
            {say_ready}
            {be_later}
            {other_time}
            {call_me}
        </div>
    }
}

/// One of the answers.
#[component]
fn Say(link: String, secret: String, answer: ReadyAnswer, key: Uuid, label: String, kind: ButtonKind) -> impl IntoView {
    view! {
        <Form action={Endpoint::of::<api::work::readiness::SayReady>()}>
            <Hidden name="link" value=link/>
            <Hidden name="secret" value=secret/>
            <Hidden name="answer" value=answer.code()/>
            <Hidden name="key" value=key.to_string()/>
            <Submit label kind/>
        </Form>
    }
}
