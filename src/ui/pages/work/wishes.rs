//! `/account/mails`: of what whoever is signed in is told, by which ways and in which browsers, and when not.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    api,
    model::{
        paths,
        problem::Problem,
        work::{
            pages::WishesPage,
            pushes::PushDevice,
            wishes::{MailWay, Reader, WishKind, Wishes},
        },
    },
    ui::{
        components::{ButtonKind, CheckField, Endpoint, Form, Hidden, Page, SelectField, Submit, loaded},
        format,
        islands::PushSubscribe,
        pages::people::accounts::device as device_in_words,
        texts::{Locale, t},
    },
};

/// What one is told of.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    loaded(load(), |(page, key)| view! { <WishesView page key/> })
}

async fn load() -> Result<(WishesPage, Uuid), Problem> {
    let page = api::work::wishes::wishes_page().await?;
    Ok((page, api::ordering::requests::form_key().await?))
}

/// The page itself.
///
/// * `key` – of a test to be
#[component]
fn WishesView(page: WishesPage, key: Uuid) -> impl IntoView {
    let WishesPage { reader, wishes, devices, most_devices, push_key, phone } = page;
    let kinds = WishKind::ALL
        .iter()
        .filter(|kind| kind.is_for(reader))
        .map(|kind| view! { <Kind kind=*kind wishes phone=phone.clone()/> })
        .collect::<Vec<_>>();
    let always = (reader == Reader::Member).then(|| view! { <p class="field-hint">{t!("wishes-always")}</p> });
    view! {
        <Page title=t!("wishes-title") lead=t!("wishes-lead")>
            <p class="actions">
                <a href=paths::ACCOUNT>{t!("wishes-back")}</a>
            </p>
            <Form action={Endpoint::of::<api::work::wishes::SaveWishes>()}>
                <h2>{t!("wishes-kinds")}</h2>
                {kinds}
                {always}
                <QuietHours wishes is_member=reader == Reader::Member/>
                <div class="actions">
                    <Submit label=t!("settings-save")/>
                </div>
            </Form>
            <section aria-labelledby="devices">
                <h2 id="devices">{t!("push-devices")}</h2>
                <p>{t!("push-devices-note")}</p>
                <Devices devices most=most_devices key/>
                <PushSubscribe push_key/>
            </section>
        </Page>
    }
}

/// By which ways one is told of one kind of thing.
#[component]
fn Kind(kind: WishKind, wishes: Wishes, phone: Option<String>) -> impl IntoView {
    let (label, hint) = kind_in_words(kind);
    let way = wishes.mail_way(kind);
    let by_mail = match kind.mail_ways() {
        [_] => view! { <p>{t!("wishes-mail-always")}</p> }.into_any(),
        ways => {
            let options = ways.iter().map(|way| (way.code().to_owned(), way_in_words(*way))).collect::<Vec<_>>();
            let selected = way.code().to_owned();
            view! { <SelectField name=format!("mail[{kind}]") label=t!("wishes-by-mail") options selected/> }.into_any()
        }
    };
    let by_push = wishes.push_kinds.contains(kind);
    let by_sms = phone.map(|phone| {
        let checked = wishes.sms_kinds.contains(kind);
        view! { <CheckField name=format!("sms_kinds[{kind}]") label=t!("wishes-by-sms", phone = phone) checked/> }
    });
    view! {
        <fieldset class="field-group">
            <legend>{label}</legend>
            <p class="field-hint">{hint}</p>
            {by_mail}
            <CheckField name=format!("push_kinds[{kind}]") label=t!("wishes-by-push") checked=by_push/>
            {by_sms}
        </fieldset>
    }
}

fn way_in_words(way: MailWay) -> String {
    match way {
        MailWay::Now => t!("wishes-mail-now"),
        MailWay::Digest => t!("wishes-mail-digest"),
        MailWay::Off => t!("wishes-mail-off"),
    }
}

