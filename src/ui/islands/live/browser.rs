//! What it does in the browser.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, Node};

use super::{BY_ITSELF, PLACE, SAID, WAITS};
use crate::ui::islands::browser::{self, all, by_id, data, document, property, set_interval, set_timeout, window};

/// How long after a field was left a part in which it stands is looked at again: whoever leaves one may be going to the next.
const AFTER_LEAVING: Duration = Duration::from_secs(1);
/// How often a stream is tried again that does not come back by itself: something between refused it.
const AGAIN: Duration = Duration::from_secs(60);
/// What of a page stands for itself: beside the parts that it marks.
const HEADS: [&str; 2] = ["main > h1", "main > .lead"];

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = EventTarget)]
    type EventSource;

    #[wasm_bindgen(constructor)]
    fn open(address: &str) -> EventSource;

    #[wasm_bindgen(method)]
    fn close(this: &EventSource);

    #[wasm_bindgen(method, getter, js_name = readyState)]
    fn ready_state(this: &EventSource) -> u16;

    type DOMParser;

    #[wasm_bindgen(constructor)]
    fn create() -> DOMParser;

    #[wasm_bindgen(method, js_name = parseFromString)]
    fn parse(this: &DOMParser, text: &str, kind: &str) -> Document;

    #[wasm_bindgen(js_namespace = window, js_name = getSelection)]
    fn selection() -> JsValue;
}

/// The state of a stream that does not come back by itself.
const CLOSED: u16 = 2;

/// The page, and what is known of it.
struct Page {
    source: String,
    /// Up to where it knows what has changed.
    since: RefCell<Option<String>>,
    stream: RefCell<Option<EventSource>>,
    /// Whether it is being asked for, and whether there was news meanwhile.
    is_asking: Cell<bool>,
    is_wanted: Cell<bool>,
}

/// Keeps the page true.
pub fn keep_true(place: &HtmlElement) {
    let Some(source) = data(place, "source") else { return };
    let page = Rc::new(Page {
        source,
        since: RefCell::new(data(place, "since")),
        stream: RefCell::new(None),
        is_asking: Cell::new(false),
        is_wanted: Cell::new(false),
    });
    // Browsers keep few connections to a server: a page that nobody looks at has none, and hears what it missed on return.
    let hidden = Rc::clone(&page);
    browser::listen(&document(), "visibilitychange", move |_| {
        if document().hidden() {
            hidden.close();
        }
    });
    let gone = Rc::clone(&page);
    browser::listen(&window(), "pagehide", move |_| gone.close());
    let awake = Rc::clone(&page);
    browser::on_waking(move || {
        // After a sleep a stream may be dead and not know it.
        awake.close();
        awake.listen();
    });
    let refused = Rc::clone(&page);
    set_interval(
        move || {
            if refused.stream.borrow().is_some() {
                refused.listen();
            }
        },
        AGAIN,
    );
    let left = Rc::clone(&page);
    browser::listen(&document(), "focusout", move |_| {
        if by_id(WAITS).is_some_and(|waits| !waits.hidden()) {
            let left = Rc::clone(&left);
            set_timeout(move || left.ask(), AFTER_LEAVING);
        }
    });
    if !document().hidden() {
        page.listen();
    }
}

impl Page {
    fn close(&self) {
        if let Some(stream) = self.stream.take() {
            stream.close();
        }
    }

    /// Opens the stream, unless it is open.
    fn listen(self: &Rc<Self>) {
        if self.stream.borrow().as_ref().is_some_and(|stream| stream.ready_state() != CLOSED) {
            return;
        }
        let since = self.since.borrow().as_ref().map(|since| ["&since=", since.as_str()].concat()).unwrap_or_default();
        let stream = EventSource::open(&[self.source.as_str(), since.as_str()].concat());
        let page = Rc::clone(self);
        browser::listen(&stream, "message", move |event: Event| {
            if let Some(position) = property(&event, "lastEventId").as_string().filter(|position| !position.is_empty())
            {
                page.since.replace(Some(position));
            }
            browser::tell_news();
            page.ask();
        });
        // The session has ended, or there are too many streams: coming back would change nothing.
        let page = Rc::clone(self);
        browser::listen(&stream, "over", move |_| page.close());
        self.stream.replace(Some(stream));
    }

    /// Asks for the page as it is now; once more when there is news meanwhile.
    fn ask(self: &Rc<Self>) {
        if parts(&document()).next().is_none() {
            return;
        }
        if self.is_asking.replace(true) {
            self.is_wanted.set(true);
            return;
        }
        let page = Rc::clone(self);
        browser::get_page(BY_ITSELF, move |text| {
            page.is_asking.set(false);
            let is_all_shown = text.is_some_and(|text| show(&DOMParser::create().parse(&text, "text/html")));
            if let Some(waits) = by_id(WAITS) {
                waits.set_hidden(is_all_shown);
            }
            if page.is_wanted.replace(false) {
                page.ask();
            }
        });
    }
}

/// The parts that a page marks.
fn parts(page: &Document) -> impl Iterator<Item = HtmlElement> + use<> {
    all(page, "[data-live]")
}

