//! The few things that islands ask of the browser, each in one place.

use js_sys::{Function, Promise, Reflect};
use leptos::{
    prelude::document,
    wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen},
    web_sys::{Element, Event, EventTarget, FocusEvent, HtmlButtonElement, HtmlElement},
};

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since the page was asked for, by a clock that only goes forward.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub fn milliseconds_on_page() -> f64;

    /// Milliseconds since 1970 of a date as JSON spells it; not a number for anything else.
    #[wasm_bindgen(js_namespace = Date, js_name = parse)]
    pub fn parse_date(text: &str) -> f64;

    fn fetch(address: &str) -> Promise;
}

/// Whole seconds since the page was asked for.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "this clock starts at zero, and what is too much for it stays at the end"
)]
pub fn seconds_on_page() -> u32 {
    (milliseconds_on_page() / 1_000.0) as u32
}

/// An element by its id.
pub fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The buttons that send `name`.
pub fn buttons(name: &str) -> impl Iterator<Item = HtmlElement> {
    let buttons = document().get_elements_by_tag_name("button");
    let all = (0..buttons.length()).filter_map(move |index| buttons.item(index)?.dyn_into::<HtmlElement>().ok());
    all.filter(move |button| button.get_attribute("name").as_deref() == Some(name))
}

/// The elements right below another.
pub fn children(parent: &Element) -> impl Iterator<Item = HtmlElement> {
    let children = parent.children();
    (0..children.length()).filter_map(move |index| children.item(index)?.dyn_into().ok())
}

/// A new element.
pub fn element(name: &str, class: &str) -> Option<HtmlElement> {
    let element = document().create_element(name).ok()?;
    element.set_class_name(class);
    element.dyn_into().ok()
}

/// An attribute `data-…`: what the server hands to the browser.
pub fn data(element: &Element, name: &str) -> Option<String> {
    element.get_attribute(&["data-", name].concat())
}

/// What has been typed into a field; nothing if there is no such field.
pub fn typed(id: &str) -> String {
    by_id(id).and_then(|field| property(&field, "value").as_string()).unwrap_or_default()
}

/// Whether a box or a radio button is ticked.
pub fn ticked(id: &str) -> bool {
    by_id(id).is_some_and(|field| property(&field, "checked").is_truthy())
}

/// A property of an object; undefined if it has none.
pub fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// The element on which an event happened.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether a field was left for a button: whoever is just pressing one must not have it moved away by a message above.
pub fn moves_to_button(event: &Event) -> bool {
    event
        .dyn_ref::<FocusEvent>()
        .and_then(FocusEvent::related_target)
        .is_some_and(|next| next.is_instance_of::<HtmlButtonElement>())
}

/// Calls `handler` at each such event, for as long as the page lives.
pub fn listen(on: &EventTarget, event: &str, handler: impl FnMut(Event) + 'static) {
    let handler = Closure::<dyn FnMut(Event)>::new(handler).into_js_value();
    // It cannot fail: the handler is a function.
    let _ = on.add_event_listener_with_callback(event, handler.unchecked_ref::<Function>());
}

/// Gets JSON from an address of this site. Whatever goes wrong is kept quiet: the next attempt is not far.
pub fn get_json(address: &str, then: impl FnOnce(JsValue) + 'static) {
    let read = Closure::once_into_js(then);
    let answered = Closure::once_into_js(move |response: JsValue| -> JsValue {
        if !property(&response, "ok").is_truthy() {
            return JsValue::UNDEFINED;
        }
        let json = property(&response, "json").unchecked_into::<Function>().call0(&response);
        call(&json.unwrap_or(JsValue::UNDEFINED), "then", &read)
    });
    let answer = call(&fetch(address), "then", &answered);
    call(&answer, "catch", &Closure::once_into_js(|_: JsValue| {}));
}

/// Calls a method with one argument; undefined if there is no such method or it throws.
fn call(object: &JsValue, method: &str, argument: &JsValue) -> JsValue {
    property(object, method)
        .dyn_into::<Function>()
        .and_then(|method| method.call1(object, argument))
        .unwrap_or(JsValue::UNDEFINED)
}
