//! `/account/webhooks` and `/account/webhooks/{webhook}`: addresses at which programs are told what happens.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    api,
    model::{
        base::{
            ids::{WebhookId, WebhookMessageId},
            paging::Page as Part,
            seen::Seen,
        },
        paths,
        work::webhooks::{
            FORMER_SECRET_HOURS, WEBHOOK_KEPT_DAYS, WebhookAct, WebhookForm, WebhookKind, WebhookMessage, WebhookOff,
            WebhookPage as One, WebhookRow, WebhookState, WebhookTry, WebhooksPage as All,
        },
    },
    ui::{
        self,
        components::{
            ButtonKind, CheckField, Column, EmptyState, Endpoint, Form, Hidden, Page, Submit, Table, TextField, Width,
            error_text, loaded,
        },
        format, forms,
        pages::words::capitalized,
        texts::{Locale, t},
    },
};

/// All of them, and the form that adds one.
#[component]
pub fn WebhooksPage() -> impl IntoView {
    loaded(api::work::webhooks::webhooks_page(), |page| view! { <AllView page/> })
}

/// One of them, with what it was told.
#[component]
pub fn WebhookPage() -> impl IntoView {
    let webhook = ui::path_value::<WebhookId>("webhook");
    let before = ui::query_value("before").and_then(|id| id.parse().ok());
    loaded(async move { api::work::webhooks::webhook_page(webhook?, before).await }, |page| view! { <OneView page/> })
}

