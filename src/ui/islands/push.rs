//! Turning notifications on in the browser in which the page is open.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

/// What is shown while nothing runs here.
const NO_SCRIPT: &str = "push-no-script";
/// The form, which is no use before it is filled in here; carries the key.
const PLACE: &str = "push-add";
/// The script that works beside the pages.
#[cfg(feature = "hydrate")]
const WORKER: &str = "/worker.js";
/// The fields of the form.
const ENDPOINT: &str = "push-endpoint";
const P256DH: &str = "push-p256dh";
const AUTH: &str = "push-auth";
/// Why it cannot be done.
const UNSUPPORTED: &str = "push-unsupported";
const DENIED: &str = "push-denied";
const FAILED: &str = "push-failed";

/// The button that has this browser show notifications. Without script it cannot: there it says so.
#[cfg(feature = "ssr")]
#[component]
pub fn PushSubscribe(
    /// The public key of the installation, in base64url.
    push_key: String,
) -> impl IntoView {
    use crate::{
        api::work::pushes::AddDevice,
        ui::{
            components::{ButtonKind, Endpoint, Form, Submit},
            texts::t,
        },
    };

    view! {
        <p class="field-hint" id=NO_SCRIPT>
            {t!("push-no-script")}
        </p>
        <div id=PLACE data-key=push_key hidden>
            <Form action={Endpoint::of::<AddDevice>()}>
                <input type="hidden" id=ENDPOINT name="endpoint"/>
                <input type="hidden" id=P256DH name="p256dh"/>
                <input type="hidden" id=AUTH name="auth"/>
                <p class="field-hint">{t!("push-add-hint")}</p>
                <div class="actions">
                    <Submit label=t!("push-add") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </div>
        <div role="status">
            <p id=UNSUPPORTED hidden>
                {t!("push-unsupported")}
            </p>
            <p id=DENIED hidden>
                {t!("push-denied")}
            </p>
            <p id=FAILED hidden>
                {t!("push-failed")}
            </p>
        </div>
        <PushIsland/>
    }
}

island! {
    /// Asks the browser, fills [`PushSubscribe`]'s form in and sends it.
    PushIsland => {
        offer();
    }
}

#[cfg(feature = "hydrate")]
fn offer() -> Option<()> {
    use super::browser::{by_id, data, listen, property, typed, window};

    let place = by_id(PLACE)?;
    let form = by_id(ENDPOINT)?.closest("form").ok()??;
    by_id(NO_SCRIPT)?.set_hidden(true);
    if workers().is_undefined() || property(&window(), "PushManager").is_undefined() {
        return show(UNSUPPORTED);
    }
    let key = data(&place, "key")?;
    place.set_hidden(false);
    listen(&form, "submit", move |event| {
        if typed(ENDPOINT).is_empty() {
            event.prevent_default();
            ask(key.clone());
        }
    });
    Some(())
}

/// Has the worker beside the pages of whoever opens one that carries script anyway: it shows notifications, and has a page for when there
/// is no connection.
#[cfg(feature = "hydrate")]
pub fn start_worker() {
    if !workers().is_undefined() {
        let registered = super::browser::call(&workers(), "register", &wasm_bindgen::JsValue::from_str(WORKER));
        // Where a browser refuses, in a private window or by its settings, everything else works as ever.
        super::browser::when_or(&registered, drop, || {});
    }
}

/// Asks the person first, while the button is still warm: browsers let nobody ask later.
#[cfg(feature = "hydrate")]
fn ask(key: String) {
    use super::browser::{call, property, when_or, window};
    use wasm_bindgen::JsValue;

    for reason in [DENIED, FAILED] {
        if let Some(reason) = super::browser::by_id(reason) {
            reason.set_hidden(true);
        }
    }
    let asked = call(&property(&window(), "Notification"), "requestPermission", &JsValue::UNDEFINED);
    let granted = move |answer: JsValue| {
        if answer.as_string().as_deref() != Some("granted") {
            show(DENIED);
            return;
        }
        let registered = call(&workers(), "register", &JsValue::from_str(WORKER));
        let ready = move |ready: JsValue| subscribe(property(&ready, "pushManager"), key, true);
        when_or(&registered, move |_| when_or(&property(&workers(), "ready"), ready, failed), failed);
    };
    when_or(&asked, granted, failed);
}

/// Subscribes, and sends what came of it.
#[cfg(feature = "hydrate")]
fn subscribe(manager: wasm_bindgen::JsValue, key: String, is_first: bool) {
    use super::browser::{call, set_property, when_or};
    use wasm_bindgen::JsValue;

    let options = JsValue::from(js_sys::Object::new());
    set_property(&options, "userVisibleOnly", &JsValue::TRUE);
    set_property(&options, "applicationServerKey", &JsValue::from_str(&key));
    let subscribed = call(&manager, "subscribe", &options);
    when_or(&subscribed, send, move || {
        if !is_first {
            failed();
            return;
        }
        // It may have been subscribed for another installation at this address.
        let former = call(&manager, "getSubscription", &JsValue::UNDEFINED);
        when_or(
            &former,
            move |former| {
                let ended = call(&former, "unsubscribe", &JsValue::UNDEFINED);
                when_or(&ended, move |_| subscribe(manager, key, false), failed);
            },
            failed,
        );
    });
}

#[cfg(feature = "hydrate")]
fn send(subscription: wasm_bindgen::JsValue) {
    use super::browser::{by_id, call, property, set_property};
    use wasm_bindgen::JsValue;

    let told = call(&subscription, "toJSON", &JsValue::UNDEFINED);
    let keys = property(&told, "keys");
    for (field, value) in
        [(ENDPOINT, property(&told, "endpoint")), (P256DH, property(&keys, "p256dh")), (AUTH, property(&keys, "auth"))]
    {
        if let Some(field) = by_id(field) {
            set_property(&field, "value", &value);
        }
    }
    if let Some(Ok(Some(form))) = by_id(ENDPOINT).map(|field| field.closest("form")) {
        call(&form, "submit", &JsValue::UNDEFINED);
    }
}

/// The browser's service workers; undefined where it has none, or the page came by plain http.
#[cfg(feature = "hydrate")]
fn workers() -> wasm_bindgen::JsValue {
    use super::browser::{property, window};
    property(&property(&window(), "navigator"), "serviceWorker")
}

#[cfg(feature = "hydrate")]
fn failed() {
    show(FAILED);
}

#[cfg(feature = "hydrate")]
fn show(reason: &str) -> Option<()> {
    super::browser::by_id(reason)?.set_hidden(false);
    Some(())
}
