//! The few things that islands ask of the browser, each in one place.

use std::{cell::Cell, rc::Rc, time::Duration};

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{Document, Element, Event, EventTarget, FocusEvent, HtmlButtonElement, HtmlElement, Window};

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since the page was asked for, by a clock that only goes forward.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub fn milliseconds_on_page() -> f64;

    /// Milliseconds since 1970 of a date as JSON spells it; not a number for anything else.
    #[wasm_bindgen(js_namespace = Date, js_name = parse)]
    pub fn parse_date(text: &str) -> f64;

    #[wasm_bindgen(js_namespace = document, js_name = execCommand)]
    fn exec_command(command: &str, shown: bool, text: &str) -> bool;

    fn fetch(address: &str, options: &Object) -> Promise;

    type FormData;

    #[wasm_bindgen(constructor)]
    fn of(form: &Element) -> FormData;

    type URLSearchParams;

    #[wasm_bindgen(constructor)]
    fn from(fields: &JsValue) -> URLSearchParams;

    #[wasm_bindgen(method)]
    fn append(this: &URLSearchParams, name: &str, value: &str);

    #[wasm_bindgen(method, js_name = toString)]
    fn encoded(this: &URLSearchParams) -> String;

    #[wasm_bindgen(js_namespace = navigator, js_name = sendBeacon)]
    fn send_beacon(address: &str, body: &URLSearchParams) -> bool;

    #[wasm_bindgen(js_namespace = location, js_name = pathname, thread_local_v2)]
    static PATH: String;

    #[wasm_bindgen(js_namespace = location, js_name = search, thread_local_v2)]
    static QUERY: String;

    #[wasm_bindgen(js_name = document, thread_local_v2)]
    static DOCUMENT: Document;

    #[wasm_bindgen(js_name = window, thread_local_v2)]
    static WINDOW: Window;

    #[wasm_bindgen(js_name = setInterval)]
    fn call_every(act: &Function, milliseconds: u32);

    #[wasm_bindgen(js_name = setTimeout)]
    fn call_after(act: &Function, milliseconds: u32);
}

/// The page.
pub fn document() -> Document {
    DOCUMENT.with(Clone::clone)
}

/// The window in which it is.
pub fn window() -> Window {
    WINDOW.with(Clone::clone)
}

/// A function for the browser. All have this one shape, with what they do behind a pointer: a shape for each would be more code
/// than what they do.
fn function(act: Box<dyn FnMut(JsValue) -> JsValue>) -> Function {
    Closure::wrap(act).into_js_value().unchecked_into()
}

/// A function that acts the first time it is called, and lets go of what it holds.
fn once(act: Box<dyn FnOnce(JsValue) -> JsValue>) -> Function {
    let mut act = Some(act);
    function(Box::new(move |given| act.take().map_or(JsValue::UNDEFINED, |act| act(given))))
}

/// A function that acts each time.
fn each_time(mut act: impl FnMut() + 'static) -> Function {
    function(Box::new(move |_| {
        act();
        JsValue::UNDEFINED
    }))
}

/// Calls `act` over and over, for as long as the page lives.
pub fn set_interval(act: impl FnMut() + 'static, every: Duration) {
    call_every(&each_time(act), milliseconds(every));
}

/// Calls `act` after a while.
pub fn set_timeout(act: impl FnMut() + 'static, after: Duration) {
    call_after(&each_time(act), milliseconds(after));
}

fn milliseconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}

/// Sends the fields of a form to an address of this site, with the path of the page, though the page may be about to go.
/// Whatever goes wrong is kept quiet: it is sent again when more is typed.
pub fn send_typed(address: &str, form: &Element) {
    let fields = URLSearchParams::from(&FormData::of(form));
    let body = URLSearchParams::from(&JsValue::UNDEFINED);
    body.append("page", &PATH.with(Clone::clone));
    body.append("typed", &fields.encoded());
    send_beacon(address, &body);
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

/// A whole number that the server has told; none for anything else.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is not within the type's range ends at its ends"
)]
pub fn whole(value: &JsValue) -> Option<u32> {
    value.as_f64().map(|number| number as u32)
}