#[component]
fn AllView(page: All) -> impl IntoView {
    let All { is_vendors, webhooks, key } = page;
    let lead = if is_vendors { t!("webhooks-lead-vendor") } else { t!("webhooks-lead") };
    let list = if webhooks.is_empty() {
        view! {
            <EmptyState title=t!("webhooks-none")>
                <p>{t!("webhooks-none-help")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = webhooks.into_iter().map(|webhook| view! { <Row webhook/> }).collect::<Vec<_>>();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <Page title=t!("webhooks-title") lead>
            {list}
            <section class="card" aria-labelledby="add">
                <h2 id="add">{t!("webhooks-add-title")}</h2>
                <Form action={Endpoint::of::<api::work::webhooks::AddWebhook>()}>
                    <Hidden name="id" value=key.to_string()/>
                    <Fields form=WebhookForm::default()/>
                    <div class="actions">
                        <Submit label=t!("webhooks-add")/>
                    </div>
                </Form>
            </section>
        </Page>
    }
}

#[component]
fn Row(webhook: WebhookRow) -> impl IntoView {
    let kinds = webhook.form.kinds.iter().map(|kind| kind_in_words(Some(*kind))).collect::<Vec<_>>().join(", ");
    let badge = badge(&webhook);
    view! {
        <li class="row">
            <div>
                <p class="row-title">
                    <a href=paths::webhook(webhook.id)>{webhook.form.url}</a> " " {badge}
                </p>
                <p class="row-note">{capitalized(&kinds)}</p>
            </div>
        </li>
    }
}

/// Whether it is told anything.
fn badge(webhook: &WebhookRow) -> impl IntoView + use<> {
    let (class, word) = match (webhook.off, webhook.failing_since) {
        (Some(WebhookOff::ByHand), _) => ("badge", t!("webhooks-state-by-hand")),
        (Some(WebhookOff::Gone), _) => ("badge badge-problem", t!("webhooks-state-gone")),
        (Some(WebhookOff::Failing), _) => ("badge badge-problem", t!("webhooks-state-off")),
        (None, Some(since)) => {
            ("badge badge-soon", t!("webhooks-state-failing", since = format::moment(Locale::current(), since)))
        }
        (None, None) => ("badge badge-done", t!("webhooks-state-on")),
    };
    view! { <span class=class>{word}</span> }
}

fn kind_in_words(kind: Option<WebhookKind>) -> String {
    match kind {
        Some(WebhookKind::RequestCreated) => t!("webhooks-kind-request-created"),
        Some(WebhookKind::RequestScheduled) => t!("webhooks-kind-request-scheduled"),
        Some(WebhookKind::RequestMoved) => t!("webhooks-kind-request-moved"),
        Some(WebhookKind::RequestUnscheduled) => t!("webhooks-kind-request-unscheduled"),
        Some(WebhookKind::RequestCancelled) => t!("webhooks-kind-request-cancelled"),
        Some(WebhookKind::RequestStarted) => t!("webhooks-kind-request-started"),
        Some(WebhookKind::RequestClosed) => t!("webhooks-kind-request-closed"),
        Some(WebhookKind::MessageCreated) => t!("webhooks-kind-message-created"),
        Some(WebhookKind::DocumentIssued) => t!("webhooks-kind-document-issued"),
        Some(WebhookKind::BalanceLow) => t!("webhooks-kind-balance-low"),
        None => t!("webhooks-kind-test"),
    }
}

/// What is asked of an address.
#[component]
fn Fields(form: WebhookForm) -> impl IntoView {
    let kinds = WebhookKind::ALL
        .iter()
        .map(|&kind| {
            let checked = form.kinds.contains(&kind);
            view! {
                <CheckField
                    name=format!("webhook_kinds[{kind}]")
                    label=capitalized(&kind_in_words(Some(kind)))
                    checked
                />
            }
        })
        .collect::<Vec<_>>();
    let problem = forms::field_problem("webhook_kinds");
    let has_problem = problem.is_some();
    view! {
        <TextField
            name="webhook_url"
            label=t!("webhooks-url")
            hint=t!("webhooks-url-hint")
            value=form.url
            kind="url"
            autocomplete="off"
            inputmode="url"
        />
        <fieldset class="field choice" class:field-invalid=has_problem id="webhook_kinds" tabindex="-1">
            <legend>{t!("webhooks-kinds")}</legend>
            {problem.map(|text| error_text(Some("webhook_kinds-error".into()), text))}
            {kinds}
        </fieldset>
    }
}

#[component]
fn OneView(page: One) -> impl IntoView {
    let One { webhook, secret, former_until, messages, keys: (test_key, rotate_key), .. } = page;
    let (id, is_off) = (webhook.id, webhook.off.is_some());
    let badge = badge(&webhook);
    let form = webhook.form.clone();
    view! {
        <Page title=t!("webhook-title") lead=webhook.form.url width=Width::Full>
            <p class="actions">
                <a href=paths::WEBHOOKS>{t!("webhook-back")}</a>
            </p>
            <div class="bench">
                <div class="bench-clock">
                    <section class="card" aria-labelledby="form">
                        <h2 id="form">{t!("webhook-form")} " " {badge}</h2>
                        <Form
                            action={Endpoint::of::<api::work::webhooks::SaveWebhook>()}
                            seen=Seen::of(&form.fields())
                        >
                            <Hidden name="webhook" value=id.to_string()/>
                            <Fields form/>
                            <div class="actions">
                                <Submit label=t!("webhook-save")/>
                            </div>
                        </Form>
                    </section>
                </div>
                <div class="bench-aside">
                    <Secret id secret former_until key=rotate_key/>
                    <Acts id is_off key=test_key/>
                </div>
            </div>
            <Messages id messages/>
        </Page>
    }
}

/// With what signatures are checked, and the way to another one.
#[component]
fn Secret(id: WebhookId, secret: Option<String>, former_until: Option<DateTime<Utc>>, key: Uuid) -> impl IntoView {
    let shown = match secret {
        Some(secret) => view! {
            <p>
                <code>{secret}</code>
            </p>
        }
        .into_any(),
        None => {
            let there = ui::with_query(paths::CONFIRM, &[("next", paths::webhook(id))]);
            view! {
                <p>{t!("webhook-secret-hidden")}</p>
                <p>
                    <a href=there>{t!("webhook-secret-show")}</a>
                </p>
            }
            .into_any()
        }
    };
    let former = former_until.map(|until| {
        let until = format::moment(Locale::current(), until);
        view! { <p class="field-hint">{t!("webhook-secret-former", until = until)}</p> }
    });
    view! {
        <section class="card" aria-labelledby="secret">
            <h2 id="secret">{t!("webhook-secret")}</h2>
            {shown}
            {former}
            <Form action={Endpoint::of::<api::work::webhooks::RotateWebhook>()}>
                <Hidden name="webhook" value=id.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <p class="field-hint">{t!("webhook-rotate-hint", hours = FORMER_SECRET_HOURS)}</p>
                <div class="actions">
                    <Submit label=t!("webhook-rotate") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}

/// What can be done with it.
#[component]
fn Acts(id: WebhookId, is_off: bool, key: Uuid) -> impl IntoView {
    let switch = if is_off {
        (WebhookAct::Enable, t!("webhook-enable"), ButtonKind::Secondary)
    } else {
        (WebhookAct::Disable, t!("webhook-disable"), ButtonKind::Secondary)
    };
    let acts = [switch, (WebhookAct::Remove, t!("webhook-remove"), ButtonKind::Danger)].map(|(act, label, kind)| {
        view! {
            <Form action={Endpoint::of::<api::work::webhooks::ActOnWebhook>()}>
                <Hidden name="webhook" value=id.to_string()/>
                <Hidden name="act" value=act.code()/>
                <div class="actions">
                    <Submit label kind/>
                </div>
            </Form>
        }
    });
    let test = (!is_off).then(|| {
        view! {
            <Form action={Endpoint::of::<api::work::webhooks::TestWebhook>()}>
                <Hidden name="webhook" value=id.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <div class="actions">
                    <Submit label=t!("webhook-test") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        }
    });
    view! {
        <section class="card" aria-labelledby="acts">
            <h2 id="acts">{t!("webhook-acts")}</h2>
            {test}
            {acts.into_iter().collect::<Vec<_>>()}
        </section>
    }
}

/// What it was told, the newest first, and the ways to tell it again.
#[component]
fn Messages(id: WebhookId, messages: Part<WebhookMessage, WebhookMessageId>) -> impl IntoView {
    let older = messages.next.map(|before| {
        let there = ui::with_query(&paths::webhook(id), &[("before", before.to_string())]);
        view! {
            <p>
                <a href=there>{t!("webhook-older")}</a>
            </p>
        }
    });
    let list = if messages.rows.is_empty() {
        view! {
            <EmptyState title=t!("webhook-messages-none")>
                <p>{t!("webhook-messages-none-help")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = messages.rows.into_iter().map(|message| row(id, message)).collect::<Vec<_>>();
        view! {
            <Table
                class="table-mails"
                columns=vec![
                    Column::text(t!("webhook-column-what")),
                    Column::text(t!("webhook-column-answer")),
                    Column::text(t!("webhook-column-when")),
                    Column::text(t!("webhook-column-state")),
                    Column::action(t!("webhook-replay")),
                ]
            >
                {rows}
            </Table>
            {older}
            <Form action={Endpoint::of::<api::work::webhooks::ReplayWebhook>()}>
                <Hidden name="webhook" value=id.to_string()/>
                <TextField name="replay_since" label=t!("webhook-replay-since") kind="date" short=true/>
                <div class="actions">
                    <Submit label=t!("webhook-replay-all") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="messages">
            <h2 id="messages">{t!("webhook-messages")}</h2>
            <p>{t!("webhook-messages-kept", days = WEBHOOK_KEPT_DAYS)}</p>
            {list}
        </section>
    }
}

fn row(webhook: WebhookId, message: WebhookMessage) -> impl IntoView {
    let locale = Locale::current();
    let what = capitalized(&kind_in_words(message.kind));
    let about = what.clone();
    let (class, word) = match message.state {
        WebhookState::Queued => ("badge badge-soon", t!("webhook-message-queued")),
        WebhookState::Sent => ("badge badge-done", t!("webhook-message-sent")),
        WebhookState::Failed => ("badge badge-problem", t!("webhook-message-failed")),
    };
    let next = (message.state == WebhookState::Queued && message.last.is_some())
        .then(|| t!("webhook-next", at = format::moment(locale, message.due_at)));
    let tries = [t!("webhook-tries", count = message.tries)].into_iter().chain(next).collect::<Vec<_>>().join(", ");
    let again = (message.state != WebhookState::Queued).then(|| {
        view! {
            <Form action={Endpoint::of::<api::work::webhooks::ReplayWebhook>()}>
                <Hidden name="webhook" value=webhook.to_string()/>
                <Hidden name="message" value=message.id.to_string()/>
                <Submit label=t!("webhook-replay") kind=ButtonKind::Secondary about/>
            </Form>
        }
    });
    view! {
        <tr>
            <th scope="row">
                {what} <span class="table-note">{message.message_id}</span>
            </th>
            <td data-label=t!("webhook-column-answer")>{message.last.map(answer)}</td>
            <td data-label=t!("webhook-column-when")>{format::moment(locale, message.at)}</td>
            <td data-label=t!("webhook-column-state")>
                <span class=class>{word}</span>
                <span class="table-note">{tries}</span>
            </td>
            <td>{again}</td>
        </tr>
    }
}

/// What came of a try.
fn answer(last: WebhookTry) -> impl IntoView {
    let status = last.status.map(|status| t!("webhook-status", status = status.to_string()));
    let said = if last.answer.is_empty() { last.trouble } else { last.answer };
    view! {
        {status}
        <span class="table-note">{said}</span>
    }
}