#[component]
fn QuietHours(wishes: Wishes, is_member: bool) -> impl IntoView {
    let hint = if is_member { t!("wishes-quiet-hint-member") } else { t!("wishes-quiet-hint") };
    let hours: Vec<_> = std::iter::once((String::new(), t!("wishes-never")))
        .chain((0..24).map(|hour| (hour.to_string(), format!("{hour}:00"))))
        .collect();
    let (from, until) =
        wishes.quiet.map_or_else(Default::default, |quiet| (quiet.from.to_string(), quiet.until.to_string()));
    view! {
        <fieldset class="field-group">
            <legend>{t!("wishes-quiet")}</legend>
            <p class="field-hint">{hint}</p>
            <SelectField name="quiet_from" label=t!("wishes-quiet-from") options=hours.clone() selected=from/>
            <SelectField name="quiet_until" label=t!("wishes-quiet-until") options=hours selected=until/>
        </fieldset>
    }
}

/// Where one is notified, each to be turned off, and a test for all of them.
#[component]
fn Devices(devices: Vec<PushDevice>, most: u32, key: Uuid) -> impl IntoView {
    if devices.is_empty() {
        return view! { <p>{t!("push-devices-none")}</p> }.into_any();
    }
    let is_full = u32::try_from(devices.len()).is_ok_and(|there_are| there_are >= most);
    let goes = devices.last().filter(|_| is_full).map(|last| {
        view! { <p class="field-hint">{t!("push-devices-full", most = most, name = device_in_words(&last.name))}</p> }
    });
    let rows = devices.into_iter().map(|device| view! { <Device device/> }).collect::<Vec<_>>();
    view! {
        <ul class="rows">{rows}</ul>
        {goes}
        <Form action={Endpoint::of::<api::work::pushes::TryPush>()}>
            <Hidden name="key" value=key.to_string()/>
            <div class="actions">
                <Submit label=t!("push-try") kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn Device(device: PushDevice) -> impl IntoView {
    let PushDevice { id, name, added_at } = device;
    let name = device_in_words(&name);
    let since = format::moment(Locale::current(), added_at);
    view! {
        <li class="row">
            <div>
                <p class="row-title">{name.clone()}</p>
                <p class="row-note">{t!("push-device-since", time = since)}</p>
            </div>
            <Form action={Endpoint::of::<api::work::pushes::RemoveDevice>()}>
                <Hidden name="device" value=id.to_string()/>
                <Submit label=t!("push-device-remove") kind=ButtonKind::Secondary about=name/>
            </Form>
        </li>
    }
}

fn kind_in_words(kind: WishKind) -> (String, String) {
    match kind {
        WishKind::Urgent => (t!("wishes-urgent"), t!("wishes-urgent-hint")),
        WishKind::Waits => (t!("wishes-waits"), t!("wishes-waits-hint")),
        WishKind::Trouble => (t!("wishes-trouble"), t!("wishes-trouble-hint")),
        WishKind::Objection => (t!("wishes-objection"), t!("wishes-objection-hint")),
        WishKind::Changes => (t!("wishes-changes"), t!("wishes-changes-hint")),
        WishKind::Plan => (t!("wishes-plan"), t!("wishes-plan-hint")),
        WishKind::Asked => (t!("wishes-asked"), t!("wishes-asked-hint")),
        WishKind::Agreed => (t!("wishes-agreed"), t!("wishes-agreed-hint")),
        WishKind::Reminder => (t!("wishes-reminder"), t!("wishes-reminder-hint")),
        WishKind::Course => (t!("wishes-course"), t!("wishes-course-hint")),
        WishKind::Settled => (t!("wishes-settled"), t!("wishes-settled-hint")),
        WishKind::Messages => (t!("wishes-messages"), t!("wishes-messages-hint")),
        WishKind::Minutes => (t!("wishes-minutes"), t!("wishes-minutes-hint")),
    }
}