/// Calls `handler` whenever more may have happened than the page has seen: it comes into sight again, out of the browser's
/// memory, or the computer has slept.
pub fn on_waking(handler: impl Fn() + 'static) {
    watch_waking(&(Rc::new(handler) as Rc<dyn Fn()>));
}

fn watch_waking(handler: &Rc<dyn Fn()>) {
    /// How much the two clocks part when the computer slept, in milliseconds; less is a correction of its clock.
    const SLEPT: f64 = 3_000.0;
    /// How often they are compared.
    const BEAT: Duration = Duration::from_secs(1);

    let (in_sight, out_of_memory, awake) = (Rc::clone(handler), Rc::clone(handler), Rc::clone(handler));
    listen(&document(), "visibilitychange", move |_| {
        if !document().hidden() {
            in_sight();
        }
    });
    listen(&window(), "pageshow", move |event| {
        if property(&event, "persisted").is_truthy() {
            out_of_memory();
        }
    });
    // The steady clock stands while the computer sleeps, the other goes on.
    let parted = || js_sys::Date::now() - milliseconds_on_page();
    let before = Cell::new(parted());
    set_interval(
        move || {
            let now = parted();
            if (now - before.replace(now)).abs() > SLEPT {
                awake();
            }
        },
        BEAT,
    );
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

/// Types a text where the caret is; whether it could.
pub fn type_text(text: &str) -> bool {
    exec_command("insertText", false, text)
}

/// Whether a text or a box of a form is another one than the server has sent: somebody was faster than the page woke up.
pub fn is_changed(form: &Element) -> bool {
    ["input", "textarea"].into_iter().any(|name| {
        let fields = form.get_elements_by_tag_name(name);
        let differs = |field: &JsValue, now: &str, sent: &str| property(field, now) != property(field, sent);
        (0..fields.length())
            .filter_map(|index| fields.item(index))
            .any(|field| differs(&field, "value", "defaultValue") || differs(&field, "checked", "defaultChecked"))
    })
}

/// A property of an object; undefined if it has none.
pub fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// The element on which an event happened.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Gives a field the files that are pasted (`clipboardData`) or dropped (`dataTransfer`); whether any are.
pub fn take_files(event: &Event, from: &str, field: &Element) -> bool {
    let files = property(&property(event, from), "files");
    let are_there = property(&files, "length").as_f64().is_some_and(|count| count > 0.0);
    if are_there {
        set_property(field, "files", &files);
    }
    are_there
}

/// Whether a field was left for a button: whoever is just pressing one must not have it moved away by a message above.
pub fn moves_to_button(event: &Event) -> bool {
    event
        .dyn_ref::<FocusEvent>()
        .and_then(FocusEvent::related_target)
        .is_some_and(|next| next.is_instance_of::<HtmlButtonElement>())
}

/// Calls `handler` at each such event, for as long as the page lives.
pub fn listen(on: &EventTarget, event: &str, mut handler: impl FnMut(Event) + 'static) {
    let handler = function(Box::new(move |event| {
        handler(event.unchecked_into());
        JsValue::UNDEFINED
    }));
    // It cannot fail: the handler is a function.
    let _ = on.add_event_listener_with_callback(event, &handler);
}

/// Whether the browser lets pages copy: only those that came over a safe way.
pub fn may_copy() -> bool {
    clipboard().is_truthy()
}

/// Copies a text; `then` is called once it is copied, and not where the person does not allow it.
pub fn copy(text: &str, then: impl FnOnce() + 'static) {
    when_or(&call(&clipboard(), "writeText", &JsValue::from_str(text)), move |_| then(), || {});
}

fn clipboard() -> JsValue {
    property(&property(&window(), "navigator"), "clipboard")
}

/// Gets JSON from an address of this site. Whatever goes wrong is kept quiet: the next attempt is not far.
pub fn get_json(address: &str, then: impl FnOnce(JsValue) + 'static) {
    let then = Box::new(move |json: JsValue| {
        if !json.is_undefined() {
            then(json);
        }
    });
    get(address, &Object::new(), "json", then);
}

/// Gets what an address of this site answers, taken by a method of the answer; undefined when it cannot be had, or is that of
/// another address.
fn get(address: &str, options: &Object, taken_by: &'static str, then: Box<dyn FnOnce(JsValue)>) {
    let answered = once(Box::new(move |answer| {
        if property(&answer, "ok").is_truthy() && property(&answer, "redirected").is_falsy() {
            call(&answer, taken_by, &JsValue::UNDEFINED)
        } else {
            JsValue::UNDEFINED
        }
    }));
    let taken = call(&fetch(address, options), "then", &answered);
    let taken = call(&taken, "catch", &once(Box::new(|_| JsValue::UNDEFINED)));
    settle(&taken, then, Box::new(|| {}));
}

/// Gives an object a property; what has no such property stays as it is.
pub fn set_property(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// Calls `then` with what a promise brings, or `otherwise` when it brings nothing, or there is no promise at all.
pub fn when_or(promise: &JsValue, then: impl FnOnce(JsValue) + 'static, otherwise: impl FnOnce() + 'static) {
    settle(promise, Box::new(then), Box::new(otherwise));
}

fn settle(promise: &JsValue, then: Box<dyn FnOnce(JsValue)>, otherwise: Box<dyn FnOnce()>) {
    let Some(promise) = promise.dyn_ref::<Promise>() else {
        otherwise();
        return;
    };
    let then = once(Box::new(move |brought| {
        then(brought);
        JsValue::UNDEFINED
    }));
    let otherwise = once(Box::new(move |_| {
        otherwise();
        JsValue::UNDEFINED
    }));
    if let Ok(method) = property(promise, "then").dyn_into::<Function>() {
        let _ = method.call2(promise, &then, &otherwise);
    }
}

/// What is told to the islands of a page when something of what it is about has changed.
const NEWS: &str = "linka-news";

/// Tells the islands of the page that something has changed.
pub fn tell_news() {
    if let Ok(news) = Event::new(NEWS) {
        // Nobody can refuse it.
        let _ = document().dispatch_event(&news);
    }
}

/// Calls `handler` when something of what the page is about has changed.
pub fn on_news(mut handler: impl FnMut() + 'static) {
    listen(&document(), NEWS, move |_| handler());
}

/// Gets the page itself as it is now, with a header that says that nobody asked for it; none when it cannot be had, or is
/// another by now.
pub fn get_page(header: &str, then: impl FnOnce(Option<String>) + 'static) {
    let (headers, options) = (Object::new(), Object::new());
    set_property(&headers, header, &"1".into());
    set_property(&options, "headers", &headers);
    let address = [PATH.with(Clone::clone), QUERY.with(Clone::clone)].concat();
    get(&address, &options, "text", Box::new(move |text| then(text.as_string())));
}

/// The elements of a page or a part of it that a selector names.
pub fn all(within: &JsValue, selector: &str) -> impl Iterator<Item = HtmlElement> + use<> {
    let found = Array::from(&call(within, "querySelectorAll", &selector.into()));
    found.into_iter().filter_map(|element| element.dyn_into().ok())
}

/// Calls a method with one argument; undefined if there is no such method or it throws.
pub fn call(object: &JsValue, method: &str, argument: &JsValue) -> JsValue {
    property(object, method)
        .dyn_into::<Function>()
        .and_then(|method| method.call1(object, argument))
        .unwrap_or(JsValue::UNDEFINED)
}