/// Shows what differs in a page that came just now; false if not all of it can be shown.
fn show(fresh: &Document) -> bool {
    let names = |page: &Document| parts(page).filter_map(|part| data(&part, "live")).collect::<Vec<_>>();
    // Another page: what it was about has gone on to another step, or is not there any more.
    if fresh.get_element_by_id(PLACE).is_none() || names(&document()) != names(fresh) {
        return false;
    }
    let mut is_all_shown = true;
    let mut is_changed = false;
    for (part, new) in parts(&document()).zip(parts(fresh)) {
        if essence(&part) == essence(&new) {
            continue;
        }
        // What an island has taken into its hands is not put in its place anew.
        if has_island(&part) || has_island(&new) || is_in_use(&part, &new) {
            is_all_shown = false;
        } else {
            replace(&part, &new);
            is_changed = true;
        }
    }
    let head = show_heads(fresh);
    let said = head.clone().filter(|_| !is_changed).or_else(|| by_id(PLACE).and_then(|place| data(&place, "changed")));
    document().set_title(&fresh.title());
    if let Some(place) = by_id(SAID).filter(|_| is_changed || head.is_some()) {
        // What is said already is not said again.
        place.set_text_content(said.as_deref());
    }
    is_all_shown
}

/// Shows the headline, and the sentence under it, which may come and go; what the first of them says that differs.
fn show_heads(fresh: &Document) -> Option<String> {
    let first = |page: &Document, selector| all(page, selector).next();
    let mut said = None;
    for selector in HEADS {
        let (head, new) = (first(&document(), selector), first(fresh, selector));
        match (&head, &new) {
            (Some(head), Some(new)) if head.inner_html() != new.inner_html() => head.set_inner_html(&new.inner_html()),
            (Some(head), None) => head.remove(),
            (None, Some(new)) => {
                if let Some(above) = first(&document(), HEADS[0]) {
                    // There is a place after an element that is on the page.
                    let _ = above.insert_adjacent_html("afterend", &new.outer_html());
                }
            }
            _ => continue,
        }
        let differs = new.or_else(|| first(fresh, HEADS[0])).and_then(|head| head.text_content());
        said = said.or(differs);
    }
    said
}

fn has_island(part: &Element) -> bool {
    all(part, "leptos-island").next().is_some()
}

/// What a part says, without what is another with every rendering – the keys of its forms – and what an island in it keeps true
/// by itself: what counts, and what is said of that.
fn essence(part: &Element) -> String {
    let Some(copy) = part.clone_node_with_deep(true).ok().and_then(|copy| copy.dyn_into::<Element>().ok()) else {
        return part.inner_html();
    };
    for key in all(&copy, "input[type=hidden][name=key]") {
        // Attributes of an element can always be taken away.
        let _ = key.remove_attribute("value");
    }
    if has_island(&copy) {
        all(&copy, "[role=timer], [role=status], [data-seconds], progress").for_each(|counter| counter.remove());
    }
    [copy.class_name(), copy.inner_html()].concat()
}

/// Whether replacing a part would take something away from whoever looks at it.
fn is_in_use(part: &Element, new: &Element) -> bool {
    let active = document().active_element().filter(|active| part.contains(Some(active.as_ref())));
    let selection = selection();
    let is_marked = property(&selection, "isCollapsed").is_falsy()
        && property(&selection, "anchorNode").dyn_into::<Node>().is_ok_and(|node| part.contains(Some(&node)));
    let is_chosen = |option: &HtmlElement| {
        let is = |name| property(option, name).is_truthy();
        // The first is chosen where none was.
        is("selected") != is("defaultSelected") && property(option, "index").as_f64() != Some(0.0)
    };
    let open = |part: &Element| all(part, "details").map(|fold| fold.has_attribute("open")).collect::<Vec<_>>();
    let (folds, new_folds) = (open(part), open(new));
    let is_unfolded = folds.iter().enumerate().any(|(at, is_open)| *is_open && new_folds.get(at) != Some(&true));
    // What an island carries across the page is held over a part that must not go from under it.
    let is_carried = all(&document(), "[data-carried]:not([hidden])").next().is_some();
    is_carried
        || active.is_some_and(|active| active.tag_name() != "A")
        || is_marked
        || is_unfolded
        || browser::is_changed(part)
        || all(part, "option").any(|option| is_chosen(&option))
        || all(part, "dialog[open]").next().is_some()
}

/// Puts what a part says now in the place of what it said. The link that has the focus keeps it.
fn replace(part: &HtmlElement, new: &HtmlElement) {
    let focused = document().active_element().filter(|active| part.contains(Some(active.as_ref())));
    let href = focused.and_then(|link| link.get_attribute("href"));
    part.set_class_name(&new.class_name());
    part.set_inner_html(&new.inner_html());
    if let Some(link) =
        href.and_then(|href| all(part, "a").find(|link| link.get_attribute("href") == Some(href.clone())))
    {
        // A link that is on the page can have the focus.
        let _ = link.focus();
    }
}
